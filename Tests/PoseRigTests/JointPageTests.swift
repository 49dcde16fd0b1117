import Foundation
import PoseRig
import TestSupport
import Testing

/// The page that lists the names of joints, expressions and points on the body.
@Suite struct JointPageTests {
  private static func page() throws -> String {
    try String(contentsOfFile: CommandRunner.repository + "/docs/joints.md", encoding: .utf8)
  }

  /// Returns the names in a section's code spans, with both sides for a `…`.
  private static func names(under heading: String) throws -> Set<String> {
    let section = try page().components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") }
    let spans = try #require(section).matches(of: /`([^`\n]+)`/).map { String($0.1) }
    return Set(
      spans.flatMap { span in
        span.hasPrefix("…") ? ["left", "right"].map { $0 + span.dropFirst() } : [span]
      })
  }

  @Test("docs/joints.md names every joint, with its angles")
  func joints() throws {
    let names = try Self.names(under: "Joints by everyday names")
    #expect(JointName.allCases.filter { !names.contains($0.rawValue) } == [])
    for line in try Self.page().split(separator: "\n") where line.hasPrefix("| ") {
      let cells = line.split(separator: "|").map(String.init)
      guard cells.count == 3,
        let name = cells[1].firstMatch(of: /`…?([A-Za-z]+)`/).map({ String($0.1) }),
        let joint = JointName(rawValue: name) ?? JointName(rawValue: "left" + name)
      else { continue }
      let angles = cells[2].matches(of: /`([a-zA-Z]+)`/).map { String($0.1) }
      #expect(angles == Anatomy.of(joint).degreesOfFreedom.map(\.name.rawValue), "\(name)")
    }
  }

  @Test("docs/joints.md names every expression and every point on the body")
  func expressionsAndLandmarks() throws {
    let expressions = try Self.names(under: "Expressions")
    #expect(FaceExpression.all.map(\.name).filter { !expressions.contains($0) } == [])
    let landmarks = try Self.names(under: "Landmarks")
    #expect(BodyPoint.all.map(\.name).filter { !landmarks.contains($0) } == [])
  }
}
