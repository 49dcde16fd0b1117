import ArgumentParser
internal import Glibc

extension Posemap {
  /// Prints the parser's message for an error or a request for help, and exits with its code.
  ///
  /// - Parameter arguments: the arguments that cannot be parsed; nil for an error of the work
  ///   itself.
  static func end(with error: any Error, of arguments: [String]?) -> Never {
    let code = exitCode(for: error)
    if code.isSuccess || message(for: error).isEmpty { exit(withError: error) }
    writeError((arguments.map { refusal(of: $0, error) } ?? sentence(error)) + "\n")
    Glibc.exit(code.rawValue)
  }

  /// Returns the parser's message about arguments that it cannot parse. The arguments are parsed
  /// with hidden characters made visible, so that all line breaks in the message are the parser's
  /// own.
  private static func refusal(of arguments: [String], _ error: any Error) -> String {
    do {
      _ = try parsed(arguments.map(VisibleText.line))
      return sentence(error)
    } catch {
      return VisibleText.lines(fullMessage(for: error))
    }
  }

  /// Returns the parser's message about an error of a single sentence.
  private static func sentence(_ error: any Error) -> String {
    let message = message(for: error)
    return fullMessage(for: error)
      .replacing(message, with: VisibleText.line(message), maxReplacements: 1)
  }
}
