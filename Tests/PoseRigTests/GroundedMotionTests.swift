import Foundation
import SceneFiles
import Testing

@testable import PoseRig

@Suite struct GroundedMotionTests {
  /// The frames at 60 per second in which the left foot of a generated walk certainly stands: from
  /// a tenth of a second after it is set down until a tenth before it is lifted.
  private static let stands = [66...90, 126...150]

  private static let bodies = [Mannequin.female.body, Mannequin.male.body]

  @Test(arguments: bodies)
  func aFootThatStandsDoesNotSlide(_ body: Body) throws {
    let motion = MadeUpSteps.walk(slide: 0.04)
    let (before, after) = (
      SoleCourse(motion, on: body), SoleCourse(try #require(motion.grounded(on: body)), on: body)
    )
    for frames in Self.stands {
      // Two thirds of the time for which it stands.
      #expect(before.slide(0, frames) > 0.02)
      #expect(after.slide(0, frames) < 0.001)
    }
  }

  @Test(arguments: bodies)
  func solesLieOnTheFloorWhileTheyStand(_ body: Body) throws {
    let motion = MadeUpSteps.walk(slide: 0.02, float: 0.03)
    let (before, after) = (
      SoleCourse(motion, on: body), SoleCourse(try #require(motion.grounded(on: body)), on: body)
    )
    for frames in Self.stands {
      #expect(frames.allSatisfy { before.lowest[0][$0] > 0.02 })
      #expect(frames.allSatisfy { abs(after.lowest[0][$0]) < 0.003 })
    }
    #expect(after.lowest.allSatisfy { $0.allSatisfy { $0 > -0.003 } })
  }

  @Test func feetAreReleasedInTheAir() throws {
    let motion = MadeUpSteps.jump(height: 0.4)
    let body = Mannequin.male.body
    let after = SoleCourse(try #require(motion.grounded(on: body)), on: body)
    let scale = body.rig.legLength / MadeUpSteps.rig.legLength
    #expect(abs((after.lowest[0].max() ?? 0) - 0.4 * scale) < 0.01)
    #expect(abs((after.lowest[1].max() ?? 0) - 0.4 * scale) < 0.01)
    #expect((0...55).allSatisfy { abs(after.lowest[0][$0]) < 0.003 })
    // The ground is known without the frames that touch it: a still of the jump is in the air.
    let grounded = try #require(motion.grounded(on: body))
    let character = Character(
      id: "a", figure: .mannequin(.male, Proportions()), pose: grounded.pose(at: 1.25),
      motion: grounded, time: 1.25)
    let posed = try #require(SceneSolver.pose(character))
    #expect(abs(Double(posed.bodySurface.lowest) - 0.4 * scale) < 0.01)
  }

  @Test func stairsKeepTheirHeights() throws {
    let motion = MadeUpSteps.walk(slide: 0.02, stairs: 0.16)
    let body = Mannequin.male.body
    let scale = body.rig.legLength / MadeUpSteps.rig.legLength
    let after = SoleCourse(try #require(motion.grounded(on: body)), on: body)
    for (step, frames) in zip([1.0, 2], Self.stands) {
      #expect(after.slide(0, frames) < 0.001)
      let heights = frames.map { after.lowest[0][$0] - after.lowest[0][10] }
      #expect(heights.allSatisfy { abs($0 - 0.16 * step * scale) < 0.012 }, "\(heights)")
    }
  }

  @Test(arguments: bodies)
  func kneesDoNotSnap(_ body: Body) throws {
    let motion = MadeUpSteps.walk(slide: 0.04, float: 0.03)
    func jerk(_ motion: PoseMotion) -> Double {
      SoleCourse(motion, on: body).knees.flatMap { knees in
        zip(zip(knees, knees.dropFirst()), knees.dropFirst(2)).map { abs($0.0 - 2 * $0.1 + $1) }
      }.max() ?? 0
    }
    // The change in degrees per frame between successive frames.
    #expect(try jerk(#require(motion.grounded(on: body))) < jerk(motion) + 3)
  }

  @Test func aFrameDoesNotDependOnWhichFramesAreRequested() throws {
    let body = Mannequin.male.body
    let motion = MadeUpSteps.walk(slide: 0.03)
    let (one, other) = (
      try #require(motion.grounded(on: body)), try #require(motion.grounded(on: body))
    )
    let alone = one.pose(at: 1.7)
    for frame in (0...40).reversed() { _ = other.pose(at: Double(frame) / 16) }
    #expect(other.pose(at: 1.7) == alone)
    func place(_ frames: ClosedRange<Int>) throws -> [SIMD3<Float>] {
      let character = Character(
        id: "a", figure: .mannequin(.male, Proportions()), pose: one.pose(at: 0), motion: one)
      let scene = Scene(canvas: Canvas(width: 64, height: 64), characters: [character])
      var findings: [Finding] = []
      let sequence = try #require(
        SceneSequence(scene, frames: frames, rate: 30, findings: &findings))
      return try #require(sequence.posed(20)).characters[0].bodySurface.positions
    }
    #expect(try place(20...20) == place(0...60))
  }

  @Test func feetThatNeverStandAreNotHeld() {
    let body = Mannequin.female.body
    let still = PoseMotion(name: "", duration: 0, frameRate: 30) { _ in .rest }
    #expect(still.grounded(on: body) == nil)
    // On a treadmill, standing feet move back under the hips.
    let treadmill = MadeUpSteps.motion(lasting: 2) { time in
      let feet = [0.0, 0.5].map { (shift: Double) -> Vector3 in
        let phase = (time + shift).truncatingRemainder(dividingBy: 1)
        return Vector3(0, max(0, 0.1 * sin(4 * .pi * (phase - 0.5))), 0.3 * cos(2 * .pi * phase))
      }
      return .init(feet: feet, hips: Vector3(0, -0.08, 0))
    }
    #expect(treadmill.grounded(on: body) == nil)
  }
}
