internal import PosemapKit
internal import SceneFiles

/// Asks for a decision about each conflict of a file on standard error, and reads the answers from
/// standard input, which is a terminal or a script's output.
struct ConflictQuestions {
  /// Returns a choice for each conflict.
  ///
  /// - Throws: a failure when the answers end before the conflicts do.
  static func choices(
    for conflicts: [MergeConflict], of path: String
  ) throws(Failure) -> [MergeChoice] {
    var choices: [MergeChoice] = []
    for (index, conflict) in conflicts.enumerated() {
      printError("\(path): \(index + 1) of \(conflicts.count): \(conflict.sentence)")
      choices.append(try choice(for: conflict, of: path))
    }
    return choices
  }

  /// Asks a question until the answer is yes or no; returns false at the end of the input.
  static func isAgreed(_ question: String) -> Bool {
    while true {
      writeError(VisibleText.line(question) + " [y]es or [n]o: ")
      guard let answer = readLine()?.lowercased() else { return false }
      switch answer.filter({ !$0.isWhitespace }) {
      case "y", "yes": return true
      case "n", "no", "": return false
      default: continue
      }
    }
  }

  private static func choice(
    for conflict: MergeConflict, of path: String
  ) throws(Failure) -> MergeChoice {
    let range = conflict.numbers.map {
      ", or a number from \(DecimalText.exact($0.lowerBound)) to \(DecimalText.exact($0.upperBound))"
    }
    while true {
      writeError("  [o]urs, [t]heirs, [b]ase\(range ?? ""): ")
      guard let line = readLine() else {
        throw Failure(
          .noInput, of: path, "the answers end before the conflicts do; nothing was written")
      }
      let answer = line.lowercased().filter { !$0.isWhitespace }
      switch answer {
      case "o", "ours": return .side(.ours)
      case "t", "theirs": return .side(.theirs)
      case "b", "base": return .side(.base)
      default:
        if let number = Double(answer), conflict.numbers?.contains(number) == true {
          return .number(number)
        }
        printError("  \"\(line)\" is none of these")
      }
    }
  }
}
