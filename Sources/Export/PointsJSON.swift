internal import SceneFiles

/// JSON written byte by byte, for the files of points that come with every picture.
///
/// It writes what Foundation's encoder would, keys in order of the alphabet, in a small share of its
/// time, which was a thirtieth of a clip's.
struct PointsJSON {
  /// The text so far.
  private(set) var bytes: [UInt8] = []

  /// Adds text as it is.
  mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Adds a whole number.
  mutating func add(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

  /// Adds a number with as many digits as tell it from any other; whole ones without a point.
  mutating func add(_ number: Double) {
    let text = number.description.utf8
    bytes.append(contentsOf: text.suffix(2).elementsEqual(".0".utf8) ? text.dropLast(2) : text[...])
  }

  /// Adds a string, quoted and escaped.
  mutating func add(quoted text: String) { bytes.append(contentsOf: JSONValue.quoted(text).utf8) }

  /// Opens an object with the size of a picture.
  mutating func openCanvas(width: Int, height: Int) {
    add("{\"canvas_height\":")
    add(height)
    add(",\"canvas_width\":")
    add(width)
  }

  /// Returns the document of a format about the people of a picture, ending in a line feed.
  static func document<Person>(
    _ format: StaticString, width: Int, height: Int, _ people: [Person],
    _ add: (inout PointsJSON, Person) -> Void
  ) -> [UInt8] {
    var json = PointsJSON()
    json.openCanvas(width: width, height: height)
    json.add(",\"format\":\"")
    json.add(format)
    json.add("\",\"people\":")
    json.list(people, add)
    json.add("}\n")
    return json.bytes
  }

  /// Adds elements between brackets, separated by commas.
  mutating func list<Element>(
    _ elements: some Sequence<Element>, _ add: (inout PointsJSON, Element) -> Void
  ) {
    self.add("[")
    var isFirst = true
    for element in elements {
      if !isFirst { self.add(",") }
      isFirst = false
      add(&self, element)
    }
    self.add("]")
  }
}
