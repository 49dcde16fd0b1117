/// The search words of a pose, gesture or hand shape, and the view that shows it best.
package struct PoseCard: Equatable, Sendable {
  /// The use of a library file.
  package enum Kind: CaseIterable, Sendable {
    /// A whole body.
    case pose
    /// One arm or both.
    case gesture
    /// The fingers of a hand.
    case hand

    /// Determines the kind of a file from its name in the library, such as `gestures/wave`.
    package init(ofName name: String) {
      self = Self.allCases.last { name.hasPrefix($0.folder) } ?? .pose
    }

    /// The folder prefix of its names; empty for poses.
    package var folder: String {
      switch self {
      case .pose: ""
      case .gesture: PoseReader.gestures
      case .hand: "hands/"
      }
    }

    /// Returns a name without the folder.
    package func bareName(_ name: String) -> String { String(name.dropFirst(folder.count)) }

    /// The noun for the kind.
    var noun: String {
      switch self {
      case .pose: "pose"
      case .gesture: "gesture"
      case .hand: "hand shape"
      }
    }

    /// The command that lists files of the kind.
    var command: String {
      switch self {
      case .pose: "posemap poses"
      case .gesture: "posemap poses --gestures"
      case .hand: "posemap poses --hands"
      }
    }
  }

  /// The direction of a camera that frames the pose, as in a scene's `"angle"` and `"elevation"`.
  package struct View: Equatable, Sendable {
    /// The angle in degrees from straight ahead, positive to the figure's left.
    package var angle: Double
    /// The elevation in degrees, positive upward.
    package var elevation: Double

    /// The view of poses that do not specify one.
    package static let usual = View(angle: 30, elevation: 8)

    /// Creates a view from its angles in degrees.
    package init(angle: Double, elevation: Double) {
      (self.angle, self.elevation) = (angle, elevation)
    }
  }

  /// The name, as in a pose's `"base"`; for a gesture or hand shape, including its folder.
  package var name: String
  /// The name to show, which is ``name`` if the file does not specify one.
  package var title: String
  /// A sentence that describes the pose.
  package var summary: String
  /// A few words for a gesture, as image models know it: `hand on own hip`.
  package var phrase: String
  /// Single words for the action, the mood, and the support of the figure.
  package var tags: [String]
  /// The view that shows the pose best.
  package var view: View

  /// The use of the file.
  package var kind: Kind { Kind(ofName: name) }

  /// Whether it is a hand shape.
  package var isHand: Bool { kind == .hand }

  /// The name without the folder of hand shapes or gestures.
  package var bareName: String { kind.bareName(name) }

  /// Returns the words in the name of a pose or its file: `my/big-wave.pose.json` is `big wave`.
  private static func words(ofName name: String) -> String {
    let stem = FilePath.lastName(of: name).split(separator: ".").first.map(String.init) ?? name
    return stem.replacing("-", with: " ").replacing("_", with: " ")
  }

  /// Reads the card of the pose in a document. `check` reports errors in its keys.
  package init(_ name: String, of document: Document?) {
    let root = document?.root
    self.name = name
    title = root?["name"]?.text ?? name
    summary = root?["description"]?.text ?? ""
    phrase = root?["phrase"]?.text ?? Self.words(ofName: name)
    tags = (root?["tags"]?.items ?? []).compactMap(\.text)
    let angles = (root?["view"]?.items ?? []).compactMap { item in
      if case .number(let degrees) = item.value { degrees } else { nil }
    }
    view = angles.count == 2 ? View(angle: angles[0], elevation: angles[1]) : .usual
  }
}

extension ObjectReader {
  /// Reports errors in the keys that are for people and do not affect the pose.
  func checkCard() {
    _ = string("name")
    _ = string("description")
    _ = string("phrase")
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
