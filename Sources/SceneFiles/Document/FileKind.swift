/// A type of file that posemap reads. Only this type distinguishes them.
public enum FileKind: Equatable, Sendable {
  /// A scene.
  case scene
  /// A pose.
  case pose
  /// Poses at a frame rate.
  case clip
  /// The names of a model's nodes, by joint.
  case bones
  /// A prop made of shapes.
  case prop
  /// A hair style.
  case hair
  /// A garment.
  case garment
  /// A model or motion of another program.
  case foreign

  /// Detects the type of a JSON file by its keys; nil if the keys belong to no type.
  package init?(of root: JSONNode) {
    guard case .object(let members) = root.value else { return nil }
    self.init(withKeys: Set(members.map(\.key)))
  }

  /// Detects the type of a JSON file with these keys; nil if they belong to no type.
  init?(withKeys keys: Set<String>) {
    if !keys.isDisjoint(with: ["characters", "canvas"]) {
      self = .scene
    } else if keys.contains("frames") {
      self = .clip
    } else if keys.contains("bones") {
      self = .bones
    } else if !keys.isDisjoint(with: PropFileReader.ownKeys) {
      self = .prop
    } else if !keys.isDisjoint(with: HairFileReader.ownKeys) {
      self = .hair
    } else if !keys.isDisjoint(with: GarmentFileReader.ownKeys) {
      self = .garment
    } else if !keys.isDisjoint(with: PoseReader.ownKeys) {
      self = .pose
    } else {
      return nil
    }
  }

  /// Detects the type of a referenced file by its name; nil for a JSON file, where the content
  /// decides, and for the name of a library pose.
  public init?(named name: String) {
    guard !name.hasSuffix(".json"), name.split(separator: "/").last?.contains(".") == true else {
      return nil
    }
    self = .foreign
  }
}
