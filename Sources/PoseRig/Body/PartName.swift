/// The parts of a body's surface, in the order of their numbers (`docs/body-format.md`).
public enum PartName {
  /// All of them.
  public static let all =
    ["head", "neck", "torso", "pelvis"]
    + ["left", "right"].flatMap { side in
      ["UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot"].map { side + $0 }
    }
    + ["left", "right"].flatMap { side in
      ["Thumb", "IndexFinger", "MiddleFinger", "RingFinger", "LittleFinger"].map { side + $0 }
    }

  /// The part that a joint bends.
  public static func part(of joint: JointName) -> String {
    let side = joint.side.rawValue
    switch joint.kind {
    case "head", "eye", "jaw": return "head"
    case "neck": return "neck"
    case "hips": return "pelvis"
    case "spine", "chest", "upperChest", "shoulder": return "torso"
    case "upperArm", "lowerArm", "hand", "upperLeg", "lowerLeg", "foot":
      return side + joint.kind.prefix(1).uppercased() + joint.kind.dropFirst()
    case "toes": return side + "Foot"
    case let kind where kind.hasPrefix("thumb"): return side + "Thumb"
    case let kind where kind.hasPrefix("index"): return side + "IndexFinger"
    case let kind where kind.hasPrefix("middle"): return side + "MiddleFinger"
    case let kind where kind.hasPrefix("ring"): return side + "RingFinger"
    default: return side + "LittleFinger"
    }
  }
}
