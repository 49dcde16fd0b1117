internal import SceneFiles

/// The words that identify bones outside of any known scheme: `Resources/bone-words.json`.
struct BoneWords: Equatable, Sendable {
  /// A part of the body that words identify; a finger is one part, and so is the whole spine.
  enum Part: String, CaseIterable {
    case thumb, index, middle, ring, little
    case eye, jaw, toes, foot, lowerLeg, upperLeg
    case hand, lowerArm, shoulder, upperArm, head, neck, spine, hips

    /// Whether a body has such a part on each side.
    var isPaired: Bool { ![.head, .neck, .spine, .hips, .jaw].contains(self) }
  }

  /// A part and the words for it.
  struct Entry: Equatable {
    var part: Part
    var words: [String]
  }

  /// The words for the left side.
  var left: [String]
  /// The words for the right side.
  var right: [String]
  /// The parts in the order in which to try them: the first with a matching word counts.
  var parts: [Entry]
  /// The words of bones that are not joints of the body even if another word matches.
  var excluded: [String]
  /// The prefixes that programs put before names of any scheme.
  var prefixes: [String]

  /// The length up to which an excluded word must be a whole word: `Eyebrows` is excluded as a
  /// brow, but `Bend` is not an end.
  private static let wholeUpTo = 3

  /// Returns whether the words of a name exclude it from the joints of the body.
  func exclude(_ tokens: [String]) -> Bool {
    if tokens.contains(where: excluded.contains) { return true }
    let text = tokens.joined()
    return excluded.contains { word in
      // Japanese does not separate words.
      word.allSatisfy(\.isASCII)
        ? word.count > Self.wholeUpTo && tokens.contains { $0.contains(word) } : text.contains(word)
    }
  }
}

/// Reads the file of words.
struct BoneWordsReader {
  static let keys = ["sides", "parts", "excluded", "prefixes"]

  private let file: String
  private let log: DiagnosticLog

  /// Reads the words from a file's bytes; nil, with the reasons in `log`, if it is invalid.
  static func read(_ bytes: [UInt8], file: String, log: DiagnosticLog) -> BoneWords? {
    let faults = log.diagnostics.count
    guard
      let whole = ObjectReader(
        parsing: bytes, "the words for bones", allowed: keys, file: file, log: log)
    else { return nil }
    let words = BoneWordsReader(file: file, log: log).words(whole)
    return log.diagnostics.count > faults ? nil : words
  }

  private func words(_ whole: ObjectReader) -> BoneWords {
    for key in Self.keys where !whole.has(key) {
      whole.error(.missingKey, key, "\"\(key)\" is missing")
    }
    let sides = whole.node("sides").flatMap {
      ObjectReader($0, "\"sides\"", allowed: ["left", "right"], file: file, log: log)
    }
    return BoneWords(
      left: sides?.words("left") ?? [], right: sides?.words("right") ?? [],
      parts: parts(whole), excluded: whole.words("excluded"), prefixes: whole.words("prefixes"))
  }

  private func parts(_ whole: ObjectReader) -> [BoneWords.Entry] {
    guard let node = whole.node("parts") else { return [] }
    guard let items = node.items else {
      whole.error(.wrongType, "parts", "\"parts\" must be a list, not \(node.kind)")
      return []
    }
    var entries: [BoneWords.Entry] = []
    for item in items {
      guard let entry = entry(item) else { continue }
      if entries.contains(where: { $0.part == entry.part }) {
        log.error(
          .duplicate, file, item.location, "the part \"\(entry.part.rawValue)\" is given twice")
      }
      let known = entries.flatMap(\.words)
      for word in entry.words where known.contains(word) {
        log.error(.duplicate, file, item.location, "\"\(word)\" is a word of another part already")
      }
      entries.append(entry)
    }
    for part in BoneWords.Part.allCases where !entries.contains(where: { $0.part == part }) {
      whole.error(.missingKey, "parts", "there are no words for the part \"\(part.rawValue)\"")
    }
    return entries
  }

  private func entry(_ item: JSONNode) -> BoneWords.Entry? {
    guard
      let reader = ObjectReader(
        item, "a part", allowed: ["part", "words"], file: file, log: log)
    else { return nil }
    let name = reader.string("part") ?? ""
    guard let part = BoneWords.Part(rawValue: name) else {
      reader.error(
        .unknownName, "part",
        unknown(
          "part", name, allowed: BoneWords.Part.allCases.map(\.rawValue), context: "in \"parts\""))
      return nil
    }
    let words = reader.words("words")
    if words.isEmpty {
      reader.error(.missingKey, "words", "the part \"\(name)\" has no words")
    }
    return BoneWords.Entry(part: part, words: words)
  }
}
