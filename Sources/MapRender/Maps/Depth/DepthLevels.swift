public import PoseRig

/// The number of a depth map's 256 levels that a character has, and its location.
public struct DepthLevels: Equatable, Sendable {
  /// The character's id.
  public var character: String
  /// The levels from its nearest to its farthest pixel, as if nobody were in front of it.
  public var levels: Int
  /// The character's distances along the view axis, in meters.
  public var distances: DepthRange
  /// Whether it shares the picture with other characters.
  public var isTogether: Bool

  /// The number of levels below which a character is too flat for a model to see its shape.
  public static let least = 60

  /// Creates a count of levels.
  public init(character: String, levels: Int, distances: DepthRange, isTogether: Bool) {
    self.character = character
    self.levels = levels
    self.distances = distances
    self.isTogether = isTogether
  }

  /// Returns a sentence about too few levels, with a remedy; nil if there are enough, or if the
  /// room is drawn too and takes its share of them.
  public func warning(_ settings: MapSettings) -> String? {
    guard levels < Self.least, !Self.drawsRoom(settings) else { return nil }
    return
      "\"\(character)\" has \(levels) of 256 levels in the depth map, too few to guide a model; "
      + wayOut(settings, isClip: false)
  }

  /// Returns a sentence about a clip with too few levels for a character in most frames; nil if
  /// there are enough.
  ///
  /// - Parameter frames: the same character's levels, frame by frame.
  public static func warning(_ frames: [DepthLevels], _ settings: MapSettings) -> String? {
    let flat = frames.filter { $0.levels < least }
    guard var one = flat.first, 2 * flat.count > frames.count, !drawsRoom(settings) else {
      return nil
    }
    one.distances = frames.reduce(nil) { $0.union($1.distances) } ?? one.distances
    return
      "\"\(one.character)\" has fewer than \(least) of 256 levels in the depth maps of \(flat.count) of "
      + "\(frames.count) frames, too few to guide a model; " + one.wayOut(settings, isClip: true)
  }

  private static func drawsRoom(_ settings: MapSettings) -> Bool {
    settings.usedDepthRange == .scene && settings.props.contains(.depth)
  }

  /// Returns the smallest change that gives the character more levels.
  private func wayOut(_ settings: MapSettings, isClip: Bool) -> String {
    if settings.depthFloor > 256 - 2 * Self.least { return "lower \"depthFloor\"" }
    switch settings.usedDepthRange {
    case .scene: return "\"depthRange\": \"characters\" leaves floor and walls out of the range"
    case .fixed(let near, let far):
      let isOutside = Double(distances.far) < near || Double(distances.near) > far
      return "it is \(reach) from the camera"
        + (isOutside
          ? ", outside the range of \"depthRange\""
          : ": bring [near, far] of \"depthRange\" closer to that")
    case .characters where isClip:
      return
        "all frames share one range: give \"depthRange\" as [near, far] around the frames that "
        + "matter (it is \(reach) from the camera)"
    case .characters where !isTogether:
      return
        "\"depthRange\": \"character\" gives each character all levels, but its maps then do not match the others'"
    case .character where !isTogether: return "leave \"depth\" out of \"props\""
    case .characters, .character:
      return
        "all characters in one picture share its levels: bring the characters closer together, or draw "
        + "them one at a time with \"depthRange\": \"character\""
    }
  }

  /// The distances in the form `2.31 to 2.74 m`.
  private var reach: String {
    func meters(_ distance: Float) -> String {
      let hundredths = Int((distance * 100).rounded())
      let rest = hundredths % 100
      return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
    return "\(meters(distances.near)) to \(meters(distances.far)) m"
  }
}

extension DepthLevels {
  /// Returns the levels of each character of a subject that is in the picture.
  static func levels(
    of subject: MapSubject, _ scene: PosedScene, _ map: DepthMap,
    _ buffers: borrowing CharacterBuffers
  ) -> [DepthLevels] {
    let indices = subject.indices
    return indices.compactMap { index in
      buffers.rangeOfCharacter[index].map { range in
        DepthLevels(
          character: scene.characters[index].id, levels: map.levels(of: range), distances: range,
          isTogether: indices.count > 1)
      }
    }
  }
}
