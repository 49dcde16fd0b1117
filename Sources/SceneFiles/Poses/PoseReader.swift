internal import PoseRig

/// Reads pose files and the poses written inside scenes (`docs/formats.md`).
struct PoseReader {
  /// The keys that identify a file as a pose.
  static let ownKeys = Set(keys).subtracting([
    "$schema", "name", "description", "phrase", "tags", "view",
  ])

  static let keys =
    [
      "$schema", "name", "description", "phrase", "tags", "view", "base", "blend", "mirror",
      "translation", "legLength",
    ] + SpineReader.keys + [
      "gesture", "hands", "joints", "seat", "feet", "step", "reach", "look", "face",
    ]

  let documents: DocumentStore
  let limits: JointLimits
  let log: DiagnosticLog
  /// The expressions of the model that poses are read for, besides the human's.
  var modelExpressions: [String] = []
  /// The files read, in the order in which they were named.
  private(set) var inputs: [InputFile] = []
  /// The poses already read, so that a shared base is read and reported once.
  private var finished: [String: WrittenPose?] = [:]

  private var loader: FileLoader { documents.loader }

  init(documents: DocumentStore, limits: JointLimits, log: DiagnosticLog) {
    self.documents = documents
    self.limits = limits
    self.log = log
  }

  /// Returns the pose that a `"pose"` or `"base"` in `file` names; nil after reporting errors.
  ///
  /// - Parameter chain: the pose files being read, outermost first, to detect cycles of bases.
  mutating func pose(
    named name: String, from file: String, at location: TextLocation, chain: [String] = []
  ) -> WrittenPose? {
    guard let path = path(of: name, from: file) else {
      log.missingInput(
        .unreadable, file, location,
        "pose \"\(name)\" is not a file name ending in .json, and there is no pose library here; "
          + "name a file, or give the library's folder with --rigs")
      return nil
    }
    if chain.contains(path) {
      let cycle = (chain.drop { $0 != path } + [path]).joined(separator: " → ")
      log.error(
        .cycle, file, location, "this base leads back to the file itself: \(cycle); break the cycle"
      )
      return nil
    }
    // A model's own expressions are valid only for it.
    let key = ([path] + modelExpressions).joined(separator: "\n")
    if let known = finished[key] { return known }
    let pose = readFile(path, named: name, from: file, at: location, chain: chain + [path])
    finished[key] = .some(pose)
    return pose
  }

  func path(of name: String, from file: String) -> String? {
    if name.hasSuffix(".json") { return FilePath.resolve(name, besides: file) }
    return loader.rigsFolder.map { FilePath.normalized("\($0)/poses/\(name).pose.json") }
  }

  private mutating func readFile(
    _ path: String, named name: String, from file: String, at location: TextLocation,
    chain: [String]
  ) -> WrittenPose? {
    switch documents.document(at: path) {
    case .failure(.unreadable(let failure)):
      let library = loader.libraryPoses()
      let isMissing = !name.hasSuffix(".json") && !library.contains(name)
      log.missingInput(
        .unreadable, file, location,
        isMissing && !library.isEmpty
          ? Self.unknownPose(name, library)
          : "cannot read pose \"\(name)\" (\(path)): \(failure.reason)")
      return nil
    case .failure(.malformed(let diagnostic)):
      log.add(diagnostic)
      return nil
    case .success(let document):
      inputs.append(InputFile(name: name, bytes: document.bytes))
      return pose(in: document.root, file: path, chain: chain)
    }
  }

  /// Returns "there is no pose "sitting"; did you mean …? `posemap poses` lists them".
  private static func unknownPose(_ name: String, _ library: [String]) -> String {
    let kind = PoseCard.Kind(ofName: name)
    let names = library.filter { PoseCard.Kind(ofName: $0) == kind }.map(kind.bareName)
    let shown = kind.bareName(name)
    let hint = NearestName.hint(for: shown, among: names)
    let search = hint.isEmpty ? "; `posemap poses find WORDS` searches them" : ""
    return "there is no \(kind.noun) \"\(shown)\"; \(hint)`\(kind.command)` lists them" + search
  }

  /// Returns the pose written at `node` of `file`.
  mutating func pose(
    in node: JSONNode, file: String, chain: [String] = []
  ) -> WrittenPose? {
    if FileKind(of: node) == .scene {
      log.error(.wrongKind, file, node.location, "this is a scene file; a pose is needed here")
      return nil
    }
    guard let reader = ObjectReader(node, "a pose", allowed: Self.keys, file: file, log: log) else {
      return nil
    }
    reader.checkCard()
    guard var written = start(reader, chain: chain) else { return nil }
    if reader.boolean("mirror") == true { written = written.mirrored }
    let stance = written.pose
    readGestures(of: reader, chain: chain, into: &written)
    var pose = written.pose
    for limb in GoalReader.limbs(in: reader) {
      pose.freeCollarBone(of: limb)
      pose.forgetGestures(of: limb.side)
    }
    if let translation = reader.vector("translation", in: -100...100) {
      pose.translation = translation
      pose.legLength = nil
    }
    if let leg = reader.number("legLength", in: 0.01...100, "meters") { pose.legLength = leg }
    SpineReader(limits: limits, file: reader.file, log: log).read(reader, into: &pose)
    if let hands = reader.node("hands") { readHands(hands, of: reader, chain: chain, into: &pose) }
    if let joints = reader.node("joints") {
      JointReader(limits: limits, file: file, log: log).read(joints, into: &pose)
    }
    if let face = reader.node("face") { readFace(face, of: reader, chain: chain, into: &pose) }
    written.pose = pose
    GoalReader(file: file, log: log).read(reader, stance: stance, into: &written)
    return written
  }

  /// Returns the pose to start from: the base, a blend of several, or the T-pose.
  private mutating func start(_ reader: ObjectReader, chain: [String]) -> WrittenPose? {
    if let base = reader.string("base"), let node = reader.node("base") {
      if reader.has("blend") {
        reader.error(
          .conflict, "blend", "a pose has a \"base\" or a \"blend\", not both; blend the base too")
      }
      return pose(named: base, from: reader.file, at: node.location, chain: chain)
    }
    guard let node = reader.node("blend") else { return WrittenPose(pose: .rest) }
    guard case .array(let items) = node.value, !items.isEmpty else {
      log.error(
        .wrongType, reader.file, node.location,
        "\"blend\" is a list like [[\"walk\", 0.7], [\"run\", 0.3]]")
      return nil
    }
    let parts = items.map { part($0, of: reader, chain: chain) }
    return parts.contains { $0 == nil }
      ? nil : WrittenPose(pose: PoseBlend.mean(of: parts.compactMap(\.self)))
  }

  /// Reads one `["name", weight]` of a blend.
  private mutating func part(
    _ node: JSONNode, of reader: ObjectReader, chain: [String]
  ) -> (pose: Pose, weight: Double)? {
    guard case .array(let pair) = node.value, pair.count == 2,
      case .string(let name) = pair[0].value
    else {
      log.error(.wrongType, reader.file, node.location, "a part of a blend is [\"pose\", weight]")
      return nil
    }
    let weight = reader.number(pair[1], "the weight of \"\(name)\"", in: 0.001...1000, "")
    let pose = pose(named: name, from: reader.file, at: pair[0].location, chain: chain)
    guard let weight, let pose else { return nil }
    return (pose.pose, weight)
  }

  /// Reads `{"left": "fist"}`: the fingers of another pose; for a hand shape, those of its left
  /// hand on either side.
  private mutating func readHands(
    _ node: JSONNode, of parent: ObjectReader, chain: [String], into pose: inout Pose
  ) {
    let sides = ["both", "left", "right"]
    if case .string(let name) = node.value {
      log.error(
        .wrongType, parent.file, node.location,
        "\"hands\" must say which hand: {\"both\": \"\(name)\"}, or left and right")
      return
    }
    guard
      let reader = ObjectReader(node, "\"hands\"", allowed: sides, file: parent.file, log: log)
    else { return }
    for key in sides {
      guard let name = reader.string(key), let location = reader.node(key)?.location,
        let shape = self.pose(
          named: name.hasSuffix(".json") ? name : "hands/" + name, from: parent.file, at: location,
          chain: chain)?.pose
      else { continue }
      for joint in JointName.allCases where joint.isOfFinger && joint.side == .left {
        if key != "right" { pose[joint] = shape[joint] }
        if key != "left" { pose[joint.mirrored] = shape[joint].mirrored }
      }
    }
  }

  /// Returns the pose of one frame of a clip, without warnings about joint limits: captured motion
  /// exceeds them often.
  func frame(in node: JSONNode, file: String) -> WrittenPose? {
    let quiet = DiagnosticLog()
    var reader = PoseReader(documents: documents, limits: limits, log: quiet)
    let pose = reader.pose(in: node, file: file)
    for diagnostic in quiet.diagnostics where diagnostic.severity == .error {
      log.add(diagnostic)
    }
    return quiet.hasErrors ? nil : pose
  }

  /// Reads `{"smile": 0.8}`, an expression's name, or the name of a pose file with a face.
  private mutating func readFace(
    _ node: JSONNode, of parent: ObjectReader, chain: [String], into pose: inout Pose
  ) {
    let known = expressions(node, parent.file, isInFile: !chain.isEmpty)
    if case .string(let name) = node.value {
      if name.hasSuffix(".json") {
        let other = self.pose(named: name, from: parent.file, at: node.location, chain: chain)
        if let other { pose.face = other.pose.face }
      } else if known.contains(name) {
        pose.face = [name: 1]
      } else {
        log.error(
          .unknownName, parent.file, node.location,
          unknown("expression", name, allowed: known, context: "for \"face\""))
      }
      return
    }
    guard
      let reader = ObjectReader(
        node, "\"face\"", keyKind: "expression", allowed: known, file: parent.file, log: log)
    else { return }
    for name in known {
      if let value = reader.number(name, in: 0...1) { pose.face[name] = value }
    }
  }

  /// Returns the expressions that a face can name: the human's and the model's. A pose file might
  /// be made for another model and name that model's expressions.
  private func expressions(_ face: JSONNode, _ file: String, isInFile: Bool) -> [String] {
    let own = FaceExpression.all.map(\.name)
    let known = own + modelExpressions.filter { !own.contains($0) }
    guard isInFile else { return known }
    let written: [(name: String, location: TextLocation)] =
      switch face.value {
      case .string(let name) where !name.hasSuffix(".json"): [(name, face.location)]
      case .object(let members): members.map { ($0.key, $0.keyLocation) }
      default: []
      }
    let others = written.filter { name, _ in
      !known.contains(name) && NearestName.suggestion(for: name, among: known) == nil
    }
    // For a model, the error is reported where the character is read.
    if modelExpressions.isEmpty {
      for (name, location) in others {
        log.warning(
          .noEffect, file, location,
          "body human does not have the expression \"\(name)\"; it shows only on models that have it (`posemap inspect` lists theirs)"
        )
      }
    }
    return known + others.map(\.name)
  }
}
