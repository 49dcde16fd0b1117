import Export
import FoundationEssentials
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import MapRender

@Suite struct SceneExportTests {
  private func files(_ export: SceneExport) throws -> [String: [UInt8]] {
    let scene = try #require(Fixture.solved(Fixture.scene()))
    let reading = try #require(Fixture.read(Fixture.scene()))
    let files = try export.draw(scene, inputs: reading.inputs).files
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes) })
  }

  @Test func aCharacterGetsItsMapsKeypointsAndAManifest() throws {
    let names = try files(SceneExport(version: "0")).keys.sorted()
    #expect(
      names == [
        "her/boxes.json", "her/canny.png", "her/depth.png", "her/keypoints.json", "her/mask.png",
        "her/normal.png",
        "her/openpose.json", "her/openpose.png", "manifest.json",
      ])
  }

  @Test func openPoseJSONIsComfysListOfOne() throws {
    struct Person: Decodable {
      var pose_keypoints_2d: [Double]
      var foot_keypoints_2d: [Double]
      var face_keypoints_2d: [Double]
      var hand_left_keypoints_2d: [Double]
      var hand_right_keypoints_2d: [Double]
    }
    struct Document: Decodable {
      var people: [Person]
      var canvas_width: Int
      var canvas_height: Int
    }
    let bytes = try #require(
      try files(SceneExport(maps: [.openpose], version: "0"))["her/openpose.json"])
    let documents = try JSONDecoder().decode([Document].self, from: Data(bytes))
    let person = try #require(documents.first?.people.first)
    #expect(documents.count == 1 && documents[0].canvas_width == 256)
    #expect(person.pose_keypoints_2d.count == 54 && person.face_keypoints_2d.count == 210)
    #expect(person.hand_left_keypoints_2d.count == 63 && person.foot_keypoints_2d.count == 18)
    #expect(person.hand_right_keypoints_2d.count == 63)
    let confidences = stride(from: 2, to: 54, by: 3).map { person.pose_keypoints_2d[$0] }
    #expect(Set(confidences) == [1])
  }

  @Test func theDrawingIsMadeFromExactlyTheNumbersInTheJSON() throws {
    struct Document: Decodable {
      struct Person: Decodable { var pose_keypoints_2d: [Double] }
      var people: [Person]
    }
    let written = try files(SceneExport(maps: [.openpose], version: "0"))
    let json = try #require(written["her/openpose.json"])
    let numbers = try JSONDecoder().decode([Document].self, from: Data(json))[0]
      .people[0].pose_keypoints_2d
    let points = stride(from: 0, to: 54, by: 3).map { i -> SIMD2<Double>? in
      numbers[i + 2] == 1 ? SIMD2(numbers[i], numbers[i + 1]) : nil
    }
    let again = OpenPoseMap.draw(
      [OpenPosePerson(body: points)], width: 256, height: 384, parts: [.body])
    let map = try PNGFile.decodeRGB(try #require(written["her/openpose.png"]))
    // The disc of the nose, which neither hands nor face cover.
    let nose = try #require(points[8])
    #expect(again[Int(nose.x), Int(nose.y)] == map[Int(nose.x), Int(nose.y)])
  }

  @Test func openPoseJSONRoundTrips() throws {
    var person = OpenPosePerson(
      body: (0..<18).map { $0 == 3 ? nil : SIMD2(Double($0) * 10 + 0.125, 20) },
      leftHand: (0..<21).map { SIMD2(Double($0), 30.5) })
    person.face = (0..<70).map { $0 == 3 ? SIMD2(1.5, 2) : nil }
    person.feet = (0..<6).map { $0 == 5 ? SIMD2(9, 80.25) : nil }
    let nobody = OpenPosePerson(body: Array(repeating: nil, count: 18))
    let bytes = OpenPoseJSON.encode([person, nobody], width: 256, height: 96)
    // A missing part is zeros, one per coordinate of its points, and never null.
    #expect(!String(decoding: bytes, as: UTF8.self).contains("null"))
    let read = try OpenPoseJSON.decode(bytes)
    #expect(read.people == [person, nobody])
    #expect(read.width == 256 && read.height == 96)
  }

  /// The document in Foundation's format, which readers of all versions have received.
  @Test func keypointJSONEqualsFoundationsFormat() throws {
    struct Person: Encodable {
      var character: String
      var body_18, body_25, hand_left_21, hand_right_21, face_70, feet_6: [Double]
    }
    struct Document: Encodable {
      var format = "posemap-keypoints-1"
      var canvas_width, canvas_height: Int
      var people: [Person]
    }
    func points(_ count: Int, _ seed: Int) -> [Keypoint] {
      (0..<count).map { index in
        let x = Double(index * seed) / 7
        return Keypoint(
          position: SIMD2(x, index == 3 ? -0.001 : 1e-7 * x), depth: index == 5 ? 1e20 : x / 3,
          visibility: index % 2 == 0 ? .visible : .absent)
      }
    }
    let keypoints = PersonKeypoints(
      body: points(18, 3), leftHand: points(21, 5), rightHand: points(21, 11), face: points(70, 13),
      feet: points(6, 17))
    func flat(_ points: [Keypoint]) -> [Double] {
      points.flatMap {
        [$0.position.x, $0.position.y, $0.depth, Double($0.visibility.rawValue)]
      }
    }
    let middle = Keypoint(between: keypoints.body[8], keypoints.body[11])
    let body25 = keypoints.body[0...7] + [middle] + keypoints.body[8...17] + keypoints.feet
    for id in ["ana", #"a "b" \ ü"#, "\u{1}"] {
      let document = Document(
        canvas_width: 640, canvas_height: 480,
        people: [
          Person(
            character: id, body_18: flat(keypoints.body), body_25: flat(Array(body25)),
            hand_left_21: flat(keypoints.leftHand), hand_right_21: flat(keypoints.rightHand),
            face_70: flat(keypoints.face), feet_6: flat(keypoints.feet))
        ])
      let bytes = KeypointJSON.encode([(id, keypoints)], width: 640, height: 480)
      let expected = try JSONText.encode(document)
      #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
    }
  }

  @Test func openPoseJSONOfOtherProgramsIsRead() throws {
    // One document instead of a list; coordinates as shares of the canvas; a point counts as
    // missing if its confidence is between 0 and 1.
    let text = """
      {"people": [{"pose_keypoints_2d": [0.5, 0.25, 1, 0.1, 0.1, 0.93]}], "canvas_width": 200, "canvas_height": 100}
      """
    let read = try OpenPoseJSON.decode(Array(text.utf8))
    #expect(read.people.first?.body == [SIMD2(100, 25), nil])
    for broken in ["[]", "{}", "[1]", #"{"people": 3}"#, ""] {
      #expect(throws: ExportError.self) { try OpenPoseJSON.decode(Array(broken.utf8)) }
    }
    let odd =
      #"{"people": [{"pose_keypoints_2d": [1, 2]}], "canvas_width": 9, "canvas_height": 9}"#
    #expect(throws: ExportError.self) { try OpenPoseJSON.decode(Array(odd.utf8)) }
  }

  @Test func onlyTheRequestedMapsAreMade() throws {
    let names = try files(SceneExport(maps: [.depth], version: "0")).keys.sorted()
    #expect(names == ["her/depth.png", "manifest.json"])
    #expect(try files(SceneExport(only: [], version: "0")).keys.sorted() == ["manifest.json"])
  }

  @Test func theManifestIdentifiesItsInputsByHash() throws {
    let bytes = try #require(try files(SceneExport(maps: [.mask], version: "1.2"))["manifest.json"])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(#""posemap" : "1.2""#))
    #expect(text.contains(#""name" : "scene.json""#))
    #expect(text.contains(#/"sha256" : "[0-9a-f]{64}"/#))
  }

  private func drawing(
    _ text: String, _ maps: [MapName], together: Bool = false
  ) throws -> SceneOutput {
    let scene = try #require(Fixture.solved(text))
    return try SceneExport(maps: maps, together: together, version: "0").draw(scene, inputs: [])
  }

  /// A person 4 m away in front of a wall 20 m away, and a floor that starts at the camera.
  private func room(_ maps: String) -> String {
    """
    {"canvas": [128, 128], "camera": {"position": [0, 1, 4], "target": [0, 1, 0], "fovY": 40}, "maps": {\(maps)},
     "characters": [{"id": "a", "body": "female"}],
     "props": [{"id": "floor", "shape": "plane", "size": [8, 40]},
               {"id": "wall", "shape": "box", "class": "wall", "size": [40, 20, 1], "position": [0, 0, -16.5]}]}
    """
  }

  @Test func aCharacterHasTheWholeDepthRangeIfPropsAreNotDrawn() throws {
    func levels(_ maps: String) throws -> (Int, Int) {
      let output = try drawing(room(maps), [.depth])
      let png = try #require(output.files.first { $0.path == "a/depth.png" })
      let pixels = try PNGFile.decodeRGB(png.bytes).pixels.map(\.red)
      return (Set(pixels.filter { $0 > 0 }).count, try #require(output.depthLevels.first).levels)
    }
    let (drawn, counted) = try levels("")
    #expect(drawn > 150 && counted == 224)
    let flat = try levels(#""depthRange": "scene""#)
    #expect(flat.0 <= flat.1 && flat.1 < DepthLevels.least)
    #expect(try levels(#""depthRange": "characters""#).1 == counted)
    // If floor and wall are drawn, they are in the range.
    let among = try #require(
      try drawing(room(#""props": ["depth"]"#), [.depth]).depthLevels.first)
    #expect(among.levels == flat.1)
  }

  @Test func tooFewLevelsAreReportedWithARemedy() {
    var settings = MapSettings()
    settings.depthRange = .scene
    var flat = DepthLevels(
      character: "ana", levels: 31, distances: DepthRange(near: 2.308, far: 2.7),
      isTogether: false)
    #expect(
      flat.warning(settings)
        == #""ana" has 31 of 256 levels in the depth map, too few to guide a model; "#
        + #""depthRange": "characters" leaves floor and walls out of the range"#)
    func wayOut(_ range: DepthRangeSource?) -> String {
      settings.depthRange = range
      return flat.warning(settings) ?? ""
    }
    #expect(wayOut(nil).contains(#""depthRange": "character" gives each character"#))
    #expect(wayOut(.fixed(near: 1, far: 9)).contains("2.31 to 2.70 m from the camera: bring"))
    #expect(wayOut(.fixed(near: 3, far: 9)).contains("2.31 to 2.70 m from the camera, outside"))
    flat.isTogether = true
    #expect(wayOut(nil).contains("draw them one at a time"))
    #expect(wayOut(.character).contains("draw them one at a time"))
    settings.depthFloor = 250
    #expect(wayOut(nil).hasSuffix(#"lower "depthFloor""#))
    // A room that is drawn takes its share of the levels, as in a photograph.
    settings = MapSettings()
    settings.props = [.depth]
    #expect(flat.warning(settings) == nil)
    flat.levels = 60
    #expect(flat.warning(MapSettings()) == nil)
  }

  @Test func aClipIsReportedIfMostOfItsFramesAreFlat() {
    let frames = [20, 30, 90].map { levels in
      DepthLevels(
        character: "ana", levels: levels, distances: DepthRange(near: Float(levels), far: 99),
        isTogether: false)
    }
    let said = DepthLevels.warning(frames, MapSettings()) ?? ""
    #expect(said.contains("in the depth maps of 2 of 3 frames"))
    #expect(said.contains("20.00 to 99.00 m from the camera"))
    #expect(DepthLevels.warning(Array(frames.suffix(2)), MapSettings()) == nil)
  }

  @Test func identitiesGoFromLeftToRightAloneAndTogether() throws {
    let text = """
      {"canvas": [128, 64], "camera": {"position": [0, 1, 6], "target": [0, 1, 0]},
       "maps": {"segmentation": "identities", "identityGround": "white"},
       "characters": [{"id": "a", "body": "female", "position": [1, 0, 0]},
                      {"id": "b", "body": "male", "position": [-1, 0, 0]}]}
      """
    func colors(_ output: SceneOutput, _ path: String) throws -> Set<RGB8> {
      let file = try #require(output.files.first { $0.path == path })
      return Set(try PNGFile.decodeRGB(file.bytes).pixels)
    }
    let alone = try drawing(text, [.segmentation])
    #expect(try colors(alone, "b/segmentation.png") == [RGB8(0, 0, 255), .white])
    #expect(try colors(alone, "a/segmentation.png") == [RGB8(255, 0, 0), .white])
    let both = try drawing(text, [.segmentation], together: true)
    #expect(
      try colors(both, "all/segmentation.png") == [RGB8(0, 0, 255), RGB8(255, 0, 0), .white])
  }

  @Test func lineMapsAreBlackOnWhiteOnRequest() throws {
    func map(_ maps: String, _ name: MapName) throws -> Image<RGB8> {
      let output = try drawing(Fixture.scene(keys: #""maps": {\#(maps)}"#), [name])
      return try PNGFile.decodeRGB(try #require(output.files.first).bytes)
    }
    for name in [MapName.canny, .softedge, .lineart] {
      let light = try map("", name)
      let dark = try map(#""lines": "dark-on-light""#, name)
      #expect(dark == light.map { RGB8(gray: 255 - $0.red) } && light[0, 0] == .black, "\(name)")
    }
    // The setting for lineart alone overrides the general one there, and nowhere else.
    let own = #""lines": "dark-on-light", "lineart": "light-on-dark""#
    #expect(try map(own, .lineart)[0, 0] == .black && map(own, .canny)[0, 0] == .white)
  }
}
