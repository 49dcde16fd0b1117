import MergeProperties
import PoseRig
import SceneFiles

/// Checks that saving a pose changes the intended lines and no others.
enum SaveCheck {
  /// Returns how often each property was tested and held, as for merges.
  static func run(_ poses: [Pose]) throws -> [MergeProperties.Count] {
    var same = MergeProperties.Count(property: "read and saved again is the same")
    var line = MergeProperties.Count(property: "a joint turned is one line of what is saved")
    var numbers = SeededNumbers(seed: 3)
    for pose in poses {
      for isNamed in [true, false] {
        let text = PoseWriter.text(of: pose, named: isNamed)
        let again = try read(text).map { PoseWriter.text(of: $0, named: isNamed) }
        same.note(again == text && !text.contains("-0,") && !text.contains("-0]")) {
          "\(text.prefix(80))"
        }
        guard var turned = try read(text) else { continue }
        let joint = JointName.allCases.filter { turned[$0].angle > 0.1 }
          .randomElement(using: &numbers)
        guard let joint else { continue }
        turned[joint] = turned[joint] * Quaternion(angle: 0.02, axis: .unitX)
        let lines = [text, PoseWriter.text(of: turned, named: isNamed)].map {
          $0.split(separator: "\n")
        }
        line.note(
          lines[0].count == lines[1].count && zip(lines[0], lines[1]).count { $0 != $1 } == 1
        ) { "\(joint) of \(text.prefix(80))" }
      }
    }
    return [same, line]
  }

  private static func read(_ text: String) throws -> Pose? {
    try PoseFile.read("x.pose.json", loader: FileLoader { _ in .success(Array(text.utf8)) }).get()
      .pose
  }
}
