import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

/// Two characters that reach for each other.
@Suite struct MeetingTests {
  private func pair(
    _ ana: String, _ ben: String, apart: Double, heights: (Double, Double) = (1.65, 1.8)
  ) -> (PosedScene?, [String]) {
    Fixture.solved(
      characters: """
        {"id": "ana", "body": "female", "proportions": {"height": \(heights.0)},
         "position": [\(-apart / 2), 0, 0.05], "yaw": 90,
         "pose": {"base": "stand", "reach": {\(ana)}}},
        {"id": "ben", "body": "male", "proportions": {"height": \(heights.1)},
         "position": [\(apart / 2), 0, -0.05], "yaw": -90,
         "pose": {"base": "stand", "reach": {\(ben)}}}
        """)
  }

  /// Returns the distance between a palm and the skin at a body point, in meters.
  private func miss(
    _ scene: PosedScene, _ index: Int, _ hand: JointName, _ other: Int, _ part: String
  ) throws -> Double {
    let (own, owner) = (scene.characters[index], scene.characters[other])
    let palm = own.frame(of: hand).apply(own.palm(of: hand))
    let upperArm = try #require(hand.parent?.parent)
    let shoulder = own.position(of: upperArm)
    if let joint = JointName(rawValue: part) {
      return (owner.touch(joint, from: shoulder).point - palm).length
    }
    let named = try #require(BodyPoint.named(part))
    let touch = try #require(owner.touch(named, from: shoulder))
    return (touch.point - palm).length
  }

  @Test(
    "Arms about each other reach the backs of any two bodies, and feet stay",
    arguments: [
      (1.45, 1.45, 0.36), (1.5, 1.95, 0.38), (1.65, 1.8, 0.34), (1.95, 1.6, 0.38), (2, 2, 0.42),
    ])
  func hug(_ ana: Double, _ ben: Double, _ apart: Double) throws {
    let (scene, messages) = pair(
      #""leftHand": "ben.back", "rightHand": "ben.lowerBack""#,
      #""leftHand": "ana.lowerBack", "rightHand": "ana.back""#,
      apart: apart, heights: (ana, ben))
    let posed = try #require(scene, "\(messages)")
    let goals: [(Int, JointName, Int, String)] = [
      (0, .leftHand, 1, "back"), (0, .rightHand, 1, "lowerBack"),
      (1, .leftHand, 0, "lowerBack"), (1, .rightHand, 0, "back"),
    ]
    for (index, hand, other, part) in goals {
      #expect(try miss(posed, index, hand, other, part) < 0.01, "\(index) \(hand): \(messages)")
    }
    let (alone, _) = pair("", "", apart: apart, heights: (ana, ben))
    let standing = try #require(alone)
    for index in 0..<2 {
      for foot in [JointName.leftFoot, .rightFoot] {
        let moved =
          posed.characters[index].position(of: foot) - standing.characters[index].position(of: foot)
        #expect(moved.length < 1e-6)
      }
    }
  }

  @Test("Hands that reach for each other meet in between")
  func handInHand() throws {
    let (scene, messages) = pair(
      #""leftHand": "ben.rightHand""#, #""rightHand": "ana.leftHand""#, apart: 0.9)
    let posed = try #require(scene)
    #expect(messages.isEmpty)
    #expect(try miss(posed, 0, .leftHand, 1, "rightHand") < 0.001)
    let point = posed.characters[0].position(of: .leftHand)
    // Neither stretches all the way while the other one waits.
    #expect(abs(point.x) < 0.2)
  }

  @Test("An unknown point is reported even within a cycle")
  func unknown() {
    let (scene, messages) = pair(
      #""leftHand": "ben.leftShoulderBlad""#, #""leftHand": "ana.back""#, apart: 0.4)
    #expect(scene == nil)
    #expect(messages.count == 1 && messages[0].contains(#"did you mean "leftShoulderBlade""#))
  }

  @Test("The order of the characters in the file changes nothing")
  func order() throws {
    func solved(_ isTurned: Bool) throws -> [String: Vector3] {
      let ana = """
        {"id": "ana", "body": "female", "position": [-0.2, 0, 0], "yaw": 90,
         "pose": {"reach": {"leftHand": "ben.rightHand", "rightHand": "ben.leftShoulderTop"}}}
        """
      let ben = """
        {"id": "ben", "body": "male", "position": [0.3, 0, 0], "yaw": -90,
         "pose": {"reach": {"rightHand": "ana.leftHand"}}}
        """
      let (scene, _) = Fixture.solved(characters: isTurned ? "\(ben), \(ana)" : "\(ana), \(ben)")
      let characters = try #require(scene).characters
      return Dictionary(
        uniqueKeysWithValues: characters.map { ($0.id, $0.position(of: .rightHand)) })
    }
    #expect(try solved(false) == solved(true))
  }

  @Test("Characters on a lap and under it hold each other")
  func lap() throws {
    let (scene, messages) = Fixture.solved(
      characters: """
        {"id": "ana", "body": "female", "yaw": 70,
         "pose": {"base": "sit-chair", "seat": "ben.lap", "reach": {"leftHand": "ben.rightShoulderTop"}}},
        {"id": "ben", "body": "male",
         "pose": {"base": "sit-chair", "seat": "props.chair.seat", "reach": {"leftHand": "ana.lowerBack"}}}
        """, props: #"{"id": "chair", "shape": "chair"}"#)
    let posed = try #require(scene, "\(messages)")
    #expect(try miss(posed, 0, .leftHand, 1, "rightShoulderTop") < 0.01, "\(messages)")
    #expect(try miss(posed, 1, .leftHand, 0, "lowerBack") < 0.01, "\(messages)")
    #expect(posed.characters[0].position(of: .hips).y > posed.characters[1].position(of: .hips).y)
  }

  @Test func derivativesOfSeveralCharactersEqualThoseOfWholePoses() throws {
    let group = try Self.group()
    let start: [Pose] = [.rest, .rest]
    let residuals = ReachGroupResiduals(
      group: group,
      figures: group.figures.map { $0.problem.residuals(from: .rest, given: .rest) }, at: start)
    var poses = start
    poses[0][.leftUpperArm] = Quaternion(rotationVector: Vector3(0.3, -1.9, 0.8))
    poses[1][.rightUpperArm] = Quaternion(rotationVector: Vector3(0.1, 1.4, 0.3))
    poses[1][.spine] = Quaternion(rotationVector: Vector3(0.2, 0.1, 0))
    var values: [Double] = []
    residuals.addValues(of: poses, to: &values)
    let step = 1e-6
    var derivatives: [Double] = []
    residuals.addDerivatives(at: poses, values, step: step, to: &derivatives)
    let count = residuals.variableCount
    #expect(derivatives.count == count * values.count)
    for variable in 0..<count {
      var steps = [Double](repeating: 0, count: count)
      steps[variable] = step
      var near: [Double] = []
      residuals.addValues(of: residuals.moved(poses, by: steps), to: &near)
      let column = derivatives[variable * values.count..<(variable + 1) * values.count]
      #expect(Array(column) == zip(near, values).map { ($0 - $1) / step })
    }
  }

  private static func group() throws -> ReachGroup {
    let bodies = [Mannequin.female.body, Mannequin.male.body]
    let yaws = [Double.pi / 2, -Double.pi / 2]
    let figures = bodies.indices.map { index in
      let hand = index == 0 ? JointName.leftHand : .rightHand
      var problem = ReachProblem(bodies[index].rig, [], linked: [hand])
      problem.trunk = TrunkShape(bodies[index])
      return ReachGroup.Figure(
        problem: problem,
        worldFromModel: Transform(
          rotation: Quaternion(angle: yaws[index], axis: .unitY),
          translation: Vector3(index == 0 ? -0.2 : 0.2, 0, 0)),
        trunk: TrunkShape(bodies[index]))
    }
    var target = ReachProblem.Target(
      joint: .leftHand, tip: Vector3(0.09, -0.02, 0), at: Vector3(0, 0, -0.1))
    target.facing = .init(own: -.unitY, way: .unitZ, weight: ReachProblem.touchWeight)
    var other = target
    other.joint = .rightHand
    return ReachGroup(
      figures: figures,
      links: [
        .init(figure: 0, target: target, owner: 1, carrier: .upperChest, palmFollows: true),
        .init(figure: 1, target: other, owner: 0, carrier: .leftHand, palmFollows: false),
      ])
  }
}
