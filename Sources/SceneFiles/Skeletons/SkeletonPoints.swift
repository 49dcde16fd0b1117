internal import PoseRig

/// The points of one part of a person, as a skeleton file lists them.
///
/// It accepts triples and pairs in one list, lists of triples or pairs, and objects with "x" and
/// "y".
struct SkeletonPoints {
  /// The points in the file's order; nil for those that were not found.
  private(set) var points: [SIMD2<Double>?] = []

  private let node: JSONNode
  private let key: String

  /// The confidence below which a point counts as missing; detectors are never certain.
  private static let leastConfidence = 0.1
  /// The names that programs use for a point's confidence.
  private static let confidences = ["c", "confidence", "score", "conf", "v", "visibility"]
  /// The numbers of points in the layouts of bodies.
  private static let bodies = [17, 18, 19, 20, 25]
  /// The number of points in the layout of hands.
  private static let hand = 21

  /// Reads the list under a key. If the scores are in a separate list, uncertain points are
  /// missing.
  ///
  /// - Throws: a sentence if the list's numbers do not form points.
  init(_ node: JSONNode, key: String, scores: [JSONNode]? = nil) throws(SkeletonFileError) {
    (self.node, self.key) = (node, key)
    guard let items = node.items, !items.isEmpty else { return }
    if items.contains(where: { $0.items != nil || !$0.members.isEmpty }) {
      points = items.map(Self.point)
    } else {
      points = try Self.points(items.map(\.number), key)
    }
    guard let scores, scores.count == points.count else { return }
    for (index, score) in scores.enumerated() where score.number ?? 0 < Self.leastConfidence {
      points[index] = nil
    }
  }

  /// Returns whether a list is one person's points rather than a list of people.
  static func areOnePersons(_ items: [JSONNode]) -> Bool {
    guard let first = items.first(where: { if case .null = $0.value { false } else { true } })
    else { return false }
    guard let numbers = first.items else { return true }
    return (2...3).contains(numbers.count) && numbers.allSatisfy { $0.items == nil }
  }

  /// The reason why the points are not a body to lift, in words that follow "person 1".
  var fault: String {
    guard let items = node.items else { return "has a \"\(key)\" that is \(node.kind), not a list" }
    if items.isEmpty { return "has an empty \"\(key)\"" }
    let numbers = items.flatMap { $0.items ?? ($0.members.isEmpty ? [$0] : $0.members.map(\.node)) }
    if numbers.contains(where: { $0.text != nil }) {
      return "has strings in \"\(key)\" where numbers are needed; remove the quotation marks"
    }
    guard Self.bodies.contains(points.count) else {
      return "has \(points.count) point\(points.count == 1 ? "" : "s") in \"\(key)\""
    }
    let found = points.count { $0 != nil }
    return "has \(found == 0 ? "none" : "\(found)") of the \(points.count) points in \"\(key)\""
  }

  // MARK: Parts

  private static func points(
    _ numbers: [Double?], _ key: String
  ) throws(SkeletonFileError) -> [SIMD2<Double>?] {
    let counts = bodies + [hand]
    let width =
      numbers.count.isMultiple(of: 3) && counts.contains(numbers.count / 3)
      ? 3 : numbers.count.isMultiple(of: 2) && counts.contains(numbers.count / 2) ? 2 : 3
    guard numbers.count.isMultiple(of: width) else {
      throw SkeletonFileError(
        "its \"\(key)\" has \(numbers.count) numbers, not three (x, y, confidence) or two for each point"
      )
    }
    return stride(from: 0, to: numbers.count, by: width).map {
      point(Array(numbers[$0..<($0 + width)]))
    }
  }

  /// Returns a point that is a list, or an object with "x" and "y".
  private static func point(_ node: JSONNode) -> SIMD2<Double>? {
    if let items = node.items { return point(items.map(\.number)) }
    func number(_ keys: [String]) -> JSONNode? {
      node.members.first { keys.contains($0.key.lowercased()) }?.node
    }
    let sure = number(confidences)
    return point([number(["x"])?.number, number(["y"])?.number] + (sure.map { [$0.number] } ?? []))
  }

  private static func point(_ numbers: [Double?]) -> SIMD2<Double>? {
    guard numbers.count >= 2, let x = numbers[0], let y = numbers[1] else { return nil }
    if numbers.count > 2, numbers[2].map({ $0 < leastConfidence }) ?? true { return nil }
    // The corner itself means a missing point, regardless of its confidence.
    let isNowhere = (x == 0 && y == 0) || (x == -1 && y == -1)
    return isNowhere || abs(x) > 1e6 || abs(y) > 1e6 ? nil : SIMD2(x, y)
  }
}
