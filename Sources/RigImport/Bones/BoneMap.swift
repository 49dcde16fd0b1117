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

  /// The joints without which nobody can be posed (VRM 1.0's required ones).
  public static let required: [JointName] = [
    .hips, .spine, .head, .leftUpperLeg, .leftLowerLeg, .leftFoot, .rightUpperLeg, .rightLowerLeg,
    .rightFoot, .leftUpperArm, .leftLowerArm, .leftHand, .rightUpperArm, .rightLowerArm, .rightHand,
  ]

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
    var map = try found(model, naming)
    if !told.isEmpty {
      for (joint, name) in told {
        map.nodes[joint] = name.flatMap { wanted in model.nodes.firstIndex { $0.name == wanted } }
      }
      map.source = .given
    }
    guard map.missing.isEmpty else { throw .unsupported(refusal(model, map)) }
    return map
  }

  private static func refuseUnknownNodes(
    _ told: [JointName: String?], _ model: ForeignModel
  ) throws(ForeignModelError) {
    for name in told.values.compactMap(\.self)
    where !model.nodes.contains(where: { $0.name == name }) {
      let near = NearestName.suggestion(for: name, among: model.nodes.map(\.name))
      throw .damaged(
        "it has no node \"\(name)\"" + (near.map { "; did you mean \"\($0)\"?" } ?? ""))
    }
  }

  private static func found(
    _ model: ForeignModel, _ naming: BoneNaming
  ) throws(ForeignModelError) -> BoneMap {
    var own = BoneMap(nodes: model.humanoid, source: .file)
    if !model.humanoid.isEmpty, own.missing.isEmpty { return own }
    let skeleton = Skeleton(model)
    let attempts = [
      NameMatch.best(skeleton, naming), WordMatch.map(skeleton, naming.words),
      StructureMatch.map(skeleton),
    ].compactMap(\.self)
    if !model.humanoid.isEmpty {
      // Some VRM files leave out required joints. Optional ones are left out on purpose.
      for attempt in attempts { own.add(attempt, in: skeleton, only: required) }
      return own
    }
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
