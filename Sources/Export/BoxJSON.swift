public import MapRender

/// `boxes.json`: where face, head, hands and body of every person are, in whole pixels.
public enum BoxJSON {
  /// Returns the document of a picture's characters, ending in a line feed.
  public static func encode(
    _ people: [(character: String, boxes: PersonBoxes)], width: Int, height: Int
  ) -> [UInt8] {
    var json = PointsJSON()
    json.add("{\"canvas_height\":")
    json.add(height)
    json.add(",\"canvas_width\":")
    json.add(width)
    json.add(",\"format\":\"posemap-boxes-1\",\"people\":")
    json.list(people) { json, person in
      let boxes = person.boxes
      add("{\"body\":", boxes.body, &json)
      json.add(",\"character\":")
      json.add(quoted: person.character)
      add(",\"face\":", boxes.face, &json)
      add(",\"head\":", boxes.head, &json)
      add(",\"leftHand\":", boxes.leftHand, &json)
      add(",\"rightHand\":", boxes.rightHand, &json)
      json.add("}")
    }
    json.add("}\n")
    return json.bytes
  }

  /// Adds a box; what is missing is null rather than left out, so that every reader finds every
  /// key.
  private static func add(_ key: StaticString, _ bounds: PixelBounds?, _ json: inout PointsJSON) {
    json.add(key)
    guard let bounds else { return json.add("null") }
    let numbers = [
      bounds.columns.lowerBound, bounds.rows.lowerBound, bounds.columns.count, bounds.rows.count,
    ]
    json.list(numbers) { $0.add($1) }
  }
}
