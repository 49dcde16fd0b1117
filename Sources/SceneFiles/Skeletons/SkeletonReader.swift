internal import PoseRig

/// Reads one document of a skeleton file.
struct SkeletonReader {
  private typealias Points = [SIMD2<Double>?]

  private let document: JSONNode
  private let canvas: Canvas?
  /// The size in pixels, of the document or given.
  private var size: SIMD2<Double>? {
    canvas.map { SIMD2(Double($0.width), Double($0.height)) }
  }

  /// The confidence below which a point counts as missing: detectors' own files are never sure.
  private static let leastConfidence = 0.1

  init(_ document: JSONNode, canvas: Canvas?) throws(SkeletonFileError) {
    self.document = document
    self.canvas = try Self.canvas(of: document) ?? canvas
  }

  // MARK: Document

  func frame() throws(SkeletonFileError) -> SkeletonFile.Frame {
    guard case .object = document.value else {
      throw SkeletonFileError(
        "this is not OpenPose JSON: its documents are \(document.kind), not objects with \"people\""
      )
    }
    let people: [LiftTarget?]
    var findings = Findings()
    if let list = document["people"] {
      if case .null = list.value { return .init(people: [], canvas: canvas) }
      guard let items = list.items else {
        throw SkeletonFileError("its \"people\" must be a list, not \(list.kind)")
      }
      people = try items.map { item throws(SkeletonFileError) in
        try person(item, &findings)
      }
    } else if let list = document["keypoints"]?.items {
      // openpose-editor: a list of people, each a list of points.
      people = try list.map { item throws(SkeletonFileError) in
        try target(points(item, "keypoints"), [], [], &findings)
      }
    } else {
      throw SkeletonFileError(
        "this is not OpenPose JSON: it has no \"people\" with \"pose_keypoints_2d\" each")
    }
    return .init(
      people: people, canvas: canvas,
      notes: findings.notes)
  }

  /// What is said of a document's people.
  private struct Findings {
    var isCentered = false
    var brokenHands: [String] = []

    var notes: [String] {
      let centered =
        "its coordinates go from −1 to 1, as OpenPose's keypoint_scale 4 has them; they were read so"
      return (isCentered ? [centered] : []) + brokenHands.map { "\($0); the hand was left out" }
    }
  }

  /// Returns the canvas that a document states, under any of the names that programs use.
  private static func canvas(of document: JSONNode) throws(SkeletonFileError) -> Canvas? {
    func number(_ node: JSONNode?) -> Double? {
      node.flatMap { $0.number ?? $0.text.flatMap { Double($0) } }
    }
    let pairs = [
      ("canvas_width", "canvas_height"), ("width", "height"), ("image_width", "image_height"),
    ]
    for (width, height) in pairs {
      guard let w = number(document[width]), let h = number(document[height]) else { continue }
      let sides = [w, h].map { $0.rounded() }
      guard sides.allSatisfy({ (1...16_384).contains($0) }) else {
        throw SkeletonFileError("its canvas is \(w) × \(h); a side has 1 to 16384 pixels")
      }
      return Canvas(width: Int(sides[0]), height: Int(sides[1]))
    }
    return nil
  }

  private func person(
    _ node: JSONNode, _ findings: inout Findings
  ) throws(SkeletonFileError) -> LiftTarget? {
    // OpenPose 1.1 has no "_2d".
    func part(_ name: String) throws(SkeletonFileError) -> Points {
      try points(node["\(name)_2d"] ?? node[name], name)
    }
    func hand(_ name: String) -> Points {
      do {
        return try part(name)
      } catch {
        findings.brokenHands.append(error.description)
        return []
      }
    }
    return target(
      try part("pose_keypoints"), hand("hand_left_keypoints"), hand("hand_right_keypoints"),
      &findings)
  }

  /// Returns a person in pixels; nil for one of whom too little is there.
  private func target(
    _ body: Points, _ left: Points, _ right: Points, _ findings: inout Findings
  ) -> LiftTarget? {
    let body = Self.coco18(body)
    let isCentered = Self.areCentered(body)
    if isCentered { findings.isCentered = true }
    // A hand in pixels near the corner is as small as one in shares: none is where the body is not.
    guard Self.areShares(body) else {
      return LiftTarget(body: body, leftHand: left, rightHand: right)
    }
    return LiftTarget(
      body: inPixels(body, isCentered), leftHand: inPixels(left, isCentered),
      rightHand: inPixels(right, isCentered))
  }

  // MARK: Points

  /// Returns a list of points: triples or pairs in one list, or each a list of its own.
  private func points(_ node: JSONNode?, _ name: String) throws(SkeletonFileError) -> Points {
    guard let items = node?.items, !items.isEmpty else { return [] }
    if items.contains(where: { $0.items != nil }) {
      return items.map { Self.point($0.items?.map(\.number) ?? []) }
    }
    let numbers = items.map(\.number)
    let counts = [17, 18, 19, 20, 21, 25]
    let width =
      numbers.count.isMultiple(of: 3) && counts.contains(numbers.count / 3)
      ? 3 : numbers.count.isMultiple(of: 2) && counts.contains(numbers.count / 2) ? 2 : 3
    guard numbers.count.isMultiple(of: width) else {
      throw SkeletonFileError(
        "its \"\(name)_2d\" has \(numbers.count) numbers, not three (x, y, confidence) or two a point"
      )
    }
    return stride(from: 0, to: numbers.count, by: width).map {
      Self.point(Array(numbers[$0..<($0 + width)]))
    }
  }

  private static func point(_ numbers: [Double?]) -> SIMD2<Double>? {
    guard numbers.count >= 2, let x = numbers[0], let y = numbers[1] else { return nil }
    if numbers.count > 2, numbers[2].map({ $0 < leastConfidence }) ?? true { return nil }
    // No detector means the corner itself, whatever it says of its confidence.
    let isNowhere = (x == 0 && y == 0) || (x == -1 && y == -1)
    return isNowhere || abs(x) > 1e6 || abs(y) > 1e6 ? nil : SIMD2(x, y)
  }

  /// Returns 18 points, or OpenPose's 25, of other layouts; others stay as they are.
  private static func coco18(_ points: Points) -> Points {
    switch points.count {
    case 17:
      // COCO's own order: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles.
      let neck = points[5].flatMap { left in points[6].map { (left + $0) / 2 } }
      return [0, -1, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3].map {
        $0 < 0 ? neck : points[$0]
      }
    case 19:
      return hasMiddleOfHips(points)
        ? (Array(0...7) + Array(9...18)).map { points[$0] } : Array(points.prefix(18))
    case 20: return Array(points.prefix(18))
    default: return points
    }
  }

  /// Returns whether 19 points are BODY_19's, which have the middle of the hips among them; others
  /// have a point more at the end.
  private static func hasMiddleOfHips(_ points: Points) -> Bool {
    let size = LiftTarget(body: Array(points.prefix(18)))?.size ?? 0
    func distance(_ one: SIMD2<Double>, _ other: SIMD2<Double>) -> Double {
      ((one - other) * (one - other)).sum().squareRoot()
    }
    if let middle = points[8] {
      guard let right = points[9], let left = points[12] else { return false }
      return distance(middle, (right + left) / 2) < 0.05 * size
    }
    // Where it was not found, the left ankle is where others have an eye.
    guard let nose = points[0], let point = points[14] else { return false }
    return distance(nose, point) > 0.5 * size
  }

  // MARK: Shares

  /// Returns whether points are shares of the canvas: nobody is but a few pixels tall. Parts beyond
  /// the picture have shares beyond 1.
  private static func areShares(_ points: Points) -> Bool {
    let present = points.compactMap(\.self)
    guard let first = present.first else { return false }
    let low = present.reduce(first) { pointwiseMin($0, $1) }
    let high = present.reduce(first) { pointwiseMax($0, $1) }
    return (high - low).max() < 4 && low.min() > -4 && high.max() < 5
  }

  /// Returns whether shares are counted from −1 to 1, as OpenPose's keypoint_scale 4 has it: much lies
  /// left of and above the middle then.
  private static func areCentered(_ points: Points) -> Bool {
    let present = points.compactMap(\.self)
    let (left, above) = (present.count { $0.x < 0 }, present.count { $0.y < 0 })
    return areShares(points) && 4 * left >= present.count && 4 * above >= present.count
  }

  private func inPixels(_ points: Points, _ isCentered: Bool) -> Points {
    guard Self.areShares(points), let size else { return points }
    return points.map { $0.map { (isCentered ? ($0 + 1) / 2 : $0) * size } }
  }
}
