/// What an image generator is told in words. Nothing of it touches the maps.
public struct Prompt: Equatable, Sendable {
  /// The seeds that every generator takes: 32 bits, as A1111's.
  public static let seeds = 0...Int(UInt32.max)

  /// What the picture shall show.
  public var text: String
  /// What it shall not.
  public var negative: String

  /// A prompt from its parts; by default nothing is said.
  public init(text: String = "", negative: String = "") {
    self.text = text
    self.negative = negative
  }

  /// This prompt, then `other`'s, in one: after a comma, or as the next sentence.
  public func joined(with other: Prompt) -> Prompt {
    func join(_ first: String, _ second: String) -> String {
      if first.isEmpty || second.isEmpty { return first + second }
      // After a sentence's end a comma would be none.
      return first + (".!?,;".contains(first.last ?? " ") ? " " : ", ") + second
    }
    return Prompt(text: join(text, other.text), negative: join(negative, other.negative))
  }
}

extension ObjectReader {
  /// `"prompt"` and `"negative"`, each a text, or a list of texts that stand a line each and are joined by commas.
  func prompt() -> Prompt {
    Prompt(text: texts("prompt") ?? "", negative: texts("negative") ?? "")
  }

  private func texts(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    let items: [JSONNode] = if case .array(let items) = node.value { items } else { [node] }
    var texts: [String] = []
    for item in items {
      guard case .string(let text) = item.value else {
        log.error(
          file, item.location,
          "\"\(key)\" must be a text in double quotes, or a list of texts, not \(item.kind)")
        return nil
      }
      texts.append(text)
    }
    return texts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
