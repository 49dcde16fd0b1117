internal import PoseRig

/// The things of all scenes that one loader reads: their surfaces are made once, as long as a file
/// keeps its bytes.
final class LoadedDesigns {
  private var known: [String: (bytes: [UInt8], design: PropDesign)] = [:]

  /// Returns the thing that a file describes; nil, after reporting what is wrong.
  func design(in document: Document, at path: String, log: DiagnosticLog) -> PropDesign? {
    if let kept = known[path], kept.bytes == document.bytes { return kept.design }
    let before = log.diagnostics.count
    let design = PropFileReader(file: path, log: log).design(in: document.root)
    // What there is something to say of is read again, so that it is reported again.
    if let design, log.diagnostics.count == before { known[path] = (document.bytes, design) }
    return design
  }
}
