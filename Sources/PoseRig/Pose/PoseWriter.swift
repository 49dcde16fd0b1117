#if canImport(Glibc)
  internal import Glibc
#endif

/// Writes pose and clip files in the one layout that diffs well: joints in skeleton order, one a line, fixed decimals.
public enum PoseWriter {
  /// A pose file's text.
  public static func text(of pose: Pose, name: String? = nil, description: String? = nil) -> String
  {
    var lines: [String] = []
    if let name { lines.append("  \"name\": \(quoted(name))") }
    if let description { lines.append("  \"description\": \(quoted(description))") }
    lines += place(of: pose).map { "  \($0)" }
    let joints = joints(of: pose).map { "    \($0)" }
    lines.append("  \"joints\": {\n\(joints.joined(separator: ",\n"))\n  }")
    if !pose.face.isEmpty { lines.append("  \(face(of: pose))") }
    return "{\n\(lines.joined(separator: ",\n"))\n}\n"
  }

  /// A clip file's text: a frame a line.
  public static func text(of poses: [Pose], frameRate: Double, name: String? = nil) -> String {
    let frames = poses.map { pose in
      var members = place(of: pose)
      members.append("\"joints\": {\(joints(of: pose).joined(separator: ", "))}")
      if !pose.face.isEmpty { members.append(face(of: pose)) }
      return "    {\(members.joined(separator: ", "))}"
    }
    let title = name.map { "  \"name\": \(quoted($0)),\n" } ?? ""
    return "{\n\(title)  \"frameRate\": \(number(frameRate, 3)),\n  \"frames\": [\n"
      + frames.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  private static func place(of pose: Pose) -> [String] {
    var members: [String] = []
    if pose.translation != .zero {
      let t = pose.translation
      members.append(
        "\"translation\": [\([t.x, t.y, t.z].map { number($0, 4) }.joined(separator: ", "))]")
      if let leg = pose.legLength { members.append("\"legLength\": \(number(leg, 4))") }
    }
    return members
  }

  private static func joints(of pose: Pose) -> [String] {
    JointName.allCases.compactMap { joint in
      let rotation = pose[joint]
      // Less than a thousandth of a degree is no rotation.
      guard rotation.angle > 1.7e-5 else { return nil }
      let c = rotation.components * (rotation.w < 0 ? -1 : 1)
      let numbers = [c.x, c.y, c.z, c.w].map { number($0, 6) }.joined(separator: ", ")
      return "\"\(joint.rawValue)\": {\"quaternion\": [\(numbers)]}"
    }
  }

  private static func face(of pose: Pose) -> String {
    let members = pose.face.sorted { $0.key < $1.key }.map { "\(quoted($0)): \(number($1, 4))" }
    return "\"face\": {\(members.joined(separator: ", "))}"
  }

  /// Rounded to some decimals, without zeros at the end.
  static func number(_ value: Double, _ decimals: Int) -> String {
    let factor = pow(10, Double(decimals))
    let units = Int((value * factor).rounded())
    if units == 0 { return "0" }
    var digits = String(abs(units))
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let fraction = digits.suffix(decimals).reversed().drop { $0 == "0" }.reversed()
    let whole = (units < 0 ? "-" : "") + digits.dropLast(decimals)
    return fraction.isEmpty ? whole : whole + "." + String(fraction)
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
