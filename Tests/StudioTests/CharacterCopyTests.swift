import PoseRig
import SceneFiles
import Studio
import Testing

@Suite("A copy of a character")
struct CharacterCopyTests {
  @Test("It stands a step to the right; references to itself and held objects follow")
  func copies() throws {
    let scene = try OpenedScene(
      standingScene(
        #"{"base": "stand", "reach": {"leftHand": "ana.rightHand", "rightHand": [-0.4, 1, 0.3]}, "look": "camera"}"#,
        more: ",\n      \"position\": [0, 0, 1],\n      \"yaw\": 90"))
    try #require(scene.session.posed != nil, "\(scene.session.diagnostics)")
    try scene.session.make(.duplicateCharacter("ana", as: "bea"))
    #expect(scene.session.diagnostics.filter { $0.severity == .error }.isEmpty)
    #expect(scene.text.contains(#""leftHand": "bea.rightHand""#))
    // At a yaw of 90°, she faces +x, so her right is toward +z.
    #expect(scene.text.contains(#""position": [0, 0, 1.7]"#))
    #expect(scene.text.contains(#""rightHand": [-0.4, 1, 1]"#))
    #expect(scene.text.contains(#""leftHand": "ana.rightHand""#))
    let step = try scene.position(of: .head, "bea") - scene.position(of: .head)
    #expect((step - Vector3(0, 0, 0.7)).length < 0.01)
    #expect(throws: SceneEditFault.taken("ana")) {
      try scene.session.make(.duplicateCharacter("bea", as: "ana"))
    }
  }

  @Test("A sitting character's copy sits beside it; a pose file becomes the base of its pose")
  func seatsAndFiles() throws {
    let scene = try OpenedScene(
      standingScene(#""own.pose.json""#),
      [
        "own.pose.json":
          "{\n  \"base\": \"sit-chair\",\n  \"seat\": [0, 0.5, 0],\n  \"look\": \"ana\"\n}\n"
      ])
    try scene.session.make(.duplicateCharacter("ana", as: "bea"))
    #expect(
      scene.text.contains(
        #""pose": {"base": "own.pose.json", "seat": [-0.7, 0.5, 0], "look": "bea"}"#))
    try scene.session.make(.turn("bea", [.head: [.rotation: 20]]))
    #expect(scene.session.files.unsaved == [scene.path])
  }

  @Test("A copy of a character placed in words stands beside it, placed in the same words")
  func inWords() throws {
    let scene = try OpenedScene(
      """
      {"canvas": [384, 512], "characters": [
        {"id": "ana", "body": "female", "pose": "stand", "position": {"before": "ben"}},
        {"id": "ben", "body": "male", "pose": "stand", "yaw": 40}]}
      """)
    try scene.session.make(.duplicateCharacter("ana", as: "bea"))
    let step = try scene.position(of: .hips, "bea") - scene.position(of: .hips)
    #expect(abs(step.length - 0.7) < 0.01)
    #expect(scene.session.described?.characters.map { $0.yaw.rounded() } == [-140, 40, -140])
  }
}
