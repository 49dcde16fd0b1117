/// The role of a value in a merge, which determines which of its parts can change independently.
///
/// A joint's angle, a goal, a setting and a character's position are one value each, so that two
/// people can change two of them without a conflict. A point, a direction, a rotation `[x, y, z]`
/// and a quaternion are also one value each, although they consist of several numbers: a mixture of
/// two quaternions' components is not a rotation; the three angles of `[x, y, z]` build on each
/// other; and if one person moved a hand to the left and another one upward, a mixture would be
/// where neither of them saw it.
enum MergeShape {
  case scene, clip, pose, joints, joint, limbs, goal, face, camera, cameras, characters, character,
    props
  case prop, texts, blend, frames, lights, light
  /// Settings that are independent of each other.
  case settings
  /// A single value, whatever it consists of.
  case atom
  /// A value that posemap does not know.
  case unknown

  /// Determines the shape of a whole file.
  init(_ kind: FileKind?) {
    switch kind {
    case .scene: self = .scene
    case .clip: self = .clip
    case .pose: self = .pose
    default: self = .unknown
    }
  }

  /// Returns the shape of a member.
  func member(_ key: String) -> MergeShape {
    switch (self, key) {
    case (.scene, "camera"), (.cameras, _): .camera
    case (.scene, "cameras"): .cameras
    case (.scene, "characters"): .characters
    case (.scene, "props"): .props
    case (.scene, "lights"): .lights
    case (.lights, "lamps"): .settings
    case (.lights, "backdrop"), (.lights, "floor"): .atom
    case (.lights, _): .light
    case (.scene, "maps"), (.character, "proportions"), (.character, "phenotype"),
      (.character, "keypoints"):
      .settings
    case (.scene, "prompt"), (.scene, "negative"), (.character, "prompt"),
      (.character, "negative"):
      .texts
    case (.clip, "frames"): .frames
    case (.character, "pose"): .pose
    case (.pose, "tags"): .texts
    case (.pose, "joints"): .joints
    case (.pose, "reach"): .limbs
    case (.character, "hold"): .settings
    case (.pose, "seat"), (.pose, "look"): .goal
    case (.pose, "hands"), (.pose, "gesture"): .settings
    case (.pose, "face"): .face
    case (.pose, "blend"): .blend
    case (.joints, _): .joint
    case (.limbs, _): .goal
    case (.settings, _), (.unknown, _): .unknown
    default: .atom
    }
  }

  /// The shape of a list's items.
  var item: MergeShape {
    switch self {
    case .characters: .character
    case .props: .prop
    case .frames: .pose
    case .unknown: .unknown
    default: .atom
    }
  }

  /// Whether its parts are independent, so that removing it means removing each of them.
  var isLoose: Bool {
    switch self {
    case .joints, .limbs, .face, .cameras, .characters, .props, .texts, .settings: true
    default: false
    }
  }

  /// Whether other parts of the file refer to its items: then a removal matters even if the other
  /// side did not change the list.
  var isPointedTo: Bool {
    switch self {
    case .characters, .props: true
    default: false
    }
  }

  /// Returns the name that identifies a list item in all versions; nil if it has no name.
  func name(of item: JSONValue) -> String? {
    switch self {
    case .characters, .props:
      guard case .object(let members) = item, case .string(let id)? = members["id"] else {
        return nil
      }
      // The folders of two characters must differ in more than case.
      return self == .characters ? id.lowercased() : id
    case .blend:
      guard case .list(let pair) = item, case .string(let name)? = pair.first else { return nil }
      return name
    default: return nil
    }
  }

  /// Returns a value in the longer of two equivalent forms; nil if there is no such form.
  ///
  /// A form that one side expanded in order to add to it then merges with the other side's change.
  func inFull(_ value: JSONValue) -> JSONValue? {
    switch (self, value) {
    case (.pose, .string(let name)):
      let isMotion = FileKind(named: name) == .foreign || name.hasSuffix("clip.json")
      return .object([.init(key: isMotion ? "file" : "base", value: value)])
    case (.goal, .string), (.goal, .list): return .object([.init(key: "at", value: value)])
    case (.face, .string(let name)) where !name.hasSuffix(".json"):
      return .object([.init(key: name, value: .number(1))])
    case (.texts, .string): return .list([value])
    case (.light, .string): return .object([.init(key: "side", value: value)])
    case (.light, .number): return .object([.init(key: "strength", value: value)])
    default: return nil
    }
  }

  /// Returns whether a value can be merged by its parts.
  func isDivisible(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.atom, _): false
    case (.joint, .object(let members)): members["quaternion"] == nil
    case (.joint, _): false
    case (_, .object): true
    case (.characters, .list), (.props, .list), (.blend, .list), (.frames, .list), (.texts, .list):
      true
    case (.unknown, .list(let items)):
      // A list of numbers is a point, a range or a size.
      items.contains { if case .number = $0 { false } else { true } }
    default: false
    }
  }
}

extension [JSONValue.Member] {
  /// The values by key.
  var byKey: [String: JSONValue] {
    Dictionary(map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(key: String) -> JSONValue? { first { $0.key == key }?.value }
}
