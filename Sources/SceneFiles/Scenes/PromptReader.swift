internal import PoseRig

extension ObjectReader {
  /// Reads `"prompt"` and `"negative"`: each is a text, or a list of texts that are joined by
  /// commas.
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
          .wrongType, file, item.location,
          "\"\(key)\" must be a string in double quotes, or a list of strings, not \(item.kind)")
        return nil
      }
      texts.append(text)
    }
    return Prompt.joined(texts)
  }
}
