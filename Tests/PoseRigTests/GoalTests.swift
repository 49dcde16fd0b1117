import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

private func solved(_ characters: String, props: String = "") -> (PosedScene?, [String]) {
  Fixture.solved(characters: characters, props: props)
}

/// Returns the skin in the middle of a palm, in world coordinates.
private func palm(_ character: PosedCharacter, _ hand: JointName) -> Vector3 {
  character.frame(of: hand).apply(character.palm(of: hand))
}

@Suite struct GoalTests {
  @Test(arguments: [
    ("leftHand", Vector3(0.3, 1.3, 0.35)), ("leftHand", Vector3(0.15, 1.0, 0.3)),
    ("rightHand", Vector3(-0.45, 1.6, 0.2)), ("rightHand", Vector3(0.05, 1.2, 0.3)),
  ])
  func handsReachWhereTheyCan(_ hand: String, _ point: Vector3) throws {
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "ground": false, "pose": {
        "joints": {"\(hand)": {"flexion": 20}, "leftLowerArm": {"rotation": 30}},
        "reach": {"\(hand)": {"at": [\(point.x), \(point.y), \(point.z)]}}}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let character = try #require(scene?.characters.first)
    let isLeft = hand == "leftHand"
    #expect((palm(character, isLeft ? .leftHand : .rightHand) - point).length < 0.001)
    // The elbow bends in the direction in which elbows bend.
    let elbow = Anatomy.of(.leftLowerArm).degrees(
      of: try #require(scene).characters[0].posedRig.local(isLeft ? .leftLowerArm : .rightLowerArm),
      side: isLeft ? .left : .right)[.flexion]
    #expect(elbow ?? -1 > 0)
  }

  @Test func feetReachTheirGoalsAndPolesTurnKnees() throws {
    func knee(_ pole: String) throws -> Vector3 {
      let (scene, messages) = solved(
        """
        {"id": "a", "body": "male", "ground": false, "pose": {"joints": {"hips": [0, 0, 0]},
          "reach": {"leftFoot": {"at": [0.15, 0.4, 0.3], "pole": \(pole)}}}}
        """)
      #expect(messages.isEmpty, "\(messages)")
      let character = try #require(scene?.characters.first)
      let sole = character.frame(of: .leftFoot).apply(
        Vector3(0, -character.body.rig[.leftFoot].y, 0))
      #expect((sole - Vector3(0.15, 0.4, 0.3)).length < 0.001)
      return character.position(of: .leftLowerLeg)
    }
    let (out, ahead) = (try knee("[1, 0, 0.2]"), try knee("[0, 0, 1]"))
    #expect(out.x > ahead.x + 0.1)
  }

  @Test func anUnreachablePointIsReportedInCentimeters() {
    let (_, messages) = solved(
      """
      {"id": "a", "body": "female", "ground": false, "pose": {"joints": {},
        "reach": {"leftHand": {"at": [3, 1.3, 0]}}}}
      """)
    #expect(
      messages == [#"scene.json:2:32: warning: leftHand of "a" stays 204.9 cm short of this point"#]
    )
  }

  @Test func handsMeetInTheOrderOfTheirDependencies() throws {
    // The first hand reaches for the second character's hand, which itself goes somewhere first.
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "position": [-0.4, 0, 0], "yaw": 80, "pose": {"base": "stand", "reach": {"rightHand": "b.rightHand"}}},
      {"id": "b", "body": "male", "position": [0.4, 0, 0], "yaw": -80, "pose": {"base": "stand", "reach": {"rightHand": {"at": [0, 1.1, 0.1]}}}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let people = try #require(scene).characters
    #expect((palm(people[0], .rightHand) - palm(people[1], .rightHand)).length < 0.002)
    // The reaching hand turns its palm to the other palm.
    let ways = people.map { $0.frame(of: .rightHand).rotation.rotate(-.unitY) }
    #expect(ways[0].dot(ways[1]) < -0.9)
  }

  @Test func eyesLookAtTheirTarget() throws {
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
    let way = try #require(((people[1].landmark(.nose) ?? .zero) - eyes).normalized)
    #expect(eye.rotation.rotate(.unitZ).dot(way) > 0.9999)
    #expect(head.rotation.rotate(.unitZ).dot(way) > 0.9)
  }

  @Test func eyesThatLookAtEachOtherMeet() throws {
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "position": [-0.6, 0, 0], "yaw": 60, "pose": {"base": "stand", "look": "b.head"}},
      {"id": "b", "body": "male", "position": [0.6, 0, 0.2], "yaw": -70, "pose": {"base": "stand", "look": "a"}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let people = try #require(scene).characters
    for (one, other) in [(people[0], people[1]), (people[1], people[0])] {
      let way = try #require((other.eyes - one.eyes).normalized)
      #expect(one.frame(of: .leftEye).rotation.rotate(.unitZ).dot(way) > 0.9999)
    }
  }

  @Test func palmsAndFingersPointAsRequested() throws {
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "male", "pose": {"base": "stand",
        "reach": {"leftHand": {"at": [0.2, 1.2, 0.4], "palm": [0, 1, 0], "fingers": [0, 0, 1]}}}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let hand = try #require(scene?.characters.first).frame(of: .leftHand).rotation
    #expect(hand.rotate(-.unitY).y > 0.98)
    #expect(hand.rotate(.unitX).z > 0.98)
  }

  /// Points all around a body: those within reach are reached, and no joint exceeds its range for
  /// that.
  @Test func solvedJointsStayWithinTheirRanges() throws {
    var random = SplitMix64(seed: 6)
    for _ in 0..<40 {
      let point = Vector3(
        Double.random(in: -0.5...0.8, using: &random), Double.random(in: 0.5...1.9, using: &random),
        Double.random(in: -0.3...0.6, using: &random))
      let (scene, _) = solved(
        """
        {"id": "a", "body": "female", "pose": {"base": "stand",
          "reach": {"leftHand": {"at": [\(point.x), \(point.y), \(point.z)]}}}}
        """)
      let posed = try #require(scene?.characters.first).posedRig
      for joint in JointName.allCases {
        let strays = JointRange(joint, .standard).excess(of: posed.local(joint)).map(\.excess)
        #expect((strays.max() ?? 0) < 1, "\(joint) for \(point)")
      }
    }
  }

  @Test func theTrunkLeansOnlyForPointsBeyondAnArmsReach() throws {
    func lean(_ z: Double) throws -> Double {
      let (scene, messages) = solved(
        """
        {"id": "a", "body": "female", "pose": {"base": "stand", "reach": {"rightHand": {"at": [-0.15, 1.2, \(z)]}}}}
        """)
      // The amount of leaning is reported.
      #expect(messages.allSatisfy { $0.contains("the trunk of \"a\" bends") }, "\(messages)")
      let posed = try #require(scene?.characters.first).posedRig
      return [JointName.spine, .chest, .upperChest].reduce(0) {
        $0 + posed.local($1).angle.radiansToDegrees
      }
    }
    let still = try lean(0)
    #expect(abs(try lean(0.4) - still) < 2)
    #expect(try lean(0.8) > still + 10)
  }

  @Test func armsStayOutOfTheTrunk() throws {
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "male", "pose": {"base": "stand", "reach": {"leftHand": {"at": "a.rightUpperArm"}, "rightHand": {"at": "a.head"}}}}
      """)
    #expect(messages.isEmpty, "\(messages)")
    let character = try #require(scene?.characters.first)
    let trunk = TrunkShape(character.body)
    for side in [Side.left, .right] {
      #expect(trunk.depths(of: side, character.posedRig).max() < 0.03)
    }
  }

  @Test func aSittingCharacterRestsOnTheSeat() throws {
    let box =
      #"{"id": "box", "shape": "box", "size": [0.5, 0.5, 0.5], "position": [1, 0, 2]}"#
    let (scene, messages) = solved(
      """
      {"id": "a", "body": "female", "pose": {"base": "sit-chair", "seat": {"at": "props.box.top", "offset": [0, 0, 0.1]}, "feet": "planted"}}
      """, props: box)
    #expect(messages.isEmpty, "\(messages)")
    let character = try #require(scene?.characters.first)
    let hips = (character.position(of: .leftUpperLeg) + character.position(of: .rightUpperLeg)) / 2
    #expect(abs(hips.x - 1) < 1e-6 && abs(hips.z - 2.1) < 1e-6)
    // Buttocks sink in by a centimeter; thighs, which the feet have turned since, may have kept
    // them slightly higher.
    let seat = zip(character.bodySurface.positions, character.body.carriers()).filter {
      $0.1 == .hips
    }
    #expect(abs((seat.map(\.0.y).min() ?? 0) - 0.49) < 0.02)
    // Her feet find the floor, which was closer because of the chair in the library's pose.
    #expect(abs(Double(character.bodySurface.positions.map(\.y).min() ?? 1)) < 0.02)
  }

  @Test func plantedFeetStayWhenTheHipsSink() throws {
    func feet(_ more: String) throws -> [Transform] {
      let (scene, messages) = solved(
        #"{"id": "a", "body": "male", "pose": {"base": "stand"\#(more)}}"#)
      #expect(messages.allSatisfy { $0.contains("the trunk of \"a\" bends") }, "\(messages)")
      let character = try #require(scene?.characters.first)
      return [JointName.leftFoot, .rightFoot].map { character.frame(of: $0) }
    }
    let before = try feet("")
    for change in [
      #", "translation": [0.04, -0.3, 0]"#,
      #", "joints": {"hips": {"flexion": 30, "rotation": 20}}"#,
      #", "reach": {"rightHand": {"at": [-0.1, 0.15, 0.4]}}"#,
    ] {
      for (old, new) in zip(before, try feet(change + #", "feet": "planted""#)) {
        #expect((old.translation - new.translation).length < 0.002, "\(change)")
        #expect((old.rotation.inverse * new.rotation).angle.radiansToDegrees < 1, "\(change)")
      }
    }
  }

  @Test(arguments: [
    (
      #""reach": {"leftHand": {"at": "b.rightHand"}}"#,
      #"scene.json:1:121: error: there is no character "b"; did you mean "a"? there are: a"#
    ),
    (
      #""reach": {"leftHand": {"at": "a2.rightHand"}}"#,
      #"scene.json:1:121: error: there is no character "a2"; did you mean "a"? there are: a"#
    ),
    (
      #""reach": {"leftElbow": {"at": [0, 1, 0]}}"#,
      #"scene.json:1:102: error: unknown limb "leftElbow" in "reach"; allowed: leftHand, rightHand, leftFoot, rightFoot"#
    ),
    (
      #""reach": {"leftHand": {}}"#,
      #"scene.json:1:114: error: leftHand needs an "at": [x, y, z] or "character.joint""#
    ),
    (
      #""reach": {"leftHand": {"at": "props.table.side"}}"#,
      #"scene.json:1:121: error: there is no prop "table"; the scene has none"#
    ),
    (
      #""look": "somewhere""#,
      #"scene.json:1:100: error: there is no character "somewhere"; there are: a, camera"#
    ),
    (
      #""look": "props.table""#,
      #"scene.json:1:100: error: "look" must be [x, y, z], "character.joint" like "ben.rightHand", or "props.table.top", or "camera""#
    ),
    (
      #""seat": "props.chair.top""#,
      #"scene.json:1:100: error: there is no prop "chair"; the scene has none"#
    ),
    (
      #""reach": {"leftHand": "b"}"#,
      #"scene.json:1:114: error: leftHand must be [x, y, z], "character.joint" like "ben.rightHand", or "props.table.top""#
    ),
    (
      #""feet": "still""#,
      #"scene.json:1:100: error: "feet" can only be "planted"; use "reach" for a single foot"#
    ),
    (
      #""seat": {"offset": [0, 0, 0]}"#,
      #"scene.json:1:100: error: "seat" needs an "at": [x, y, z] or "character.joint""#
    ),
    (
      #""reach": {"leftFoot": {"at": [0, 0, 0], "palm": [0, 1, 0]}}"#,
      #"scene.json:1:140: error: a foot has no "palm"; "palm" is for leftHand and rightHand, "sole" is for feet"#
    ),
    (
      #""reach": {"leftFoot": {"at": [0, 0, 0], "sole": "tiptoe"}}"#,
      #"scene.json:1:140: error: unknown part of a foot "tiptoe" for "sole"; did you mean "ball"? allowed: flat, heel, ball, free"#
    ),
    (
      #""reach": {"leftHand": {"at": [0, 1, 0], "sole": "flat"}}"#,
      #"scene.json:1:140: error: a hand has no "sole"; "sole" is for leftFoot and rightFoot"#
    ),
    (
      #""reach": {"leftHand": {"at": [0, 1, 0], "palm": [0, 0, 0]}}"#,
      #"scene.json:1:140: error: "palm" needs a direction that is not [0, 0, 0]"#
    ),
  ])
  func mistakesInGoalsAreNamed(_ goal: String, _ message: String) {
    let (scene, messages) = solved(
      #"{"id": "a", "body": "female", "pose": {"joints": {}, \#(goal)}}"#)
    #expect(messages == [message])
    #expect(scene == nil)
  }

  @Test func charactersThatSitOnEachOtherAreNamed() {
    func one(_ id: String, _ other: String, _ x: Double) -> String {
      #"{"id": "\#(id)", "body": "male", "position": [\#(x), 0, 0], "pose": {"joints": {}, "seat": "\#(other).lap"}}"#
    }
    // A third character that sits on one of them is not part of the cycle.
    let (_, messages) = solved(one("c", "a", 2) + "," + one("a", "b", 0) + "," + one("b", "a", 1))
    #expect(
      messages == [
        #"scene.json:1:217: error: these sit on each other in a circle: "a" → "b" → "a"; let one of them sit on a prop or at a point instead"#
      ])
  }
}

extension PosedRig {
  /// Returns a joint's rotation relative to its parent.
  fileprivate func local(_ joint: JointName) -> Quaternion {
    let parent = joint.parent.map { modelFromJoint[$0.index].rotation } ?? .identity
    return parent.inverse * modelFromJoint[joint.index].rotation
  }
}
