/// Reads pose files and the poses written inside scenes (`docs/formats.md`).
struct PoseReader {
  static let keys = [
    "$schema", "name", "description", "base", "translation", "legLength", "joints", "face",
  ]

  let loader: FileLoader
  let limits: JointLimits
  let log: DiagnosticLog
  /// Every file read, in the order met.
  private(set) var inputs: [InputFile] = []
  /// Poses already read, so that a base shared by many is read and reported once.
  private var finished: [String: Pose?] = [:]

  init(loader: FileLoader, limits: JointLimits, log: DiagnosticLog) {
    self.loader = loader
    self.limits = limits
    self.log = log
  }

  /// The pose a `"pose"` or `"base"` names, seen from `file`; nil after reporting what is wrong.
  ///
  /// - Parameter chain: the pose files being read, outermost first, to find cycles of bases.
  mutating func pose(
    named name: String, from file: String, at location: SourceLocation, chain: [String] = []
  ) -> Pose? {
    guard let path = path(of: name, from: file) else {
      log.missingInput(
        file, location,
        "pose \"\(name)\" is no file name ending in .json, and there is no pose library here; "
          + "name a file, or give the folder of the library with --rigs")
      return nil
    }
    if chain.contains(path) {
      let cycle = (chain.drop { $0 != path } + [path]).joined(separator: " → ")
      log.error(file, location, "this base leads back to its own file: \(cycle); break the cycle")
      return nil
    }
    if let known = finished[path] { return known }
    let pose = readFile(path, named: name, from: file, at: location, chain: chain + [path])
    finished[path] = .some(pose)
    return pose
  }

  private func path(of name: String, from file: String) -> String? {
    if name.hasSuffix(".json") { return FilePath.resolve(name, besides: file) }
    return loader.rigsFolder.map { FilePath.normalized("\($0)/poses/\(name).pose.json") }
  }

  private mutating func readFile(
    _ path: String, named name: String, from file: String, at location: SourceLocation,
    chain: [String]
  ) -> Pose? {
    switch loader.read(path) {
    case .failure(let failure):
      log.missingInput(
        file, location, "cannot read pose \"\(name)\" (\(path)): \(failure.reason)")
      return nil
    case .success(let bytes):
      inputs.append(InputFile(name: name, bytes: bytes))
      do {
        return pose(in: try JSONParser.parse(bytes), file: path, chain: chain)
      } catch {
        log.error(path, error.location, error.message)
        return nil
      }
    }
  }

  /// The pose written at `node` of `file`.
  mutating func pose(in node: JSONNode, file: String, chain: [String] = []) -> Pose? {
    if case .object(let members) = node.value, members.contains(where: { $0.key == "characters" }) {
      log.error(file, node.location, "this is a scene file; a pose is needed here")
      return nil
    }
    guard let reader = ObjectReader(node, "a pose", allowed: Self.keys, file: file, log: log) else {
      return nil
    }
    _ = reader.string("name")
    _ = reader.string("description")
    var pose = Pose.rest
    if let base = reader.string("base"), let baseNode = reader.node("base") {
      guard let basePose = self.pose(named: base, from: file, at: baseNode.location, chain: chain)
      else { return nil }
      pose = basePose
    }
    if let translation = reader.vector("translation", in: -100...100) {
      pose.translation = translation
      pose.legLength = nil
    }
    if let leg = reader.number("legLength", in: 0.01...100, "metres") { pose.legLength = leg }
    if let joints = reader.node("joints") { readJoints(joints, of: reader, into: &pose) }
    if let face = reader.node("face") { readFace(face, of: reader, into: &pose) }
    return pose
  }

  /// The pose of one frame of a clip. Captured motion strays beyond joints' ranges; nobody wants to hear of every frame.
  func frame(in node: JSONNode, file: String) -> Pose? {
    let quiet = DiagnosticLog()
    var reader = PoseReader(loader: loader, limits: limits, log: quiet)
    let pose = reader.pose(in: node, file: file)
    for diagnostic in quiet.diagnostics where diagnostic.severity == .error {
      log.error(diagnostic.file, diagnostic.location, diagnostic.message)
    }
    return quiet.hasErrors ? nil : pose
  }

  private func readFace(_ node: JSONNode, of parent: ObjectReader, into pose: inout Pose) {
    let names = FaceExpression.all.map(\.name)
    guard
      let reader = ObjectReader(
        node, "\"face\"", keyKind: "expression", allowed: names, file: parent.file, log: log)
    else { return }
    for name in names {
      if let value = reader.number(name, in: 0...1) { pose.face[name] = value }
    }
  }

  private func readJoints(_ node: JSONNode, of parent: ObjectReader, into pose: inout Pose) {
    let names = JointName.allCases.map(\.rawValue)
    guard
      let reader = ObjectReader(
        node, "\"joints\"", keyKind: "joint", allowed: names,
        allowedText: JointName.allNamesInShort, file: parent.file, log: log)
    else { return }
    for joint in JointName.allCases {
      guard let value = reader.node(joint.rawValue) else { continue }
      if let rotation = rotation(of: joint, at: value, file: parent.file, reader: reader) {
        pose[joint] = rotation
      }
    }
  }

  /// A joint's rotation: named angles, `[x, y, z]` Euler degrees or `{"quaternion": [x, y, z, w]}`.
  private func rotation(
    of joint: JointName, at node: JSONNode, file: String, reader: ObjectReader
  ) -> Quaternion? {
    switch node.value {
    case .array:
      guard
        let angles = reader.numbers(
          node, joint.rawValue, named: ["x", "y", "z"], in: -360...360, "degrees")
      else { return nil }
      let rotation = Quaternion(
        intrinsicXYZ: Vector3(angles[0], angles[1], angles[2]) * (.pi / 180))
      warnBeyondLimits(rotation, of: joint, at: node.location, file: file)
      return rotation
    case .object(let members) where members.contains { $0.key == "quaternion" }:
      return quaternion(of: joint, at: node, file: file)
    case .object:
      return namedAngles(of: joint, at: node, file: file)
    default:
      log.error(
        file, node.location,
        "\(joint.rawValue) must be angles like {\"\(exampleAngle(joint))\": 20}, "
          + "Euler degrees [x, y, z] or {\"quaternion\": [x, y, z, w]}, not \(node.kind)")
      return nil
    }
  }

  private func exampleAngle(_ joint: JointName) -> String {
    Anatomy.of(joint).degreesOfFreedom.first?.name ?? "rotation"
  }

  private func quaternion(of joint: JointName, at node: JSONNode, file: String) -> Quaternion? {
    guard
      let reader = ObjectReader(
        node, joint.rawValue, allowed: ["quaternion"], file: file, log: log),
      let q = reader.numbers("quaternion", named: ["x", "y", "z", "w"], in: -1.01...1.01)
    else { return nil }
    let quaternion = Quaternion(x: q[0], y: q[1], z: q[2], w: q[3])
    let length = (quaternion.components * quaternion.components).sum().squareRoot()
    guard abs(length - 1) < 0.01 else {
      reader.error("quaternion", "a rotation's quaternion has length 1; this one has \(length)")
      return nil
    }
    warnBeyondLimits(quaternion.normalized, of: joint, at: node.location, file: file)
    return quaternion.normalized
  }

  private func namedAngles(of joint: JointName, at node: JSONNode, file: String) -> Quaternion? {
    let anatomy = Anatomy.of(joint)
    let names = anatomy.degreesOfFreedom.map(\.name)
    guard
      let reader = ObjectReader(
        node, joint.rawValue, allowed: names + ["quaternion"], file: file, log: log)
    else { return nil }
    var degrees: [String: Double] = [:]
    for name in names {
      guard let value = reader.number(name, in: -360...360, "degrees") else { continue }
      degrees[name] = value
      guard let range = limits.range(of: name, at: joint), !range.contains(value) else { continue }
      log.warning(
        file, reader.node(name)?.location,
        "\(joint.rawValue) \(name) is \(plain(value))°; "
          + "this joint goes from \(plain(range.lowerBound))° to \(plain(range.upperBound))°")
    }
    return anatomy.rotation(degrees: degrees, side: joint.side)
  }

  /// Half a degree of slack, since Euler angles and quaternions come rounded.
  private func warnBeyondLimits(
    _ rotation: Quaternion, of joint: JointName, at location: SourceLocation, file: String
  ) {
    let anatomy = Anatomy.of(joint)
    let readings = anatomy.equivalentDegrees(of: rotation, side: joint.side)
    func excess(_ degrees: [String: Double]) -> [(String, Double)] {
      anatomy.degreesOfFreedom.compactMap { freedom in
        guard let angle = degrees[freedom.name],
          let range = limits.range(of: freedom.name, at: joint),
          angle < range.lowerBound - 0.5 || angle > range.upperBound + 0.5
        else { return nil }
        return (freedom.name, angle)
      }
    }
    let found = readings.map(excess)
    guard !found.contains(where: \.isEmpty), let worst = found.first else { return }
    let list = worst.map { "\($0.0) \(Int($0.1.rounded()))°" }.joined(separator: ", ")
    log.warning(file, location, "\(joint.rawValue) turns further than this joint goes: \(list)")
  }
}
