internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The libraries' lists that `--json` prints for programs.
enum LibraryListing {
  /// A named point of the body.
  struct Name: Encodable {
    var name: String
  }

  /// A pose or hand shape: its title, its summary, its tags, and the view that shows it best.
  struct PoseEntry: Encodable {
    var name: String
    var title: String
    var summary: String
    var tags: [String]
    var view: [Double]?

    init(_ card: PoseCard) {
      (name, title, summary, tags) = (card.name, card.title, card.summary, card.tags)
      view = card.isHand ? nil : [card.view.angle, card.view.elevation]
    }
  }

  /// A prop, with its size in meters and the points that goals can name.
  struct PropEntry: Encodable {
    var name: String
    var summary: String
    var size: [Double]
    var points: [String]

    private enum CodingKeys: String, CodingKey {
      case name, summary, size
      case points = "places"
    }

    init(_ design: PropDesign) {
      let size = design.bounds.size
      name = design.name
      summary = design.summary
      // The list for people has centimeters; rounding to 0.1 mm leaves no digits of noise.
      self.size = [size.x, size.y, size.z].map { ($0 * 1e4).rounded() / 1e4 }
      points = design.points.keys.sorted()
    }
  }

  /// A hair style or beard.
  struct HairEntry: Encodable {
    var name: String
    var summary: String

    init(_ design: HairDesign) { (name, summary) = (design.name, design.summary) }
  }

  /// A garment: those of the library have parameters, those of MakeHuman's form a number of
  /// vertices.
  struct GarmentEntry: Encodable {
    var name: String
    var summary: String?
    var parameters: [String]?
    var kind: String?
    var vertices: Int?

    init(_ design: GarmentDesign) {
      name = design.name
      summary = design.summary
      parameters = design.choices.map(\.parameter.rawValue)
    }

    init(installed name: String, _ garment: Garment) {
      self.name = name
      kind = garment.kind == .hair ? "hair" : "worn"
      vertices = garment.anchors.count
    }
  }

  /// Prints entries as a JSON list.
  static func print(_ entries: [some Encodable]) throws {
    // Foundation writes an empty list on several lines.
    let json = entries.isEmpty ? Array("[]\n".utf8) : try JSONText.encode(entries, pretty: true)
    printJSON(String(decoding: json, as: UTF8.self))
  }
}
