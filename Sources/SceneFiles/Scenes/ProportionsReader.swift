internal import PoseRig

/// Reads a character's `"proportions"`.
struct ProportionsReader {
  private let file: String
  private let log: DiagnosticLog

  private static var factors: [(name: String, path: WritableKeyPath<Proportions, Double>)] {
    [
      ("shoulderWidth", \.shoulderWidth), ("hipWidth", \.hipWidth), ("legLength", \.legLength),
      ("armLength", \.armLength), ("build", \.build),
    ]
  }

  init(file: String, log: DiagnosticLog) {
    self.file = file
    self.log = log
  }

  /// Returns the proportions in a node, or the body's own if there is no node or it has errors.
  func proportions(_ node: JSONNode?) -> Proportions {
    guard let node,
      let reader = ObjectReader(
        node, "\"proportions\"",
        allowed: ["like", "height"] + Self.factors.map(\.name) + ["headSize", "heads"], file: file,
        log: log)
    else { return Proportions() }
    var proportions = style(reader)?.proportions ?? Proportions()
    proportions.height = reader.number("height", in: 1...2.5, "meters")
    for (name, path) in Self.factors {
      if let factor = reader.number(name, in: 0.6...1.6, "times the body's own") {
        proportions[keyPath: path] = factor
      }
    }
    let heads = reader.number("heads", in: 2.5...10, "heads tall")
    if let size = reader.number("headSize", in: 0.6...3, "times the body's own") {
      if reader.has("heads") {
        reader.error(
          .conflict, "headSize",
          "\"headSize\" and \"heads\" both say how large the head is; give one")
      }
      (proportions.headSize, proportions.heads) = (size, nil)
    }
    if let heads { proportions.heads = heads }
    return proportions
  }

  private func style(_ reader: ObjectReader) -> FigureStyle? {
    guard let name = reader.string("like") else { return nil }
    let names = FigureStyle.allCases.map(\.rawValue)
    if let style = FigureStyle(rawValue: name) { return style }
    reader.error(
      .unknownName, "like",
      "unknown build \"\(name)\"; \(NearestName.hint(for: name, among: names))allowed: "
        + names.joined(separator: ", "))
    return nil
  }
}
