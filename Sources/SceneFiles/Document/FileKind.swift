/// A kind of file that posemap reads. This is the one place that tells them apart.
public enum FileKind: Equatable, Sendable {
  /// A scene.
  case scene
  /// A pose.
  case pose
  /// Poses at a frame rate.
  case clip
  /// The nodes of a model by joint.
  case bones
  /// A thing for scenes, made of shapes.
  case prop
  /// A hair style.
  case hair
  /// A garment.
  case garment
  /// A model or motion of another program.
  case foreign

  /// The kind of a JSON file by its keys; nil for one that has the keys of no kind.
  package init?(of root: JSONNode) {
    guard case .object(let members) = root.value else { return nil }
    self.init(withKeys: Set(members.map(\.key)))
  }

  /// The kind of a JSON file that has these keys; nil for those of no kind.
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

  /// The kind that a reference in a file means by its name alone; nil for a JSON file, where the
  /// content decides, and for the name of a pose in the library.
  public init?(named name: String) {
    guard !name.hasSuffix(".json"), name.split(separator: "/").last?.contains(".") == true else {
      return nil
    }
    self = .foreign
  }
}
