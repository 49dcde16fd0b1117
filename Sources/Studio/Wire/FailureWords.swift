internal import PosemapKit
internal import SceneFiles

extension Failure {
  /// The failure in words for a page, with files named without folders and without the program's
  /// name.
  var words: String {
    let faults = diagnostics.map { "\(FilePath.lastName(of: $0.file)): \($0.message)" }
    return (faults + sentences.map(Self.bare)).joined(separator: "; ")
  }

  /// Returns `PATH: error: REASON` without the path's folders; for the program itself, only the
  /// reason.
  private static func bare(_ sentence: String) -> String {
    guard let mark = sentence.firstRange(of: ": error: ") else { return sentence }
    let subject = String(sentence[..<mark.lowerBound])
    let reason = sentence[mark.upperBound...]
    return subject == "posemap" ? String(reason) : "\(FilePath.lastName(of: subject)): \(reason)"
  }
}
