import SceneFiles
import TestSupport
import Testing

@testable import PoseRig

@Suite("The named angles of a rotation")
struct JointReadingTests {
  @Test("Angles within a joint's ranges are recovered unchanged, wherever the arm points")
  func readings() throws {
    for joint in JointName.allCases {
      let anatomy = Anatomy.of(joint)
      let names = anatomy.degreesOfFreedom.map(\.name)
      for step in 0..<64 {
        var degrees: [AngleName: Double] = [:]
        for (index, name) in names.enumerated() {
          let range = JointLimits.standard.range(of: name, at: joint) ?? -180...180
          let share = [0.1, 0.37, 0.63, 0.9][(step >> (2 * index)) & 3]
          degrees[name] = range.lowerBound + share * (range.upperBound - range.lowerBound)
        }
        let rotation = anatomy.rotation(degrees: degrees, side: joint.side)
        let range = JointRange(joint, .standard)
        let read = range.degrees(of: rotation)
        let again = anatomy.rotation(degrees: read, side: joint.side)
        #expect((again.inverse * rotation).angle < 1e-6, "\(joint) \(degrees)")
        for name in names {
          let limits = JointLimits.standard.range(of: name, at: joint) ?? -360...360
          let angle = try #require(read[name])
          #expect(
            angle > limits.lowerBound - 1e-6 && angle < limits.upperBound + 1e-6,
            "\(joint) \(name) \(angle): \(degrees)")
        }
      }
    }
  }

  @Test("A forearm turned past a right angle is not mistaken for an elbow bent backward")
  func turnedForearm() {
    let anatomy = Anatomy.of(.leftLowerArm)
    let rotation = anatomy.rotation(degrees: [.flexion: 40, .rotation: 93], side: .left)
    let read = anatomy.degrees(of: rotation, side: .left)
    #expect(abs((read[.flexion] ?? 0) - 40) < 1e-6 && abs((read[.rotation] ?? 0) - 93) < 1e-6)
    #expect(JointRange(.leftLowerArm, .standard).excess(of: rotation).isEmpty)
  }

  @Test("Any rotation is clamped to the ranges, and one within them is unchanged")
  func settled() throws {
    var random = SplitMix64(seed: 8)
    let joints = JointName.allCases.filter { $0 != .hips }
    for joint in joints {
      let anatomy = Anatomy.of(joint)
      let range = JointRange(joint, .standard)
      for round in 0..<12 {
        // In every third rotation, the middle angle is near its pole, where the outer two are
        // ambiguous.
        var degrees = anatomy.degreesOfFreedom.map { _ in
          Double.random(in: -170...170, using: &random)
        }
        if degrees.count == 3, round % 3 == 0 {
          degrees[1] = Double.random(in: 78...90, using: &random)
        }
        let wild = anatomy.rotation(degreesInOrder: degrees, side: joint.side)
        let settled = range.settled(wild)
        for (name, angle) in range.degrees(of: settled) {
          let ends = JointLimits.standard.range(of: name, at: joint) ?? -360...360
          #expect(
            angle > ends.lowerBound - 1e-4 && angle < ends.upperBound + 1e-4,
            "\(joint) \(name) \(angle) of \(degrees)")
        }
        #expect((range.settled(settled).inverse * settled).angle < 1e-6, "\(joint) \(degrees)")
      }
    }
  }
}
