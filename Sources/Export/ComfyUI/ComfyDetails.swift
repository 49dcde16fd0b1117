internal import MapRender
internal import PoseRig
internal import SceneFiles

extension ComfyExport {
  /// Returns the masks of faces and hands, named as stages load them after the workflow's prefix.
  func detailMasks(
    of own: GeneratorMaps, _ canvas: Canvas
  ) throws(ExportError) -> [(name: String, bytes: [UInt8])] {
    var masks: [(name: String, bytes: [UInt8])] = []
    let people = own.regions.map { ("-\($0.id)", $0.details) } + [("", own.details)]
    for (suffix, details) in people {
      if let face = details.face {
        masks.append(("face\(suffix).png", try DetailBoxes.mask(of: [face], canvas)))
      }
      if !details.hands.isEmpty {
        masks.append(("hands\(suffix).png", try DetailBoxes.mask(of: details.hands, canvas)))
      }
    }
    return masks
  }

  /// Returns the lists for stages that draw faces and hands again; they are empty for stages that
  /// are not requested.
  func detailLists(
    of own: GeneratorMaps, _ scene: Scene
  ) -> [String: [[String: ComfyValue]]] {
    func people(_ hasDetail: (DetailBoxes) -> Bool) -> [[String: ComfyValue]] {
      own.regions.filter { hasDetail($0.details) }.map {
        ["person": .text($0.id), "person.all": .text(scene.prompt(of: $0.id).text)]
      }
    }
    let hasFace = own.details.face != nil && stages.contains("face")
    let hasHands = !own.details.hands.isEmpty && stages.contains("hands")
    return [
      "face": hasFace ? [[:]] : [], "hands": hasHands ? [[:]] : [],
      "faceOfPerson": stages.contains("face") ? people { $0.face != nil } : [],
      "handsOfPerson": stages.contains("hands") ? people { !$0.hands.isEmpty } : [],
    ]
  }

  /// Returns the names, after the workflow's prefix, of all pictures that a workflow of this
  /// character or of these people can load.
  static func possiblePictures(of own: GeneratorMaps, _ scene: Scene) -> [String] {
    let details = ["face", "hands"]
    let names =
      (MapName.allCases.map(\.rawValue) + details).map { "\($0).png" } + ReferencePicture.names
      + ReferencePicture.names("into")
    if own.regions.isEmpty { return names }
    // Those of people who were in an earlier run, and are not in this one, too.
    return names
      + scene.characters.map(\.id).flatMap { id in
        (details + ["region"]).map { "\($0)-\(id).png" }
          + ReferencePicture.names.map { "\(id)-\($0)" }
      }
  }

  /// Returns notes on faces and hands that cannot be drawn again.
  func detailNotes(_ own: GeneratorMaps) -> [String] {
    let people =
      own.regions.isEmpty ? [(own.id, own.details)] : own.regions.map { ($0.id, $0.details) }
    let whose = own.regions.isEmpty ? "its workflow has no stage" : "it is not in the stage"
    var notes: [String] = []
    for (id, details) in people {
      if stages.contains("face"), details.face == nil, !detectsFaces {
        notes.append("the face of \"\(id)\" cannot be seen; \(whose) \"face\"")
      }
      if stages.contains("hands"), details.hands.isEmpty {
        notes.append("no hand of \"\(id)\" can be seen; \(whose) \"hands\"")
      }
    }
    return notes
  }

  /// Whether a model finds faces in the picture.
  private var detectsFaces: Bool { recipe.settings["faceBy"] == .text("detector") }
}
