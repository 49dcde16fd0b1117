public import PoseRig

extension JointLimits {
  /// The embedded limits of `Rigs/limits.json`.
  public static let standard: JointLimits = {
    let log = DiagnosticLog()
    guard let limits = JointLimits(json: EmbeddedData.limits, file: "Rigs/limits.json", log: log)
    else {
      preconditionFailure("the limits compiled in are broken: \(log.diagnostics)")
    }
    return limits
  }()

  /// Reads `{"upperLeg": {"flexion": [-30, 130], …}, …}`; nil, with the reasons in `log`, if the
  /// file is invalid.
  public init?(json bytes: [UInt8], file: String, log: DiagnosticLog) {
    var ranges: [JointKind: [AngleName: ClosedRange<Double>]] = [:]
    let kinds = JointKind.allCases.map(\.name).sorted() + ["$comment"]
    guard
      let root = ObjectReader(parsing: bytes, "the limits", allowed: kinds, file: file, log: log)
    else { return nil }
    for joint in JointName.allCases {
      guard ranges[joint.kind] == nil, let node = root.node(joint.kind.name) else { continue }
      let freedoms = Anatomy.of(joint).degreesOfFreedom.map(\.name)
      let reader = ObjectReader(
        node, joint.kind.name, allowed: freedoms.map(\.rawValue), file: file, log: log)
      for freedom in freedoms {
        guard
          let bounds = reader?.numbers(freedom.rawValue, named: ["least", "most"], in: -360...360),
          bounds[0] <= bounds[1]
        else { continue }
        ranges[joint.kind, default: [:]][freedom] = bounds[0]...bounds[1]
      }
    }
    if log.hasErrors { return nil }
    self.init(ranges: ranges)
  }
}
