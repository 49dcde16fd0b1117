/// The embedded JSON Schemas of the files that people write (`docs/schema/`).
public enum FileSchema: String, CaseIterable, Sendable {
  case scene, pose, clip, bones, prop, hair, garment

  /// The schema's text.
  public var text: [UInt8] {
    switch self {
    case .scene: EmbeddedData.sceneSchema
    case .pose: EmbeddedData.poseSchema
    case .clip: EmbeddedData.clipSchema
    case .bones: EmbeddedData.bonesSchema
    case .prop: EmbeddedData.propSchema
    case .hair: EmbeddedData.hairSchema
    case .garment: EmbeddedData.garmentSchema
    }
  }
}
