internal import PoseRig

/// VRM 0.x's `VRM` extension: humanoid and expressions.
struct VRM0: Decodable {
  struct Humanoid: Decodable {
    struct Bone: Decodable {
      var bone: String
      // Old versions of UniVRM wrote −1 for missing bones.
      var node: GLTFDocument.Lenient<Int>?
    }
    var humanBones: [GLTFDocument.Lenient<Bone>?]?
  }
  struct Faces: Decodable {
    struct Group: Decodable {
      struct Bind: Decodable {
        var mesh: Int
        var index: Int
        var weight: Float
      }
      var name: String?
      var presetName: String?
      var isBinary: Bool?
      var binds: [Bind]?
    }
    var blendShapeGroups: [Group]?
  }
  struct FirstPerson: Decodable {
    struct Annotation: Decodable {
      var mesh: Int?
      var firstPersonFlag: String?
    }
    var meshAnnotations: [Annotation]?
  }
  var humanoid: Humanoid?
  var firstPerson: GLTFDocument.Lenient<FirstPerson>?
  var blendShapeMaster: GLTFDocument.Lenient<Faces>?
}

/// VRM 1.0's `VRMC_vrm` extension: humanoid and expressions.
struct VRM1: Decodable {
  struct Bone: Decodable { var node: Int }
  struct Humanoid: Decodable {
    /// The node of each bone that has one.
    var nodes: [String: Int]

    private enum CodingKeys: CodingKey { case humanBones }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      // Some programs write VRM 0.x's list.
      typealias Listed = GLTFDocument.Lenient<VRM0.Humanoid.Bone>?
      if let list = try? members.decode([Listed].self, forKey: .humanBones) {
        let bones = list.compactMap { $0?.value }
        nodes = Dictionary(
          bones.compactMap { bone in bone.node?.value.map { (bone.bone, $0) } },
          uniquingKeysWith: { first, _ in first })
        return
      }
      typealias Named = [String: GLTFDocument.Lenient<Bone>?]
      let bones = try members.decodeIfPresent(Named.self, forKey: .humanBones) ?? [:]
      nodes = bones.compactMapValues { $0?.value?.node }
    }
  }
  struct Expression: Decodable {
    struct Bind: Decodable {
      var node: Int
      var index: Int
      var weight: Float
    }
    var isBinary: Bool?
    var morphTargetBinds: [Bind]?
  }
  struct Expressions: Decodable {
    var preset: [String: Expression]?
    var custom: [String: Expression]?
  }
  struct FirstPerson: Decodable {
    struct Annotation: Decodable {
      var node: Int?
      var type: String?
    }
    var meshAnnotations: [Annotation]?
  }
  var humanoid: Humanoid?
  var firstPerson: GLTFDocument.Lenient<FirstPerson>?
  var expressions: GLTFDocument.Lenient<Expressions>?
}

/// The animated humanoid of `VRMC_vrm_animation`.
struct VRMAnimation: Decodable {
  typealias Humanoid = VRM1.Humanoid
  var humanoid: Humanoid?
}

/// Translates VRM 0.x's names to VRM 1.0's.
enum VRMNames {
  /// The joint of each VRM 0.x bone: the names of a thumb's bones were shifted by one.
  private static let joints = Dictionary(
    uniqueKeysWithValues: (BoneNaming.builtIn.scheme(named: "VRM 0.x")?.bones ?? [])
      .flatMap { entry in entry.names.map { ($0, entry.joint) } })

  /// Returns the joint of a VRM 0.x bone; nil for other names.
  static func joint(vrm0 name: String) -> JointName? { joints[name] ?? JointName(rawValue: name) }

  /// Returns the joint of a VRM 1.0 bone, given all names in a file; nil for other names. Thumbs
  /// with an intermediate bone and no metacarpal use the names of 0.x.
  static func joint(vrm1 name: String, among all: Set<String>) -> JointName? {
    for side in ["left", "right"] where name.hasPrefix(side + "Thumb") {
      let isOld =
        all.contains(side + "ThumbIntermediate") && !all.contains(side + "ThumbMetacarpal")
      if isOld { return joint(vrm0: name) }
    }
    return JointName(rawValue: name)
  }

  /// Returns the expression of a VRM 0.x preset; nil for other names.
  static func expression(vrm0 preset: String) -> String? {
    [
      "joy": "happy", "angry": "angry", "sorrow": "sad", "fun": "relaxed", "a": "aa", "i": "ih",
      "u": "ou", "e": "ee", "o": "oh", "blink": "blink", "blink_l": "blinkLeft",
      "blink_r": "blinkRight", "lookup": "lookUp", "lookdown": "lookDown",
      "lookleft": "lookLeft", "lookright": "lookRight", "neutral": "neutral",
    ][preset.lowercased()]
  }
}
