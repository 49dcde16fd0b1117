/// Words of a shell command line.
package enum ShellWord {
  /// Returns a text as one word: unchanged if it has no special characters, otherwise in single
  /// quotes.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "/._-+,:@".unicodeScalars.contains($0)
      }
    return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  /// Returns the first word of a command line without its quotes.
  package static func first(of line: String) -> String {
    var word = ""
    var quote: Swift.Character?
    var isEscaped = false
    for character in line.drop(while: \.isWhitespace) {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character.isWhitespace {
        break
      } else {
        word.append(character)
      }
    }
    return word
  }
}
