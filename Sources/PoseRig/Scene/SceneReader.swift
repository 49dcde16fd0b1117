/// Reads a scene file and the pose files it names (`docs/formats.md`).
public struct SceneReader {
  static let keys = [
    "$schema", "name", "description", "profile", "canvas", "camera", "characters", "props", "maps",
  ]
  static let characterKeys = [
    "id", "body", "model", "bones", "phenotype", "pose", "position", "yaw", "ground", "proportions",
  ]
  /// Ids that mean something else wherever an id can stand.
  static let reservedIds = ["all", "camera", "props"]

  private let file: String
  private let log: DiagnosticLog
  private let loader: FileLoader
  private var poses: PoseReader
  private var sources: PoseSourceReader
  /// Foreign models read, in the order met.
  private var modelInputs: [InputFile] = []
  /// The profile the caller asks for instead of the file's.
  private let profile: Profile?
  /// The parametric human, once a character was one.
  private var human: HumanTemplate?

  /// What reading a scene gave.
  public struct Result {
    /// The scene, nil when the files have errors.
    public var scene: Scene?
    /// The scene file and every pose file read, in the order met.
    public var inputs: [InputFile]
    /// Everything found wrong or doubtful, file by file, from the top down.
    public var diagnostics: [Diagnostic]
  }

  /// Reads the scene at `path` with everything it refers to. A `profile` given here takes the place of the file's and
  /// fits the canvas to its sizes.
  public static func read(
    _ path: String, loader: FileLoader, profile: Profile? = nil, limits: JointLimits = .standard
  ) -> Swift.Result<Result, UnreadableFile> {
    let bytes: [UInt8]
    switch loader.read(path) {
    case .failure(let failure): return .failure(failure)
    case .success(let content): bytes = content
    }
    let log = DiagnosticLog()
    var reader = SceneReader(
      file: path, loader: loader, profile: profile, limits: limits, log: log)
    var scene: Scene?
    do {
      scene = reader.scene(in: try JSONParser.parse(bytes))
    } catch {
      log.error(path, error.location, error.message)
    }
    let input = InputFile(name: String(path.split(separator: "/").last ?? ""), bytes: bytes)
    return .success(
      Result(
        scene: log.hasErrors ? nil : scene,
        inputs: [input] + reader.modelInputs + reader.poses.inputs + reader.sources.inputs,
        diagnostics: log.sorted))
  }

  private init(
    file: String, loader: FileLoader, profile: Profile?, limits: JointLimits, log: DiagnosticLog
  ) {
    self.file = file
    self.loader = loader
    self.profile = profile
    self.log = log
    poses = PoseReader(loader: loader, limits: limits, log: log)
    sources = PoseSourceReader(file: file, loader: loader, log: log)
  }

  private mutating func scene(in node: JSONNode) -> Scene? {
    if case .object(let members) = node.value {
      let keys = Set(members.map(\.key))
      if !keys.isDisjoint(with: ["joints", "base"]), !keys.contains("characters") {
        log.error(
          file, node.location,
          "this is a pose file; a scene names it in a character's \"pose\"")
        return nil
      }
    }
    guard let reader = ObjectReader(node, "a scene", allowed: Self.keys, file: file, log: log)
    else {
      return nil
    }
    _ = reader.string("name")
    _ = reader.string("description")
    let profile = self.profile ?? written(reader)
    let canvas = self.canvas(reader, profile)
    let characters = self.characters(reader)
    let camera =
      reader.node("camera").map {
        CameraReader(file: file, log: log).camera(in: $0, characterIds: characters.map(\.id))
      } ?? .standard
    let props = PropReader(file: file, log: log).props(reader.node("props"))
    var settings = profile?.mapSettings ?? MapSettings()
    if let node = reader.node("maps") {
      MapSettingsReader(node, file: file, log: log)?.read(onto: &settings)
    }
    guard let canvas, let camera else { return nil }
    return Scene(
      canvas: canvas, camera: camera, characters: characters, props: props,
      mapSettings: settings, human: human, profile: profile,
      cameraLocation: reader.node("camera")?.location ?? reader.location, file: file)
  }

  /// The file's own profile.
  private func written(_ reader: ObjectReader) -> Profile? {
    guard let name = reader.string("profile") else { return nil }
    if let profile = Profile(rawValue: name) { return profile }
    reader.error(
      "profile",
      unknown("profile", name, allowed: Profile.allCases.map(\.rawValue), place: "for a scene"))
    return nil
  }

  /// The file's canvas, or the profile's usual one; fitted to the profile if the caller chose it.
  private func canvas(_ reader: ObjectReader, _ profile: Profile?) -> Canvas? {
    if !reader.has("canvas"), let usual = profile?.sizes.first { return usual }
    guard let canvas = writtenCanvas(reader) else { return nil }
    guard let profile, !profile.suits(canvas) else { return canvas }
    let nearest = profile.nearestSize(to: canvas)
    if self.profile != nil { return nearest }
    log.warning(
      file, reader.node("canvas")?.location,
      profile.unsuited(canvas) + " or leave \"canvas\" out for \(profile.sizes[0])")
    return canvas
  }

  private func writtenCanvas(_ reader: ObjectReader) -> Canvas? {
    guard reader.has("canvas") else {
      reader.error("canvas", "\"canvas\" is missing; give the picture's size: [width, height]")
      return nil
    }
    let sides = Canvas.allowedSides
    let size = reader.numbers(
      "canvas", named: ["width", "height"],
      in: Double(sides.lowerBound)...Double(sides.upperBound), "pixels")
    if case .array(let items) = reader.node("canvas")?.value {
      for item in items {
        guard case .number(let side) = item.value, side != side.rounded() else { continue }
        log.error(file, item.location, "\"canvas\" must be whole pixels, not \(plain(side))")
        return nil
      }
    }
    guard let size else { return nil }
    return Canvas(width: Int(size[0]), height: Int(size[1]))
  }

  private mutating func characters(_ reader: ObjectReader) -> [Character] {
    guard let node = reader.node("characters") else {
      reader.error("characters", "\"characters\" is missing; a scene needs at least one")
      return []
    }
    guard case .array(let items) = node.value else {
      reader.error("characters", "\"characters\" must be a list, not \(node.kind)")
      return []
    }
    if items.isEmpty { reader.error("characters", "a scene needs at least one character") }
    var characters: [Character] = []
    for item in items {
      guard let character = character(in: item) else { continue }
      if let other = characters.first(where: { $0.id.lowercased() == character.id.lowercased() }) {
        log.error(
          file, item.location,
          "two characters have the id \"\(other.id)\" (the other in line "
            + "\(other.location.line)); each needs its own, since its maps' folder is named so")
      }
      characters.append(character)
    }
    return characters
  }

  private mutating func character(in node: JSONNode) -> Character? {
    guard
      let reader = ObjectReader(
        node, "a character", allowed: Self.characterKeys, file: file, log: log)
    else { return nil }
    let id = identifier(reader)
    let model = self.model(reader)
    let body = reader.has("model") ? "" : bodyName(reader)
    let source = reader.node("pose").map { sources.source(at: $0, poses: &poses) }
    let pose = source.map { $0?.pose } ?? .rest
    let proportions = self.proportions(reader.node("proportions"))
    let phenotype = self.phenotype(reader, body)
    if let model, let pose { warn(of: pose.face, on: model, reader) }
    if let pose, !pose.face.isEmpty, body != BodyLibrary.human, !reader.has("model") {
      log.warning(
        file, reader.node("pose")?.location,
        "the pose has a \"face\", but a mannequin's face is still; \"body\": \"human\" has expressions"
      )
    }
    let position = reader.vector("position") ?? .zero
    let yaw = reader.number("yaw", in: -360...360, "degrees") ?? 0
    let ground = reader.boolean("ground") ?? true
    guard let id else { return nil }
    return Character(
      id: id, body: body ?? "", proportions: proportions, phenotype: phenotype, model: model,
      pose: pose ?? .rest, motion: source.flatMap { $0?.motion },
      time: source.flatMap { $0?.time } ?? 0,
      position: position,
      yaw: yaw, ground: ground, location: node.location)
  }

  private func identifier(_ reader: ObjectReader) -> String? {
    guard reader.has("id") else {
      reader.error("id", "a character needs an \"id\"; its maps' folder is named so")
      return nil
    }
    guard let id = reader.string("id") else { return nil }
    if let fault = Identifier.fault(in: id, reserved: Self.reservedIds) {
      reader.error("id", fault)
      return nil
    }
    return id
  }

  private func bodyName(_ reader: ObjectReader) -> String? {
    guard reader.has("body") else {
      reader.error(
        "body",
        "a character needs a \"body\": \(BodyLibrary.names.joined(separator: " or ")), or a \"model\""
      )
      return nil
    }
    guard let name = reader.string("body") else { return nil }
    guard BodyLibrary.names.contains(name) else {
      reader.error(
        "body", unknown("body", name, allowed: BodyLibrary.names, place: "for a character"))
      return nil
    }
    return name
  }

  /// What a human looks like; nil, after reporting what is wrong, for a mannequin.
  private mutating func phenotype(_ reader: ObjectReader, _ body: String?) -> Phenotype? {
    guard body == BodyLibrary.human else {
      if reader.has("phenotype"), body != nil {
        reader.error(
          "phenotype",
          "only \"body\": \"human\" has a \"phenotype\"; a mannequin has \"proportions\"")
      }
      return nil
    }
    if reader.has("proportions") {
      reader.error(
        "proportions", "a human has no \"proportions\"; its figure is told by \"phenotype\"")
    }
    if human == nil {
      switch loader.human() {
      case .success(let template): human = template
      case .failure(let failure):
        log.missingInput(
          file, reader.node("body")?.location, "cannot use the body \"human\": \(failure.reason)")
      }
    }
    return reader.node("phenotype").map {
      PhenotypeReader(file: file, log: log).phenotype($0)
    } ?? Phenotype()
  }

  /// The body of a foreign model; nil without one, or after reporting what is wrong.
  private mutating func model(_ reader: ObjectReader) -> Body? {
    guard let name = reader.string("model"), let node = reader.node("model") else {
      if reader.has("bones") {
        reader.error("bones", "\"bones\" names the joints of a \"model\"; there is none")
      }
      return nil
    }
    if reader.has("body") {
      reader.error("body", "a character has a \"body\" or a \"model\", not both; remove one")
    }
    if reader.has("proportions") {
      reader.error(
        "proportions", "a model has proportions of its own; only the mannequins' can be changed")
    }
    let request = ModelRequest(
      path: FilePath.resolve(name, besides: file),
      bones: reader.string("bones").map { FilePath.resolve($0, besides: file) })
    switch loader.model(request) {
    case .failure(let failure):
      log.missingInput(file, node.location, "cannot use the model \"\(name)\": \(failure.reason)")
      return nil
    case .success(let loaded):
      modelInputs.append(InputFile(name: name, bytes: loaded.bytes))
      return loaded.body
    }
  }

  private func warn(of face: [String: Double], on model: Body, _ reader: ObjectReader) {
    let known = model.skin?.expressions.keys.sorted() ?? []
    for name in face.keys.sorted() where !known.contains(name) {
      log.warning(
        file, reader.node("pose")?.location,
        "the model has no expression \"\(name)\"; it has "
          + (known.isEmpty ? "none" : known.joined(separator: ", ")))
    }
  }

  private func proportions(_ node: JSONNode?) -> Proportions {
    var proportions = Proportions()
    let factors: [(String, WritableKeyPath<Proportions, Double>)] = [
      ("shoulderWidth", \.shoulderWidth), ("hipWidth", \.hipWidth), ("legLength", \.legLength),
      ("armLength", \.armLength), ("headSize", \.headSize), ("build", \.build),
    ]
    guard let node,
      let reader = ObjectReader(
        node, "\"proportions\"", allowed: ["height"] + factors.map(\.0), file: file, log: log)
    else { return proportions }
    proportions.height = reader.number("height", in: 1...2.5, "metres")
    for (name, path) in factors {
      proportions[keyPath: path] = reader.number(name, in: 0.6...1.6, "times the body's own") ?? 1
    }
    return proportions
  }
}

/// What may name a character or prop: it becomes a folder and stands in references.
enum Identifier {
  /// Why `id` cannot be used, or nil if it can.
  static func fault(in id: String, reserved: [String]) -> String? {
    let rule = "letters, digits, - and _, at most 64, beginning with a letter or digit"
    guard !id.isEmpty else { return "this id is empty; allowed: \(rule)" }
    let usable = id.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "-_".utf8.contains($0)
    }
    guard usable, id.utf8.count <= 64, let first = id.utf8.first, !"-_".utf8.contains(first) else {
      return "id \"\(id)\" cannot name a folder of maps; allowed: \(rule)"
    }
    if reserved.contains(id.lowercased()) {
      return "id \"\(id)\" has a meaning of its own here; choose another"
    }
    return nil
  }
}
