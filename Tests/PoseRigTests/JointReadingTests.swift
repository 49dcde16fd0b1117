import PoseRig
import SceneFiles
import Testing

@Suite("The named angles of a rotation")
struct JointReadingTests {
  @Test("Angles within a joint's ranges come back as they are, wherever the arm points")
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
}
