import Foundation
import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Placement of characters in words.
@Suite struct PlacementTests {
  private func scene(_ ana: String, _ ben: String = "", props: String = "") -> (
    scene: Scene?, messages: [String]
  ) {
    let text = """
      {"canvas": [256, 256], "props": [\(props)], "characters": [
        {"id": "ana", "body": "female", \(ana)},
        {"id": "ben", "body": "male", "position": [1, 0, 2], "yaw": 30\(ben)}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    guard let reading = try? SceneReader.read("scene.json", loader: loader).get() else {
      return (nil, ["unreadable"])
    }
    return (reading.scene, reading.diagnostics.map(\.description))
  }

  private func ana(_ text: String, props: String = "") throws -> Character {
    let (scene, messages) = scene(text, props: props)
    return try #require(scene?.characters.first, "\(messages)")
  }

  /// Returns the extent of a standing body along a direction, without its forearms and shins.
  private func extent(_ character: Character, along way: Vector3) throws -> ClosedRange<Double> {
    let posed = try #require(SceneSolver.pose(character))
    let limbs: [JointKind] = [.lowerArm, .hand, .lowerLeg, .foot, .toes]
    let values = zip(posed.bodySurface.positions, posed.body.carriers())
      .filter { !limbs.contains($0.1.kind) && !$0.1.isOfFinger }
      .map { Vector3($0.0).dot(way) }
    let least = try #require(values.min())
    let most = try #require(values.max())
    return least...most
  }

  @Test(
    "A gap is the air between both bodies, whichever way they face",
    arguments: [
      #""beside": "ben", "side": "left""#, #""beside": "ben", "side": "right""#,
      #""before": "ben""#, #""behind": "ben""#,
    ], [0.0, 0.25, 1])
  func gap(_ anchor: String, _ gap: Double) throws {
    let own: Vector3 =
      if anchor.contains("side") {
        anchor.contains("left") ? .unitX : -.unitX
      } else {
        anchor.contains("before") ? .unitZ : -.unitZ
      }
    for yaw in ["", #", "yaw": 75"#, #", "yaw": "ben""#] {
      let (read, messages) = scene(
        #""position": {\#(anchor), "gap": \#(gap)}, "pose": "stand"\#(yaw)"#,
        #", "pose": "stand""#)
      let characters = try #require(read, "\(messages)").characters
      let way = Quaternion(angle: 30 * .pi / 180, axis: .unitY).rotate(own)
      let ana = try extent(characters[0], along: way)
      let ben = try extent(characters[1], along: way)
      #expect(abs(ana.lowerBound - ben.upperBound - gap) < 0.002, "\(yaw)")
    }
  }

  @Test("Beside and behind another, a character faces the same way; in front, it faces the other")
  func turnsByTheAnchor() throws {
    #expect(try ana(#""position": {"beside": "ben"}"#).yaw == 30)
    #expect(try ana(#""position": {"behind": "ben"}"#).yaw == 30)
    #expect(abs(try ana(#""position": {"before": "ben"}"#).yaw - -150) < 1e-9)
    #expect(try ana(#""position": {"before": "ben"}, "yaw": 12"#).yaw == 12)
  }

  @Test("A character that faces another looks along the line between them")
  func facing() throws {
    // From (0, 0, 0) toward (1, 0, 2).
    #expect(abs(try ana(#""yaw": "ben""#).yaw - 26.565_051) < 1e-5)
    #expect(abs(try ana(#""yaw": {"facing": "ben", "turn": -90}"#).yaw - -63.434_949) < 1e-5)
    #expect(abs(try ana(#""yaw": {"facing": [0, 0, -3]}"#).yaw.magnitude - 180) < 1e-9)
    // The camera frames from the front unless the scene specifies otherwise.
    #expect(try ana(#""yaw": "camera""#).yaw == 0)
  }

  @Test("Two characters can face each other without a cycle")
  func eachOther() throws {
    let text = """
      {"canvas": [256, 256], "characters": [
        {"id": "a", "body": "female", "yaw": "b"},
        {"id": "b", "body": "male", "position": [0, 0, 1], "yaw": "a"}]}
      """
    let scene = try #require(Fixture.read(text)?.scene)
    #expect(scene.characters.map { $0.yaw.rounded() } == [0, 180])
  }

  @Test("A character on an object stands at the object's position")
  func onAThing() throws {
    let character = try ana(
      #""position": {"on": "props.box.top"}"#,
      props: #"{"id": "box", "shape": "box", "size": [1, 0.4, 1], "position": [2, 0, 1]}"#)
    #expect((character.position - Vector3(2, 0.4, 1)).length < 1e-9)
  }

  @Test("Beside someone seated means beside the seat")
  func besideTheSeat() throws {
    let (scene, messages) = Fixture.solved(
      characters: """
        {"id": "ana", "body": "female", "position": {"beside": "ben", "gap": 0.2}},
        {"id": "ben", "body": "male", "pose": {"base": "sit-chair", "seat": "props.chair.seat"}}
        """, props: #"{"id": "chair", "shape": "chair", "position": [3, 0, 0]}"#)
    let posed = try #require(scene, "\(messages)")
    let way = posed.characters[0].position(of: .hips) - posed.characters[1].position(of: .hips)
    #expect(way.x > 0.3 && way.x < 1.2 && abs(way.z) < 0.4)
  }

  @Test(
    "Mistakes are reported at their location",
    arguments: [
      (
        #""position": {"beside": "bne"}"#,
        #"scene.json:2:47: error: there is no character "bne"; did you mean "ben"? there are: ana, ben"#
      ),
      (
        #""position": {"on": "props.box.top"}"#,
        #"scene.json:2:47: error: there is no prop "box"; the scene has none"#
      ),
      (
        #""position": {"beside": "ben", "before": "ben"}"#,
        #"scene.json:2:75: error: a character stands in one place: remove "before" or "beside""#
      ),
      (
        #""position": {"gap": 1}"#,
        #"scene.json:2:47: error: a position in words needs one of "beside", "before", "behind", "on"; or give [x, y, z] in meters"#
      ),
      (
        #""position": {"before": "ben", "side": "left"}"#,
        #"scene.json:2:73: error: "side" is for "beside"; "before" has none"#
      ),
      (
        #""position": {"beside": "ben", "side": "front"}"#,
        #"scene.json:2:73: error: unknown side "front" for "side"; allowed: left, right"#
      ),
      (
        #""position": {"on": "box"}"#,
        #"scene.json:2:54: error: "on" takes a prop's place, such as "props.table.top""#
      ),
      (
        #""yaw": {"turn": 3}"#,
        #"scene.json:2:42: error: a yaw in words needs "facing": a character's id, "camera" or [x, y, z]"#
      ),
      (
        #""yaw": "dan""#,
        #"scene.json:2:42: error: there is no character "dan"; there are: ana, ben, camera"#
      ),
    ])
  func mistakes(_ words: String, _ message: String) {
    let (scene, messages) = scene(words)
    #expect(scene == nil)
    #expect(messages == [message])
  }

  @Test("A cycle of placements is named, and the rest of the scene is still read")
  func circle() {
    let text = """
      {"canvas": [256, 256], "characters": [
        {"id": "a", "body": "female", "position": {"beside": "c"}},
        {"id": "b", "body": "male", "position": {"behind": "a"}},
        {"id": "c", "body": "male", "position": {"before": "b"}}]}
      """
    let messages = Fixture.read(text)?.diagnostics.map(\.description)
    #expect(
      messages == [
        #"scene.json:2:45: error: these stand by each other in a circle: "a" → "c" → "b" → "a"; give one of them a position or a yaw in numbers"#
      ])
  }

  @Test("All placement mistakes are reported at once, together with other mistakes")
  func allFaults() {
    let text = """
      {"canvas": [256, 256], "characters": [
        {"id": "a", "body": "female", "position": {"beside": "x"}},
        {"id": "b", "body": "male", "yaw": "y", "position": {"on": "props.box.top"}},
        {"id": "c", "body": "male", "position": {"before": "d"}},
        {"id": "d", "body": "male", "position": {"before": "c"}},
        {"id": "e", "body": "male", "pose": {"reach": {"leftHand": "z.head"}}}]}
      """
    func lines(_ text: String) -> [String] {
      (Fixture.read(text)?.diagnostics ?? []).map {
        "\($0.location?.line ?? 0) \($0.code.rawValue)"
      }
    }
    #expect(
      lines(text) == [
        "2 unknown-goal", "3 unknown-goal", "3 unknown-goal", "4 cycle", "6 unknown-goal",
      ])
    // A character that could not be read is not also reported as missing.
    let other = text.replacing(#""id": "e""#, with: #""id": "x", "height": 2"#)
    #expect(
      lines(other) == ["3 unknown-goal", "3 unknown-goal", "4 cycle", "6 misplaced-key"])
  }

  @Test("A character named by a number can be faced; a quoted number is still a mistake")
  func numbers() throws {
    for id in ["20", "nan", "1e3", "inf"] {
      let text = """
        {"canvas": [256, 256], "characters": [
          {"id": "a", "body": "female", "yaw": "\(id)"},
          {"id": "\(id)", "body": "male", "position": [1, 0, 0]}]}
        """
      let scene = try #require(Fixture.read(text)?.scene)
      #expect(scene.characters[0].yaw == 90)
    }
    #expect(
      scene(#""yaw": "20""#).messages == [
        #"scene.json:2:42: error: "yaw" must be a number (-360 to 360 degrees), not a string"#
      ])
    #expect(scene(#""yaw": "nan""#).messages.first?.contains("no character \"nan\"") == true)
  }

  @Test("Facing oneself, or the point where one stands, is reported")
  func facesOneself() throws {
    #expect(
      scene(#""yaw": "ana""#).messages == [
        #"scene.json:2:42: error: "ana" cannot face itself; name another character, "camera" or a point"#
      ])
    let (read, messages) = scene(#""yaw": {"facing": [0, 1, 0]}"#)
    #expect(
      messages == [
        #"scene.json:2:42: warning: "ana" stands at the point that it should face, and is not turned; give "yaw" in degrees, or move one of them"#
      ])
    #expect(read?.characters.first?.yaw == 0)
  }

  @Test("A character on a carried object stands where it is carried")
  func onACarriedThing() throws {
    let (posed, messages) = Fixture.solved(
      characters: """
        {"id": "ana", "body": "female", "position": {"on": "props.box.top"}},
        {"id": "ben", "body": "male", "position": [1, 0, 2], "yaw": 90, "pose": "stand"}
        """,
      props: #"{"id": "box", "shape": "box", "size": [0.2, 0.1, 0.2], "at": "ben.head"}"#)
    let scene = try #require(posed, "\(messages)")
    let box = try #require(scene.things.first)
    let top = box.worldFromProp.apply(Vector3(0, 0.1, 0))
    let ana = scene.characters[0]
    #expect(top.y > 1.4 && abs(Double(ana.lowest) - top.y) < 0.001)
    let point = ana.worldFromModel.translation
    #expect(hypot(point.x - top.x, point.z - top.z) < 0.001)
  }

  /// Returns a character's location: its hips, relative to where they are at rest.
  private func stand(of character: PosedCharacter) -> Vector3 {
    let rest = character.worldFromModel.rotation.rotate(character.body.rig[.hips])
    let point = character.position(of: .hips) - rest
    return Vector3(point.x, 0, point.z)
  }

  @Test("Others stand by the hips that a pose has moved, and so do positions")
  func movedHips() throws {
    let moved = #"{"base": "stand", "translation": [0.7, 0, 1.1]}"#
    for (anchor, own) in [(moved, #""stand""#), (#""stand""#, moved), (moved, moved)] {
      let (read, messages) = scene(
        #""position": {"beside": "ben", "gap": 0.2}, "pose": \#(own)"#, #", "pose": \#(anchor)"#)
      let described = try #require(read, "\(messages)")
      let posed = try #require(SceneSolver.solve(described))
      let way = stand(of: posed.characters[0]) - stand(of: posed.characters[1])
      let left = Quaternion(angle: 30 * .pi / 180, axis: .unitY).rotate(.unitX)
      #expect(way.cross(left).length < 1e-6, "\(anchor), \(own)")
      let gap =
        try extent(described.characters[0], along: left).lowerBound
        - extent(described.characters[1], along: left).upperBound
      #expect(abs(gap - 0.2) < 0.002)
    }
    let box = #"{"id": "box", "shape": "box", "size": [1, 0.4, 1], "position": [2, 0, 1]}"#
    let (read, messages) = scene(
      #""position": {"on": "props.box.top"}, "yaw": 50, "pose": \#(moved)"#, props: box)
    let posed = try #require(read.flatMap { SceneSolver.solve($0) }, "\(messages)")
    #expect((stand(of: posed.characters[0]) - Vector3(2, 0, 1)).length < 1e-6)
  }

  @Test("Hips that a pose has moved face the target")
  func movedHipsFace() throws {
    let (read, messages) = scene(
      #""yaw": "ben", "pose": {"base": "stand", "translation": [0.5, 0, 0.3]}"#)
    let described = try #require(read, "\(messages)")
    let posed = try #require(SceneSolver.solve(described))
    let own = posed.characters[0].position(of: .hips)
    let way = posed.characters[1].position(of: .hips) - own
    let forward = posed.characters[0].worldFromModel.rotation.rotate(.unitZ)
    #expect(abs(atan2(way.x, way.z) - atan2(forward.x, forward.z)) < 0.02)
  }

  @Test(
    "Beside someone on a table, a character stands on it as far as it extends, else on the floor")
  func byATable() throws {
    func height(_ width: Double) throws -> Double {
      let (read, messages) = Fixture.solved(
        characters: """
          {"id": "ben", "body": "male", "position": {"on": "props.table.top"}, "pose": "stand"},
          {"id": "ana", "body": "female", "position": {"beside": "ben"}, "pose": "stand"}
          """,
        props: #"{"id": "table", "shape": "box", "size": [\#(width), 0.7, 0.8]}"#)
      let scene = try #require(read, "\(messages)")
      return Double(scene.characters[1].lowest)
    }
    #expect(abs(try height(3) - 0.7) < 1e-6)
    #expect(abs(try height(0.6)) < 1e-6)
  }
}
