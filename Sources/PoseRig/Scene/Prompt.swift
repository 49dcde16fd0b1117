/// The words for an image generator. The maps ignore them.
///
/// ```swift
/// let shared = Prompt(text: "a sunny kitchen", negative: "text, watermark")
/// let own = Prompt(text: "a red coat").joined(with: shared)
/// ```
public struct Prompt: Equatable, Sendable {
  /// The range of seeds: up to 2⁵⁰, which ComfyUI's editor uses. A1111 and diffusers accept longer
  /// ones, and JSON readers support whole numbers up to 2⁵³.
  public static let seeds = 0...(1 << 50)

  /// The words for the picture's content.
  public var text: String
  /// The words for everything that the picture must not show.
  public var negative: String

  /// Creates a prompt from its parts; by default empty.
  public init(text: String = "", negative: String = "") {
    self.text = text
    self.negative = negative
  }

  /// Returns this prompt joined with another one: after a comma, or as the next sentence.
  public func joined(with other: Prompt) -> Prompt {
    Prompt(
      text: Self.joined([text, other.text]), negative: Self.joined([negative, other.negative]))
  }

  /// Returns texts joined by commas, or by spaces where a sentence ends.
  package static func joined(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.reduce("") { whole, text in
      guard let last = whole.last else { return text }
      return whole + (".!?,;".contains(last) ? " " : ", ") + text
    }
  }
}

extension Scene {
  /// Returns the whole prompt of a character's picture: the shared one, then its own.
  package func prompt(of id: String) -> Prompt { prompt.joined(with: ownPrompt(of: id)) }

  /// Returns the prompt of a single character.
  package func ownPrompt(of id: String) -> Prompt {
    characters.first { $0.id == id }?.prompt ?? Prompt()
  }
}
