internal import PoseRig

/// The words for directions of a figure's own: `"forward"`, `["up", "out"]`.
enum OwnDirection: String, CaseIterable {
  case forward, back, up, down, out
  /// Away from the hand's own side.
  case inward = "in"

  /// The direction, on the left side of a figure that faces +Z.
  var vector: Vector3 {
    switch self {
    case .forward: .unitZ
    case .back: -.unitZ
    case .up: .unitY
    case .down: -.unitY
    case .out: .unitX
    case .inward: -.unitX
    }
  }

  /// Returns the words that add up to a direction, in units of which each word is one.
  static func words(of vector: Vector3) -> [OwnDirection] {
    allCases.flatMap { word in
      let count = vector.dot(word.vector)
      return Array(repeating: word, count: max(0, Int(count.rounded())))
    }
  }
}

extension GoalReader {
  /// Returns the direction of one word, or between several; nil for any other value.
  func ownDirection(_ node: JSONNode) -> PoseGoals.Direction? {
    let texts: [JSONNode]
    switch node.value {
    case .string: texts = [node]
    case .array(let items) where !items.isEmpty: texts = items
    default: return nil
    }
    let words = texts.compactMap { $0.text.flatMap(OwnDirection.init) }
    guard words.count == texts.count else { return nil }
    let sum = words.map(\.vector).reduce(.zero, +)
    // What cancels out is no direction: an error of its form says so.
    return sum.length > 0.5 ? .own(sum) : nil
  }
}
