internal import PoseRig
internal import SceneFiles

/// The body's joints with their names and ranges, for pages.
enum JointTable {
  /// The table, with one row per joint in skeleton order.
  static var value: JSONValue {
    .list(
      JointName.allCases.map { joint in
        .members([
          "name": .string(joint.rawValue),
          "words": .string(joint.jointWords),
          "parent": .optional(joint.parent?.rawValue),
          "freedoms": .list(
            Anatomy.of(joint).degreesOfFreedom.map { freedom($0, of: joint) }),
        ])
      })
  }

  private static func freedom(_ freedom: DegreeOfFreedom, of joint: JointName) -> JSONValue {
    // The hips turn the whole body, which has no limits.
    let range = JointLimits.standard.range(of: freedom.name, at: joint) ?? -180...180
    return .members([
      "name": .string(freedom.name.rawValue),
      "minimum": .number(range.lowerBound),
      "maximum": .number(range.upperBound),
      "summary": .string(freedom.positive),
    ])
  }
}
