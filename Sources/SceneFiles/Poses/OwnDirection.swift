internal import PoseRig

/// The words for directions relative to a figure itself: `"forward"`, `["up", "out"]`.
enum OwnDirection: String, CaseIterable {
  case forward, back, up, down, out
  /// Away from the side that the hand belongs to.
  case inward = "in"

  /// The direction for the left side of a figure that faces +Z.
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

  /// Returns the words that add up to a direction, where each word is one unit.
  static func words(of vector: Vector3) -> [OwnDirection] {
    allCases.flatMap { word in
      let count = vector.dot(word.vector)
      return Array(repeating: word, count: max(0, Int(count.rounded())))
    }
  }
}

extension GoalReader {
  /// Returns the direction of one word, or the combination of several; nil for any other value.
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
    // Words that cancel out are not a direction, which is reported as an error of form.
    return sum.length > 0.5 ? .own(sum) : nil
  }
}
