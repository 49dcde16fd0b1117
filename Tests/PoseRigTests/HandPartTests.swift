import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Parts of hands that touch, the pressure of a touch, and hands that stretch.
@Suite struct HandPartTests {
  private func solved(_ pose: String, more: String = "") throws -> PosedScene {
    let (scene, messages) = Fixture.solved(
      characters: #"{"id": "a", "body": "male", "pose": \#(pose)}\#(more)"#)
    #expect(messages.isEmpty, "\(messages)")
    return try #require(scene)
  }

  @Test(
    "Each part of a hand reaches the point",
    arguments: PoseGoals.HandPart.allCases, ["leftHand", "rightHand"])
  func comes(_ part: PoseGoals.HandPart, _ hand: String) throws {
    let side = hand == "leftHand" ? 1.0 : -1.0
    let point = Vector3(0.25 * side, 1.3, 0.35)
    let scene = try solved(
      """
      {"base": "stand", "hands": {"both": "\(part == .knuckles ? "fist" : "open")"},
      "reach": {"\(hand)": {"at": [\(point.x), \(point.y), \(point.z)], "with": "\(part.rawValue)"}}}
      """)
    let one = try #require(scene.characters.first)
    let joint = try #require(JointName(rawValue: hand))
    let contact = one.contact(of: joint, part)
    #expect((one.frame(of: joint).apply(contact.tip) - point).length < 0.004)
    // The part is on the skin: a step outward leaves the body, a step inward does not.
    let normal = one.frame(of: joint).rotation.rotate(contact.normal)
    let tip = one.frame(of: joint).apply(contact.tip)
    #expect(!one.bodySurface.contains(tip + normal * 0.004))
    #expect(one.bodySurface.contains(tip - normal * 0.004))
  }

  @Test("A light touch leaves air, a firm one presses in")
  func pressure() throws {
    func gap(_ touch: String) throws -> Double {
      let scene = try solved(
        #"{"base": "stand", "reach": {"rightHand": {"at": "b.leftShoulderTop"\#(touch)}}}"#,
        more: #", {"id": "b", "body": "female", "pose": "stand", "position": [-0.1, 0, 0.5]}"#)
      let (one, other) = (scene.characters[0], scene.characters[1])
      let palm = one.frame(of: .rightHand).apply(one.palm(of: .rightHand))
      let top = try #require(BodyPoint.named("leftShoulderTop"))
      let touched = try #require(other.touch(top, from: palm))
      return (palm - touched.point).dot(try #require(touched.normal))
    }
    let (light, plain, firm) = (
      try gap(#", "touch": "light""#), try gap(""), try gap(#", "touch": "firm""#)
    )
    #expect(abs(plain) < 0.002)
    #expect(abs(light - plain - 0.004) < 0.002)
    #expect(abs(firm - plain + 0.007) < 0.002)
  }

  @Test(
    "A hand stretches toward a point by a share of the arm's length, wherever the figure stands")
  func stretches() throws {
    for (position, yaw) in [([0, 0, 0], 0), ([2, 0.5, -1], 70)] {
      let scene = try solved(
        #"""
        {"base": "stand", "reach": {"rightHand": {"toward": [3, 1.2, 6], "extent": 0.8}}},
        "position": \#(position), "yaw": \#(yaw)
        """#)
      let one = try #require(scene.characters.first)
      let shoulder = one.position(of: .rightUpperArm)
      let palm = one.frame(of: .rightHand).apply(one.palm(of: .rightHand))
      let way = try #require((Vector3(3, 1.2, 6) - shoulder).normalized)
      let rig = one.body.rig
      let length = rig.length(ofLimb: .rightHand) + one.palm(of: .rightHand).length
      #expect(abs((palm - shoulder).length / length - 0.8) < 0.015)
      #expect(try #require((palm - shoulder).normalized).dot(way) > 0.999)
    }
  }

  @Test(
    "Named directions are relative to the figure's own chest, and outward is toward the hand's side"
  )
  func words() throws {
    for (yaw, bow) in [(0, 0), (120, 20)] {
      let scene = try solved(
        #"""
        {"base": "stand", "bow": \#(bow), "reach": {
        "leftHand": {"toward": "out", "palm": "forward"},
        "rightHand": {"toward": ["out", "up"], "palm": "forward"}}}, "yaw": \#(yaw)
        """#)
      let one = try #require(scene.characters.first)
      let chest = one.frame(of: .upperChest).rotation.inverse
      func way(_ upper: JointName, _ hand: JointName) throws -> Vector3 {
        try #require(
          chest.rotate(one.position(of: hand) - one.position(of: upper)).normalized)
      }
      #expect(try way(.leftUpperArm, .leftHand).dot(.unitX) > 0.99)
      let diagonal = try #require(Vector3(-1, 1, 0).normalized)
      #expect(try way(.rightUpperArm, .rightHand).dot(diagonal) > 0.99)
      let palm = chest.rotate(one.frame(of: .leftHand).rotation.rotate(-.unitY))
      #expect(palm.dot(.unitZ) > 0.95)
    }
  }

  @Test("A trunk does not bend for a target that moves with it")
  func trunk() throws {
    // A child's arm cannot reach over such a head.
    let (scene, messages) = Fixture.solved(
      characters: #"""
        {"id": "a", "body": "female", "proportions": {"like": "chibi"},
        "pose": {"base": "stand", "reach": {"rightHand": {"at": "self.crown", "offset": [0, 0.6, 0]}}}}
        """#)
    let one = try #require(scene?.characters.first)
    #expect(messages.count == 1 && messages[0].contains("short of this point"), "\(messages)")
    for joint in TrunkShape.spine { #expect(one.rotation(of: joint).angle < 1e-6, "\(joint)") }
  }
}
