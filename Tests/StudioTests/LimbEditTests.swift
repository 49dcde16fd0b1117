import PoseRig
import SceneFiles
import Studio
import Testing

/// Flips a pose's text and returns it on one line.
private func flipped(_ pose: String) throws -> String {
  let scene = standingScene(pose)
  var files = EditedFiles(scene: try Document(Array(scene.utf8), file: "scene.json"))
  var history = History()
  try history.make(.mirrorLimb("ana", .whole), in: &files)
  let path = try #require(DocumentPath("characters[0].pose"))
  let document = try #require(files.documents["scene.json"])
  return JSONValue(try #require(document.node(at: path))).line
}

@Suite("Mirrored and pasted limbs")
struct LimbEditTests {
  @Test(
    "A flipped pose has a mirrored base, its own values on the other side, and unchanged points")
  func flip() throws {
    let cases = [
      (#""waving""#, #"{"base": "waving", "mirror": true}"#),
      (#"{"base": "waving", "mirror": true}"#, #""waving""#),
      (
        #"{"joints": {"leftLowerArm": {"flexion": 40}, "spine": {"flexion": 5, "rotation": 10}}}"#,
        #"{"joints": {"spine": {"flexion": 5, "rotation": -10}, "rightLowerArm": {"flexion": 40}}}"#
      ),
      (
        #"{"joints": {"leftHand": [10, 20, 30], "neck": {"quaternion": [0.5, 0.5, 0.5, 0.5]}}}"#,
        #"{"joints": {"neck": {"quaternion": [0.5, -0.5, -0.5, 0.5]}, "rightHand": [10, -20, -30]}}"#
      ),
      (
        #"{"base": "stand", "translation": [0.1, 0, 0.2], "hands": {"left": "fist", "both": "flat"}}"#,
        #"{"base": "stand", "mirror": true, "translation": [-0.1, 0, 0.2], "hands": {"right": "fist", "both": "flat"}}"#
      ),
      (
        #"{"base": "stand", "reach": {"leftHand": "self.rightHand", "rightFoot": [0, 1, 0]}, "face": {"blinkLeft": 1}}"#,
        #"{"base": "stand", "mirror": true, "reach": {"rightHand": "self.leftHand", "leftFoot": [0, 1, 0]}, "face": {"blinkRight": 1}}"#
      ),
      (
        #"{"bow": 5, "lean": 10, "twist": -20, "nod": 4, "tiltHead": 6, "turnHead": 30}"#,
        #"{"bow": 5, "lean": -10, "twist": 20, "nod": 4, "tiltHead": -6, "turnHead": -30}"#
      ),
    ]
    for (pose, mirror) in cases {
      let once = try flipped(pose)
      #expect(
        try JSONParser.parse(Array(once.utf8)).sortedLine
          == JSONParser.parse(Array(mirror.utf8)).sortedLine, "\(pose): \(once)")
      let twice = try flipped(once)
      #expect(
        try JSONParser.parse(Array(twice.utf8)).sortedLine
          == JSONParser.parse(Array(pose.utf8)).sortedLine, "\(pose): \(twice)")
    }
  }

  @Test("A flipped pose is a mirror image")
  func flipSolves() throws {
    let scene = try OpenedScene(
      standingScene(
        #"{"base": "waving", "lean": 6, "twist": 9, "nod": 5, "turnHead": 20, "tiltHead": -7, "joints": {"spine": {"rotation": 15, "lateralFlexion": 8}, "leftUpperArm": {"flexion": 40}}}"#
      ))
    let before = try JointName.allCases.map { try scene.position(of: $0) }
    try scene.session.make(.mirrorLimb("ana", .whole))
    for joint in JointName.allCases {
      let miss = try scene.position(of: joint.mirrored) - before[joint.index].mirrored
      #expect(miss.length < 2e-3, "\(joint): \(miss)")
    }
  }

  @Test("A limb that a goal moved is mirrored as displayed; the other side loses its goal")
  func mirror() throws {
    let scene = try OpenedScene(
      standingScene(
        #"{"base": "stand", "reach": {"leftHand": [0.25, 1.4, 0.3], "rightHand": [-0.3, 0.9, 0.2]}}"#
      ))
    let joints: [(JointName, AngleName)] = [
      (.leftUpperArm, .flexion), (.leftUpperArm, .abduction), (.leftLowerArm, .flexion),
      (.leftHand, .flexion),
    ]
    let before = try joints.map { try scene.angle($0.1, $0.0) }
    try scene.session.make(.mirrorLimb("ana", .leftArm))
    for (joint, angle) in zip(joints, before) {
      #expect(abs(try scene.angle(joint.1, joint.0.mirrored) - angle) < 0.1, "\(joint)")
    }
    #expect(scene.text.contains("leftHand\": [0.25") && !scene.text.contains("-0.3"))
    _ = try scene.session.undo()
    #expect(scene.text.contains("\"rightHand\": [-0.3, 0.9, 0.2]"))
  }

  @Test("A hand shape is mirrored by name; without a name, finger by finger")
  func fingers() throws {
    let named = try OpenedScene(
      standingScene(#"{"base": "stand", "hands": {"left": "fist"}}"#))
    try named.session.make(.mirrorLimb("ana", .leftHand))
    #expect(named.text.contains(#""hands": {"left": "fist", "right": "fist"}"#))
    let single = try OpenedScene(
      standingScene(#"{"base": "stand", "joints": {"leftIndexProximal": {"flexion": 70}}}"#))
    try single.session.make(.mirrorLimb("ana", .leftHand))
    #expect(single.text.contains(#""rightIndexProximal": {"flexion": 70}"#))
    #expect(!single.text.contains("rightLittle"))
  }

  @Test("Copied angles are pasted on either side; those of another limb are rejected")
  func paste() throws {
    let scene = try OpenedScene(standingScene())
    let copied: [JointName: [AngleName: Double]] = [
      .leftLowerArm: [.flexion: 70, .rotation: 20], .leftUpperLeg: [.flexion: 10],
    ]
    try scene.session.make(.pasteLimb("ana", .rightArm, copied))
    #expect(abs(try scene.angle(.flexion, .rightLowerArm) - 70) < 0.01)
    #expect(scene.text.contains(#""rightLowerArm": {"flexion": 70, "rotation": 20}"#))
    #expect(!scene.text.contains("UpperLeg"))
    #expect(throws: SceneEditFault.self) {
      try scene.session.make(.pasteLimb("ana", .leftHand, copied))
    }
  }

  @Test("A character that faces another has it straight ahead of its hips, seated or standing")
  func facing() throws {
    let others = """
      },
        {
          "id": "ben",
          "body": "male",
          "pose": {"base": "sit-chair", "seat": [0.8, 0.45, 1.1], "translation": [0.2, 0, 0]},
          "yaw": 30
      """
    let scene = try OpenedScene(
      standingScene(#"{"base": "stand", "translation": [0.3, 0, 0.1]}"#, more: "\n    \(others)"))
    try #require(scene.session.posed != nil, "\(scene.session.diagnostics)")
    for (id, other) in [("ana", "ben"), ("ben", "ana")] {
      try scene.session.make(.face(id, at: other))
      let posed = try #require(scene.session.posed?.characters.first { $0.id == id })
      let way = try posed.worldFromModel.rotation.inverse.rotate(
        scene.position(of: .hips, other) - scene.position(of: .hips, id))
      #expect(way.z > 0 && abs(way.x) < 0.01, "\(id): \(way)")
    }
    try scene.session.make(.face("ana", at: "camera"))
    #expect(throws: SceneEditFault.noCharacter("max")) {
      try scene.session.make(.face("ana", at: "max"))
    }
    #expect(throws: SceneEditFault.self) { try scene.session.make(.face("ana", at: "ana")) }
  }
}

extension JSONNode {
  /// Returns the value on one line, with keys in alphabetical order.
  var sortedLine: String {
    switch value {
    case .object:
      "{"
        + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.node.sortedLine)" }
        .joined(separator: ", ") + "}"
    case .array(let items): "[" + items.map(\.sortedLine).joined(separator: ", ") + "]"
    default: JSONValue(self).line
    }
  }
}
