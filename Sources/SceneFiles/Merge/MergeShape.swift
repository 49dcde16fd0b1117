/// The kind of thing that a value is to a merge, which decides what in it can change by itself.
///
/// An angle of a joint, a goal, a setting, a person's place: each is one value, and two people who
/// change two of them do not get into each other's way. A point, a direction, a turn in `[x, y, z]`
/// and a quaternion are one value each although they are several numbers: of a quaternion's numbers
/// no mixture is a rotation; the three angles of `[x, y, z]` follow one upon another; and a hand
/// that one moved to the left and the other upwards would be where neither of them saw it.
enum MergeShape {
  case scene, clip, pose, joints, joint, limbs, goal, face, camera, characters, character, props
  case prop, texts, blend, frames
  /// Settings that stand by themselves.
  case settings
  /// One value, whatever it is made of.
  case atom
  /// Something that posemap has no word for.
  case unknown

  /// The shape of a whole file.
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
    case (.scene, "camera"): .camera
    case (.scene, "characters"): .characters
    case (.scene, "props"): .props
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
    case (.pose, "hands"): .settings
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

  /// Whether nothing in it needs the rest, so that to remove it is to remove each of its parts.
  var isLoose: Bool {
    switch self {
    case .joints, .limbs, .face, .characters, .props, .texts, .settings: true
    default: false
    }
  }

  /// Whether other parts of the file point to its items: then it matters who removed one, even if
  /// nobody else touched the list.
  var isPointedTo: Bool {
    switch self {
    case .characters, .props: true
    default: false
    }
  }

  /// Returns the name by which an item of a list is known in all versions; nil for one without.
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

  /// Returns a value in the longer of two forms that say the same; nil where it has none.
  ///
  /// What one side wrote in braces to add to it then merges with what the other side changed.
  func inFull(_ value: JSONValue) -> JSONValue? {
    switch (self, value) {
    case (.pose, .string(let name)):
      let isMotion = FileKind(named: name) == .foreign || name.hasSuffix("clip.json")
      return .object([.init(key: isMotion ? "file" : "base", value: value)])
    case (.goal, .string), (.goal, .list): return .object([.init(key: "at", value: value)])
    case (.face, .string(let name)) where !name.hasSuffix(".json"):
      return .object([.init(key: name, value: .number(1))])
    case (.texts, .string): return .list([value])
    default: return nil
    }
  }

  /// Whether a value can be merged by its parts.
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
