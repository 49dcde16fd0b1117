internal import PoseRig

/// Reads `"joints"`: one rotation per joint, in any of its three forms (`docs/formats.md`).
struct JointReader {
  let limits: JointLimits
  let file: String
  let log: DiagnosticLog

  /// Reads every joint of `node`, the value of `"joints"`, into `pose`.
  func read(_ node: JSONNode, into pose: inout Pose) {
    let names = JointName.allCases.map(\.rawValue)
    guard
      let reader = ObjectReader(
        node, "\"joints\"", keyKind: "joint", allowed: names,
        allowedText: JointName.allNamesInShort, file: file, log: log)
    else { return }
    for joint in JointName.allCases {
      guard let value = reader.node(joint.rawValue) else { continue }
      if let rotation = rotation(of: joint, at: value, reader: reader) {
        pose[joint] = rotation
      }
    }
  }

  /// Reads a joint's rotation: named angles, `[x, y, z]` Euler degrees or `{"quaternion": [x, y, z,
  /// w]}`.
  private func rotation(
    of joint: JointName, at node: JSONNode, reader: ObjectReader
  ) -> Quaternion? {
    switch node.value {
    case .array:
      guard
        let angles = reader.numbers(
          node, joint.rawValue, named: ["x", "y", "z"], in: -360...360, "degrees")
      else { return nil }
      let rotation = Quaternion(
        intrinsicXYZ: Vector3(angles[0], angles[1], angles[2]) * (.pi / 180))
      warnBeyondLimits(rotation, of: joint, at: node.location)
      return rotation
    case .object(let members) where members.contains { $0.key == "quaternion" }:
      return quaternion(of: joint, at: node)
    case .object:
      return namedAngles(of: joint, at: node)
    default:
      log.error(
        .wrongType, file, node.location,
        "\(joint.rawValue) must be angles like {\"\(exampleAngle(joint))\": 20}, "
          + "Euler degrees [x, y, z] or {\"quaternion\": [x, y, z, w]}, not \(node.kind)")
      return nil
    }
  }

  private func exampleAngle(_ joint: JointName) -> String {
    Anatomy.of(joint).degreesOfFreedom.first?.name.rawValue ?? "rotation"
  }

  private func quaternion(of joint: JointName, at node: JSONNode) -> Quaternion? {
    guard
      let reader = ObjectReader(
        node, joint.rawValue, allowed: ["quaternion"], file: file, log: log),
      let q = reader.numbers("quaternion", named: ["x", "y", "z", "w"], in: -1.01...1.01)
    else { return nil }
    let quaternion = Quaternion(x: q[0], y: q[1], z: q[2], w: q[3])
    let length = (quaternion.components * quaternion.components).sum().squareRoot()
    guard abs(length - 1) < 0.01 else {
      reader.error(
        .invalidValue, "quaternion", "a rotation's quaternion has length 1; this one has \(length)")
      return nil
    }
    warnBeyondLimits(quaternion.normalized, of: joint, at: node.location)
    return quaternion.normalized
  }

  private func namedAngles(of joint: JointName, at node: JSONNode) -> Quaternion? {
    let anatomy = Anatomy.of(joint)
    let names = anatomy.degreesOfFreedom.map(\.name)
    guard
      let reader = ObjectReader(
        node, joint.rawValue, allowed: names.map(\.rawValue) + ["quaternion"], file: file, log: log)
    else { return nil }
    var degrees: [AngleName: Double] = [:]
    for name in names {
      guard let value = reader.number(name.rawValue, in: -360...360, "degrees") else { continue }
      degrees[name] = value
      guard let range = limits.range(of: name, at: joint), !range.contains(value) else { continue }
      log.warning(
        .beyondLimits, file, reader.node(name.rawValue)?.location,
        "\(joint.rawValue) \(name) is \(plain(value))°; "
          + "this joint goes from \(plain(range.lowerBound))° to \(plain(range.upperBound))°")
    }
    return anatomy.rotation(degrees: degrees, side: joint.side)
  }

  /// Allows half a degree of slack, since Euler angles and quaternions are rounded.
  private func warnBeyondLimits(
    _ rotation: Quaternion, of joint: JointName, at location: TextLocation
  ) {
    let range = JointRange(joint, limits)
    let worst = range.excess(of: rotation).filter { $0.excess > 0.5 }
    guard !worst.isEmpty else { return }
    let list = worst.map { "\(range.name(of: $0.freedom)) \(Int($0.angle.rounded()))°" }
      .joined(separator: ", ")
    log.warning(
      .beyondLimits, file, location, "\(joint.rawValue) turns farther than this joint goes: \(list)"
    )
  }
}
