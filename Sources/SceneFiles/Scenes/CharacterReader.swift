internal import PoseRig

/// Reads the characters of a scene, with the poses, models and motions that they name.
struct CharacterReader {
  static let keys = [
    "id", "body", "model", "bones", "hide", "height", "phenotype", "hair", "pose",
    "hold", "position", "yaw", "ground", "proportions", "wear", "keypoints", "prompt", "negative",
    "reference",
  ]
  /// The ids that have another meaning wherever an id can occur.
  static let reservedIds = ["all", "camera", "props", "self"]

  private let file: String
  private let log: DiagnosticLog
  private let documents: DocumentStore
  private var poses: PoseReader
  private var sources: PoseSourceReader
  private var wear: WearReader
  private var clothes: ClothesReader
  private var hair: HairReader
  /// The ids of the scene's characters, as written.
  private var ids: Set<String> = []
  /// The models of other programs read, in the order in which they were named.
  private var modelInputs: [InputFile] = []
  /// The factory of their bodies; it includes the human once a character uses it.
  private(set) var bodies: BodyStore

  /// All files read: models, poses, motions.
  var inputs: [InputFile] {
    modelInputs + poses.inputs + sources.inputs + wear.inputs + clothes.inputs
      + hair.inputs
  }

  private var loader: FileLoader { documents.loader }

  init(file: String, documents: DocumentStore, limits: JointLimits, log: DiagnosticLog) {
    self.file = file
    self.documents = documents
    self.log = log
    bodies = documents.loader.bodies.mannequins
    poses = PoseReader(documents: documents, limits: limits, log: log)
    sources = PoseSourceReader(file: file, documents: documents, log: log)
    wear = WearReader(file: file, loader: documents.loader, log: log)
    clothes = ClothesReader(file: file, documents: documents, log: log)
    hair = HairReader(file: file, documents: documents, log: log)
  }

  /// Returns all characters except those with errors, which are reported.
  mutating func characters(_ reader: ObjectReader) -> [(
    character: Character, origin: CharacterOrigin
  )] {
    guard let node = reader.node("characters") else {
      reader.error(
        .missingKey, "characters", "\"characters\" is missing; a scene needs at least one")
      return []
    }
    guard case .array(let items) = node.value else {
      reader.error(.wrongType, "characters", "\"characters\" must be a list, not \(node.kind)")
      return []
    }
    if items.isEmpty {
      reader.error(.invalidValue, "characters", "a scene needs at least one character")
    }
    ids = Set(items.compactMap { $0["id"]?.text })
    var characters: [(character: Character, origin: CharacterOrigin)] = []
    for item in items {
      guard let (character, origin) = character(in: item) else { continue }
      let id = character.id.lowercased()
      if let other = characters.first(where: { $0.character.id.lowercased() == id }) {
        log.error(
          .duplicate, file, item.location,
          "two characters have the id \"\(other.character.id)\" (the other in line "
            + "\(other.origin.character.location.line)); each needs its own, because it names the folder of its maps"
        )
      }
      characters.append((character, origin))
    }
    return characters
  }

  private mutating func character(in node: JSONNode) -> (Character, CharacterOrigin)? {
    guard
      let reader = ObjectReader(
        node, "a character", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let id = identifier(reader)
    let model = self.model(reader)
    let body = reader.has("model") ? "" : bodyName(reader)
    poses.modelExpressions = model?.expressionNames ?? []
    let source = reader.node("pose").map { sources.source(at: $0, poses: &poses) }
    let written = source.map { $0?.pose } ?? WrittenPose(pose: .rest)
    let pose = written?.pose
    let proportions = ProportionsReader(file: file, log: log).proportions(
      reader.node("proportions"))
    let phenotype = self.phenotype(reader, body, proportions)
    // Errors have been reported, and nothing will be posed.
    let figure =
      model.map(Figure.model) ?? phenotype.map(Figure.human)
      ?? .mannequin(body.flatMap(Mannequin.named) ?? .female, proportions)
    let isHuman = body == HumanTemplate.name || body == nil
    let garments = wear.wear(reader, isHuman: isHuman)
    let clothes = self.clothes.clothes(reader, isHuman: isHuman)
    let (grounded, motion) = self.grounded(source.flatMap { $0 }, figure)
    if let model, let pose { warn(of: pose.face, on: model, reader) }
    if let pose, !pose.face.isEmpty, body != HumanTemplate.name, !reader.has("model") {
      log.warning(
        .noEffect, file, reader.node("pose")?.location,
        "the pose has a \"face\", but a mannequin's face does not move; \"body\": \"human\" has expressions"
      )
    }
    let placing = PlacementReader(file: file, ids: ids, log: log).placing(reader)
    let ground = reader.boolean("ground") ?? true
    let prompt = reader.prompt()
    let hair = self.hair.hair(reader)
    let held = HoldReader(file: file, log: log).hold(reader.node("hold"))
    let keypoints = KeypointChoiceReader(file: file, log: log).choice(reader.node("keypoints"))
    let reference = PictureReader(file: file, loader: loader, log: log)
      .path("reference", reader, by: "generators cannot take the reference")
    guard let id else { return nil }
    var ownPose = grounded ?? pose ?? .rest
    ownPose.goals = ownPose.goals.owned(by: id)
    let ownMotion = motion?.mapped { pose, _ in
      var pose = pose
      pose.goals = pose.goals.owned(by: id)
      return pose
    }
    var character = Character(
      id: id, figure: figure, pose: ownPose, motion: ownMotion,
      time: source.flatMap { $0?.time } ?? 0,
      position: placing.position, yaw: placing.yaw, ground: ground, keypoints: keypoints,
      prompt: prompt)
    character.placement = placing.placement
    character.facing = placing.facing
    character.wear = garments
    character.clothes = clothes
    character.hair = hair
    character.hold = held.mapValues(\.hold)
    character.reference = reference
    let origin = CharacterOrigin(
      character: FileOrigin(file: file, location: node.location), goals: written?.goals ?? [:],
      holds: held.mapValues(\.origin), placing: placing.origin,
      facing: placing.facingOrigin)
    return (character, origin)
  }

  /// Returns the motion of a pose, with feet held on the ground for the body that it moves if
  /// requested, and the pose at its time, changed in the same way.
  private func grounded(
    _ source: PoseSourceReader.Source?, _ figure: Figure
  ) -> (pose: Pose?, motion: PoseMotion?) {
    guard let source, let location = source.ground else { return (nil, source?.motion) }
    guard let motion = source.motion, motion.duration > 0 else {
      log.warning(
        .noEffect, file, location, "\"ground\" is for motion, but this is a pose; it does nothing")
      return (nil, source.motion)
    }
    // A missing human is reported elsewhere.
    guard let body = bodies.body(of: figure) else { return (nil, motion) }
    guard let grounded = motion.grounded(on: body) else {
      log.warning(
        .noEffect, file, location,
        "no foot stands still in this motion, or the motion is too long to search; "
          + "\"ground\" does nothing")
      return (nil, motion)
    }
    var pose = grounded.pose(at: source.time)
    pose.goals = source.pose.pose.goals
    return (pose, grounded)
  }

  private func identifier(_ reader: ObjectReader) -> String? {
    guard reader.has("id") else {
      reader.error(
        .missingKey, "id", "a character needs an \"id\"; it names the folder of its maps")
      return nil
    }
    guard let id = reader.string("id") else { return nil }
    if let fault = Identifier.fault(in: id, reserved: Self.reservedIds) {
      reader.error(.invalidValue, "id", fault)
      return nil
    }
    return id
  }

  private func bodyName(_ reader: ObjectReader) -> String? {
    guard reader.has("body") else {
      reader.error(
        .missingKey, "body",
        "a character needs a \"body\": \(BodyLibrary.names.joined(separator: " or ")), or a \"model\""
      )
      return nil
    }
    guard let name = reader.string("body") else { return nil }
    guard BodyLibrary.names.contains(name) else {
      reader.error(
        .unknownName, "body",
        unknown("body", name, allowed: BodyLibrary.names, context: "for a character"))
      return nil
    }
    return name
  }

  /// Returns a human's phenotype; nil for a mannequin, or after reporting errors.
  private mutating func phenotype(
    _ reader: ObjectReader, _ body: String?, _ proportions: Proportions
  ) -> Phenotype? {
    guard body == HumanTemplate.name else {
      if reader.has("phenotype"), body != nil {
        reader.error(
          .misplacedKey, "phenotype",
          "only \"body\": \"human\" has a \"phenotype\"; a mannequin has \"proportions\"")
      }
      return nil
    }
    if bodies.human == nil {
      switch loader.bodies.human() {
      case .success(let store): bodies = store
      case .failure(let failure):
        log.missingInput(
          .unreadable, file, reader.node("body")?.location,
          "cannot use the body \"human\": \(failure.reason)")
      }
    }
    var phenotype =
      reader.node("phenotype").map { PhenotypeReader(file: file, log: log).phenotype($0) }
      ?? Phenotype()
    phenotype.build = proportions
    if proportions.height != nil {
      reader.error(
        .misplacedKey, "proportions",
        "the \"height\" of a human belongs in its \"phenotype\", not in \"proportions\"")
    }
    return phenotype
  }

  /// Returns the body of another program's model; nil if there is no model, or after reporting
  /// errors.
  private mutating func model(_ reader: ObjectReader) -> Body? {
    guard let name = reader.string("model"), let node = reader.node("model") else {
      if reader.has("height") {
        reader.error(
          .misplacedKey, "height",
          "\"height\" is for a \"model\"; a mannequin has it in \"proportions\", a human in \"phenotype\""
        )
      }
      if reader.has("bones") {
        reader.error(
          .misplacedKey, "bones", "\"bones\" names the joints of a \"model\"; there is none")
      }
      if reader.has("hide") {
        reader.error(
          .misplacedKey, "hide", "\"hide\" names parts of a \"model\"; there is none")
      }
      return nil
    }
    if reader.has("body") {
      reader.error(
        .conflict, "body", "a character has a \"body\" or a \"model\", not both; remove one")
    }
    if reader.has("proportions") {
      reader.error(
        .misplacedKey, "proportions",
        "a model has its own proportions; only those of mannequins and humans can be changed")
    }
    let request = ModelRequest(
      path: FilePath.resolve(name, besides: file),
      bones: reader.string("bones").map { FilePath.resolve($0, besides: file) },
      hidden: hidden(reader))
    switch loader.model(request) {
    case .failure(let failure):
      log.missingInput(
        .unreadable, file, node.location, "cannot use the model \"\(name)\": \(failure.reason)")
      return nil
    case .success(let loaded):
      modelInputs.append(InputFile(name: name, bytes: loaded.bytes))
      for warning in loaded.warnings {
        log.warning(.doubtfulModel, file, node.location, "the model \"\(name)\": \(warning)")
      }
      let height = reader.number("height", in: 0.1...10, "meters")
      return height.map(loaded.body.scaled) ?? loaded.body
    }
  }

  /// Returns the names of the model's parts to hide.
  private func hidden(_ reader: ObjectReader) -> [String] {
    guard let node = reader.node("hide") else { return [] }
    let names = (node.items ?? []).compactMap(\.text)
    guard let count = node.items?.count, names.count == count else {
      reader.error(
        .wrongType, "hide",
        "\"hide\" must be a list of names, as `posemap inspect` prints them: [\"Hat\", \"Sword\"]")
      return []
    }
    return names
  }

  private func warn(of face: [String: Double], on model: Body, _ reader: ObjectReader) {
    let known = model.expressionNames
    for name in face.keys.sorted() where !known.contains(name) {
      log.warning(
        .noEffect, file, reader.node("pose")?.location,
        "the model has no expression \"\(name)\"; it has "
          + (known.isEmpty ? "none" : known.joined(separator: ", ")))
    }
  }
}
