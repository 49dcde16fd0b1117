import TestSupport
import Testing

@testable import PosemapKit
@testable import SceneFiles

@Suite struct PoseSearchTests {
  private static let cards = PoseLibrary.cards(in: CommandRunner.repository + "/Rigs")

  private static func card(_ name: String, _ keys: String) throws -> PoseCard {
    PoseCard(name, of: try Document(Array("{\(keys)}".utf8), file: "p.pose.json"))
  }

  private func names(_ query: String) -> [String] {
    PoseSearch(Self.cards).found(query).map(\.name)
  }

  /// The tags for a figure's support, one of which every pose has.
  private static let supports: Set = [
    "feet", "one-foot", "toes", "knees", "floor", "stride", "air", "water", "chair", "ledge",
    "saddle", "wall", "rail", "hold", "side", "push",
  ]

  @Test func everyCardOfTheLibraryIsComplete() {
    #expect(Self.cards.count { !$0.isHand } >= 240 && Self.cards.count { $0.isHand } >= 40)
    for card in Self.cards {
      #expect(card.title != card.name && card.summary.hasSuffix("."), "\(card.name)")
      #expect(Set(card.tags).count == card.tags.count && !card.tags.isEmpty, "\(card.name)")
      guard card.kind == .pose else { continue }
      #expect(card.tags.count { Self.supports.contains($0) } == 1, "\(card.name): \(card.tags)")
      #expect(card.tags.count >= 2, "\(card.name): only what carries it")
    }
    #expect(Set(Self.cards.map(\.title)).count == Self.cards.count)
  }

  @Test func anArtistsWordsFindPoses() throws {
    #expect(names("sad sitting").first == "sit-slumped")
    #expect(names("someone who is kneeling in prayer").first == "pray-kneeling")
    #expect(names("playing the violin").first == "violin")
    #expect(Set(names("wave").prefix(2)) == ["waving", "gestures/wave"])
    #expect(names("fist").contains("hands/fist"))
    #expect(names("qwertz").isEmpty && names("").isEmpty && names("the").isEmpty)
  }

  @Test func matchesOfMoreWordsComeFirstThenMatchesInTheName() throws {
    let search = PoseSearch([
      try Self.card("b", #""name": "Sitting", "tags": ["chair"], "description": "Sad.""#),
      try Self.card("sad-seat", #""tags": ["sit", "sad"]"#),
      try Self.card("sit", #""tags": ["chair"]"#),
      try Self.card("a", #""tags": ["sit", "sad"]"#),
    ])
    #expect(search.found("sad sitting").map(\.name) == ["sad-seat", "a", "b"])
    #expect(search.found("SITS").map(\.name) == ["sit", "a", "sad-seat", "b"])
    #expect(search.question(for: "chairr") == #"did you mean "chair"?"#)
  }

  @Test func aCardHasTheUsualViewIfTheFileSpecifiesNoView() throws {
    #expect(try Self.card("p", "").view == .usual)
    #expect(try Self.card("p", #""view": [-40, 5]"#).view == .init(angle: -40, elevation: 5))
    #expect(PoseCard("hands/fist", of: nil).bareName == "fist")
  }
}
