import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Characters in rows, rings and crowds.
@Suite struct ArrangementTests {
  private static let three = #"""
    {"id": "ana", "body": "female", "pose": "stand"},
    {"id": "ben", "body": "male", "pose": "stand", "proportions": {"height": 1.95}},
    {"id": "cleo", "body": "female", "pose": "stand", "proportions": {"height": 1.3}}
    """#

  private func scene(
    _ arrange: String, _ characters: String = three, keys: String = ""
  ) throws -> Scene {
    let text = """
      {"canvas": [256, 256], "characters": [\(characters)], "arrange": \(arrange)\(keys)}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics)")
    return try #require(reading.scene)
  }

  private func messages(_ arrange: String, _ characters: String = three) throws -> [String] {
    let text = "{\"canvas\": [256, 256], \"characters\": [\(characters)], \"arrange\": \(arrange)}"
    let loader = Fixture.libraryLoader(["scene.json": text])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    return reading.diagnostics.map(\.message)
  }

  /// Returns the air between two bodies without forearms and shins, along the line between them.
  private func gap(_ one: Character, _ other: Character) throws -> Double {
    let way = try #require((other.position - one.position).normalized)
    func reach(_ character: Character, _ way: Vector3) -> Double {
      let turn = Quaternion(angle: character.yaw.degreesToRadians, axis: .unitY)
      return PlacedBody(character, BodyStore()).reach(along: turn.inverse.rotate(way))
    }
    return (other.position - one.position).length - reach(one, way) - reach(other, way * -1)
  }

  @Test("A row runs from the left of the picture, with its gap, around its center")
  func row() throws {
    let scene = try scene(#"{"row": ["cleo", "ana", "ben"], "gap": 0.25, "around": [1, 0, 2]}"#)
    let (ana, ben, cleo) = (scene.characters[0], scene.characters[1], scene.characters[2])
    #expect(cleo.position.x < ana.position.x && ana.position.x < ben.position.x)
    #expect(abs(try gap(cleo, ana) - 0.25) < 0.005)
    #expect(abs(try gap(ana, ben) - 0.25) < 0.005)
    #expect(abs((cleo.position.x + ben.position.x) / 2 - 1) < 1e-6)
    #expect(scene.characters.allSatisfy { abs($0.position.z - 2) < 1e-6 && $0.yaw == 0 })
  }

  @Test(
    "Characters in a ring face its center and keep their gap from each other and from anyone inside"
  )
  func ring() throws {
    let scene = try scene(#"{"ring": "all", "gap": 0.4}"#)
    for (index, character) in scene.characters.enumerated() {
      let way = try #require((character.position * -1).normalized)
      let turn = Quaternion(angle: character.yaw.degreesToRadians, axis: .unitY)
      #expect(turn.rotate(.unitZ).dot(way) > 0.9999)
      #expect(try gap(character, scene.characters[(index + 1) % 3]) > 0.38)
    }
    #expect(scene.characters[0].position.z > 0.1)
    #expect(scene.characters[1].position.x > 0.1)

    let around = try self.scene(
      #"{"ring": ["ana", "cleo"], "around": "ben", "facing": "out"}"#)
    let ben = around.characters[1]
    #expect(ben.position == .zero)
    for character in [around.characters[0], around.characters[2]] {
      #expect(try gap(ben, character) > 0.29)
      let turn = Quaternion(angle: character.yaw.degreesToRadians, axis: .unitY)
      #expect(turn.rotate(.unitZ).dot(try #require(character.position.normalized)) > 0.9999)
    }
  }

  @Test(
    "In a crowd, nobody is nearer than the gap; different seeds give different positions, equal seeds equal ones"
  )
  func crowd() throws {
    let many = (0..<12).map {
      #"{"id": "p\#($0)", "body": "\#($0 % 3 == 0 ? "male" : "female")", "pose": "stand"}"#
    }.joined(separator: ",")
    func people(_ seed: Int) throws -> [Character] {
      try scene(#"{"crowd": "all", "seed": \#(seed), "facing": "any", "gap": 0.2}"#, many)
        .characters
    }
    let crowd = try people(3)
    for one in crowd.indices {
      for other in crowd.indices where other > one {
        #expect(try gap(crowd[one], crowd[other]) > 0.18, "\(one) and \(other)")
      }
    }
    #expect(Set(crowd.map(\.yaw)).count == 12)
    #expect(try people(3).map(\.position) == crowd.map(\.position))
    #expect(try people(4).map(\.position) != crowd.map(\.position))
    #expect(crowd.allSatisfy { $0.position.length < 4 })
  }

  @Test("Pairs face each other; a character with its own yaw or position keeps it")
  func facing() throws {
    let row = try scene(#"{"row": ["ana", "ben"], "facing": "eachOther"}"#)
    #expect(abs(row.characters[0].yaw - 90) < 1 && abs(row.characters[1].yaw + 90) < 1)
    let own = try scene(
      #"{"row": "all", "facing": "camera"}"#,
      #"""
      {"id": "ana", "body": "female", "yaw": 33}, {"id": "ben", "body": "male", "position": [5, 0, 5]},
      {"id": "cleo", "body": "female"}
      """#, keys: #", "camera": {"position": [0, 1, 9], "target": [0, 1, 0]}"#)
    #expect(own.characters[0].yaw == 33)
    #expect(own.characters[1].position == Vector3(5, 0, 5))
    #expect(own.characters[2].yaw < 0 && own.characters[2].yaw > -10)
  }

  @Test(
    "Mistakes are reported in a sentence",
    arguments: [
      (
        #"{"row": ["ana", "bem"]}"#,
        #"unknown character "bem" in "row"; did you mean "ben"? allowed: ana, ben, cleo"#
      ),
      (
        #"{"line": ["ana"]}"#,
        #"an arrangement needs "row", "ring" or "crowd": a list of characters' ids, or "all""#
      ),
      (
        #"{"row": ["ana"], "ring": ["ben"]}"#,
        #"characters stand in one form: remove "ring" or "row""#
      ),
      (
        #"[{"row": ["ana"]}, {"crowd": ["ana"]}]"#,
        #""ana" is arranged twice; a character stands in one place"#
      ),
      (#"{"row": ["ana"], "seed": 2}"#, #""seed" is for "crowd"; "row" has none"#),
      (
        #"{"ring": ["ana"], "around": "ana"}"#,
        #""ana" cannot stand around itself; remove it here"#
      ),
      (
        #"{"row": ["ana"], "facing": "centre"}"#,
        #"unknown direction "centre" for "facing"; did you mean "center"?"#
          + " allowed: ahead, center, out, eachOther, any, camera, ana, ben, cleo"
      ),
    ])
  func mistakes(_ arrange: String, _ message: String) throws {
    let found = try messages(arrange)
    #expect(found.contains(message), "\(found)")
  }

  @Test("Characters that stand around each other in a cycle are named")
  func circles() throws {
    let found = try messages(
      #"[{"ring": ["ana"], "around": "ben"}, {"ring": ["ben"], "around": "ana"}]"#)
    #expect(found.contains { $0.contains("stand by each other in a circle") }, "\(found)")
  }
}
