import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("Files that a scene names but the studio does not edit")
struct ForeignFileTests {
  private static let clip = #"""
    {"frameRate": 10, "frames": [
      {"joints": {"head": {"rotation": 10}}}, {"joints": {"head": {"rotation": ANGLE}}}]}
    """#

  @Test("A changed file is read again, and a new one is read")
  func changes() throws {
    let base = "{\n  \"joints\": {\"head\": {\"rotation\": 10}}\n}\n"
    let scene = try OpenedScene(
      standingScene(#""own.pose.json""#),
      ["own.pose.json": "{\n  \"base\": \"other.pose.json\"\n}\n", "other.pose.json": base])
    #expect(abs(try scene.angle(.rotation, .head) - 10) < 0.01)
    try scene.write(base.replacing("10", with: "35"), to: "other.pose.json")
    _ = scene.session.lookOutside()
    #expect(abs(try scene.angle(.rotation, .head) - 35) < 0.01)
    #expect(scene.session.history.done.isEmpty && scene.session.files.unsaved.isEmpty)
    let changes = scene.session.changes
    _ = scene.session.lookOutside()
    #expect(scene.session.changes == changes)

    try scene.session.make(.character("ana", key: "model", .string("bob.gltf")))
    try scene.session.make(.character("ana", key: "body", nil))
    #expect(scene.session.hasErrors)
    let before = scene.session.diagnostics
    try scene.write("{}", to: "bob.gltf")
    _ = scene.session.lookOutside()
    #expect(scene.session.diagnostics != before)
  }

  @Test("A prop's changed model is read again")
  func models() throws {
    let runner = try CommandRunner()
    try runner.write(
      standingScene().replacing(
        #""characters": ["#,
        with: #""props": [{"id": "sign", "model": "sign.glb"}], "characters": ["#), to: "scene.json"
    )
    // Like the disk's loader, which reads models in a child process, it keeps what it has read.
    func disk() -> FileLoader {
      var known: [String: Result<LoadedThing, UnreadableFile>] = [:]
      var loader = FileLoader.disk(rigsFolder: CommandRunner.repository + "/Rigs")
      loader.thing = { path in
        if let thing = known[path] { return thing }
        let thing = FileLoader.bytes(path).map { bytes in
          let width = Float(bytes.count)
          let design = PropDesign(
            name: "sign", positions: [.zero, SIMD3(width, 0, 0), SIMD3(0, 1, 0)],
            normals: Array(repeating: SIMD3(0, 0, 1), count: 3), triangles: [SIMD3(0, 1, 2)])
          return LoadedThing(design: design, bytes: bytes)
        }
        known[path] = thing
        return thing
      }
      return loader
    }
    try runner.write("1", to: "sign.glb")
    let session = try StudioSession(
      runner.folder + "/scene.json", files: disk(), cache: runner.folder + "/cache")
    func width() throws -> Float {
      let sides = try #require(session.posed?.props.first).surface.positions.map(\.x)
      return (sides.max() ?? 0) - (sides.min() ?? 0)
    }
    #expect(abs(try width() - 1) < 1e-6)
    try runner.write("123", to: "sign.glb")
    _ = session.lookOutside()
    #expect(abs(try width() - 3) < 1e-6)
  }

  @Test("A displayed moment is discarded together with its scene")
  func moments() throws {
    let scene = try OpenedScene(
      standingScene(#""nod.clip.json""#),
      ["nod.clip.json": Self.clip.replacing("ANGLE", with: "40")])
    #expect(scene.session.duration > 0)
    try scene.session.show(time: 0.1)
    #expect(scene.session.time > 0)
    try scene.session.make(.yaw("ana", 20))
    #expect(scene.session.time == 0 && scene.session.moment == nil)
  }

  @Test("Files outside the scene's folder that edits name are read but never written")
  func elsewhere() throws {
    let scene = try OpenedScene(standingScene())
    let outside = try CommandRunner()
    let settings = "// JSON with comments\n{\"theme\": \"dark\"}\n"
    for (name, text) in [("settings.json", settings), ("a.pose.json", "{\"base\": \"stand\"}\n")] {
      try outside.write(text, to: name)
      let path = "\(outside.folder)/\(name)"
      try scene.session.make(.pose("ana", .string(path)))
      #expect(scene.session.files.contents[path] == nil)
      #expect(throws: SceneEditFault.self) {
        try scene.session.make(.text(file: path, "{\"base\": \"kneel\"}"))
      }
      #expect(throws: SceneEditFault.self) {
        try scene.session.make(.turn("ana", [.head: [.rotation: 20]]))
      }
    }
    let new = "\(outside.folder)/new.json"
    try scene.session.make(.pose("ana", .string(new)))
    #expect(throws: SceneEditFault.self) { try scene.session.make(.text(file: new, "{}")) }
    // A name that is not a JSON file is a pose by its name alone.
    try scene.write(settings, to: "settings.json")
    try scene.session.make(.pose("ana", .string("settings.json")))
    #expect(scene.session.files.contents.count == 1)
    _ = try scene.session.save()
    #expect(outside.bytes("settings.json").map { String(decoding: $0, as: UTF8.self) } == settings)
    #expect(outside.bytes("new.json") == nil)
  }

  @Test("Files that the scene on disk names are edited wherever they are")
  func named() throws {
    let outside = try CommandRunner()
    try outside.write("{\n  \"base\": \"stand\"\n}\n", to: "a.pose.json")
    let path = "\(outside.folder)/a.pose.json"
    let scene = try OpenedScene(standingScene("\"\(path)\""))
    try scene.session.make(.turn("ana", [.head: [.rotation: 20]]))
    #expect(scene.session.files.unsaved == [path])
    let other = try OpenedScene(standingScene())
    try other.write(standingScene("\"\(path)\""))
    _ = other.session.lookOutside()
    try other.session.make(.turn("ana", [.head: [.rotation: 20]]))
    #expect(other.session.files.unsaved == [path])
  }
}
