import PoseRig
import SceneFiles
import Testing

/// A figure of 18 points in a picture of 512 × 768 pixels.
private let points: [SIMD2<Double>] = [
  SIMD2(250, 212), SIMD2(254, 272), SIMD2(206, 273), SIMD2(193, 348), SIMD2(178, 401),
  SIMD2(302, 271), SIMD2(354, 332), SIMD2(401, 386), SIMD2(228, 400), SIMD2(232, 511),
  SIMD2(244, 586), SIMD2(282, 402), SIMD2(273, 521), SIMD2(266, 637), SIMD2(241, 202),
  SIMD2(259, 202), SIMD2(229, 208), SIMD2(275, 207),
]

private func text(_ numbers: [Double]) -> String {
  "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]"
}

private func triples(_ points: [SIMD2<Double>], sure: Double = 0.9) -> String {
  text(points.flatMap { [$0.x, $0.y, sure] })
}

private func document(
  _ body: String, more: String = "",
  canvas: String = #", "canvas_width": 512, "canvas_height": 768"#
) -> String {
  #"{"people": [{"pose_keypoints_2d": \#(body)}\#(more)]\#(canvas)}"#
}

@Suite struct SkeletonFileTests {
  private static let canvas = Canvas(width: 512, height: 768)
  private static let expected = LiftTarget(body: points)

  private func read(_ text: String, canvas: Canvas? = nil) throws -> SkeletonFile {
    try SkeletonFile(Array(text.utf8), canvas: canvas)
  }

  private func refusal(_ text: String) -> String? {
    do {
      _ = try read(text)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func aHandNearTheCornerIsNotMistakenForShares() throws {
    // One point of a hand is found, three pixels from the corner.
    let hand = [SIMD2(3.0, 2)] + Array(repeating: SIMD2<Double>.zero, count: 20)
    let file = try read(
      #"{"people": [{"pose_keypoints_2d": \#(triples(points)), "hand_left_keypoints_2d": \#(triples(hand))}], "canvas_width": 512, "canvas_height": 768}"#
    )
    #expect(file.frames[0].people[0]?.leftHand.first == SIMD2(3, 2))
    #expect(file.frames[0].notes.isEmpty)
  }

  @Test func aSkippedHandIsReported() throws {
    let file = try read(
      #"{"people": [{"pose_keypoints_2d": \#(triples(points)), "hand_right_keypoints_2d": [1, 2, 3, 4]}], "canvas_width": 512, "canvas_height": 768}"#
    )
    #expect(file.frames[0].people[0] == Self.expected)
    #expect(
      file.frames[0].notes == [
        #"its "hand_right_keypoints_2d" has 4 numbers, not three (x, y, confidence) or two for each point; that hand was left out"#
      ])
  }

  @Test func bodyOf19WithoutTheMiddleOfTheHipsKeepsItsHips() throws {
    var all = points
    all.insert((points[8] + points[11]) / 2, at: 8)
    let whole = try read(document(triples(all))).frames[0].people[0]
    all[8] = .zero
    let found = try read(document(triples(all))).frames[0].people[0]
    #expect(whole == Self.expected && found == Self.expected)
    // 18 points and one more, without the right hip.
    var other = points + [SIMD2(300, 300)]
    other[8] = .zero
    var expected: [SIMD2<Double>?] = points
    expected[8] = nil
    #expect(try read(document(triples(other))).frames[0].people[0] == LiftTarget(body: expected))
  }

  @Test(arguments: [
    ("confidences", document(triples(points))),
    ("a list of documents", "[" + document(triples(points)) + "]"),
    ("pairs", document(text(points.flatMap { [$0.x, $0.y] }))),
    (
      "nested triples",
      document("[" + points.map { text([$0.x, $0.y, 1]) }.joined(separator: ", ") + "]")
    ),
    ("a person that is null", document(triples(points), more: ", null")),
    (
      "a person without a body",
      document(triples(points), more: #", {"hand_left_keypoints_2d": null}"#)
    ),
    ("a body that is null", document(triples(points), more: #", {"pose_keypoints_2d": null}"#)),
    (
      "sides as texts",
      document(triples(points), canvas: #", "canvas_width": "512", "canvas_height": "768""#)
    ),
    ("an editor's sides", document(triples(points), canvas: #", "width": 512, "height": 768"#)),
    (
      "openpose-editor",
      #"{"width": 512, "height": 768, "keypoints": [[\#(points.map { text([$0.x, $0.y]) }.joined(separator: ", "))]]}"#
    ),
    (
      "objects",
      document(
        "["
          + points.map { #"{"x": \#($0.x), "y": \#($0.y), "c": 0.9}"# }.joined(separator: ", ")
          + "]")
    ),
    ("OpenPose 1.0", document(triples(points)).replacing("pose_keypoints_2d", with: "body_parts")),
    (
      "a person alone",
      #"{"pose_keypoints_2d": \#(triples(points)), "width": 512, "height": 768}"#
    ),
    (
      "AlphaPose of one person",
      #"[{"image_id": "a.jpg", "keypoints": \#(triples(points)), "width": 512, "height": 768}]"#
    ),
    (
      "two points more",
      document(triples(points + [SIMD2(0, 0), SIMD2(0, 0)]))
    ),
    (
      "BODY_19",
      document(triples(Array(points[0...7]) + [SIMD2(255, 401)] + Array(points[8...17])))
    ),
    (
      "shares", document(triples(points.map { $0 / SIMD2(512, 768) }))
    ),
    (
      "shares from −1 to 1", document(triples(points.map { $0 / SIMD2(256, 384) - 1 }))
    ),
  ])
  func oneFigureInManySpellings(_ name: String, _ text: String) throws {
    let frame = try #require(try read(text).frames.first)
    #expect(frame.canvas == Self.canvas)
    let found = try #require(frame.people.first ?? nil)
    for (one, other) in zip(found.body, points) {
      let away = try #require(one) - other
      #expect((away * away).sum() < 1e-12, "\(name)")
    }
    #expect(found.body.count == 18)
  }

  @Test func openPoseItselfDoesNotStateThePicturesSize() throws {
    for key in ["pose_keypoints_2d", "pose_keypoints"] {
      let text = #"{"version": 1.1, "people": [{"\#(key)": \#(triples(points))}]}"#
      #expect(try read(text).frames[0].canvas == nil)
      let given = try read(text, canvas: Self.canvas).frames[0]
      #expect(given.canvas == Self.canvas && given.people == [Self.expected])
    }
    // The size in the file takes precedence over the given one.
    let other = Canvas(width: 64, height: 64)
    #expect(try read(document(triples(points)), canvas: other).frames[0].canvas == Self.canvas)
  }

  @Test func partsOutsideThePictureHaveSharesBeyondOne() throws {
    let low = points.map { $0 / SIMD2(512, 560) }
    let text = document(triples(low), canvas: #", "canvas_width": 512, "canvas_height": 560"#)
    let found = try #require(try read(text).frames[0].people[0])
    #expect(low.contains { $0.y > 1.1 })
    for (one, other) in zip(found.body, points) {
      #expect(abs(try #require(one).y - other.y) < 1e-9)
    }
  }

  @Test func pointsThatAreNowhereAreMissing() throws {
    for missing in ["null, null, null", "0, 0, 0", "-1, -1, 0", "-1, -1, 1", "0, 0, 1"] {
      var numbers = points.map { "\($0.x), \($0.y), 1" }
      numbers[4] = missing
      let text = document("[" + numbers.joined(separator: ", ") + "]")
      let found = try #require(try read(text).frames[0].people[0])
      #expect(found.body[4] == nil && found.body.count { $0 != nil } == 17, "\(missing)")
    }
  }

  @Test func entriesForOnePictureAreItsPeople() throws {
    let body = points.map { text([$0.x, $0.y]) }.joined(separator: ", ")
    func entry(_ picture: String) -> String {
      #"{"image_id": \#(picture), "keypoints": [\#(body)]}"#
    }
    let file = try read("[\(entry("1")), \(entry("2")), \(entry("1"))]", canvas: Self.canvas)
    #expect(file.frames.map(\.people) == [[Self.expected, Self.expected], [Self.expected]])
    // Scores beside the points indicate which of them were found.
    let scores = text([0.05] + Array(repeating: 0.9, count: 17))
    let scored = #"{"keypoints": [\#(body)], "keypoint_scores": \#(scores)}"#
    let found = try #require(try read(scored, canvas: Self.canvas).frames[0].people[0])
    #expect(found.body[0] == nil && found.body.count { $0 != nil } == 17)
  }

  @Test(arguments: [
    (
      "[" + points.map { #""\#($0.x)", "\#($0.y)", "1""# }.joined(separator: ", ") + "]",
      #"has strings in "pose_keypoints_2d" where numbers are needed; remove the quotation marks"#
    ),
    (
      triples(Array(repeating: SIMD2(5, 5), count: 135)),
      #"has 135 points in "pose_keypoints_2d""#
    ),
    (
      triples(points.prefix(2) + Array(repeating: .zero, count: 16)),
      #"has 2 of the 18 points in "pose_keypoints_2d""#
    ),
    (
      triples(Array(repeating: .zero, count: 18)),
      #"has none of the 18 points in "pose_keypoints_2d""#
    ),
    ("[]", #"has an empty "pose_keypoints_2d""#),
    ("7", #"has a "pose_keypoints_2d" that is a number, not a list"#),
  ])
  func theReasonWhyNobodyCanBeLiftedIsReported(_ body: String, _ reason: String) throws {
    let frame = try read(document(body)).frames[0]
    #expect(frame.people == [nil])
    #expect(
      frame.sentence()
        == "a person needs 17 to 25 body points (COCO's or OpenPose's), six of them found; person 1 \(reason)"
    )
  }

  @Test func otherContentIsReported() throws {
    let other = try read(#"{"people": [{"id": 1, "bones": []}, null]}"#).frames[0]
    #expect(
      other.sentence().hasSuffix(
        #"person 1 has no "pose_keypoints_2d", but "id", "bones", and no other person has more"#))
    #expect(other.sentence(of: 1).hasSuffix("six of them found; person 2 is null"))
    #expect(
      refusal(#"{"images": [], "annotations": [], "info": 1, "licenses": 2, "categories": 3}"#)
        == #"this is not OpenPose JSON: it has no "people" with "pose_keypoints_2d" each, but "images", "annotations", "info", "licenses" and more"#
    )
  }

  @Test func cocosOwnOrderIsRead() throws {
    let order = [0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10]
    let text = document(triples(order.map { points[$0] }))
    let found = try #require(try read(text).frames[0].people[0])
    for index in points.indices where index != 1 { #expect(found.body[index] == points[index]) }
    #expect(found.body[1] == (points[2] + points[5]) / 2)
  }

  @Test func theFirstOfSeveralPicturesWithAPersonIsUsed() throws {
    let empty = #"{"people": [], "canvas_width": 512, "canvas_height": 768}"#
    let file = try read("[\(empty), \(document(triples(points))), \(empty)]")
    #expect(file.frames.count == 3 && file.firstWithPerson == 1)
    #expect(try read(empty).firstWithPerson == nil)
    #expect(try read(empty.replacing("[]", with: "null")).frames[0].people.isEmpty)
  }

  @Test func filesOtherThanSkeletonsAreReported() {
    #expect(refusal("{")?.hasPrefix("this is not JSON: ") == true)
    #expect(refusal("[]") == "the list holds no skeleton")
    #expect(
      refusal("{}")
        == #"this is not OpenPose JSON: it has no "people" with "pose_keypoints_2d" each"#)
    #expect(refusal(#"{"people": 3}"#) == #"its "people" must be a list, not a number"#)
    #expect(
      refusal(document("[1, 2, 3, 4, 5, 6, 7]"))
        == #"its "pose_keypoints_2d" has 7 numbers, not three (x, y, confidence) or two for each point"#
    )
    #expect(
      refusal(document(triples(points), canvas: #", "canvas_width": 0, "canvas_height": 9"#))
        == "its canvas is 0.0 × 9.0; a side has 1 to 16384 pixels")
    do {
      _ = try SkeletonFile([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A])
      Issue.record("a picture was read")
    } catch {
      #expect(error.description.hasPrefix("this is a picture (PNG), not a skeleton: run"))
    }
  }
}
