import PoseRig
import SceneFiles
import TestSupport
import Testing

/// Returns where a bone of the rest pose points after its joint has turned.
private func turned(_ joint: JointName, _ degrees: [AngleName: Double], _ bone: Vector3) -> Vector3
{
  Anatomy.of(joint).rotation(degrees: degrees, side: joint.side).rotate(bone)
}

private func isClose(_ a: Vector3, _ b: Vector3) -> Bool { (a - b).length < 1e-9 }

@Suite struct AnatomyTests {
  let forward = Vector3.unitZ
  let down = -Vector3.unitY
  let left = Vector3.unitX

  @Test func armsHangAtZeroAndMakeTheTPoseAt90DegreesOfAbduction() {
    #expect(isClose(turned(.leftUpperArm, [:], left), down))
    #expect(isClose(turned(.leftUpperArm, [.abduction: 90], left), left))
    #expect(isClose(turned(.leftUpperArm, [.flexion: 90], left), forward))
    #expect(isClose(turned(.leftUpperArm, [.flexion: 180], left), -down))
  }

  @Test func kneesBendBackAndHipsForward() {
    #expect(isClose(turned(.leftLowerLeg, [.flexion: 90], down), -forward))
    #expect(isClose(turned(.leftUpperLeg, [.flexion: 90], down), forward))
    #expect(isClose(turned(.leftUpperLeg, [.abduction: 90], down), left))
  }

  @Test func palmsFaceDownAtRestAndFingersCurlIntoThem() {
    #expect(isClose(turned(.leftIndexProximal, [.flexion: 90], left), down))
    #expect(isClose(turned(.leftHand, [.flexion: 90], left), down))
    // Pronation moves the thumb, which is in front at rest, downward.
    #expect(isClose(turned(.leftLowerArm, [.rotation: 90], forward), down))
    #expect(isClose(turned(.leftLowerArm, [.flexion: 90], left), forward))
  }

  @Test func headsTurnToTheirOwnLeft() {
    #expect(isClose(turned(.head, [.rotation: 90], forward), left))
    #expect(isClose(turned(.head, [.flexion: 90], -down), forward))
    #expect(isClose(turned(.head, [.lateralFlexion: 90], -down), left))
  }

  @Test(arguments: JointName.allCases)
  func equalAnglesAreEqualMovementsOnBothSides(_ joint: JointName) {
    let names = Anatomy.of(joint).degreesOfFreedom.map(\.name)
    let degrees = Dictionary(uniqueKeysWithValues: zip(names, [31.0, -17, 23]))
    let here = Anatomy.of(joint).rotation(degrees: degrees, side: joint.side)
    let there = Anatomy.of(joint.mirrored).rotation(degrees: degrees, side: joint.mirrored.side)
    if joint.side != .middle { #expect(here.mirrored == there) }
  }

  @Test(arguments: JointName.allCases)
  func namedAnglesAreRecoveredFromTheirRotation(_ joint: JointName) {
    var random = SplitMix64(seed: UInt64(joint.index))
    let anatomy = Anatomy.of(joint)
    for _ in 0..<20 {
      var degrees: [AngleName: Double] = [:]
      for freedom in anatomy.degreesOfFreedom {
        degrees[freedom.name] = Double.random(in: -80...80, using: &random)
      }
      let rotation = anatomy.rotation(degrees: degrees, side: joint.side)
      let back = anatomy.degrees(of: rotation, side: joint.side)
      for (name, angle) in degrees {
        #expect(abs((back[name] ?? .infinity) - angle) < 1e-6, "\(joint) \(name)")
      }
    }
  }

  @Test func everyDegreeOfFreedomHasALimitExceptTheHips() {
    for joint in JointName.allCases where joint != .hips {
      for freedom in Anatomy.of(joint).degreesOfFreedom {
        let range = JointLimits.standard.range(of: freedom.name, at: joint)
        #expect(range?.contains(0) == true, "\(joint) \(freedom.name)")
      }
    }
  }
}
