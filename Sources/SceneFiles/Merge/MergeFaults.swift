internal import PoseRig

/// Finds errors in a merged file that neither side has on its own.
///
/// The file is read without the files that it names, so that the result depends only on it.
enum MergeFaults {
  static func new(in merged: [UInt8], beside sides: [[UInt8]], file: String) -> [Diagnostic] {
    let found = errors(merged, file)
    if found.isEmpty { return [] }
    let known = sides.map { errors($0, file).map(Key.init) }
    return found.filter { fault in
      !known.contains { $0.contains(Key(fault)) }
    }
  }

  /// The part of a fault that stays equal when list items move.
  private struct Key: Equatable {
    let code: DiagnosticCode
    let keys: [DocumentPath.Step]

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code
      keys = (diagnostic.path?.steps ?? []).filter { if case .key = $0 { true } else { false } }
    }
  }

  private static func errors(_ bytes: [UInt8], _ file: String) -> [Diagnostic] {
    let documents = DocumentStore(
      FileLoader { path in
        path == file
          ? .success(bytes) : .failure(UnreadableFile(reason: "only the file itself is read"))
      })
    guard case .success(let document) = documents.document(at: file) else { return [] }
    let found: [Diagnostic]
    switch document.kind {
    case .scene:
      let reading = SceneReader.read(file, in: documents, profile: nil, limits: .standard)
      found = (try? reading.get().diagnostics) ?? []
    case .pose, .clip:
      let reading = PoseFile.read(file, in: documents, limits: .standard)
      found = (try? reading.get().diagnostics) ?? []
    case .prop:
      let log = DiagnosticLog()
      _ = PropFileReader(file: file, log: log).design(in: document.root)
      found = log.sorted
    case .hair:
      let log = DiagnosticLog()
      _ = HairFileReader(file: file, log: log).design(in: document.root)
      found = log.sorted
    case .garment:
      let log = DiagnosticLog()
      _ = GarmentFileReader(file: file, log: log).design(in: document.root)
      found = log.sorted
    case .bones, .foreign, nil: found = []
    }
    return found.filter { $0.severity == .error && $0.cause == .content }
  }
}
