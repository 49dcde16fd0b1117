public import PoseRig

/// How many of a depth map's 256 levels a character has.
public struct DepthLevels: Equatable, Sendable {
  /// The character's id.
  public var character: String
  /// From its nearest to its farthest pixel.
  public var levels: Int

  /// Fewer levels than these are too flat for a model to see the form in.
  public static let least = 60

  /// A count of levels.
  public init(character: String, levels: Int) {
    self.character = character
    self.levels = levels
  }

  /// What to say of too few levels, and what to do about them.
  public func warning(_ settings: MapSettings) -> String {
    let way =
      switch settings.usedDepthRange {
      case .scene: "\"depthRange\": \"characters\" leaves floor and walls out of the range"
      case .characters:
        "\"depthRange\": \"character\" gives each character all levels, but maps that agree with no other's; "
          + "or give [near, far] in metres"
      case .fixed: "bring [near, far] of \"depthRange\" closer to the character"
      case .character: "lower \"depthFloor\""
      }
    return
      "\"\(character)\" has \(levels) of 256 levels in the depth map, too few to steer by; \(way)"
  }
}
