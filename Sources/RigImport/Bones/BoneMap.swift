public import PoseRig
internal import SceneFiles

/// An assignment of a model's nodes to joints.
public struct BoneMap: Equatable, Sendable {
  /// The method by which a map was found.
  public enum Source: Equatable, Sendable, CustomStringConvertible {
    /// A statement in the file.
    case file
    /// The names of a scheme.
    case names(String)
    /// Words in the names.
    case words
    /// Chains, symmetry and heights.
    case structure
    /// A statement by the caller.
    case given

    /// The method in words.
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

  /// The index of each joint's node.
  public var nodes: [JointName: Int]
  /// The method by which the map was found.
  public var source: Source
  /// Additional nodes that move with a joint: the skeletons of clothes.
  public var followers: [Int: JointName] = [:]
  /// The topmost nodes of other people in the file, which are ignored.
  public var others: [Int] = []
  /// Sentences about omissions and suspicious findings.
  public var warnings: [String] = []

  /// The joints that posing requires (VRM 1.0's required ones).
  public static let required: [JointName] = [
    .hips, .spine, .head, .leftUpperLeg, .leftLowerLeg, .leftFoot, .rightUpperLeg, .rightLowerLeg,
    .rightFoot, .leftUpperArm, .leftLowerArm, .leftHand, .rightUpperArm, .rightLowerArm, .rightHand,
  ]

  /// The joint of each node; if a node has several joints, the first.
  var joints: [Int: JointName] {
    Dictionary(
      nodes.sorted { $0.key.index < $1.key.index }.map { ($0.value, $0.key) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The required joints that have no node.
  public var missing: [JointName] { Self.required.filter { nodes[$0] == nil } }

  /// Creates a map from its parts.
  public init(nodes: [JointName: Int], source: Source) {
    self.nodes = nodes
    self.source = source
  }

  /// Finds the map of a model: the file's own, otherwise by names, then by words, then by
  /// structure.
  ///
  /// - Parameters:
  ///   - model: the model, as it was read.
  ///   - told: the names of nodes by joint, nil for joints that the model must not have; they
  ///     override everything else.
  /// - Throws: a sentence if a node in `told` does not exist, or a required joint is missing.
  public static func find(
    in model: ForeignModel, told: [JointName: String?] = [:]
  ) throws(ForeignModelError) -> BoneMap {
    try find(in: model, told: told, naming: .builtIn)
  }

  static func find(
    in model: ForeignModel, told: [JointName: String?] = [:], naming: BoneNaming
  ) throws(ForeignModelError) -> BoneMap {
    try refuseUnknownNodes(told, model)
    let parts = SkeletonParts(Skeleton(model), naming)
    var map = try found(model, parts.main, naming)
    map.others = parts.others
    map.warnings += parts.warnings(model)
    map.follow(doubles: parts.doubles, in: parts.main)
    if !told.isEmpty { try map.take(told, model) }
    guard map.missing.isEmpty else { throw .unsupported(refusal(model, map)) }
    map.checkSides(parts.main, isExplicit: !told.isEmpty)
    let plausibility = BonePlausibility(map, parts.main)
    // A map that the caller specifies is not rejected.
    if let refusal = plausibility.refusal, told.isEmpty { throw .unsupported(refusal) }
    map.warnings += [plausibility.refusal].compactMap(\.self) + plausibility.warnings
    return map
  }

  /// Takes the nodes that the caller specifies, also from joints that were found for them.
  private mutating func take(
    _ told: [JointName: String?], _ model: ForeignModel
  ) throws(ForeignModelError) {
    var givers: [Int: JointName] = [:]
    for (joint, name) in told.sorted(by: { $0.key.index < $1.key.index }) {
      nodes[joint] = nil
      guard let node = name.flatMap({ wanted in model.nodes.firstIndex { $0.name == wanted } })
      else { continue }
      if let other = givers[node] {
        throw .damaged(
          "\"\(model.nodes[node].name)\" is named as both \(other.rawValue) and \(joint.rawValue); "
            + "a node can be only one joint")
      }
      givers[node] = joint
      nodes = nodes.filter { $0.value != node }
    }
    for (node, joint) in givers { nodes[joint] = node }
    source = .given
  }

  private static func refuseUnknownNodes(
    _ told: [JointName: String?], _ model: ForeignModel
  ) throws(ForeignModelError) {
    for name in told.sorted(by: { $0.key.index < $1.key.index }).compactMap(\.value)
    where !model.nodes.contains(where: { $0.name == name }) {
      let near = NearestName.question(for: name, among: model.nodes.map(\.name))
      throw .damaged(
        "it has no node \"\(name)\"" + (near.map { "; \($0)" } ?? ""))
    }
  }

  // MARK: Looking

  private static func found(
    _ model: ForeignModel, _ skeleton: Skeleton, _ naming: BoneNaming
  ) throws(ForeignModelError) -> BoneMap {
    let own = BoneMap(nodes: model.humanoid, source: .file)
    if !model.humanoid.isEmpty, own.missing.isEmpty {
      return own.hangingTogether(in: skeleton, naming)
    }
    // Try bones with skin first, since controls with the same names can exist beside them.
    let levels = [skeleton.carrying, skeleton].compactMap(\.self)
    if !model.humanoid.isEmpty { return own.mended(in: levels, naming) }
    var best = BoneMap(nodes: [:], source: .structure)
    for (index, level) in levels.enumerated() {
      guard var map = attempt(level, naming) else { continue }
      if map.missing.isEmpty {
        if level.standsOnFourLegs(map.nodes) {
          throw .unsupported("it is not a humanoid: it stands on four legs")
        }
        // End bones and eyes can be joints without any skin.
        for wider in levels[(index + 1)...] { map.addEnds(in: wider, naming) }
        return map
      }
      if map.nodes.count > best.nodes.count { best = map }
    }
    return best
  }

  static func attempts(_ skeleton: Skeleton, _ naming: BoneNaming) -> [BoneMap] {
    [
      NameMatch.best(skeleton, naming), WordMatch.map(skeleton, naming.words),
      StructureMatch.map(skeleton),
    ].compactMap(\.self)
  }

  /// Returns the first complete map by names, words or structure, otherwise the one with the most
  /// joints.
  private static func attempt(_ skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap? {
    let attempts = attempts(skeleton, naming)
    var partial: [BoneMap] = []
    for (index, attempt) in attempts.enumerated() where attempt.missing.count <= required.count / 2
    {
      // A structure that contradicts the bones' names is shifted by one bone.
      if partial.contains(where: { $0.contradicts(attempt) }) { continue }
      var map = attempt
      // The next method might find joints that this one has missed.
      for other in attempts[(index + 1)...] where !map.contradicts(other) {
        map.add(other, in: skeleton)
      }
      map = BoneMapRepair.repaired(map, skeleton, naming)
      if map.missing.isEmpty { return map }
      partial.append(map)
    }
    return (partial + attempts).max { $0.nodes.count < $1.nodes.count }
  }

  /// Returns whether another map assigns limb bones of this map to other joints.
  private func contradicts(_ other: BoneMap) -> Bool {
    guard nodes.keys.count(where: { Self.required.contains($0) }) >= 8 else { return false }
    let limbs: Set<JointKind> = [.upperArm, .lowerArm, .hand, .upperLeg, .lowerLeg, .foot, .toes]
    let joints = other.joints
    return nodes.contains { joint, node in
      limbs.contains(joint.kind) && joints[node].map { $0 != joint } ?? false
    }
  }

  /// Adds joints below known ones, from bones without skin.
  private mutating func addEnds(in skeleton: Skeleton, _ naming: BoneNaming) {
    for other in Self.attempts(skeleton, naming) where !contradicts(other) {
      for joint in JointName.allCases where nodes[joint] == nil {
        guard joint.kind.isEnd, let node = other.nodes[joint], !nodes.values.contains(node),
          let parent = joint.parent, let carrier = nodes[parent],
          skeleton.model.isBelow(node, carrier)
        else { continue }
        if skeleton.carrier(of: node, self.joints) == parent { nodes[joint] = node }
      }
    }
  }

  /// Makes the skeletons of clothes, and bones in the position of a joint, follow the joints.
  private mutating func follow(doubles: [[JointName: Int]], in skeleton: Skeleton) {
    for double in doubles {
      for (joint, node) in double where nodes[joint] != nil { followers[node] = joint }
    }
    for (node, joint) in BoneDoubles.found(self, in: skeleton) { followers[node] = joint }
  }

  /// Adds missing joints from another map if they are connected to known joints.
  mutating func add(
    _ other: BoneMap, in skeleton: Skeleton, only joints: [JointName] = JointName.allCases
  ) {
    for joint in joints.sorted(by: { $0.index < $1.index }) where nodes[joint] == nil {
      guard let node = other.nodes[joint], !nodes.values.contains(node) else { continue }
      var more = nodes
      more[joint] = node
      if skeleton.consistent(more).count == more.count { nodes = more }
    }
  }

  // MARK: Refusing

  private static func refusal(_ model: ForeignModel, _ map: BoneMap) -> String {
    let joints = Skeleton(model).members.count
    if map.nodes.count < 8 {
      return
        "it is not a recognizable humanoid: \(joints) joints, of which \(map.nodes.count) look like a person's; "
        + "if it is one, say which is which with a \"bones\" file (docs/models.md)"
    }
    let missing = map.missing.map(\.rawValue).joined(separator: ", ")
    return
      "its skeleton (\(map.source)) has no \(missing); say which nodes these are with a \"bones\" file (docs/models.md)"
      + whereToAdd(model, map)
  }

  /// Returns advice for a limb with too few bones, where no bone could be assigned.
  private static func whereToAdd(_ model: ForeignModel, _ map: BoneMap) -> String {
    let ends = map.missing.compactMap { joint -> String? in
      guard let parent = joint.parent.flatMap({ map.nodes[$0] }),
        !model.nodes.contains(where: { $0.parent == parent })
      else { return nil }
      return "\"\(model.nodes[parent].name)\""
    }
    guard !ends.isEmpty else { return "" }
    return
      "; nothing is attached to \(ends.joined(separator: " and ")): add a bone there in the program that made it"
  }
}

extension JointKind {
  /// Whether a skin often lacks the joint: eyes, jaw, toes and fingers.
  fileprivate var isEnd: Bool { [.eye, .jaw, .toes].contains(self) || finger != nil }
}
