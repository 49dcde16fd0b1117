internal import PoseRig

/// The rules by which the keys of an object are compatible.
///
/// Two changes that are each valid can make a file that posemap rejects, such as a lens in degrees
/// and one in millimeters. In that case they are one conflict.
struct MergeCoherence {
  private let shape: MergeShape

  init(_ shape: MergeShape) { self.shape = shape }

  /// Returns the keys that are incompatible in a merge of two sides that are valid on their own;
  /// empty if all are compatible.
  func conflictingKeys(
    in merged: [[JSONValue.Member]], of sides: [[JSONValue.Member]]
  ) -> Set<String> {
    merged.reduce(into: Set()) { odd, members in
      for (keys, fit) in rules where !fit(members) && sides.allSatisfy(fit) { odd.formUnion(keys) }
    }
  }

  private typealias Rule = (keys: [String], fit: ([JSONValue.Member]) -> Bool)

  private var rules: [Rule] {
    switch shape {
    case .camera:
      [
        alternatives([["fovY"], ["focalLength"]]),
        alternatives([CameraReader.pointKeys, CameraReader.framingKeys]),
        alternatives([CameraReader.pointKeys, ShotReader.ownKeys, ["frame"]]),
        alternatives([["view", "side"], ["angle"]]), alternatives([["height"], ["elevation"]]),
      ]
    case .pose:
      [
        alternatives([["base"], ["blend"]]),
        alternatives([
          PoseSourceReader.ownKeys,
          PoseReader.keys.filter { !GoalReader.momentKeys.contains($0) },
        ]),
      ]
    case .goal:
      [
        (["at", "toward"], { $0.isEmpty || $0["at"] != nil || $0["toward"] != nil }),
        alternatives([["at"], ["toward", "extent"]]),
      ]
    case .light:
      [
        alternatives([["side"], ["angle"], ["azimuth"]]), alternatives([["hour"], ["elevation"]]),
      ]
    case .character: [(Self.figureKeys, Self.isOneFigure)]
    case .prop:
      [
        alternatives([["shape"], ["model"]]), (["shape"] + ShapeReader.sizeKeys, Self.isOneShape),
      ]
    default: []
    }
  }

  /// Returns the rule that only keys of a single list can be used together.
  private func alternatives(_ lists: [[String]]) -> Rule {
    (
      lists.flatMap(\.self),
      { members in
        lists.count { list in members.contains { list.contains($0.key) } } <= 1
      }
    )
  }

  private static let figureKeys = [
    "body", "model", "bones", "hide", "height", "phenotype", "proportions",
    "wear",
  ]

  private static func isOneFigure(_ members: [JSONValue.Member]) -> Bool {
    let hasModel = members["model"] != nil
    let isHuman = members["body"] == .string(HumanTemplate.name)
    let unfit =
      hasModel
      ? ["body", "proportions", "phenotype", "wear"]
      : ["bones", "hide", "height"] + (isHuman ? [] : ["phenotype", "wear"])
    return unfit.allSatisfy { members[$0] == nil } && (hasModel || members["body"] != nil)
  }

  private static func isOneShape(_ members: [JSONValue.Member]) -> Bool {
    guard case .string(let name)? = members["shape"] else { return true }
    let (needed, allowed) = ShapeReader.keys(of: name)
    return needed.allSatisfy { members[$0] != nil || (name == "sphere" && $0 == "radius") }
      && ShapeReader.sizeKeys.allSatisfy { members[$0] == nil || allowed.contains($0) }
      && (name != "sphere" || (members["size"] == nil) != (members["radius"] == nil))
      && (members["size"]?.items.map { $0.count == (name == "plane" ? 2 : 3) } ?? true)
  }
}
