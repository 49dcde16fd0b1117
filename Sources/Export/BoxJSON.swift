public import MapRender
internal import SceneFiles

/// `boxes.json`: where face, head, hands and body of every person are, in whole pixels.
public enum BoxJSON {
  private struct Document: Encodable {
    var format = "posemap-boxes-1"
    var canvas_width: Int
    var canvas_height: Int
    var people: [Person]
  }

  private struct Person: Encodable {
    var character: String
    var boxes: PersonBoxes

    private enum Key: String, CodingKey {
      case character, face, head, leftHand, rightHand, body
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(character, forKey: .character)
      let all: [(Key, PixelBounds?)] = [
        (.face, boxes.face), (.head, boxes.head), (.leftHand, boxes.leftHand),
        (.rightHand, boxes.rightHand), (.body, boxes.body),
      ]
      // What is missing is null rather than left out, so that every reader finds every key.
      for (key, bounds) in all { try container.encode(bounds.map(numbers), forKey: key) }
    }

    private func numbers(_ bounds: PixelBounds) -> [Int] {
      [
        bounds.columns.lowerBound, bounds.rows.lowerBound, bounds.columns.count, bounds.rows.count,
      ]
    }
  }

  /// The document of a picture's characters, ending in a line feed.
  public static func encode(
    _ people: [(character: String, boxes: PersonBoxes)], width: Int, height: Int
  ) throws(ExportError) -> [UInt8] {
    try JSONText.file(
      Document(
        canvas_width: width, canvas_height: height,
        people: people.map { Person(character: $0, boxes: $1) }))
  }
}
