public import PoseRig
internal import SceneFiles

/// Which node of a model is which joint.
public struct BoneMap: Equatable, Sendable {
  /// How it was found out.
  public enum Source: Equatable, Sendable, CustomStringConvertible {
    /// The file says so.
    case file
    /// By the names of a scheme.
    case names(String)
    /// By words in the names.
    case words
    /// By chains, symmetry and heights.
    case structure
    /// Someone said so.
    case given

    /// In words.
    public var description: String {
      switch self {
      case .file: "the file's own humanoid"
      case .names(let scheme): "names as in \(scheme)"
      case .words: "words in the names"
      case .structure: "the skeleton's structure"
      case .given: "as told"
      }
    }
  }

  /// Node by joint.
  public var nodes: [JointName: Int]
  /// How it was found out.
  public var source: Source

  /// The joints without which nobody can be posed (VRM 1.0's required ones).
  public static let required: [JointName] = [
    .hips, .spine, .head, .leftUpperLeg, .leftLowerLeg, .leftFoot, .rightUpperLeg, .rightLowerLeg,
    .rightFoot, .leftUpperArm, .leftLowerArm, .leftHand, .rightUpperArm, .rightLowerArm, .rightHand,
  ]

  /// Required joints that have no node.
  public var missing: [JointName] { Self.required.filter { nodes[$0] == nil } }

  /// A map from its parts.
  public init(nodes: [JointName: Int], source: Source) {
    self.nodes = nodes
    self.source = source
  }

  /// The map of a model: the file's own, else by names, else by words, else by structure; `told` (names of nodes, nil for none) wins
  /// over all of it.
  public static func find(
    in model: ForeignModel, told: [JointName: String?] = [:]
  ) throws(ForeignModelError) -> BoneMap {
    var map = try found(model, told: told)
    if !told.isEmpty {
      for (joint, name) in told {
        map.nodes[joint] = name.flatMap { wanted in model.nodes.firstIndex { $0.name == wanted } }
      }
      map.source = .given
    }
    let missing = map.missing
    guard missing.isEmpty else { throw .unsupported(refusal(model, map)) }
    return map
  }

  private static func found(
    _ model: ForeignModel, told: [JointName: String?]
  ) throws(ForeignModelError) -> BoneMap {
    for name in told.values.compactMap(\.self)
    where !model.nodes.contains(where: { $0.name == name }) {
      let near = NearestName.suggestion(for: name, among: model.nodes.map(\.name))
      throw .damaged(
        "it has no node \"\(name)\"" + (near.map { "; did you mean \"\($0)\"?" } ?? ""))
    }
    let skeleton = Skeleton(model)
    if !model.humanoid.isEmpty {
      // VRM 0.x files exist that leave joints out: names may know them.
      let own = BoneMap(nodes: model.humanoid, source: .file)
      return own
    }
    let worded = WordMatch.map(skeleton)
    let built = StructureMatch.map(skeleton)
    let attempts = [NameMatch.best(skeleton), worded, built].compactMap(\.self)
    for (index, attempt) in attempts.enumerated() where attempt.missing.count <= required.count / 2
    {
      // What one way of looking leaves out, the next may see.
      var map = attempt
      for other in attempts[(index + 1)...] { map.add(other, in: skeleton) }
      guard map.missing.isEmpty else { continue }
      if skeleton.standsOnFourLegs(map.nodes) {
        throw .unsupported("it is no humanoid: it stands on four legs")
      }
      return map
    }
    return attempts.max { $0.nodes.count < $1.nodes.count }
      ?? BoneMap(nodes: [:], source: .structure)
  }

  /// Takes over from another map what is missing here and hangs together with what there is.
  mutating func add(_ other: BoneMap, in skeleton: Skeleton) {
    for (joint, node) in other.nodes.sorted(by: { $0.key.index < $1.key.index })
    where nodes[joint] == nil && !nodes.values.contains(node) {
      var more = nodes
      more[joint] = node
      if skeleton.consistent(more).count == more.count { nodes = more }
    }
  }

  private static func refusal(_ model: ForeignModel, _ map: BoneMap) -> String {
    let joints = Skeleton(model).members.count
    if map.nodes.count < 8 {
      return
        "it is no humanoid that can be recognised: \(joints) joints, of which \(map.nodes.count) look like a person's; "
        + "if it is one, say which is which with a \"bones\" file (docs/models.md)"
    }
    let missing = map.missing.map(\.rawValue).joined(separator: ", ")
    return
      "its skeleton (\(map.source)) has no \(missing); say which nodes these are with a \"bones\" file (docs/models.md)"
  }
}

/// What bone maps look at: names, parents and places of the nodes that may be bones.
struct Skeleton {
  let model: ForeignModel
  /// The candidates, parents before children.
  let members: [Int]
  /// Where each node is at rest, in the file's world.
  let places: [Vector3]
  let children: [[Int]]

  init(_ model: ForeignModel) {
    self.model = model
    places = RestPose(model, bones: [:]).worldFromNode.map(\.translation)
    let skinned = Set(model.skins.flatMap(\.joints))
    // With skins, bones are their joints, what lies between these, and what hangs on them (ends); else any node.
    let order = model.parentsFirst
    var isMember = [Bool](repeating: skinned.isEmpty, count: model.nodes.count)
    for node in skinned {
      var above = node
      while above >= 0, !isMember[above] {
        isMember[above] = true
        above = model.nodes[above].parent
      }
    }
    for node in order where model.nodes[node].parent >= 0 && isMember[model.nodes[node].parent] {
      isMember[node] = true
    }
    let showing = Set(model.meshes.map(\.node))
    members = order.filter { isMember[$0] && (skinned.contains($0) || !showing.contains($0)) }
    var children = [[Int]](repeating: [], count: model.nodes.count)
    for node in members where model.nodes[node].parent >= 0 {
      children[model.nodes[node].parent].append(node)
    }
    self.children = children
  }

  /// Whether arms are parallel to legs and both square to the back, wherever up is: a beast with a person's names.
  func standsOnFourLegs(_ nodes: [JointName: Int]) -> Bool {
    func way(_ from: JointName, _ to: JointName) -> Vector3 {
      guard let start = nodes[from], let end = nodes[to] else { return .zero }
      return places[end] - places[start]
    }
    let legs = way(.leftUpperLeg, .leftFoot) + way(.rightUpperLeg, .rightFoot)
    let arms = way(.leftUpperArm, .leftHand) + way(.rightUpperArm, .rightHand)
    guard let back = way(.hips, .head).normalized, let down = legs.normalized,
      let front = arms.normalized
    else { return false }
    return abs(back.dot(down)) < 0.6 && front.dot(down) > 0.8
  }

  /// Whether a map's joints hang on each other as VRM's do, or as near as programs come: Biped's thighs hang on the spine, its collar
  /// bones on the neck.
  func consistent(_ nodes: [JointName: Int]) -> [JointName: Int] {
    let joints = Dictionary(
      nodes.sorted { $0.key.index < $1.key.index }.map { ($0.value, $0.key) },
      uniquingKeysWith: { first, _ in first })
    return nodes.filter { joint, node in
      guard joints[node] == joint else { return false }
      var above = model.nodes[node].parent
      while above >= 0 {
        if let found = joints[above] { return found.mayCarry(joint) }
        above = model.nodes[above].parent
      }
      return true
    }
  }
}

extension JointName {
  fileprivate func mayCarry(_ other: JointName) -> Bool {
    if isAncestor(of: other) { return true }
    switch self {
    case .spine, .chest: return other.kind == "upperLeg"
    case .neck: return ["shoulder", "upperArm"].contains(other.kind)
    default: return false
    }
  }

  /// Whether another joint hangs on this one.
  func isAncestor(of other: JointName) -> Bool {
    var above = other.parent
    while let joint = above {
      if joint == self { return true }
      above = joint.parent
    }
    return false
  }
}
