internal import PoseRig

/// Reads a character's `"pose"`: a pose, a pose file, a clip file, or the motion of another
/// program's model.
struct PoseSourceReader {
  /// The keys that a moment of a clip has and a pose does not.
  static let ownKeys = ["file", "clip", "time", "bones", "ground"]
  static let keys = ownKeys + GoalReader.momentKeys

  /// A pose, and the motion that it is a moment of.
  struct Source {
    var pose: WrittenPose
    var motion: PoseMotion?
    /// The pose's time within the motion, in seconds.
    var time = 0.0
    /// The location of the key that keeps feet on the ground, if there is one.
    var ground: TextLocation?

    init(pose: WrittenPose) { self.pose = pose }

    /// Starts at the beginning of a motion.
    ///
    /// - Parameter goals: the locations of the goals that its poses have.
    init(_ motion: PoseMotion, goals: [PoseGoals.Name: FileOrigin] = [:]) {
      pose = WrittenPose(pose: motion.pose(at: 0), goals: goals)
      self.motion = motion
    }
  }

  let file: String
  let documents: DocumentStore
  let log: DiagnosticLog
  /// The models and clip files read, in the order in which they were named.
  private(set) var inputs: [InputFile] = []

  init(file: String, documents: DocumentStore, log: DiagnosticLog) {
    self.file = file
    self.documents = documents
    self.log = log
  }

  /// Returns the pose or motion in `node`; nil after reporting errors.
  mutating func source(at node: JSONNode, poses: inout PoseReader) -> Source? {
    switch node.value {
    case .string(let name):
      if FileKind(named: name) == .foreign {
        return motion(MotionRequest(path: resolved(name)), name, at: node.location)
      }
      if let clip = clip(named: name, poses: &poses) {
        return clip
      }
      return poses.pose(named: name, from: file, at: node.location).map { Source(pose: $0) }
    case .object(let members) where members.contains { $0.key == "file" }:
      return moment(at: node, poses: &poses)
    case .object:
      return poses.pose(in: node, file: file).map { Source(pose: $0) }
    default:
      log.error(
        .wrongType, file, node.location,
        "\"pose\" must be a file name or a pose in { }, not \(node.kind)")
      return nil
    }
  }

  /// Reads `{"file": "walk.glb", "clip": "Run", "time": 1.25}`.
  private mutating func moment(at node: JSONNode, poses: inout PoseReader) -> Source? {
    guard
      let reader = ObjectReader(
        node, "a moment of a clip", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let time = reader.number("time", in: 0...86_400, "seconds") ?? 0
    guard let name = reader.string("file"), let location = reader.node("file")?.location else {
      return nil
    }
    var source: Source?
    if FileKind(named: name) == .foreign {
      let request = MotionRequest(
        path: resolved(name), clip: reader.string("clip"),
        bones: reader.string("bones").map { resolved($0) })
      source = motion(request, name, at: location)
    } else if let clip = clip(named: name, poses: &poses) {
      source = clip
    } else {
      source = poses.pose(named: name, from: file, at: location).map { Source(pose: $0) }
    }
    guard var source else { return nil }
    if let motion = source.motion {
      if time > motion.duration {
        log.warning(
          .beyondLimits, file, reader.node("time")?.location,
          "the clip lasts \(DecimalText.rounded(motion.duration, 3)) s; its last pose is used")
      }
      source.time = time
      source.pose.pose = motion.pose(at: time)
    }
    if reader.boolean("ground") == true { source.ground = reader.node("ground")?.location }
    lay(reader, over: &source, &poses)
    return source
  }

  /// Lays the gesture and the goals of a moment over every pose of its clip.
  private func lay(_ reader: ObjectReader, over source: inout Source, _ poses: inout PoseReader) {
    var own = WrittenPose(pose: .rest)
    poses.readGestures(of: reader, chain: [], into: &own)
    for limb in GoalReader.limbs(in: reader) { own.pose.forgetGestures(of: limb.side) }
    GoalReader(file: file, log: log).read(reader, stance: .rest, into: &own)
    source.pose.pose = source.pose.pose.overlaid(by: own.pose)
    source.pose.goals.merge(own.goals) { $1 }
    let laid = own.pose
    source.motion = source.motion?.mapped { pose, _ in pose.overlaid(by: laid) }
  }

  private func resolved(_ name: String) -> String { FilePath.resolve(name, besides: file) }

  private mutating func motion(
    _ request: MotionRequest, _ name: String, at location: TextLocation
  ) -> Source? {
    switch documents.loader.motion(request) {
    case .failure(let failure):
      log.missingInput(
        .unreadable, file, location, "cannot take the pose from \"\(name)\": \(failure.reason)")
      return nil
    case .success(let loaded):
      inputs.append(InputFile(name: name, bytes: loaded.bytes))
      for warning in loaded.warnings {
        log.warning(.doubtfulModel, file, location, "the motion of \"\(name)\": \(warning)")
      }
      return Source(loaded.motion)
    }
  }

  /// Returns the motion of a clip file; nil for another file, `.some(nil)` for a clip with errors.
  private mutating func clip(named name: String, poses: inout PoseReader) -> Source?? {
    guard name.hasSuffix(".json") else { return nil }
    let path = resolved(name)
    guard case .success(let document) = documents.document(at: path), document.kind == .clip
    else { return nil }
    inputs.append(InputFile(name: name, bytes: document.bytes))
    let clip = ClipReader(file: path, log: log).clip(in: document.root, named: name, poses: &poses)
    return .some(clip.map { Source($0.motion, goals: $0.goals) })
  }
}

/// Reads a clip file: poses at a frame rate.
struct ClipReader {
  static let keys = ["$schema", "name", "description", "frameRate", "frames"]

  let file: String
  let log: DiagnosticLog

  /// Returns the motion, and where its poses first have each goal; nil after reporting errors.
  func clip(
    in node: JSONNode, named name: String, poses: inout PoseReader
  ) -> (motion: PoseMotion, goals: [PoseGoals.Name: FileOrigin])? {
    guard let reader = ObjectReader(node, "a clip", allowed: Self.keys, file: file, log: log) else {
      return nil
    }
    _ = reader.string("description")
    let title = reader.string("name") ?? name
    guard reader.has("frameRate") else {
      reader.error(.missingKey, "frameRate", "a clip needs a \"frameRate\", in frames per second")
      return nil
    }
    guard let rate = reader.number("frameRate", in: PoseMotion.frameRates, "frames per second"),
      let list = reader.node("frames")
    else { return nil }
    guard case .array(let items) = list.value, !items.isEmpty else {
      log.error(.wrongType, file, list.location, "\"frames\" must be a list of at least one pose")
      return nil
    }
    if let fault = ClipLength.fault(frames: items.count) {
      log.error(.outOfRange, file, list.location, fault)
      return nil
    }
    let read = items.map { poses.frame(in: $0, file: file) }
    let frames = read.compactMap(\.self)
    guard frames.count == read.count else { return nil }
    var motion = PoseMotion(name: title, poses: frames.map(\.pose), frameRate: rate)
    // A clip does not specify its skeleton; most people's legs have similar proportions.
    motion.skeleton = Mannequin.female.body.rig
    return (
      motion, frames.reduce(into: [:]) { all, frame in all.merge(frame.goals) { old, _ in old } }
    )
  }
}
