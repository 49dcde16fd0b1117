internal import PoseRig

/// VRM 0.x's `VRM` extension: humanoid and faces.
struct VRM0: Decodable {
  struct Humanoid: Decodable {
    struct Bone: Decodable {
      var bone: String
      // UniVRM once wrote −1 for bones that are not there.
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

/// VRM 1.0's `VRMC_vrm` extension: humanoid and faces.
struct VRM1: Decodable {
  struct Bone: Decodable { var node: Int }
  struct Humanoid: Decodable { var humanBones: [String: GLTFDocument.Lenient<Bone>?]? }
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

/// `VRMC_vrm_animation`: the humanoid that moves.
struct VRMAnimation: Decodable {
  typealias Humanoid = VRM1.Humanoid
  var humanoid: Humanoid?
}

/// VRM 0.x's names in VRM 1.0's words.
enum VRMNames {
  /// The joint of each VRM 0.x bone: a thumb's bones were named one further down.
  private static let joints = Dictionary(
    uniqueKeysWithValues: (BoneNaming.builtIn.scheme(named: "VRM 0.x")?.bones ?? [])
      .flatMap { entry in entry.names.map { ($0, entry.joint) } })

  /// Returns the joint of a VRM 0.x bone; nil for other names.
  static func joint(vrm0 name: String) -> JointName? { joints[name] ?? JointName(rawValue: name) }

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
