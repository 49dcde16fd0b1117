internal import Glibc

/// Prints one line to standard output, in which nothing of others is hidden.
///
/// In this module it replaces Swift's own, so that no command has to think of it. Files
/// that are printed as they are name a terminator.
func print(_ line: String) { Swift.print(VisibleText.line(line)) }

/// Prints JSON for programs, in which nothing of others is hidden.
func printJSON(_ text: String) { Swift.print(VisibleText.json(text), terminator: "") }

/// Writes one line to standard error, in which nothing of others is hidden.
func printError(_ line: some CustomStringConvertible) {
  writeError(VisibleText.line(line.description) + "\n")
}

/// Writes a note to standard error: what a reader should know, though nothing is wrong.
func printNote(_ sentence: String, of subject: String = "posemap") {
  printError("\(subject): note: \(sentence)")
}

/// Writes a warning to standard error: something is likely not as it was meant.
func printWarning(_ sentence: String, of subject: String) {
  printError("\(subject): warning: \(sentence)")
}

/// Writes a text of our own to standard error, at once.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
