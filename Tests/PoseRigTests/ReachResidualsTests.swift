import SceneFiles
import Testing

@testable import PoseRig

@Suite struct ReachResidualsTests {
  /// A hand that reaches, a foot that stands, and hips that can move.
  @Test func derivativesEqualThoseOfWholePoses() throws {
    let body = Mannequin.female.body
    var hand = ReachProblem.Target(
      joint: .leftHand, tip: Vector3(0.09, -0.02, 0), at: Vector3(0.2, 1.3, 0.4))
    hand.pole = Vector3(1, -0.7, 0.4)
    hand.facing = .init(
      own: -.unitY, way: Vector3(0, 0, -1), weight: ReachProblem.palmWeight)
    hand.fingers = .unitY
    var foot = ReachProblem.Target(joint: .rightFoot, tip: .zero, at: Vector3(-0.1, 0.08, 0.05))
    foot.rotation = .identity
    var problem = ReachProblem(body.rig, [hand, foot])
    problem.trunk = TrunkShape(body)
    problem.support = .zero
    let joints: [JointName] = [
      .leftShoulder, .leftUpperArm, .leftLowerArm, .leftHand, .rightUpperLeg, .rightLowerLeg,
      .rightFoot, .spine, .chest, .upperChest, .hips,
    ]
    let residuals = ReachResiduals(
      problem: problem, start: .rest, variables: PoseVariables(joints, movesHips: true),
      movesHips: true, ranges: joints.map { JointRange($0, body.rig.limits) },
      slack: joints.map { _ in 0 }, emphasis: .init(stiffness: 1, points: 1, turns: 1))
    var pose = Pose.rest
    pose[.leftUpperArm] = Quaternion(rotationVector: Vector3(0.3, -1.9, 0.8))
    pose[.leftLowerArm] = Quaternion(rotationVector: Vector3(0, -1.2, 0.1))
    pose[.rightUpperLeg] = Quaternion(rotationVector: Vector3(-0.7, 0.1, 0))
    pose[.hips] = Quaternion(rotationVector: Vector3(0.1, 0.2, 0))

    let step = 1e-6
    var values: [Double] = []
    residuals.addValues(of: pose, to: &values)
    var derivatives: [Double] = []
    residuals.addDerivatives(at: pose, values, step: step, to: &derivatives)
    #expect(derivatives.count == residuals.variables.count * values.count)
    for variable in 0..<residuals.variables.count {
      var steps = [Double](repeating: 0, count: residuals.variables.count)
      steps[variable] = step
      var near: [Double] = []
      residuals.addValues(of: residuals.variables.moved(pose, by: steps), to: &near)
      let column = derivatives[variable * values.count..<(variable + 1) * values.count]
      // Equal to the last bit: a pose must not depend on how its derivatives were found.
      #expect(Array(column) == zip(near, values).map { ($0 - $1) / step })
    }
  }
}
