internal import Glibc

/// Prints one line to standard output, with hidden characters of untrusted text made visible.
///
/// In this module it replaces Swift's own `print`, so that commands are safe by default. Commands
/// that print files verbatim pass a terminator.
func print(_ line: String) { Swift.print(VisibleText.line(line)) }

/// Prints JSON for programs, with hidden characters of untrusted text escaped.
func printJSON(_ text: String) { Swift.print(VisibleText.json(text), terminator: "") }

/// Writes one line to standard error, with hidden characters of untrusted text made visible.
func printError(_ line: some CustomStringConvertible) {
  writeError(VisibleText.line(line.description) + "\n")
}

/// Writes a note to standard error: something to know, though nothing is wrong.
func printNote(_ sentence: String, of subject: String = "posemap") {
  printError("\(subject): note: \(sentence)")
}

/// Writes a warning to standard error: something is probably not as intended.
func printWarning(_ sentence: String, of subject: String) {
  printError("\(subject): warning: \(sentence)")
}

/// Writes a text of posemap's own to standard error, unbuffered.
func writeError(_ text: String) {
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
