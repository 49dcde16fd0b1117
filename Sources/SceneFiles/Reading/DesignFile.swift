import PoseRig

/// The common parts of prop, hair and garment files.
enum DesignFile {
  /// Reads a file and makes a design from its content; nil, with the reasons in `log`, if it is
  /// invalid.
  static func read<Design>(
    at path: String, _ loader: FileLoader, _ log: DiagnosticLog, _ design: (JSONNode) -> Design?
  ) -> Design? {
    switch DocumentStore(loader).document(at: path) {
    case .success(let document): return design(document.root)
    case .failure(.malformed(let diagnostic)): log.add(diagnostic)
    case .failure(.unreadable(let failure)):
      log.missingInput(.unreadable, path, nil, "cannot read this file: \(failure.reason)")
    }
    return nil
  }

  /// Returns the name that a file gives its design: `chair` for `props/chair.prop.json`.
  static func name(of file: String) -> String {
    String(FilePath.lastName(of: file).prefix { $0 != "." })
  }
}

extension ObjectReader {
  /// Returns the search words of a design, `"tags"`; empty after reporting errors.
  func tags() -> [String] {
    guard let node = node("tags") else { return [] }
    let tags = node.items?.compactMap(\.text)
    guard let tags, tags.count == node.items?.count else {
      error(.wrongType, "tags", "\"tags\" must be a list of strings")
      return []
    }
    return tags
  }
}
