/// The changes between two states of a scene.
public struct SceneDifference: Sendable {
  /// A prop that was added, removed or changed.
  public struct PropChange: Sendable {
    /// The prop before; nil if it was added.
    public var before: Prop?
    /// The prop after; nil if it was removed.
    public var after: Prop?
  }

  /// The state before.
  public var before: SceneState
  /// The state after.
  public var after: SceneState
  /// The characters that changed, in the order of the new state, followed by removed ones.
  public var characters: [CharacterDifference]
  /// The props that changed, in the order of the new state, followed by removed ones.
  public var props: [PropChange]
  /// The findings about the camera that appeared or disappeared.
  public var findings: [FindingChange]

  /// Compares two states.
  public init(from before: SceneState, to after: SceneState) {
    (self.before, self.after) = (before, after)
    let changes = FindingChange.all(from: before, to: after)
    findings = changes.filter { $0.owner == nil }
    let (old, new) = (before.scene.characters, after.scene.characters)
    let gone = old.filter { one in !new.contains { $0.id == one.id } }
    var renamed: Set<String> = []
    characters = new.map { character in
      let same = old.first { $0.id == character.id }
      let twin = same ?? gone.first { $0.isTwin(of: character) && !renamed.contains($0.id) }
      guard let twin else { return CharacterDifference(nil, character) }
      if same == nil { renamed.insert(twin.id) }
      guard let one = before.characters[twin.id], let other = after.characters[character.id] else {
        return CharacterDifference(twin, character)
      }
      return CharacterDifference(one, other)
    }
    characters += gone.filter { !renamed.contains($0.id) }.map { CharacterDifference($0, nil) }
    for index in characters.indices {
      let ids = [characters[index].id, characters[index].oldId].compactMap(\.self)
      characters[index].findings = changes.filter { $0.owner.map(ids.contains) ?? false }
    }
    characters.removeAll(where: \.isEmpty)
    props = Self.changes(before.scene.props, after.scene.props)
  }

  /// The distance in meters that the camera moved, by itself or along with characters that it
  /// frames; nil if it did not move, or if a scene cannot be drawn.
  public var cameraMove: Double? {
    guard let old = before.posed?.camera, let new = after.posed?.camera else { return nil }
    let way = (new.position - old.position).length
    return way >= 0.005 ? way : nil
  }

  /// Whether the camera or the picture's aspect ratio has changed.
  public var isFramedAgain: Bool {
    before.scene.camera != after.scene.camera || before.scene.canvas != after.scene.canvas
  }

  /// Whether bodies, props, camera and settings are all unchanged.
  public var isEmpty: Bool {
    let (old, new) = (before.scene, after.scene)
    return characters.isEmpty && props.isEmpty && findings.isEmpty && !isFramedAgain
      && old.mapSettings == new.mapSettings && old.prompt == new.prompt && old.seed == new.seed
      && old.wind == new.wind && old.lights == new.lights
      && old.profile == new.profile && (before.posed == nil) == (after.posed == nil)
  }

  private static func changes(_ old: [Prop], _ new: [Prop]) -> [PropChange] {
    let kept = new.compactMap { prop -> PropChange? in
      let before = old.first { $0.id == prop.id }
      return before == prop ? nil : PropChange(before: before, after: prop)
    }
    return kept
      + old.filter { prop in !new.contains { $0.id == prop.id } }
      .map { PropChange(before: $0, after: nil) }
  }
}

extension Character {
  /// Returns whether another character equals this one except for its id.
  fileprivate func isTwin(of other: Character) -> Bool {
    figure == other.figure && position == other.position && yaw == other.yaw
      && pose.rotations == other.pose.rotations && pose.translation == other.pose.translation
  }
}
