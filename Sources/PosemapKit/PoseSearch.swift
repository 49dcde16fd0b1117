package import SceneFiles

/// A search for poses by an artist's words, such as `sad sitting`.
///
/// Words are compared by their stems, so that `sitting` finds `sit`. A pose that matches more of
/// the words comes first; among equals, one that matches in its name and tags comes before one that
/// matches in its description, and then the one with the fewest other words comes first.
package struct PoseSearch {
  /// Words that say nothing about a pose.
  private static let idle: Set = [
    "a", "an", "and", "at", "for", "from", "her", "his", "in", "is", "of", "on", "or", "person",
    "pose", "someone", "the", "their", "to", "who", "with",
  ]
  /// The weight of a word in a name, a tag, a title and a description.
  private static let weights = [6, 5, 3, 1]

  private struct Entry {
    let card: PoseCard
    /// The stems of the words in its name, tags, title and description.
    let fields: [Set<String>]
  }

  private let entries: [Entry]

  /// Creates a search among poses.
  package init(_ cards: [PoseCard]) {
    entries = cards.map { card in
      let fields = [[card.name], card.tags, [card.title], [card.summary, card.phrase]]
      return Entry(card: card, fields: fields.map { Set($0.flatMap(Self.stems)) })
    }
  }

  /// Returns the poses that match most of the words, best first, or an empty list.
  package func found(_ query: String) -> [PoseCard] {
    let words = Self.stems(query)
    let rated = entries.map { entry -> (hits: Int, score: Int, size: Int, card: PoseCard) in
      let scores = words.map { word in
        zip(entry.fields, Self.weights).reduce(0) { $0 + ($1.0.contains(word) ? $1.1 : 0) }
      }
      let size = entry.fields.dropLast().reduce(0) { $0 + $1.count }
      return (scores.count { $0 > 0 }, scores.reduce(0, +), size, entry.card)
    }
    let most = rated.map(\.hits).max() ?? 0
    return rated.filter { most > 0 && $0.hits == most }
      .sorted { (-$0.score, $0.size, $0.card.name) < (-$1.score, $1.size, $1.card.name) }
      .map(\.card)
  }

  /// Returns a suggestion of words similar to one that no pose has.
  package func question(for query: String) -> String? {
    let names = entries.map { String($0.card.name.split(separator: "/").last ?? "") }
    let tags = Set(entries.flatMap(\.card.tags)).sorted()
    return NearestName.question(for: query, among: tags + names)
  }

  private static func stems(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      .filter { !idle.contains($0) }.map(NearestName.stem)
  }
}
