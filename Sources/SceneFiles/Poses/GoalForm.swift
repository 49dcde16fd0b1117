package import PoseRig

/// The forms of goals in poses, for programs that create goals from a person's actions.
package enum GoalForm {
  /// Returns the reason why a value cannot be a goal of a pose; nil if its form is valid.
  ///
  /// Whether the point exists in a scene is checked later.
  package static func fault(in value: JSONNode, as goal: PoseGoals.Name) -> String? {
    let start = value.location
    func object(_ key: String, _ value: JSONNode) -> JSONNode {
      JSONNode(
        value: .object([JSONMember(key: key, keyLocation: start, node: value)]), location: start)
    }
    let pose: JSONNode =
      switch goal {
      case .reach(let joint): object("reach", object(joint.rawValue, value))
      case .seat: object("seat", value)
      case .look: object("look", value)
      case .feet: object("feet", value)
      }
    let log = DiagnosticLog()
    guard let reader = ObjectReader(pose, "a pose", allowed: GoalReader.keys, file: "", log: log)
    else { return log.diagnostics.first?.message }
    var written = WrittenPose(pose: .rest)
    GoalReader(file: "", log: log).read(reader, stance: .rest, into: &written)
    return log.diagnostics.first?.message
  }
}
