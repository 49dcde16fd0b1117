public import PoseRig
internal import SceneFiles

/// The node of a model for each joint.
public struct BoneMap: Equatable, Sendable {
  /// The way in which a map was found.
  public enum Source: Equatable, Sendable, CustomStringConvertible {
    /// The file's own statement.
    case file
    /// The names of a scheme.
    case names(String)
    /// Words in the names.
    case words
    /// Chains, symmetry and heights.
    case structure
    /// A caller's statement.
    case given

    /// The way in words.
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
  /// The way in which the map was found.
  public var source: Source
  /// Nodes that move as a joint does, though the joint is another node: the skeletons of clothes.
  public var followers: [Int: JointName] = [:]
  /// The topmost nodes of other people in the file, who are left out.
  public var others: [Int] = []
  /// What was left out or looks wrong, a sentence each.
  public var warnings: [String] = []

  /// The joints without which nobody can be posed (VRM 1.0's required ones).
  public static let required: [JointName] = [
    .hips, .spine, .head, .leftUpperLeg, .leftLowerLeg, .leftFoot, .rightUpperLeg, .rightLowerLeg,
    .rightFoot, .leftUpperArm, .leftLowerArm, .leftHand, .rightUpperArm, .rightLowerArm, .rightHand,
  ]

  /// The joint of each node; of several joints of one node the first.
  var joints: [Int: JointName] {
    Dictionary(
      nodes.sorted { $0.key.index < $1.key.index }.map { ($0.value, $0.key) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Required joints that have no node.
  public var missing: [JointName] { Self.required.filter { nodes[$0] == nil } }

  /// Creates a map from its parts.
  public init(nodes: [JointName: Int], source: Source) {
    self.nodes = nodes
    self.source = source
  }

  /// Returns the map of a model: the file's own, else by names, else by words, else by structure.
  ///
  /// - Parameters:
  ///   - model: The model, as it was read.
  ///   - told: The names of nodes by joint, nil for joints that the model is not to have. They win
  ///     over all that is found.
  /// - Throws: A sentence if a node that is told does not exist, or a required joint is missing.
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
    map.checkWhichSidesAreWhich(parts.main, isTold: !told.isEmpty)
    let plausibility = BonePlausibility(map, parts.main)
    // Someone who says which is which is not refused.
    if let refusal = plausibility.refusal, told.isEmpty { throw .unsupported(refusal) }
    map.warnings += [plausibility.refusal].compactMap(\.self) + plausibility.warnings
    return map
  }

  /// Takes over the nodes that are told, also from joints that were found for them.
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
    // Bones that carry skin are asked first: beside them may stand controls with the same names.
    let levels = [skeleton.carrying, skeleton].compactMap(\.self)
    if !model.humanoid.isEmpty { return own.mended(in: levels, naming) }
    var best = BoneMap(nodes: [:], source: .structure)
    for (index, level) in levels.enumerated() {
      guard var map = attempt(level, naming) else { continue }
      if map.missing.isEmpty {
        if level.standsOnFourLegs(map.nodes) {
          throw .unsupported("it is not a humanoid: it stands on four legs")
        }
        // Ends and eyes that carry nothing are joints all the same.
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

  /// Returns the first complete map by names, words or structure, or else the fullest.
  private static func attempt(_ skeleton: Skeleton, _ naming: BoneNaming) -> BoneMap? {
    let attempts = attempts(skeleton, naming)
    var partial: [BoneMap] = []
    for (index, attempt) in attempts.enumerated() where attempt.missing.count <= required.count / 2
    {
      // A structure that calls bones otherwise than their names do is shifted by one.
      if partial.contains(where: { $0.contradicts(attempt) }) { continue }
      var map = attempt
      // What one way of looking leaves out, the next may see.
      for other in attempts[(index + 1)...] where !map.contradicts(other) {
        map.add(other, in: skeleton)
      }
      map = BoneMapRepair.repaired(map, skeleton, naming)
      if map.missing.isEmpty { return map }
      partial.append(map)
    }
    return (partial + attempts).max { $0.nodes.count < $1.nodes.count }
  }

  /// Returns whether another map has limbs' bones that this one has, for other joints.
  private func contradicts(_ other: BoneMap) -> Bool {
    guard nodes.keys.count(where: { Self.required.contains($0) }) >= 8 else { return false }
    let limbs: Set<JointKind> = [.upperArm, .lowerArm, .hand, .upperLeg, .lowerLeg, .foot, .toes]
    let joints = other.joints
    return nodes.contains { joint, node in
      limbs.contains(joint.kind) && joints[node].map { $0 != joint } ?? false
    }
  }

  /// Takes over joints that hang on those that are known, from bones that carry nothing.
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

  /// Lets the skeletons of clothes, and bones that stand where a joint does, follow the joints.
  private mutating func follow(doubles: [[JointName: Int]], in skeleton: Skeleton) {
    for double in doubles {
      for (joint, node) in double where nodes[joint] != nil { followers[node] = joint }
    }
    for (node, joint) in BoneDoubles.found(self, in: skeleton) { followers[node] = joint }
  }

  /// Takes over from another map the joints that are missing here and hang together with those that
  /// are not.
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

  /// Returns a remedy for a limb that ends too early: there is nothing that a file could name.
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
  /// Whether skin may well do without the joint: eyes, jaw, toes and fingers.
  fileprivate var isEnd: Bool { [.eye, .jaw, .toes].contains(self) || finger != nil }
}
