import Export
import FoundationEssentials
import MapRender
import PoseRig
import TestSupport
import Testing

@Suite struct SceneExportTests {
  private func files(_ export: SceneExport) throws -> [String: [UInt8]] {
    let scene = try #require(Fixture.solved(Fixture.scene()))
    let reading = try #require(Fixture.read(Fixture.scene()))
    let files = try export.files(of: scene, inputs: reading.inputs)
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
      var face_keypoints_2d: [Double]?
      var hand_left_keypoints_2d: [Double]?
      var hand_right_keypoints_2d: [Double]?
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
    #expect(person.pose_keypoints_2d.count == 54 && person.face_keypoints_2d?.count == 210)
    #expect(person.hand_left_keypoints_2d?.count == 63)
    let confidences = stride(from: 2, to: 54, by: 3).map { person.pose_keypoints_2d[$0] }
    #expect(confidences.allSatisfy { $0 == 1 || $0 == 0 })
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
    // The nose's disc, which neither hands nor face cover.
    let nose = try #require(points[8])
    #expect(again[Int(nose.x), Int(nose.y)] == map[Int(nose.x), Int(nose.y)])
  }

  @Test func openPoseJSONIsReadBackAsItWasWritten() throws {
    var person = OpenPosePerson(
      body: (0..<18).map { $0 == 3 ? nil : SIMD2(Double($0) * 10 + 0.125, 20) },
      leftHand: (0..<21).map { SIMD2(Double($0), 30.5) })
    person.face = [SIMD2(1.5, 2), nil]
    let bytes = try OpenPoseJSON.encode([person, OpenPosePerson(body: [])], width: 256, height: 96)
    let read = try OpenPoseJSON.decode(bytes)
    #expect(read.people == [person, OpenPosePerson(body: [])])
    #expect(read.width == 256 && read.height == 96)
  }

  @Test func openPoseJSONOfOtherProgramsIsRead() throws {
    // One document instead of a list; shares of the canvas; confidences between 0 and 1 are missing points.
    let text = """
      {"people": [{"pose_keypoints_2d": [0.5, 0.25, 1, 0.1, 0.1, 0.93]}], "canvas_width": 200, "canvas_height": 100}
      """
    let read = try OpenPoseJSON.decode(Array(text.utf8))
    #expect(read.people.first?.body == [SIMD2(100, 25), nil])
    for broken in ["[]", "{}", "[1]", "{\"people\": 3}", ""] {
      #expect(throws: ExportError.self) { try OpenPoseJSON.decode(Array(broken.utf8)) }
    }
    let odd =
      "{\"people\": [{\"pose_keypoints_2d\": [1, 2]}], \"canvas_width\": 9, \"canvas_height\": 9}"
    #expect(throws: ExportError.self) { try OpenPoseJSON.decode(Array(odd.utf8)) }
  }

  @Test func onlyTheWantedMapsAreMade() throws {
    let names = try files(SceneExport(maps: [.depth], version: "0")).keys.sorted()
    #expect(names == ["her/depth.png", "manifest.json"])
    #expect(try files(SceneExport(only: [], version: "0")).keys.sorted() == ["manifest.json"])
  }

  @Test func theManifestNamesItsInputsByTheirHash() throws {
    let bytes = try #require(try files(SceneExport(maps: [.mask], version: "1.2"))["manifest.json"])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("\"posemap\" : \"1.2\""))
    #expect(text.contains("\"name\" : \"scene.json\""))
    #expect(text.contains(#/"sha256" : "[0-9a-f]{64}"/#))
  }
}
