public import PoseRig

/// The distances that become white and the floor in a depth map.
public enum DepthRangeSource: Equatable, Sendable {
  /// The distances of everything in the scene, so that the maps of its characters agree and props
  /// are within the range.
  case scene
  /// The distances of all characters, so that their maps agree; props do not count.
  case characters
  /// The distances of the character alone.
  case character
  /// These distances, in meters, which are equal for all frames of a clip.
  case fixed(near: Double, far: Double)
}

extension DepthRangeSource: SettingConvertible {
  /// The names of the sources that have one.
  static let names = ["characters", "scene", "character"]

  /// Creates a source from its written form; nil if that is neither a name nor two numbers.
  public init?(written: SettingValue) {
    switch written {
    case .word("scene"): self = .scene
    case .word("characters"): self = .characters
    case .word("character"): self = .character
    case .list(let items):
      guard items.count == 2, case .number(let near) = items[0], case .number(let far) = items[1]
      else { return nil }
      self = .fixed(near: near, far: far)
    default: return nil
    }
  }

  /// The name, or both distances.
  public var written: SettingValue {
    switch self {
    case .scene: .word("scene")
    case .characters: .word("characters")
    case .character: .word("character")
    case .fixed(let near, let far): .list([.number(near), .number(far)])
    }
  }
}

extension DepthMap {
  /// Returns the range that the settings request; `own` is the G-buffer of the map's subject.
  static func usedRange(
    _ settings: MapSettings, of own: GBuffer, _ scene: PosedScene,
    _ buffers: borrowing CharacterBuffers
  ) throws(RenderError) -> DepthRange {
    // With nothing in the picture there is no range; any range works.
    let empty = DepthRange(near: 1, far: 1)
    let everyone = Array(scene.characters.indices)
    switch (settings.usedDepthRange, settings.depth) {
    case (.fixed(let near, let far), _): return DepthRange(near: Float(near), far: Float(far))
    case (.scene, .zoe):
      return DepthRange(percentilesOf: try buffers.together(everyone, withProps: true).buffer)
        ?? empty
    case (.characters, .zoe):
      return DepthRange(percentilesOf: try buffers.together(everyone, withProps: false).buffer)
        ?? empty
    case (.scene, _): return buffers.depthRange ?? empty
    case (.characters, _): return buffers.characterRange ?? empty
    case (.character, .zoe): return DepthRange(percentilesOf: own) ?? empty
    case (.character, _): return DepthRange(covering: own) ?? empty
    }
  }
}
