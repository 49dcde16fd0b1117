/// Why a ComfyUI server could not do what it was asked.
public enum ComfyError: Error, Equatable, CustomStringConvertible {
  /// The address is none.
  case badAddress(text: String, reason: String)
  /// Nobody answers there.
  case unreachable(address: String, reason: String)
  /// An answer that ComfyUI does not give.
  case unexpectedAnswer(request: String, reason: String)
  /// Nodes or models that the workflows need are not there, or something in them is wrong; a sentence each.
  case unfit(address: String, sentences: [String])
  /// The server refused a workflow.
  case refused(character: String, sentences: [String])
  /// A workflow was taken and failed on the way.
  case failed(character: String, reason: String)
  /// More than one of these.
  case several([ComfyError])

  /// What went wrong, where, and what helps; a line a thing.
  public var description: String {
    switch self {
    case .badAddress(let text, let reason):
      "\"\(text)\" is not a server's address: \(reason)"
    case .unreachable(let address, let reason):
      "cannot reach a ComfyUI server at \(address): \(reason)"
    case .unexpectedAnswer(let request, let reason):
      "\(request) was answered as ComfyUI does not: \(reason)"
    case .unfit(let address, let sentences):
      (["the server at \(address) cannot run these workflows:"] + sentences).joined(
        separator: "\n  ")
    case .refused(let character, let sentences):
      (["ComfyUI refused the workflow of \"\(character)\":"] + sentences).joined(separator: "\n  ")
    case .failed(let character, let reason):
      "the workflow of \"\(character)\" failed: \(reason)"
    case .several(let errors): errors.map(\.description).joined(separator: "\n  ")
    }
  }
}
