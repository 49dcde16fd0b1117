import Foundation
import SceneFiles

@testable import PoseRig

/// Generated motions with known feet: when they stand, how high, and how far they slide.
struct MadeUpSteps {
  /// The skeleton that the formulas move.
  static let rig = Mannequin.female.body.rig

  /// The offsets of ankles and hips from the T-pose, in meters.
  struct Moment {
    var feet: [Vector3]
    var hips: Vector3
  }

  /// Returns a motion from moments, with flat feet and the knees in front.
  static func motion(
    lasting seconds: Double, frameRate: Double = 30,
    _ moment: @escaping @Sendable (Double) -> Moment
  ) -> PoseMotion {
    var motion = PoseMotion(name: "steps", duration: seconds, frameRate: frameRate) { time in
      pose(moment(time))
    }
    motion.skeleton = rig
    return motion
  }

  /// A walk along +Z: one step per half second; a foot stands for six tenths of each second.
  ///
  /// - Parameters:
  ///   - slide: the distance that a foot slides while it stands, in meters.
  ///   - float: the height of the soles above the ground while they stand.
  static func walk(
    slide: Double, float: Double = 0, stairs: Double = 0, seconds: Double = 3
  ) -> PoseMotion {
    motion(lasting: seconds) { time in
      let feet = [0.0, 0.5].map { shift in
        foot(time + shift, slide: slide, stairs: stairs) + Vector3(0, float, -shift)
      }
      return Moment(feet: feet, hips: Vector3(0, -0.06 + stairs * (time - 0.3), time - 0.3))
    }
  }

  /// A foot that steps one meter per second, and up by `stairs` with each step.
  private static func foot(_ time: Double, slide: Double, stairs: Double) -> Vector3 {
    let step = time.rounded(.down)
    let phase = time - step
    guard phase > 0.6 else { return Vector3(0, stairs * step, step + slide * phase / 0.6) }
    let share = (phase - 0.6) / 0.4
    let eased = share * share * (3 - 2 * share)
    return Vector3(
      0, stairs * (step + eased) + 0.12 * sin(.pi * share), step + slide + (1 - slide) * eased)
  }

  /// A jump in place, from 1 to 1.5 s; the soles are `height` meters high in the middle of it.
  static func jump(height: Double) -> PoseMotion {
    motion(lasting: 2.5) { time in
      let flight = time > 1 && time < 1.5 ? sin(.pi * (time - 1) / 0.5) : 0
      let up = Vector3(0, flight * height, 0)
      return Moment(feet: [up, up], hips: Vector3(0, -0.05, 0) + up)
    }
  }

  private static func pose(_ moment: Moment) -> Pose {
    var pose = Pose.rest
    pose.translation = moment.hips
    pose.legLength = rig.legLength
    for (side, offset) in zip(Side.both, moment.feet) {
      let foot = JointName(.foot, side)
      _ = LimbSolver(rig, end: foot, tip: .zero)
        .solve(&pose, target: rig[foot] + offset, pole: .unitZ)
      pose[foot] =
        PosedRig(rig: rig, pose: pose)
        .modelFromJoint[JointName(.lowerLeg, side).index].rotation.inverse
    }
    return pose
  }
}

/// The soles of a moving body, frame by frame.
struct SoleCourse {
  /// The lowest skin of each foot, by side and frame.
  var lowest: [[Double]] = [[], []]
  /// The ankles, by side and frame.
  var ankles: [[Vector3]] = [[], []]
  /// The knees' bend in degrees, by side and frame.
  var knees: [[Double]] = [[], []]

  init(_ motion: PoseMotion, on body: Body, rate: Double = 60) {
    let carriers = body.carriers()
    let feet = Side.both.map { side in
      carriers.indices.filter {
        [JointName(.foot, side), JointName(.toes, side)].contains(carriers[$0])
      }
    }
    for frame in 0..<motion.frameCount(at: rate) {
      let pose = motion.pose(at: Double(frame) / rate)
      let posed = PosedRig(body: body, pose: pose)
      let skin = Skinning.pose(body, posed, pose: pose, withNormals: false).positions
      for (index, side) in Side.both.enumerated() {
        lowest[index].append(feet[index].map { Double(skin[$0].y) }.min() ?? 0)
        let (hip, knee, ankle) = (
          posed.position(of: JointName(.upperLeg, side)),
          posed.position(of: JointName(.lowerLeg, side)),
          posed.position(of: JointName(.foot, side))
        )
        ankles[index].append(ankle)
        let cosine = (knee - hip).dot(ankle - knee) / (knee - hip).length / (ankle - knee).length
        knees[index].append(acos(min(max(cosine, -1), 1)) * 180 / .pi)
      }
    }
  }

  /// Returns the horizontal distance of an ankle over some frames, from its first to its farthest
  /// position.
  func slide(_ side: Int, _ frames: ClosedRange<Int>) -> Double {
    let start = ankles[side][frames.lowerBound]
    return frames.map { (ankles[side][$0] - start).level.length }.max() ?? 0
  }
}
