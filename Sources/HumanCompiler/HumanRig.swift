internal import PoseRig

/// The joints and skin weights of MakeHuman's rig.
struct HumanRig {
  private struct Bones: Decodable {
    var bones: [String: Bone]
  }
  private struct Bone: Decodable {
    var head: Anchor
    var parent: String?
  }
  /// The vertices that mark one end of a bone.
  private struct Anchor: Decodable {
    var strategy: String
    var cube_name: String?
    var vertex_indices: [Int]?
    var vertex_index: Int?
  }
  private struct Weights: Decodable {
    var weights: [String: [[Double]]]
  }

  /// The vertices that are averaged for each joint's position, in `JointName.allCases` order.
  let jointVertices: [[Int]]
  /// The weights by joint, for each vertex that has any.
  let weights: [Int: [JointName: Double]]

  init(_ package: MakeHumanPackage, _ mesh: BaseMesh) throws(HumanCompilerError) {
    let folder = "rigs/standard/"
    let mixamo = try package.json(folder + "rig.mixamo.json", as: Bones.self).bones
    let full = try package.json(folder + "rig.default.json", as: [String: Bone].self)
    var vertices: [[Int]] = []
    for joint in JointName.allCases {
      let anchor: Anchor? =
        switch joint {
        case .leftEye: Anchor(strategy: "CUBE", cube_name: "joint-l-eye")
        case .rightEye: Anchor(strategy: "CUBE", cube_name: "joint-r-eye")
        case .jaw: full["jaw"]?.head
        default: mixamo["mixamorig:" + Self.mixamoName(of: joint)]?.head
        }
      let found = anchor.map { Self.vertices(of: $0, mesh) } ?? []
      guard !found.isEmpty, found.allSatisfy({ mesh.positions.indices.contains($0) }) else {
        throw .malformed(file: folder + "rig.mixamo.json", "the bone of \(joint) is missing")
      }
      vertices.append(found)
    }
    jointVertices = vertices
    let skin = try package.json(folder + "weights.mixamo.json", as: Weights.self).weights
    let faces = try package.json(folder + "weights.default.json", as: Weights.self).weights
    weights = Self.weights(skin, jaw: Self.jawShares(faces, full))
  }

  private static func vertices(of anchor: Anchor, _ mesh: BaseMesh) -> [Int] {
    switch anchor.strategy {
    case "CUBE": mesh.cubes[anchor.cube_name ?? ""] ?? []
    case "MEAN": anchor.vertex_indices ?? []
    default: anchor.vertex_index.map { [$0] } ?? []
    }
  }

  private static func weights(
    _ skin: [String: [[Double]]], jaw: [Int: Double]
  ) -> [Int: [JointName: Double]] {
    var result: [Int: [JointName: Double]] = [:]
    for joint in JointName.allCases {
      for (vertex, weight) in pairs(skin["mixamorig:" + mixamoName(of: joint)]) {
        result[vertex, default: [:]][joint, default: 0] += weight
      }
    }
    for (vertex, share) in jaw {
      guard let head = result[vertex]?[.head] else { continue }
      result[vertex]?[.head] = head * (1 - share)
      result[vertex]?[.jaw] = head * share
    }
    return result
  }

  /// Returns a list of pairs as vertices and weights; other values are left out.
  private static func pairs(_ list: [[Double]]?) -> [(vertex: Int, weight: Double)] {
    (list ?? []).compactMap { pair in
      guard pair.count == 2, let vertex = Int(exactly: pair[0]) else { return nil }
      return (vertex, pair[1])
    }
  }

  /// Returns the share of each head vertex that follows the jaw, according to MakeHuman's face rig.
  private static func jawShares(
    _ faces: [String: [[Double]]], _ bones: [String: Bone]
  ) -> [Int: Double] {
    func hangs(_ bone: String, on ancestor: String) -> Bool {
      var current: String? = bone
      for _ in 0..<bones.count {
        guard let name = current else { return false }
        if name == ancestor { return true }
        current = bones[name]?.parent
      }
      return false
    }
    var jaw: [Int: Double] = [:]
    var head: [Int: Double] = [:]
    for (bone, pairs) in faces.sorted(by: { $0.key < $1.key }) where hangs(bone, on: "head") {
      let isJaw = hangs(bone, on: "jaw")
      for (vertex, weight) in Self.pairs(pairs) {
        head[vertex, default: 0] += weight
        if isJaw { jaw[vertex, default: 0] += weight }
      }
    }
    return jaw.reduce(into: [:]) { shares, entry in
      guard let all = head[entry.key], all > 0 else { return }
      shares[entry.key] = entry.value / all
    }
  }

  /// Returns the name of a joint's bone in Mixamo's scheme, without its prefix.
  static func mixamoName(of joint: JointName) -> String {
    let side = joint.side == .left ? "Left" : joint.side == .right ? "Right" : ""
    switch joint.kind {
    case .hips: return "Hips"
    case .spine: return "Spine"
    case .chest: return "Spine1"
    case .upperChest: return "Spine2"
    case .neck: return "Neck"
    case .head: return "Head"
    case .shoulder: return side + "Shoulder"
    case .upperArm: return side + "Arm"
    case .lowerArm: return side + "ForeArm"
    case .hand: return side + "Hand"
    case .upperLeg: return side + "UpLeg"
    case .lowerLeg: return side + "Leg"
    case .foot: return side + "Foot"
    case .toes: return side + "ToeBase"
    default: return side + fingerName(joint.kind)
    }
  }

  /// The name of a finger's bone without its side; empty for other bones.
  private static func fingerName(_ kind: JointKind) -> String {
    guard let finger = kind.finger, let number = finger.joints.firstIndex(of: kind) else {
      return ""
    }
    let name =
      switch finger {
      case .thumb: "Thumb"
      case .index: "Index"
      case .middle: "Middle"
      case .ring: "Ring"
      case .little: "Pinky"
      }
    return "Hand\(name)\(number + 1)"
  }
}
