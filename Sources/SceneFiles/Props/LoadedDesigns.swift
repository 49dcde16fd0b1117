internal import PoseRig

/// A cache of the prop designs of all scenes that one loader reads: a design's surface is built
/// once, as long as the file's bytes do not change.
final class LoadedDesigns {
  private var known: [String: (bytes: [UInt8], design: PropDesign)] = [:]

  /// Returns the design that a file describes; nil after reporting errors.
  func design(in document: Document, at path: String, log: DiagnosticLog) -> PropDesign? {
    if let kept = known[path], kept.bytes == document.bytes { return kept.design }
    let before = log.diagnostics.count
    let design = PropFileReader(file: path, log: log).design(in: document.root)
    // A design with diagnostics is read again, so that they are reported again.
    if let design, log.diagnostics.count == before { known[path] = (document.bytes, design) }
    return design
  }
}
