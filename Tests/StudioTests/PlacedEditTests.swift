import PoseRig
import SceneFiles
import Studio
import Testing

@Suite("Placement of added characters and props")
struct PlacedEditTests {
  private static let crate = JSONValue.members([
    "id": .string("crate"), "shape": .string("box"), "size": .numbers([0.5, 0.5, 0.5]),
  ])

  private func add(
    _ value: JSONValue, to scene: OpenedScene, at point: Vector3? = nil, isProp: Bool = false
  ) throws {
    let edit: SceneEdit = isProp ? .addProp(value) : .addCharacter(value)
    try scene.session.make(scene.session.placed(edit, at: point))
  }

  private func figure(_ id: String) -> JSONValue {
    .members(["id": .string(id), "body": .string("male"), "pose": .string("stand")])
  }

  @Test("Figures are added side by side, and within the canvas while there is room")
  func figures() throws {
    let scene = try OpenedScene(standingScene())
    for id in ["ben", "cai", "dov"] { try add(figure(id), to: scene) }
    let shown = try #require(scene.session.shown)
    #expect(shown.characters.count == 4)
    for (index, one) in shown.characters.enumerated() {
      for other in shown.characters[..<index] {
        let apart = one.position(of: .hips) - other.position(of: .hips)
        #expect(Vector3(apart.x, 0, apart.z).length > 0.55)
      }
      let pixel = try #require(shown.camera.project(one.position(of: .head))?.pixel)
      #expect((0...384.0).contains(pixel.x), "\(one.id) at \(pixel)")
    }
  }

  @Test("A prop is added beside figures and other props; a dropped one keeps its height")
  func props() throws {
    let scene = try OpenedScene(standingScene())
    try add(Self.crate, to: scene, isProp: true)
    try add(figure("ben"), to: scene)
    let shown = try #require(scene.session.shown)
    let corners = try #require(shown.props.first).surface.positions
    for one in shown.characters {
      let hips = one.position(of: .hips)
      #expect(
        !corners.allSatisfy { abs(Double($0.x) - hips.x) < 0.5 && abs(Double($0.z) - hips.z) < 0.5 }
      )
    }
    let top = JSONValue.members([
      "id": .string("table"), "shape": .string("box"), "size": .numbers([1.4, 0.04, 0.8]),
      "position": .numbers([0, 0.7, 0]),
    ])
    try add(top, to: scene, at: Vector3(1, 0, -1), isProp: true)
    #expect(scene.text.contains("[1, 0.7, -1]"))
  }

  @Test("An explicit position is kept, and a floor is centered")
  func told() throws {
    let scene = try OpenedScene(standingScene())
    try add(
      .members(["id": .string("ben"), "body": .string("male"), "position": .numbers([0.1, 0, 0])]),
      to: scene)
    try add(
      .members(["id": .string("floor"), "shape": .string("plane"), "size": .numbers([6, 6])]),
      to: scene, isProp: true)
    #expect(scene.text.contains("[0.1, 0, 0]"))
    #expect(scene.text.contains("\"size\": [6, 6]}"))
  }

  private static let pair = """
    {"canvas": [384, 512], "characters": [
      {"id": "ana", "body": "female", "pose": "stand", "position": {"before": "ben"}},
      {"id": "ben", "body": "male", "pose": "stand", "position": [0.5, 0, 0], "yaw": 40},
      {"id": "eva", "body": "female", "pose": "stand", "position": [2, 0, 1], "yaw": "ben"}]}
    """

  @Test("A character placed in words keeps its direction when moved")
  func movedOut() throws {
    let scene = try OpenedScene(Self.pair)
    try scene.session.make(.place("ana", Vector3(1, 0, 1)))
    let ana = try #require(scene.session.described?.characters.first)
    #expect(ana.position == Vector3(1, 0, 1) && ana.yaw == -140 && ana.placement == nil)
  }

  @Test("References to a renamed character are updated")
  func renamed() throws {
    let scene = try OpenedScene(Self.pair)
    let before = try scene.position(of: .head)
    try scene.session.make(.renameCharacter("ben", to: "max"))
    #expect(scene.session.diagnostics.filter { $0.severity == .error }.isEmpty)
    #expect(scene.text.contains(#""before": "max""#) && scene.text.contains(#""yaw": "max""#))
    #expect(try (scene.position(of: .head) - before).length < 1e-9)
  }

  @Test(
    "Characters placed relative to a removed one stay, and are named")
  func removed() throws {
    let scene = try OpenedScene(Self.pair)
    let before = try (scene.position(of: .head), scene.position(of: .leftHand, "eva"))
    try scene.session.make(.removeCharacter("ben"))
    #expect(!scene.session.hasErrors && !scene.text.contains(#""ben""#))
    #expect(try (scene.position(of: .head) - before.0).length < 0.002)
    #expect(try (scene.position(of: .leftHand, "eva") - before.1).length < 0.002)
    #expect(
      scene.session.history.done.last?.description
        == "ben removed; it was named by position of ana and yaw of eva")
  }

  @Test("A pair whose first character is placed in words is posed there")
  func pairs() throws {
    let scene = try OpenedScene(Self.pair)
    let before = try scene.position(of: .hips)
    let name = try #require(LibraryPair.all.first?.name)
    try scene.session.make(.pair(name, ["ana", "eva"]))
    let way = try scene.position(of: .hips) - before
    #expect(Vector3(way.x, 0, way.z).length < 0.4)
    let apart = try scene.position(of: .hips) - scene.position(of: .hips, "eva")
    #expect(Vector3(apart.x, 0, apart.z).length < 1.5)
  }
}
