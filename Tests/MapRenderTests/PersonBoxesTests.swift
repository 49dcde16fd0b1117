import MapRender
import PoseRig
import TestSupport
import Testing

/// One person's boxes, with the maps that they are made from.
private struct Boxed {
  let boxes: PersonBoxes
  let keypoints: PersonKeypoints
  let parts: Image<UInt8>

  init(camera: String, character: String = "", occluded: OccludedPolicy = .faceAndHands) throws {
    let text = Fixture.scene(character: character, keys: #""camera": {\#(camera)}"#)
    let scene = try #require(Fixture.solved(text))
    let buffer = try CharacterBuffers(scene).buffer(of: 0)
    keypoints = KeypointProjection.keypoints(
      of: scene.characters[0], camera: scene.camera, in: buffer)
    boxes = PersonBoxes.boxes(
      of: keypoints, drawn: DetectorPolicy.drawn(keypoints, occluded: occluded), in: buffer)
    parts = PartsMap.draw(buffer).image
  }

  /// Returns the smallest rectangle that contains all pixels of these parts.
  func bounds(_ numbers: Set<UInt8>) -> PixelBounds? {
    let indices = parts.pixels.indices.filter { numbers.contains(parts.pixels[$0]) }
    let (columns, rows) = (indices.map { $0 % parts.width }, indices.map { $0 / parts.width })
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(),
      let bottom = rows.max()
    else { return nil }
    return PixelBounds(columns: left..<right + 1, rows: top..<bottom + 1)
  }
}

private let near = #""position": [0, 1.5, 1.6], "target": [0, 1.45, 0], "fovY": 30"#

@Suite struct PersonBoxesTests {
  @Test func headAndBodyAreTheBoxesOfTheirPixels() throws {
    let person = try Boxed(camera: #""frame": "all", "angle": 35"#)
    #expect(person.boxes.head == person.bounds([1]))
    #expect(person.boxes.body == person.bounds(Set(1...26)))
  }

  @Test(arguments: [-40.0, 0, 40]) func aFaceExtendsFromTheHairlineToTheChin(
    _ yaw: Double
  ) throws {
    let person = try Boxed(camera: near, character: #""yaw": \#(yaw)"#)
    let (face, head) = (try #require(person.boxes.face), try #require(person.boxes.head))
    let points = person.keypoints.face
    let brow = points[17..<27].map(\.position.y).min() ?? 0
    let chin = points[8].position.y
    // The hairline: above the brows by half the distance from brow to chin, but below the crown.
    #expect(abs(Double(face.rows.lowerBound) - (brow - (chin - brow) / 2)) < (chin - brow) * 0.15)
    #expect(face.rows.lowerBound > head.rows.lowerBound)
    #expect(abs(Double(face.rows.upperBound) - chin) < 2)
    for point in points where point.visibility == .visible {
      let (x, y) = (Int(point.position.x), Int(point.position.y))
      #expect(face.columns.contains(x) && face.rows.contains(y))
    }
  }

  @Test func aFaceOnItsSideHasItsForeheadBesideIt() throws {
    let upright = try #require(try Boxed(camera: near).boxes.face)
    let lying = try #require(try Boxed(camera: near + #", "roll": 90"#).boxes.face)
    #expect(abs(lying.columns.count - upright.rows.count) <= 3)
    #expect(abs(lying.rows.count - upright.columns.count) <= 3)
  }

  @Test(arguments: [-90.0, -60, -30, 0, 30, 60, 90]) func aFaceIsPartOfItsHead(
    _ yaw: Double
  ) throws {
    let person = try Boxed(camera: near, character: #""yaw": \#(yaw)"#)
    let (face, head) = (try #require(person.boxes.face), try #require(person.boxes.head))
    // Points on the rim are half a pixel outside it.
    #expect(face.rows.lowerBound >= head.rows.lowerBound)
    #expect(face.columns.lowerBound >= head.columns.lowerBound - 1)
    #expect(face.columns.upperBound <= head.columns.upperBound + 1)
  }

  @Test func fromBehindThereIsAHeadButNoFace() throws {
    let person = try Boxed(camera: near, character: #""yaw": 180"#)
    #expect(person.boxes.face == nil && person.boxes.head != nil && person.boxes.body != nil)
  }

  @Test(arguments: [(0.0, 0.0), (0, 60), (50, 20), (-30, 85)]) func aHandsBoxContainsItsPixels(
    _ angle: Double, _ flexion: Double
  ) throws {
    let fingers = ["Index", "Middle", "Ring", "Little"].flatMap { finger in
      ["Proximal", "Intermediate"].map { #""left\#(finger)\#($0)": {"flexion": \#(flexion)}"# }
    }
    let person = try Boxed(
      camera:
        #""position": [1.4, 1.6, 1.4], "target": [0.75, 1.35, 0], "fovY": 36, "roll": \#(angle)"#,
      character: #""pose": {"joints": {\#(fingers.joined(separator: ", "))}}"#)
    let box = try #require(person.boxes.leftHand)
    // The hand and its five fingers.
    let pixels = try #require(person.bounds([7, 17, 18, 19, 20, 21]))
    // An eighth of the hand's length: joints are not on the skin.
    let slack = max(pixels.columns.count, pixels.rows.count) / 8
    #expect(abs(box.columns.lowerBound - pixels.columns.lowerBound) <= slack)
    #expect(abs(box.columns.upperBound - pixels.columns.upperBound) <= slack)
    #expect(abs(box.rows.lowerBound - pixels.rows.lowerBound) <= slack)
    #expect(abs(box.rows.upperBound - pixels.rows.upperBound) <= slack)
  }

  @Test func partsOutsideThePictureHaveNoBox() throws {
    let person = try Boxed(camera: near)
    #expect(person.boxes.leftHand == nil && person.boxes.rightHand == nil)
    #expect(person.boxes.body?.rows.upperBound == 384)
  }

  @Test func noBoxReachesBeyondThePicture() throws {
    var touching = 0
    // Beyond the hand, the head and the other hand.
    for x in stride(from: -1.0, through: 1, by: 0.04) {
      let person = try Boxed(
        camera: #""position": [\#(x), 1.5, 1], "target": [\#(x), 1.5, 0], "fovY": 30"#)
      let boxes = [person.boxes.face, person.boxes.leftHand, person.boxes.rightHand]
      for box in boxes.compactMap({ $0 }) {
        #expect(box.columns.lowerBound >= 0 && box.columns.upperBound <= 256 && box.count > 0)
        touching += box.columns.lowerBound == 0 || box.columns.upperBound == 256 ? 1 : 0
      }
    }
    #expect(touching >= 2)
  }
}
