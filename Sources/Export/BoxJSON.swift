public import MapRender

/// `boxes.json`: the boxes of every person's face, head, hands and body, in whole pixels.
public enum BoxJSON {
  /// Returns the document of a picture's characters, ending in a line feed.
  public static func encode(
    _ people: [(character: String, boxes: PersonBoxes)], width: Int, height: Int
  ) -> [UInt8] {
    PointsJSON.document("posemap-boxes-1", width: width, height: height, people) { json, person in
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
  }

  /// Adds a box. A missing one is written as null, so that readers always find the key.
  private static func add(_ key: StaticString, _ bounds: PixelBounds?, _ json: inout PointsJSON) {
    json.add(key)
    guard let bounds else { return json.add("null") }
    let numbers = [
      bounds.columns.lowerBound, bounds.rows.lowerBound, bounds.columns.count, bounds.rows.count,
    ]
    json.list(numbers) { $0.add($1) }
  }
}
