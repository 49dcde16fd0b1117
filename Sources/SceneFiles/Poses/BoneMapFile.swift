public import PoseRig

/// A `--bones` file, which assigns a model's nodes to joints (`docs/models.md`).
public enum BoneMapFile {
  /// Returns the node's name by joint, nil for a joint that the model must not have; returns nil,
  /// with the reasons in `log`, for an invalid file.
  public static func read(
    _ bytes: [UInt8], file: String, log: DiagnosticLog
  ) -> [JointName: String?]? {
    guard
      let whole = ObjectReader(
        parsing: bytes, "a bones file", allowed: ["$schema", "name", "description", "bones"],
        file: file,
        log: log)
    else { return nil }
    guard let bones = whole.node("bones") else {
      whole.error(
        .missingKey, "bones",
        "\"bones\" is missing: {\"bones\": {\"hips\": \"name of the node\", …}}")
      return nil
    }
    guard
      let reader = ObjectReader(
        bones, "\"bones\"", keyKind: "joint", allowed: JointName.allCases.map(\.rawValue),
        allowedText: JointName.allNamesInShort, file: file, log: log)
    else { return nil }
    var names: [JointName: String?] = [:]
    for joint in JointName.allCases {
      guard let value = reader.node(joint.rawValue) else { continue }
      switch value.value {
      case .null: names[joint] = .some(nil)
      case .string(let name): names[joint] = name
      default:
        log.error(
          .wrongType, file, value.location,
          "\(joint.rawValue) must be the name of a node, or null for none, not \(value.kind)")
      }
    }
    return log.hasErrors ? nil : names
  }
}
