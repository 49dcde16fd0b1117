internal import PoseRig

/// Reads one document of a skeleton file.
struct SkeletonReader {
  private typealias Points = [SIMD2<Double>?]

  private let document: JSONNode
  private let canvas: Canvas?
  /// The size in pixels, from the document or the caller.
  private var size: SIMD2<Double>? {
    canvas.map { SIMD2(Double($0.width), Double($0.height)) }
  }

  /// The keys of a person's body: current ones, and those of OpenPose 1.1 and 1.0.
  private static let bodyKeys = ["pose_keypoints_2d", "pose_keypoints", "body_parts"]

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
      people = try items.enumerated().map { index, item throws(SkeletonFileError) in
        try person(item, index, &findings)
      }
    } else if let list = document["keypoints"], let items = list.items {
      // openpose-editor has a list of people. AlphaPose, mmpose and COCO's results have one person.
      let isOne = SkeletonPoints.areOnePersons(items)
      people = try (isOne ? [list] : items).enumerated().map {
        index, item throws(SkeletonFileError) in
        let scores = isOne ? document["keypoint_scores"]?.items : nil
        let body = try SkeletonPoints(item, key: "keypoints", scores: scores)
        return target(body, [], [], index, &findings)
      }
    } else if Self.bodyKeys.contains(where: { document[$0] != nil }) {
      people = [try person(document, 0, &findings)]
    } else {
      throw SkeletonFileError(
        "this is not OpenPose JSON: it has no \"people\" with \"pose_keypoints_2d\" each"
          + Self.keys(of: document))
    }
    return .init(people: people, canvas: canvas, notes: findings.notes, reasons: findings.reasons)
  }

  /// The picture's name in a document that shows one person of it, as in files with one entry per
  /// person; nil for a document of a whole picture.
  var pictureOfOne: String? {
    guard document["people"] == nil, let items = document["keypoints"]?.items,
      SkeletonPoints.areOnePersons(items)
    else { return nil }
    switch document["image_id"]?.value {
    case .string(let name): return name
    case .number(let number): return "\(number)"
    default: return ""
    }
  }

  /// Returns the keys that a document has instead of the expected ones, as the end of a sentence.
  private static func keys(of document: JSONNode) -> String {
    let keys = document.members.prefix(4).map { "\"\($0.key.prefix(30))\"" }
    guard !keys.isEmpty else { return "" }
    return ", but \(keys.joined(separator: ", "))"
      + (document.members.count > keys.count ? " and more" : "")
  }

  /// Remarks about a document's people.
  private struct Findings {
    var isCentered = false
    var brokenHands: [String] = []
    var reasons: [Int: String] = [:]

    var notes: [String] {
      let centered =
        "its coordinates go from −1 to 1, as with OpenPose's keypoint_scale 4; they were read that way"
      return (isCentered ? [centered] : []) + brokenHands.map { "\($0); that hand was left out" }
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
    _ node: JSONNode, _ index: Int, _ findings: inout Findings
  ) throws(SkeletonFileError) -> LiftTarget? {
    guard !node.members.isEmpty else {
      if case .object = node.value {
        findings.reasons[index] = "is empty"
      } else {
        findings.reasons[index] = "is \(node.kind)"
      }
      return nil
    }
    func hand(_ name: String) -> Points {
      // OpenPose 1.1 omits "_2d".
      guard let key = ["\(name)_2d", name].first(where: { node[$0] != nil }), let list = node[key]
      else { return [] }
      do {
        return try SkeletonPoints(list, key: key).points
      } catch {
        findings.brokenHands.append(error.description)
        return []
      }
    }
    guard let key = Self.bodyKeys.first(where: { node[$0] != nil }), let list = node[key] else {
      findings.reasons[index] = "has no \"pose_keypoints_2d\"\(Self.keys(of: node))"
      return nil
    }
    let body = try SkeletonPoints(list, key: key)
    return target(
      body, hand("hand_left_keypoints"), hand("hand_right_keypoints"), index, &findings)
  }

  /// Returns a person in pixels; nil, with the reason in the findings, for one with too few points.
  private func target(
    _ list: SkeletonPoints, _ left: Points, _ right: Points, _ index: Int,
    _ findings: inout Findings
  ) -> LiftTarget? {
    let body = Self.coco18(list.points)
    guard LiftTarget(body: body) != nil else {
      findings.reasons[index] = list.fault
      return nil
    }
    let isCentered = Self.areCentered(body)
    if isCentered { findings.isCentered = true }
    // A hand in pixels near the corner looks like one in shares, but no hand is that far from its
    // body.
    guard Self.areShares(body) else {
      return LiftTarget(body: body, leftHand: left, rightHand: right)
    }
    return LiftTarget(
      body: inPixels(body, isCentered), leftHand: inPixels(left, isCentered),
      rightHand: inPixels(right, isCentered))
  }

  // MARK: Points

  /// Converts other layouts to 18 points, or OpenPose's 25; returns others unchanged.
  private static func coco18(_ points: Points) -> Points {
    switch points.count {
    case 17:
      // COCO's own order is: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles.
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

  /// Returns whether 19 points are BODY_19's, with the middle of the hips; other layouts have an
  /// extra point at the end.
  private static func hasMiddleOfHips(_ points: Points) -> Bool {
    let size = LiftTarget(body: Array(points.prefix(18)))?.size ?? 0
    func distance(_ one: SIMD2<Double>, _ other: SIMD2<Double>) -> Double {
      ((one - other) * (one - other)).sum().squareRoot()
    }
    if let middle = points[8] {
      guard let right = points[9], let left = points[12] else { return false }
      return distance(middle, (right + left) / 2) < 0.05 * size
    }
    // If that point is missing, index 14 is the left ankle in BODY_19 and an eye in others.
    guard let nose = points[0], let point = points[14] else { return false }
    return distance(nose, point) > 0.5 * size
  }

  // MARK: Shares

  /// Returns whether points are shares of the canvas rather than pixels, since no person is only a
  /// few pixels tall. Parts beyond the picture have shares beyond 1.
  private static func areShares(_ points: Points) -> Bool {
    let present = points.compactMap(\.self)
    guard let first = present.first else { return false }
    let low = present.reduce(first) { pointwiseMin($0, $1) }
    let high = present.reduce(first) { pointwiseMax($0, $1) }
    return (high - low).max() < 4 && low.min() > -4 && high.max() < 5
  }

  /// Returns whether shares range from −1 to 1, as with OpenPose's keypoint_scale 4: then many
  /// points are left of and above the middle.
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
