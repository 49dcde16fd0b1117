import Export
import MapRender
import PoseRig
import SceneFiles
import TestSupport
import Testing

@testable import Studio

private let rigs = CommandRunner.repository + "/Rigs"

@Suite("The studio's library")
struct StudioLibraryTests {
  @Test("Every pose, hand shape, pair and prop has a title and search words")
  func words() {
    let library = StudioLibrary(rigsFolder: rigs)
    #expect(library.poses.count >= 240 && library.hands.count >= 40)
    #expect(library.gestures.count >= 66)
    #expect(library.gestures.count { $0.isDirected } > 10)
    for item in library.poses + library.gestures + library.hands {
      #expect(item.title != item.name && !item.tags.isEmpty, "\(item.name)")
    }
    #expect(LibraryPair.all.map(\.name).contains("hug"))
    for pair in LibraryPair.all { #expect(pair.characters.count == 2 && !pair.tags.isEmpty) }
    for prop in LibraryProp.all {
      #expect(prop.prop() != nil && !prop.tags.isEmpty, "\(prop.name)")
    }
  }

  @Test("Everything offered has a nonempty picture")
  func thumbnails() throws {
    let library = StudioLibrary(rigsFolder: rigs)
    let sessions = RenderSessions()
    let names =
      ["stand", "lie-back"].map { ("pose", $0) } + ["fist"].map { ("hand", $0) }
      + ["wave", "hands-in-lap"].map { ("gesture", $0) }
      + LibraryPair.all.map { ("pair", $0.name) } + LibraryProp.all.map { ("prop", $0.name) }
    for (kind, name) in names {
      let picture = try #require(try library.thumbnail(kind, name, sessions), "\(kind) \(name)")
      #expect(picture.width == 160 && picture.height == 208)
      let drawn = picture.pixels.count { $0 != StudioLight.background }
      #expect(drawn > 600, "\(kind) \(name): \(drawn)")
    }
    for name in ["../../README", "nobody", ""] {
      for kind in ["pose", "gesture", "hand", "pair", "prop", "book"] {
        #expect(try library.thumbnail(kind, name, sessions) == nil)
      }
    }
  }

  @Test("A prop is added to a scene unchanged, and a seat has its stated height")
  func props() throws {
    let scene = try OpenedScene(standingScene())
    for prop in LibraryProp.all {
      var members = try #require(prop.value.memberList)
      members.append(.init(key: "id", value: .string(prop.name)))
      try scene.session.make(.addProp(.object(members)))
    }
    #expect(scene.session.diagnostics.isEmpty, "\(scene.session.diagnostics)")
    let heights = [("chair", 0.45), ("table", 0.74), ("bar-stool", 0.75), ("counter", 1.1)]
    for (name, height) in heights {
      let prop = try #require(scene.session.posed?.props.first { $0.id == name })
      let top = prop.surface.positions.map(\.y).max() ?? 0
      #expect(abs(Double(top) - height) < 1e-5, "\(name)")
    }
  }
}

@Suite("A pair of the library")
struct LibraryPairTests {
  @Test("It adds missing characters beside the existing one, and refers to them by their ids")
  func pairs() throws {
    for pair in LibraryPair.all {
      let scene = try OpenedScene(standingScene(more: ",\n      \"position\": [0.5, 0, -0.2]"))
      try scene.session.make(.pair(pair.name, ["ana"]))
      let errors = scene.session.diagnostics.filter { $0.severity == .error }
      #expect(errors.isEmpty, "\(pair.name): \(errors)")
      #expect(scene.session.posed?.characters.map(\.id) == ["ana", "ben"])
      #expect(scene.session.history.done.last?.description == "ana: \(pair.title)")
      #expect(scene.text.contains("\"position\": [0.5, 0, -0.2]"), "\(pair.name)")
      let apart = try scene.position(of: .hips) - scene.position(of: .hips, "ben")
      #expect(apart.length < 1.3, "\(pair.name): \(apart)")
      _ = try scene.session.undo()
      #expect(scene.session.files.unsaved.isEmpty)
    }
  }

  // Characters that look at the camera look elsewhere when they are turned.
  @Test(
    "It is turned like the first character, who stays, and its goals turn with it",
    arguments: LibraryPair.all.map(\.name).filter { $0 != "back-to-back" })
  func turned(_ name: String) throws {
    let pair = try #require(LibraryPair.named(name))
    let here = ",\n      \"position\": [0.5, 0, -0.2],\n      \"yaw\": 100"
    let scene = try OpenedScene(standingScene(more: here))
    try scene.session.make(.pair(name, ["ana"]))
    #expect(scene.text.contains(here))
    let own = try OpenedScene(String(decoding: pair.scene.bytes, as: UTF8.self))
    let joints = [JointName.hips, .head, .leftHand, .rightHand, .leftFoot, .rightFoot]
    /// Returns the joints of both, relative to the first.
    func points(_ scene: OpenedScene) throws -> [Vector3] {
      let yaw = try #require(scene.session.described?.characters.first).yaw.degreesToRadians
      let (middle, turn) = (
        try scene.position(of: .hips), Quaternion(angle: -yaw, axis: .unitY)
      )
      return try joints.flatMap { joint in
        try ["ana", "ben"].map { turn.rotate(try scene.position(of: joint, $0) - middle) }
      }
    }
    for (one, other) in zip(try points(scene), try points(own)) {
      #expect((one - other).length < 0.02, "\(one) \(other)")
    }
  }

  @Test("The hands of a pair meet as in its own scene, whichever characters take part")
  func crossed() throws {
    let scene = try OpenedScene(
      standingScene(
        more: "\n      },\n      {\n        \"id\": \"ben\",\n        \"body\": \"male\""))
    try scene.session.make(.pair("handshake", ["ben", "ana"]))
    #expect(scene.text.contains(#""rightHand": {"at": "ana.rightHand""#))
    #expect(scene.text.contains(#""look": "ben.head""#))
    let miss = try scene.position(of: .rightHand) - scene.position(of: .rightHand, "ben")
    #expect(miss.length < 0.15, "\(miss)")
    #expect(throws: SceneEditFault.self) { try scene.session.make(.pair("hug", ["ana", "ana"])) }
    #expect(throws: SceneEditFault.self) { try scene.session.make(.pair("hugg", [])) }
  }
}

@Suite("A custom pose")
struct SavedPoseTests {
  @Test("It is a file beside the scene with the solved pose, and is offered")
  func whole() throws {
    let scene = try OpenedScene(
      standingScene(
        #"{"base": "contrapposto", "hands": {"left": "fist"}, "reach": {"leftHand": [0.3, 1.4, 0.3]}}"#
      ))
    let hand = try scene.position(of: .leftHand)
    let file = try scene.session.savePose(of: "ana", as: "Hand up!", part: "all")
    #expect(file == "hand-up.pose.json")
    let text = try #require(scene.disk(file))
    #expect(try Document(Array(text.utf8), file: file).canonicalText() == text)
    #expect(text.contains(#""hands": {"left": "fist"}"#) && !text.contains("leftIndex"))
    try scene.session.make(.pose("ana", .string(file)))
    #expect(scene.session.diagnostics.isEmpty, "\(scene.session.diagnostics)")
    #expect((try scene.position(of: .leftHand) - hand).length < 1e-3)
    let library = StudioLibrary(rigsFolder: rigs, scenePath: scene.path)
    #expect(library.own().poses.map(\.title) == ["Hand up!"])
    #expect(try library.thumbnail("pose", file, RenderSessions()) != nil)
  }

  @Test("A right hand is saved as a left one; nothing is overwritten")
  func hands() throws {
    let scene = try OpenedScene(
      standingScene(#"{"base": "stand", "hands": {"right": "point"}}"#))
    let file = try scene.session.savePose(of: "ana", as: "my point", part: "rightHand")
    #expect(scene.disk(file)?.contains("right") == false)
    let library = StudioLibrary(rigsFolder: rigs, scenePath: scene.path)
    #expect(library.own().hands.map(\.name) == ["my-point.pose.json"])
    try scene.session.make(.handShape("ana", .left, file))
    #expect(scene.session.diagnostics.isEmpty, "\(scene.session.diagnostics)")
    let (left, right) = (
      try scene.angle(.flexion, .leftRingProximal), try scene.angle(.flexion, .rightRingProximal)
    )
    #expect(abs(left - right) < 0.1)
    let before = scene.disk(file)
    #expect(throws: SceneEditFault.self) {
      try scene.session.savePose(of: "ana", as: "My Point", part: "all")
    }
    for name in ["", "…", "../x/", String(repeating: "a", count: 90)] {
      if name == "../x/" {
        #expect(try scene.session.savePose(of: "ana", as: name, part: "all") == "x.pose.json")
      } else {
        #expect(throws: SceneEditFault.self) {
          try scene.session.savePose(of: "ana", as: name, part: "all")
        }
      }
    }
    #expect(scene.disk(file) == before)
    #expect(throws: SceneEditFault.noCharacter("max")) {
      try scene.session.savePose(of: "max", as: "x", part: "all")
    }
  }
}

extension JSONValue {
  /// The members of an object; nil for values of other kinds.
  fileprivate var memberList: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}
