import Foundation
import TestSupport
import Testing

@testable import PoseRig
@testable import SceneFiles

/// Hands that close around the surfaces that they touch.
@Suite struct WrapTests {
  /// A hand on a surface, as described by a scene.
  struct Touching: CustomTestStringConvertible, Sendable {
    var name: String
    var ana: String
    /// Whether the skin of a joint is within the fingers' reach.
    var isTouched: @Sendable (JointName) -> Bool
    /// Whether that skin is ben's.
    var isOther = false
    /// The bodies that it is tested on.
    var bodies = ["female", "male"]

    var testDescription: String { name }
  }

  private static let cases = [
    Touching(
      name: "forearm",
      ana: #""base": "stand", "reach": {"rightHand": {"at": "self.leftLowerArm"WRAP}}"#,
      isTouched: { $0 == .leftLowerArm || $0 == .leftUpperArm }, bodies: ["female"]),
    Touching(
      name: "own shoulder",
      ana: #""base": "stand", "reach": {"rightHand": {"at": "self.leftUpperArm"WRAP}}"#
    ) { $0.kind != .hand && $0.side != .right && $0.kind.finger == nil },
    Touching(
      name: "knee",
      ana: #""base": "sit-chair", "reach": {"rightHand": {"at": "self.rightLowerLeg"WRAP}}"#
    ) { $0.kind == .upperLeg || $0.kind == .lowerLeg },
    Touching(
      name: "ben's hand",
      ana: #""base": "stand", "reach": {"rightHand": {"at": "ben.leftHand"WRAP}}"#,
      isTouched: { _ in true }, isOther: true),
    Touching(
      name: "ben's shoulder",
      ana: #""base": "stand", "reach": {"rightHand": {"at": "ben.leftUpperArm"WRAP}}"#,
      isTouched: { _ in true }, isOther: true),
  ]

  private func posed(_ touching: Touching, wraps: Bool, body: String) throws -> PosedScene {
    let pose = touching.ana.replacingOccurrences(of: "WRAP", with: wraps ? #", "wrap": true"# : "")
    let text = """
      {"canvas": [256, 256], "characters": [
        {"id": "ana", "body": "\(body)", "pose": {\(pose)}},
        {"id": "ben", "body": "male", "pose": "stand", "position": [-0.62, 0, 0.08]}]}
      """
    let loader = Fixture.libraryLoader(["scene.json": text])
    let reading = try SceneReader.read("scene.json", loader: loader).get()
    let scene = try #require(reading.scene, "\(reading.diagnostics.map(\.description))")
    return try #require(SceneSolver.solve(scene))
  }

  /// Returns the distance of each finger of the right hand from the skin that it touches, in
  /// meters; negative inside, according to the winding number of all triangles of that skin.
  private func gaps(_ posed: PosedScene, _ touching: Touching) throws -> [Double] {
    let ana = posed.characters[0]
    let other = posed.characters[touching.isOther ? 1 : 0]
    let carriers = other.body.carriers()
    let points = other.bodySurface.positions
    let triangles = other.bodySurface.triangles.filter { corners in
      (0..<3).contains { touching.isTouched(carriers[Int(corners[$0])]) }
    }
    return Finger.allCases.map { finger in
      var nearest = Double.infinity
      for (point, joint) in zip(ana.bodySurface.positions, ana.body.carriers())
      where joint.side == .right && finger.joints.contains(joint.kind) {
        var (distance, winding) = (Double.infinity, 0.0)
        for corners in triangles {
          let (a, b, c) = (
            points[Int(corners.x)] - point, points[Int(corners.y)] - point,
            points[Int(corners.z)] - point
          )
          distance = min(distance, Self.distance(a, b, c))
          let (la, lb, lc) = (a.length, b.length, c.length)
          let below = la * lb * lc + a.dot(b) * lc + b.dot(c) * la + c.dot(a) * lb
          winding += Double(2 * atan2(a.dot(b.cross(c)), below))
        }
        nearest = min(nearest, winding > 2 * .pi ? -distance : distance)
      }
      return nearest
    }
  }

  /// Returns the distance of the origin from a triangle, estimated from samples of it.
  private static func distance(
    _ a: SIMD3<Float>, _ b: SIMD3<Float>, _ c: SIMD3<Float>
  ) -> Double {
    guard min(a.length, b.length, c.length) < 0.03 else { return Double(min(a.length, b.length)) }
    var nearest = Float.infinity
    for u in 0...8 {
      for v in 0...(8 - u) {
        nearest = min(nearest, (a + (b - a) * (Float(u) / 8) + (c - a) * (Float(v) / 8)).length)
      }
    }
    return Double(nearest)
  }

  private static let pairs = Sampling.some(
    cases.flatMap { touching in touching.bodies.map { (touching, $0) } }, oneIn: 2)

  @Test(arguments: pairs)
  func fingersLieOnTheSurfaceThatThePalmTouches(_ touching: Touching, _ body: String) throws {
    let flat = try gaps(posed(touching, wraps: false, body: body), touching)
    let scene = try posed(touching, wraps: true, body: body)
    let wrapped = try gaps(scene, touching)
    print("wrap: \(touching.name), \(body): \(flat) before, \(wrapped)")
    // The male's thumb is up to 1.3 mm inside ben's hand and his own shoulder: no way of closing it
    // avoids that.
    withKnownIssue(isIntermittent: true) {
      #expect(wrapped.allSatisfy { $0 > -0.001 })
    } when: {
      ["ben's hand", "own shoulder"].contains(touching.name) && body == "male"
    }
    #expect(wrapped.allSatisfy { $0 > -0.0015 })
    let touches = wrapped.filter { $0 < 0.003 }.count
    #expect(touches >= 3 && touches >= flat.filter { abs($0) < 0.003 }.count)
    let ana = scene.characters[0]
    for joint in JointName.allCases where joint.isOfFinger {
      let frames = ana.posedRig.modelFromJoint
      let parent = try #require(joint.parent)
      let own = frames[parent.index].rotation.inverse * frames[joint.index].rotation
      let range = JointRange(joint, ana.body.rig.limits)
      #expect(range.excess(of: own).allSatisfy { $0.excess < 0.01 }, "\(joint)")
    }
  }

  @Test func aFootHasNoFingers() throws {
    let text = #"{"reach": {"leftFoot": {"at": [0, 0, 0], "wrap": true}}}"#
    let loader = Fixture.libraryLoader(["p.pose.json": text])
    let messages = try PoseFile.read("p.pose.json", loader: loader).get().diagnostics
    #expect(messages.contains { $0.description.contains(#"a foot has no "wrap""#) })
  }
}
