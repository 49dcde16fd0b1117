internal import PoseRig

/// Joints by words in names of no known scheme: sides, and what the parts of a body are called.
enum WordMatch {
  /// A bone's words, in the order in which they decide; the first that fits counts.
  private static let words: [(kind: String, words: [String])] = [
    ("thumb", ["thumb"]), ("index", ["index", "pointer"]), ("middle", ["middle", "mid"]),
    ("little", ["little", "pinky", "pinkie"]), ("ring", ["ring"]),
    ("eye", ["eye"]), ("jaw", ["jaw"]),
    ("toes", ["toe", "ball"]), ("foot", ["foot", "ankle"]),
    ("lowerLeg", ["calf", "shin", "knee", "lowerleg", "leglower", "lowleg", "legdown"]),
    ("upperLeg", ["thigh", "upleg", "upperleg", "legupper", "legup", "leg"]),
    ("hand", ["hand", "wrist", "palm"]),
    ("lowerArm", ["forearm", "lowerarm", "armlower", "elbow", "lowarm"]),
    ("shoulder", ["clavicle", "collar", "shoulder"]),
    ("upperArm", ["upperarm", "uparm", "armupper", "arm"]),
    ("head", ["head"]), ("neck", ["neck"]),
    ("spine", ["spine", "torso", "chest", "abdomen", "waist", "stomach"]),
    ("hips", ["hips", "pelvis", "hip"]),
  ]
  /// What is no joint of a body's though a word would fit.
  private static let excluded = [
    "twist", "roll", "ik", "pole", "target", "end", "nub", "helper", "hair", "skirt", "brow", "lid",
    "lash", "weapon", "prop", "tip", "socket", "ctrl", "control",
  ]

  /// The map, as far as words give it.
  static func map(_ skeleton: Skeleton) -> BoneMap {
    var candidates: [String: [Int]] = [:]
    for node in skeleton.members {
      guard let label = label(skeleton.model.nodes[node].name) else { continue }
      candidates[label, default: []].append(node)
    }
    var nodes: [JointName: Int] = [:]
    func take(_ joint: JointName, _ label: String, _ rank: Int = 0) {
      if let list = candidates[label], rank < list.count { nodes[joint] = list[rank] }
    }
    for joint in [JointName.hips, .neck, .head, .jaw] { take(joint, joint.rawValue) }
    trunk(candidates["spine"] ?? [], into: &nodes)
    for side in ["left", "right"] {
      for kind in [
        "Eye", "UpperLeg", "LowerLeg", "Foot", "Toes", "Shoulder", "UpperArm", "LowerArm", "Hand",
      ] {
        guard let joint = JointName(rawValue: side + kind) else { continue }
        take(joint, side + joint.kind)
      }
      limbs(side, candidates, into: &nodes)
      for finger in ["Thumb", "Index", "Middle", "Ring", "Little"] {
        let bones =
          finger == "Thumb"
          ? ["Metacarpal", "Proximal", "Distal"] : ["Proximal", "Intermediate", "Distal"]
        for (rank, bone) in bones.enumerated() {
          if let joint = JointName(rawValue: side + finger + bone) {
            take(joint, side + finger.lowercased(), rank)
          }
        }
      }
    }
    return BoneMap(nodes: skeleton.consistent(nodes), source: .words)
  }

  /// Two bones that are both called leg, or arm, are upper and lower; a shoulder that carries the elbow is the upper arm.
  private static func limbs(
    _ side: String, _ candidates: [String: [Int]], into nodes: inout [JointName: Int]
  ) {
    for (upper, lower) in [("UpperLeg", "LowerLeg"), ("UpperArm", "LowerArm")] {
      guard let first = JointName(rawValue: side + upper),
        let second = JointName(rawValue: side + lower)
      else { continue }
      let list = candidates[side + first.kind] ?? []
      if nodes[second] == nil, list.count > 1 { nodes[second] = list[1] }
    }
    if let arm = JointName(rawValue: side + "UpperArm"),
      let shoulder = JointName(rawValue: side + "Shoulder"), nodes[arm] == nil
    {
      let list = candidates[side + "shoulder"] ?? []
      nodes[arm] = list.last
      nodes[shoulder] = list.count > 1 ? list.first : nil
    }
  }

  private static func trunk(_ chain: [Int], into nodes: inout [JointName: Int]) {
    switch chain.count {
    case 0: break
    case 1: nodes[.spine] = chain[0]
    case 2: (nodes[.spine], nodes[.chest]) = (chain[0], chain[1])
    default:
      nodes[.spine] = chain[0]
      nodes[.chest] = chain[(chain.count - 1) / 2]
      nodes[.upperChest] = chain[chain.count - 1]
    }
  }

  /// `leftupperArm`, `head` and so on; nil for a name without any of the words.
  private static func label(_ name: String) -> String? {
    let tokens = tokens(of: name)
    guard !tokens.contains(where: excluded.contains) else { return nil }
    let side = side(tokens)
    let text = tokens.joined()
    for (kind, words) in words where words.contains(where: text.contains) {
      let needsSide = !["head", "neck", "spine", "hips", "jaw"].contains(kind)
      if needsSide { return side.map { $0 + kind } }
      return kind
    }
    return nil
  }

  private static func side(_ tokens: [String]) -> String? {
    if tokens.contains("left") || tokens.contains("l") { return "left" }
    if tokens.contains("right") || tokens.contains("r") { return "right" }
    return nil
  }

  /// The words of a name: parted at separators and where capitals begin.
  private static func tokens(of name: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    var wasLower = false
    for character in name {
      let breaks = !character.isLetter || (character.isUppercase && wasLower)
      if breaks, !token.isEmpty {
        tokens.append(token)
        token = ""
      }
      if character.isLetter { token += character.lowercased() }
      wasLower = character.isLowercase
    }
    return token.isEmpty ? tokens : tokens + [token]
  }
}
