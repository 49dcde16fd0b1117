public import PoseRig

/// Reads a scene file and the files that it names (`docs/formats.md`).
public struct SceneReader {
  static let keys = [
    "$schema", "name", "description", "profile", "canvas", "prompt", "negative", "seed", "camera",
    "cameras", "plate", "characters", "arrange", "props", "wind", "lights", "maps",
  ]

  private let file: String
  private let documents: DocumentStore
  private let log: DiagnosticLog
  private var characters: CharacterReader
  private var props: PropReader
  private var source: SceneSource
  /// The profile that the caller requests instead of the file's.
  private let profile: Profile?
  /// The name of the camera that the caller chooses; nil for the file's own choice.
  private let camera: String?

  /// The result of reading a scene.
  public struct Result {
    /// The scene; nil if the files have errors.
    public var scene: Scene?
    /// The files and locations of the scene's parts, for findings about them.
    public var source: SceneSource
    /// The scene file and every file read because of it, in the order in which they were named.
    public var inputs: [InputFile]
    /// All errors and warnings by file, in the order of their locations.
    public var diagnostics: [Diagnostic]
  }

  /// Reads the scene at `path` with everything that it refers to. A `profile` overrides the file's,
  /// and the canvas is fitted to its sizes; `camera` names one of the scene's cameras.
  public static func read(
    _ path: String, loader: FileLoader, profile: Profile? = nil, camera: String? = nil,
    limits: JointLimits = .standard
  ) -> Swift.Result<Result, UnreadableFile> {
    read(path, in: DocumentStore(loader), profile: profile, camera: camera, limits: limits)
  }

  /// Reads a scene from the documents of a run.
  static func read(
    _ path: String, in documents: DocumentStore, profile: Profile?, camera: String? = nil,
    limits: JointLimits
  ) -> Swift.Result<Result, UnreadableFile> {
    let log = DiagnosticLog()
    var reader = SceneReader(
      file: path, documents: documents, profile: profile, camera: camera, limits: limits, log: log)
    var scene: Scene?
    var inputs: [InputFile] = []
    switch documents.document(at: path) {
    case .failure(.unreadable(let failure)): return .failure(failure)
    case .failure(.malformed(let diagnostic)): log.add(diagnostic)
    case .success(let document):
      scene = reader.scene(in: document.root)
      let name = String(path.split(separator: "/").last ?? "")
      inputs =
        [InputFile(name: name, bytes: document.bytes)] + reader.characters.inputs
        + reader.props.inputs
    }
    return .success(
      Result(
        scene: log.hasErrors ? nil : scene, source: reader.source, inputs: inputs,
        diagnostics: documents.located(log.sorted)))
  }

  private init(
    file: String, documents: DocumentStore, profile: Profile?, camera: String?,
    limits: JointLimits, log: DiagnosticLog
  ) {
    self.file = file
    self.camera = camera
    self.profile = profile
    self.documents = documents
    self.log = log
    source = SceneSource(file: file, documents: documents)
    characters = CharacterReader(file: file, documents: documents, limits: limits, log: log)
    props = PropReader(file: file, documents: documents, log: log)
  }

  private mutating func scene(in node: JSONNode) -> Scene? {
    if FileKind(of: node) == .pose {
      log.error(
        .wrongKind, file, node.location,
        "this is a pose file; a scene names it in a character's \"pose\"")
      return nil
    }
    guard let reader = ObjectReader(node, "a scene", allowed: Self.keys, file: file, log: log)
    else {
      return nil
    }
    _ = reader.string("name")
    _ = reader.string("description")
    _ = PictureReader(file: file, loader: documents.loader, log: log)
      .path("plate", reader, by: "the studio cannot show the plate")
    let profile = self.profile ?? written(reader)
    let canvas = self.canvas(reader, profile)
    let read = self.characters.characters(reader)
    var characters = read.map(\.character)
    source.characters = read.map(\.origin)
    let keys = Dictionary(
      (node["characters"]?.items ?? []).map {
        ($0["id"]?.text ?? "", Set($0.members.map(\.key)))
      }, uniquingKeysWith: { $0.union($1) })
    let arrangements = ArrangementReader(file: file, log: log).arrange(
      reader.node("arrange"), &characters, &source.characters
    ) { keys[$0]?.contains($1) ?? false }
    let cameras = NamedCameraReader(
      file: file, characterIds: characters.map(\.id), log: log
    ).cameras(reader, wanted: camera)
    source.camera = FileOrigin(file: file, location: cameras?.location ?? reader.location)
    let props = self.props.props(reader.node("props"))
    source.props = self.props.origins
    var settings = profile?.mapSettings ?? MapSettings()
    if let node = reader.node("maps") {
      MapSettingsReader(node, file: file, log: log)?.read(onto: &settings)
    }
    let prompt = reader.prompt()
    let seed = reader.whole("seed", in: Prompt.seeds)
    let wind = reader.numbers("wind", named: ["x", "y", "z"], in: -100...100, "meters per second")
    let lights = reader.node("lights").flatMap {
      source.lamps = LightsReader.lamps(in: $0, file: file)
      return LightsReader(file: file, log: log, characterIds: characters.map(\.id)).lights(in: $0)
    }
    guard let canvas, let cameras else { return nil }
    var scene = Scene(
      canvas: canvas, camera: cameras.chosen, characters: characters, props: props,
      mapSettings: settings, bodies: self.characters.bodies, profile: profile,
      prompt: prompt, seed: seed ?? 0)
    scene.cameras = cameras.named
    scene.arrangements = arrangements
    scene.lights = lights
    scene.wind = wind.map { Vector3($0[0], $0[1], $0[2]) } ?? .zero
    place(&scene, in: node)
    return scene
  }

  /// Resolves positions in words, and reports all errors in them.
  private func place(_ scene: inout Scene, in node: JSONNode) {
    var findings: [Finding] = []
    if log.hasErrors {
      // Duplicate ids and missing bodies are reported elsewhere, and things with errors must not be
      // reported as missing too.
      let items = ["characters", "props"].flatMap { node[$0]?.items ?? [] }
      findings = scene.placementFaults(besides: Set(items.compactMap { $0["id"]?.text }))
    } else {
      scene = scene.placed(findings: &findings)
      if findings.contains(where: \.isError) {
        // Check everything else as far as it does not depend on the characters' positions.
        var others: [Finding] = []
        _ = SceneSolver.solve(scene, findings: &others)
        findings += others.filter { $0.isError && $0.subject != .camera }
      }
    }
    for diagnostic in source.diagnostics(of: findings, in: scene) { log.add(diagnostic) }
  }

  /// Returns the file's own profile.
  private func written(_ reader: ObjectReader) -> Profile? {
    guard let name = reader.string("profile") else { return nil }
    if let profile = Profile.named(name) { return profile }
    reader.error(
      .unknownName, "profile",
      unknown("profile", name, allowed: Profile.names, context: "for a scene"))
    return nil
  }

  /// Returns the file's canvas, or the profile's default; fits it to a profile that the caller
  /// chose.
  private func canvas(_ reader: ObjectReader, _ profile: Profile?) -> Canvas? {
    if !reader.has("canvas"), let usual = profile?.sizes.first { return usual }
    guard let canvas = writtenCanvas(reader) else { return nil }
    guard let profile, !profile.suits(canvas) else { return canvas }
    let nearest = profile.nearestSize(to: canvas)
    if self.profile != nil { return nearest }
    log.warning(
      .unsuitedCanvas, file, reader.node("canvas")?.location,
      profile.unsuited(canvas) + " or leave \"canvas\" out for \(profile.sizes[0])")
    return canvas
  }

  private func writtenCanvas(_ reader: ObjectReader) -> Canvas? {
    guard reader.has("canvas") else {
      reader.error(
        .missingKey, "canvas", "\"canvas\" is missing; give the picture's size: [width, height]")
      return nil
    }
    let sides = Canvas.allowedSides
    let size = reader.numbers(
      "canvas", named: ["width", "height"],
      in: Double(sides.lowerBound)...Double(sides.upperBound), "pixels")
    if case .array(let items) = reader.node("canvas")?.value {
      for item in items {
        guard case .number(let side) = item.value, side != side.rounded() else { continue }
        log.error(
          .wrongType, file, item.location, "\"canvas\" must be whole pixels, not \(plain(side))")
        return nil
      }
    }
    guard let size else { return nil }
    return Canvas(width: Int(size[0]), height: Int(size[1]))
  }
}
