public import PoseRig

/// The last solved state of a scene, and the scene as its files describe it.
public struct SolvedScene: Sendable {
  /// The scene, posed.
  public let posed: PosedScene
  /// The scene before it was posed.
  public let described: Scene

  /// The library's gestures that take both arms.
  let pairGestures: Set<String>

  /// Creates a scene from its two states.
  public init(posed: PosedScene, described: Scene, pairGestures: Set<String> = []) {
    self.posed = posed
    self.described = described
    self.pairGestures = pairGestures
  }

  /// Returns a character in both states; nil for an unknown id.
  public func character(_ id: String) -> (posed: PosedCharacter, described: Character)? {
    guard let posed = posed.characters.first(where: { $0.id == id }),
      let described = described.characters.first(where: { $0.id == id })
    else { return nil }
    return (posed, described)
  }
}
