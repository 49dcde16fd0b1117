internal import PoseRig

/// Nouns for a figure and its clothes.
enum FigureNouns {
  /// Returns a noun for a figure: `a woman`, `a man`, `a child`, `a person`.
  static func noun(_ figure: Figure) -> String {
    if case .human(let phenotype) = figure, phenotype.age < 13 {
      return phenotype.gender < 0.4 ? "a girl" : phenotype.gender > 0.6 ? "a boy" : "a child"
    }
    switch Pronoun(figure) {
    case .she: return "a woman"
    case .he: return "a man"
    case .they: return "a person"
    }
  }

  /// Returns a character's garments, with an article for a single thing.
  static func garments(_ character: Character) -> [String] {
    (character.clothes.map(\.design.name) + character.wear.map(\.name)).map { name in
      let words = name.replacing("-", with: " ")
      return words.hasSuffix("s") && !words.hasSuffix("ss") ? words : PropWords.withArticle(words)
    }
  }

  /// Returns the styles of a character's hair.
  static func hair(_ character: Character) -> [String] {
    character.hair.map { $0.design.name.replacing("-", with: " ") }
  }
}

/// Words for facial expressions.
enum FaceWords {
  /// Returns words for the active expressions, the strongest first.
  static func all(_ face: [String: Double]) -> [String] {
    face.filter { $0.value >= 0.25 }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .compactMap { name, strength in words[name].map { strength < 0.6 ? "slightly \($0)" : $0 } }
  }

  /// Returns tags that generators know.
  static func tags(_ face: [String: Double]) -> [String] {
    face.filter { $0.value >= 0.4 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .compactMap { tags[$0.key] }
  }

  private static let words = [
    "smile": "smiling", "happy": "happy", "mouthSmile": "smiling", "angry": "angry", "sad": "sad",
    "surprised": "surprised", "relaxed": "relaxed", "blink": "eyes closed",
    "blinkLeft": "left eye closed", "blinkRight": "right eye closed", "jawOpen": "mouth open",
    "aa": "mouth open", "oh": "mouth open", "mouthPucker": "lips pursed", "mouthFrown": "frowning",
  ]

  private static let tags = [
    "smile": "smile", "happy": "smile, happy", "mouthSmile": "smile", "angry": "angry",
    "sad": "sad", "surprised": "surprised", "relaxed": "relaxed", "blink": "closed eyes",
    "blinkLeft": "one eye closed", "blinkRight": "one eye closed", "jawOpen": "open mouth",
    "aa": "open mouth", "oh": "open mouth", "mouthPucker": "puckered lips", "mouthFrown": "frown",
  ]
}
