internal import Glibc

/// Writes one line to standard error.
func printError(_ line: some CustomStringConvertible) { writeError(line.description + "\n") }

/// Writes a note to standard error: what a reader should know, though nothing is wrong.
func printNote(_ sentence: String, of subject: String = "posemap") {
  printError("\(subject): note: \(sentence)")
}

/// Writes a text to standard error, at once.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
