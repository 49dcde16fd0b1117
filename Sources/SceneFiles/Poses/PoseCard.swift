/// The words that a pose or hand shape is found by, and the view that flatters it.
package struct PoseCard: Equatable, Sendable {
  /// Where a camera that frames the pose stands, as a scene's `"angle"` and `"elevation"` say it.
  package struct View: Equatable, Sendable {
    /// Degrees from straight ahead, positive to the figure's left.
    package var angle: Double
    /// Degrees up.
    package var elevation: Double

    /// The view of poses that ask for none.
    package static let usual = View(angle: 30, elevation: 8)

    /// A view from its angles in degrees.
    package init(angle: Double, elevation: Double) {
      (self.angle, self.elevation) = (angle, elevation)
    }
  }

  /// The name, as a pose's `"base"` or, after `hands/`, a hand has it.
  package var name: String
  /// The name for a person; the same as ``name`` where the file has none.
  package var title: String
  /// A sentence that says what it is.
  package var summary: String
  /// What is done, how it feels and what carries the figure, each in a word.
  package var tags: [String]
  /// The view that flatters it.
  package var view: View

  /// Whether it is a hand shape.
  package var isHand: Bool { name.hasPrefix(Self.hands) }

  /// The name without the folder of hand shapes.
  package var bareName: String { isHand ? String(name.dropFirst(Self.hands.count)) : name }

  private static let hands = "hands/"

  /// Returns the card of the pose in a document. `check` reports what is wrong with its keys.
  package init(_ name: String, of document: Document?) {
    let root = document?.root
    self.name = name
    title = root?["name"]?.text ?? name
    summary = root?["description"]?.text ?? ""
    tags = (root?["tags"]?.items ?? []).compactMap(\.text)
    let angles = (root?["view"]?.items ?? []).compactMap { item in
      if case .number(let degrees) = item.value { degrees } else { nil }
    }
    view = angles.count == 2 ? View(angle: angles[0], elevation: angles[1]) : .usual
  }
}

extension ObjectReader {
  /// Reads the keys that are for people and change no pose, to report what is wrong with them.
  func checkCard() {
    _ = string("name")
    _ = string("description")
    _ = tags()
    guard let view = node("view") else { return }
    let form = ["angle", "elevation"]
    guard let angles = numbers(view, "\"view\"", named: form, in: -360...360, "degrees") else {
      return
    }
    if abs(angles[1]) > 89 {
      error(
        .outOfRange, "view",
        "\"view\" elevation is \(plain(angles[1])); allowed is -89 to 89 degrees")
    }
  }
}
