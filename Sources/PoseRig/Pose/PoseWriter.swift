#if canImport(Glibc)
  internal import Glibc
#endif

/// Writes pose and clip files in the one layout that diffs well: joints in skeleton order, one a line, fixed decimals.
public enum PoseWriter {
  /// A pose file's text. Imports write quaternions, which lose nothing; `named` writes a clinician's angles where these say the same.
  public static func text(
    of pose: Pose, name: String? = nil, description: String? = nil, named: Bool = false
  ) -> String {
    var members: [String] = []
    if let name { members.append("\"name\": \(quoted(name))") }
    if let description { members.append("\"description\": \(quoted(description))") }
    return canonical(members + self.members(of: pose, named: named))
  }

  /// A clip file's text: a frame a line.
  public static func text(of poses: [Pose], frameRate: Double, name: String? = nil) -> String {
    let frames = poses.map { "{\(members(of: $0, named: false).joined(separator: ", "))}" }
    let title = name.map { ["\"name\": \(quoted($0))"] } ?? []
    return canonical(
      title + [
        "\"frameRate\": \(number(frameRate, 3))",
        "\"frames\": [\(frames.joined(separator: ","))]",
      ])
  }

  private static func canonical(_ members: [String]) -> String {
    let text = "{\(members.joined(separator: ","))}"
    return CanonicalLayout.text(of: Array(text.utf8), file: "", log: DiagnosticLog()) ?? text
  }

  private static func members(of pose: Pose, named: Bool) -> [String] {
    var members = place(of: pose)
    members.append("\"joints\": {\(joints(of: pose, named: named).joined(separator: ", "))}")
    if !pose.face.isEmpty { members.append(face(of: pose)) }
    return members
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

  private static func joints(of pose: Pose, named: Bool) -> [String] {
    JointName.allCases.compactMap { joint in
      let rotation = pose[joint]
      // Less than a thousandth of a degree is no rotation.
      guard rotation.angle > 1.7e-5 else { return nil }
      if named, let angles = angles(of: rotation, joint) { return angles }
      let c = rotation.components * (rotation.w < 0 ? -1 : 1)
      let numbers = [c.x, c.y, c.z, c.w].map { number($0, 6) }.joined(separator: ", ")
      return "\"\(joint.rawValue)\": {\"quaternion\": [\(numbers)]}"
    }
  }

  /// The joint's named angles to a hundredth of a degree; nil where they do not say the whole rotation.
  private static func angles(of rotation: Quaternion, _ joint: JointName) -> String? {
    let anatomy = Anatomy.of(joint)
    let degrees = anatomy.degrees(of: rotation, side: joint.side)
      .mapValues { ($0 * 100).rounded() / 100 }
    let again = anatomy.rotation(degrees: degrees, side: joint.side)
    guard (again.inverse * rotation).angle < 5e-4 else { return nil }
    let members = anatomy.degreesOfFreedom.compactMap { freedom -> String? in
      guard let angle = degrees[freedom.name], angle != 0 else { return nil }
      return "\"\(freedom.name)\": \(number(angle, 2))"
    }
    return "\"\(joint.rawValue)\": {\(members.joined(separator: ", "))}"
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

  package static func quoted(_ text: String) -> String {
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
