/// The ways in which work with a ComfyUI server fails.
public enum ComfyError: Error, Equatable, CustomStringConvertible {
  /// A text that is not a server address.
  case badAddress(text: String, reason: String)
  /// An address where no server answers.
  case unreachable(address: String, reason: String)
  /// A response that does not match ComfyUI's API.
  case unexpectedAnswer(request: String, reason: String)
  /// Workflows that need nodes or models that the server lacks, or that are faulty themselves: one
  /// sentence for each.
  case unfit(address: String, sentences: [String])
  /// A workflow that the server refused to queue, with one sentence for each fault it found.
  case refused(character: String, sentences: [String])
  /// A workflow that was queued and failed while it ran.
  case failed(character: String, reason: String)
  /// Several failures of one run.
  case several([ComfyError])

  /// The failure, its location and the remedy, on separate lines.
  public var description: String { lines.joined(separator: "\n") }

  /// One line per fault; a server's own text may contain line breaks.
  public var lines: [String] {
    switch self {
    case .badAddress(let text, let reason):
      ["\"\(text)\" is not a server's address: \(reason)"]
    case .unreachable(let address, let reason):
      ["cannot reach a ComfyUI server at \(address): \(reason)"]
    case .unexpectedAnswer(let request, let reason):
      ["unexpected answer to \(request): \(reason)"]
    case .unfit(let address, let sentences):
      ["the server at \(address) cannot run these workflows:"] + sentences.map { "  \($0)" }
    case .refused(let character, let sentences):
      ["ComfyUI refused the workflow of \"\(character)\":"] + sentences.map { "  \($0)" }
    case .failed(let character, let reason):
      ["the workflow of \"\(character)\" failed: \(reason)"]
    case .several(let errors):
      errors.enumerated().flatMap { index, error in
        index == 0 ? error.lines : ["  \(error.lines[0])"] + error.lines.dropFirst()
      }
    }
  }
}
