/// The props, hair styles or garments that a scene names, by library name or by file, each read
/// once.
struct NamedDesigns<Design> {
  /// Returns the file of a library name, in the folder `Rigs`.
  let libraryPath: (_ name: String, _ rigsFolder: String) -> String
  /// The word for one of them in a message: `the garment`.
  let word: String
  let file: String
  let documents: DocumentStore
  let log: DiagnosticLog
  /// The designs read, by path.
  private var known: [String: Design?] = [:]
  /// The files read, in the order in which they were named.
  private(set) var inputs: [InputFile] = []

  init(
    _ word: String, file: String, documents: DocumentStore, log: DiagnosticLog,
    libraryPath: @escaping (_ name: String, _ rigsFolder: String) -> String
  ) {
    (self.word, self.libraryPath) = (word, libraryPath)
    (self.file, self.documents, self.log) = (file, documents, log)
  }

  /// Returns the design with a name; nil after reporting errors.
  ///
  /// - Parameters:
  ///   - unknown: reports a name that is not in the library.
  ///   - read: makes a design from the document at a path.
  mutating func design(
    named name: String, at location: TextLocation, unknown: () -> Void,
    read: (String, Document) -> Design?
  ) -> Design? {
    guard let path = path(of: name) else {
      unknown()
      return nil
    }
    if let design = known[path] { return design }
    var design: Design?
    switch documents.document(at: path) {
    case .success(let document):
      inputs.append(InputFile(name: name, bytes: document.bytes))
      design = read(path, document)
    case .failure(.malformed(let diagnostic)): log.add(diagnostic)
    case .failure(.unreadable(let failure)):
      if name.hasSuffix(".json") {
        log.missingInput(
          .unreadable, file, location,
          "cannot read \(word) \"\(name)\" (\(path)): \(failure.reason)")
      } else {
        unknown()
      }
      return nil
    }
    known[path] = .some(design)
    return design
  }

  private func path(of name: String) -> String? {
    if name.hasSuffix(".json") { return FilePath.resolve(name, besides: file) }
    // A library name is never a path.
    guard !name.isEmpty, !name.contains("/"), let rigs = documents.loader.rigsFolder else {
      return nil
    }
    return libraryPath(name, rigs)
  }
}
