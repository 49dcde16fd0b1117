public import PoseRig

/// Writes pose and clip files in the canonical layout. Numbers have at most four decimals,
/// quaternions six.
public enum PoseWriter {
  /// Returns a pose file's text. Imports write quaternions, which lose nothing; `named` writes
  /// anatomical angles if they are as exact.
  public static func text(
    of pose: Pose, name: String? = nil, description: String? = nil, named: Bool = false
  ) -> String {
    CanonicalLayout.text(
      of: .object(
        title("name", name) + title("description", description) + members(of: pose, named: named)))
  }

  /// Returns a clip file's text: one frame per line.
  public static func text(of poses: [Pose], frameRate: Double, name: String? = nil) -> String {
    let frames = poses.map { JSONValue.object(members(of: $0, named: false)) }
    return CanonicalLayout.text(
      of: .object(
        title("name", name) + [
          .init(key: "frameRate", value: .number((frameRate * 1000).rounded() / 1000)),
          .init(key: "frames", value: .list(frames)),
        ]))
  }

  /// Returns a pose as the value of a scene's `"pose"`.
  public static func value(of pose: Pose, named: Bool = false) -> JSONValue {
    .object(members(of: pose, named: named))
  }

  /// Returns a joint's rotation as a pose file's value: anatomical angles if they express it fully,
  /// otherwise a quaternion.
  package static func value(of rotation: Quaternion, _ joint: JointName) -> JSONValue {
    angles(of: rotation, joint) ?? .members(["quaternion": .numbers(saved(rotation))])
  }

  private static func title(_ key: String, _ text: String?) -> [JSONValue.Member] {
    text.map { [.init(key: key, value: .string($0))] } ?? []
  }

  private static func members(of pose: Pose, named: Bool) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if pose.translation != .zero {
      let t = pose.translation
      members.append(.init(key: "translation", value: .rounded([t.x, t.y, t.z])))
      if let leg = pose.legLength { members.append(.init(key: "legLength", value: .rounded(leg))) }
    }
    members.append(.init(key: "joints", value: .object(joints(of: pose, named: named))))
    members += GoalWriter.members(of: pose.goals)
    if !pose.face.isEmpty {
      let face = pose.face.sorted { $0.key < $1.key }
        .map { JSONValue.Member(key: $0.key, value: .rounded($0.value)) }
      members.append(.init(key: "face", value: .object(face)))
    }
    return members
  }

  private static func joints(of pose: Pose, named: Bool) -> [JSONValue.Member] {
    JointName.allCases.compactMap { joint in
      let rotation = pose[joint]
      // A rotation below a thousandth of a degree is none.
      guard rotation.angle > 1.7e-5 else { return nil }
      if named { return .init(key: joint.rawValue, value: value(of: rotation, joint)) }
      return .init(
        key: joint.rawValue, value: .members(["quaternion": .numbers(saved(rotation))]))
    }
  }

  /// Returns the components of a rotation, rounded so that reading and saving them again gives
  /// equal numbers: a file that is opened and saved must not change in its last digits.
  private static func saved(_ rotation: Quaternion) -> [Double] {
    func rounded(_ rotation: Quaternion) -> [Double] {
      let c = rotation.components * (rotation.w < 0 ? -1 : 1)
      return [c.x, c.y, c.z, c.w].map { Double(DecimalText.rounded($0, 6)) ?? $0 }
    }
    var numbers = rounded(rotation)
    // Rounded components no longer have length 1, and reading normalizes them. A few rounds
    // converge.
    for _ in 0..<8 {
      let again = rounded(
        Quaternion(x: numbers[0], y: numbers[1], z: numbers[2], w: numbers[3]).normalized)
      if again == numbers { break }
      numbers = again
    }
    return numbers
  }

  /// Returns the joint's named angles to a hundredth of a degree; nil if they do not express the
  /// whole rotation.
  private static func angles(of rotation: Quaternion, _ joint: JointName) -> JSONValue? {
    let anatomy = Anatomy.of(joint)
    let degrees = JointRange(joint, .standard).degrees(of: rotation)
      .mapValues { ($0 * 100).rounded() / 100 }
    let again = anatomy.rotation(degrees: degrees, side: joint.side)
    guard (again.inverse * rotation).angle < 5e-4 else { return nil }
    return .object(
      anatomy.degreesOfFreedom.compactMap { freedom in
        guard let angle = degrees[freedom.name], angle != 0 else { return nil }
        return .init(key: freedom.name.rawValue, value: .rounded(angle))
      })
  }
}
