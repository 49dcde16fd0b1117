import PoseRig
import TestSupport
import Testing

private func solved(_ characters: String, props: String = "") -> (PosedScene?, [String]) {
  let scene =
    "{\"canvas\": [256, 256], \"characters\": [\(characters)]\(props.isEmpty ? "" : ", \"props\": [\(props)]")}"
  guard let reading = Fixture.read(scene) else { return (nil, ["unreadable"]) }
  let log = DiagnosticLog()
  let posed = reading.scene.flatMap { SceneSolver.solve($0, log: log) }
  return (posed, (reading.diagnostics + log.sorted).map(\.description))
}

private func tip(_ character: PosedCharacter, _ hand: JointName, _ finger: JointName) -> Vector3 {
  let wrist = character.position(of: hand)
  return wrist + (character.position(of: finger) - wrist) * 0.6
}

@Suite struct GoalTests {
  @Test(arguments: [
    ("leftHand", Vector3(0.3, 1.3, 0.35)), ("leftHand", Vector3(0.15, 1.0, 0.3)),
    ("rightHand", Vector3(-0.45, 1.6, 0.2)), ("rightHand", Vector3(0.05, 1.2, 0.3)),
  ])
  func handsReachWhereTheyCan(_ hand: String, _ place: Vector3) throws {
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "ground": false, "pose": {
        "joints": {"\(hand)": {"flexion": 20}, "leftLowerArm": {"rotation": 30}},
        "reach": {"\(hand)": {"at": [\(place.x), \(place.y), \(place.z)]}}}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let character = try #require(scene?.characters.first)
    let isLeft = hand == "leftHand"
    let palm = tip(
      character, isLeft ? .leftHand : .rightHand,
      isLeft ? .leftMiddleProximal : .rightMiddleProximal)
    #expect((palm - place).length < 0.001)
    // The elbow bends the way elbows do, and the hand's own flexion is left alone.
    let elbow = Anatomy.of(.leftLowerArm).degrees(
      of: try #require(scene).characters[0].posedRig.local(isLeft ? .leftLowerArm : .rightLowerArm),
      side: isLeft ? .left : .right)["flexion"]
    #expect(elbow ?? -1 > 0)
  }

  @Test func feetReachAndPolesTurnKnees() throws {
    func knee(_ pole: String) throws -> Vector3 {
      let (scene, messages) = solved(
        """
        {"id": "a", "body": "male", "ground": false, "pose": {"joints": {"hips": [0, 0, 0]},
          "reach": {"leftFoot": {"at": [0.15, 0.4, 0.3], "pole": \(pole)}}}}
        """)
      #expect(messages.isEmpty, "\(messages)")
      let character = try #require(scene?.characters.first)
      #expect((character.position(of: .leftFoot) - Vector3(0.15, 0.4, 0.3)).length < 0.001)
      return character.position(of: .leftLowerLeg)
    }
    let (out, ahead) = (try knee("[1, 0, 0.2]"), try knee("[0, 0, 1]"))
    #expect(out.x > ahead.x + 0.1)
  }

  @Test func whatIsTooFarIsSaidInCentimetres() {
    let (_, messages) = solved(
      """
      {"id": "a", "body": "female", "ground": false, "pose": {"joints": {},
        "reach": {"leftHand": {"at": [3, 1.3, 0]}}}}
      """)
    #expect(
      messages.contains { $0.contains("leftHand of \"a\" stays 2") && $0.contains("cm short") })
  }

  @Test func handsMeetInTheOrderInWhichTheyWait() throws {
    // The first reaches for the second's hand, which itself goes somewhere first.
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "position": [-0.4, 0, 0], "yaw": 80, "pose": {"joints": {}, "reach": {"rightHand": {"at": "b.rightHand"}}}},
      {"id": "b", "body": "male", "position": [0.4, 0, 0], "yaw": -80, "pose": {"joints": {}, "reach": {"rightHand": {"at": [0, 1.15, 0.1]}}}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let people = try #require(scene).characters
    let palms = people.map { tip($0, .rightHand, .rightMiddleProximal) }
    #expect((palms[0] - palms[1]).length < 0.002)
  }

  @Test func eyesMeetWhoTheyLookAt() throws {
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "position": [-0.6, 0, 0], "yaw": 50, "pose": {"joints": {}, "look": "b.nose"}},
      {"id": "b", "body": "male", "position": [0.6, 0, 0], "yaw": -50}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let people = try #require(scene).characters
    let rig = people[0].body.rig
    let head = people[0].worldFromModel * people[0].posedRig.modelFromJoint[JointName.head.index]
    let eye = people[0].worldFromModel * people[0].posedRig.modelFromJoint[JointName.leftEye.index]
    let eyes = head.apply((rig[.leftEye] + rig[.rightEye]) / 2 - rig[.head])
    let way = try #require(((people[1].landmark("nose") ?? .zero) - eyes).normalized)
    #expect(eye.rotation.rotate(.unitZ).dot(way) > 0.9999)
    #expect(head.rotation.rotate(.unitZ).dot(way) > 0.9)
  }

  @Test(arguments: [
    ("\"reach\": {\"leftHand\": {\"at\": \"b.rightHand\"}}", "no character \"b\""),
    (
      "\"reach\": {\"leftHand\": {\"at\": \"a2.rightHand\"}}",
      "no character \"a2\"; did you mean \"a\""
    ),
    ("\"reach\": {\"leftElbow\": {\"at\": [0, 1, 0]}}", "unknown limb"),
    ("\"reach\": {\"leftHand\": {}}", "needs an \"at\""),
    ("\"reach\": {\"leftHand\": {\"at\": \"props.table.side\"}}", "top and middle"),
    ("\"look\": \"somewhere\"", "\"camera\""),
  ])
  func mistakesInGoalsAreNamed(_ goal: String, _ words: String) {
    let (scene, messages) = solved(
      "{\"id\": \"a\", \"body\": \"female\", \"pose\": {\"joints\": {}, \(goal)}}")
    #expect(scene == nil || messages.contains { $0.contains("error") })
    #expect(messages.contains { $0.contains(words) }, "\(messages)")
  }

  @Test func whoWaitsForEachOtherIsNamed() {
    func one(_ id: String, _ other: String, _ x: Double) -> String {
      "{\"id\": \"\(id)\", \"body\": \"male\", \"position\": [\(x), 0, 0], \"pose\": {\"joints\": {}, \"reach\": {\"leftHand\": {\"at\": \"\(other).head\"}}}}"
    }
    let (_, messages) = solved(one("a", "b", 0) + "," + one("b", "a", 1))
    #expect(messages.contains { $0.contains("\"a\", \"b\" wait for each other") }, "\(messages)")
  }
}

extension PosedRig {
  /// A joint's rotation relative to its parent.
  fileprivate func local(_ joint: JointName) -> Quaternion {
    let parent = joint.parent.map { modelFromJoint[$0.index].rotation } ?? .identity
    return parent.inverse * modelFromJoint[joint.index].rotation
  }
}
