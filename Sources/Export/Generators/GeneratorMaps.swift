internal import MapRender
internal import PoseRig

/// The maps of a single character, as generators load them.
struct GeneratorMaps {
  /// The character's id, which is also its folder's name.
  var id: String
  /// The PNG of each map, in the character's folder.
  var files: [OutputFile]
  /// The maps that are blank because their subject is not in the picture.
  var blank: [MapName]
  /// The boxes of the face and the hands; empty for a picture of several people.
  var details: DetailBoxes

  /// A person in a picture of several.
  struct Region {
    var id: String
    /// The mask of the visible part as a PNG.
    var bytes: [UInt8]
    var details: DetailBoxes
  }

  /// The people in a picture of several; empty for a picture of one.
  var regions: [Region] = []

  /// The ids of the characters that the maps show.
  var people: [String] { regions.isEmpty ? [id] : regions.map(\.id) }

  /// Draws `maps` of the named characters (nil means all), in the order of the scene.
  ///
  /// Depth has 8 bits and lines are as in the scene's profile, regardless of the scene's settings:
  /// generators read maps as 8-bit pictures, and their networks were trained on such lines.
  static func draw(
    _ scene: PosedScene, maps: [MapName], only: [String]?
  ) throws -> [GeneratorMaps] {
    let scene = prepared(scene)
    let buffers = try CharacterBuffers(scene)
    return try indices(of: only, in: scene).map { index in
      let drawing = try MapDrawing(.character(index), of: scene, buffers: buffers, maps: maps)
      return try GeneratorMaps(drawing, maps, DetailBoxes(drawing.boxes.first))
    }
  }

  /// Draws `maps` of all named characters in one picture, and the visible part of each character.
  static func drawTogether(
    _ scene: PosedScene, maps: [MapName], only: [String]?
  ) throws -> GeneratorMaps {
    let scene = prepared(scene)
    let buffers = try CharacterBuffers(scene)
    let people = indices(of: only, in: scene)
    // Without the skeleton, nothing knows which faces and hands are seen.
    let drawn = maps.contains(.openpose) ? maps : maps + [.openpose]
    let drawing = try MapDrawing(.together(people), of: scene, buffers: buffers, maps: drawn)
    let boxes = Dictionary(uniqueKeysWithValues: zip(scene.farToNear(people), drawing.boxes))
    var own = try GeneratorMaps(drawing, maps, DetailBoxes(nil))
    for index in people {
      let one = try MapDrawing(.character(index), of: scene, buffers: buffers, maps: [.visible])
      own.regions.append(
        Region(
          id: scene.characters[index].id, bytes: try one.picture(.visible).generatorPNG(),
          details: DetailBoxes(boxes[index])))
    }
    return own
  }

  private init(_ drawing: MapDrawing, _ maps: [MapName], _ details: DetailBoxes) throws {
    self.init(id: drawing.folder, files: [], blank: [], details: details)
    for map in maps {
      let picture = drawing.picture(map)
      files.append(
        OutputFile(path: "\(id)/\(map.rawValue).png", bytes: try picture.generatorPNG()))
      if picture.isBlank { blank.append(map) }
    }
  }

  private init(id: String, files: [OutputFile], blank: [MapName], details: DetailBoxes) {
    self.id = id
    self.files = files
    self.blank = blank
    self.details = details
  }

  /// Returns the scene with the settings that generators need.
  private static func prepared(_ scene: PosedScene) -> PosedScene {
    var scene = scene
    scene.mapSettings.depthBits = 8
    scene.mapSettings.lines = scene.profile?.mapSettings.lines ?? .lightOnDark
    scene.mapSettings.lineart = nil
    return scene
  }

  private static func indices(of only: [String]?, in scene: PosedScene) -> [Int] {
    scene.characters.indices.filter { only?.contains(scene.characters[$0].id) ?? true }
  }

  /// The maps that merging needs of every character, regardless of its generator.
  static let masks: [MapName] = [.mask, .visible]

  /// Returns a warning about those of `maps` that are blank; nil if there are no such maps.
  ///
  /// - Parameter consequence: what happens to such maps, as the end of a sentence.
  func warning(onBlank maps: [MapName], _ consequence: String) -> String? {
    let names = maps.filter(blank.contains).map(\.rawValue)
    if names.isEmpty { return nil }
    let list = names.joined(separator: ", ")
    let subject = names.count == 1 ? "the map \(list) shows" : "the maps \(list) show"
    return "\(subject) nothing of \"\(id)\"; \(consequence)"
  }
}

extension Picture {
  /// Returns the picture as a PNG that every generator decodes exactly.
  ///
  /// 8-bit gray is written as color with three equal channels: ComfyUI 0.33 reads PNGs through
  /// PyAV, which converts gray with a rounding error of up to 0.99 levels. 16-bit gray is exact.
  func generatorPNG() throws(ExportError) -> [UInt8] {
    guard case .gray(let picture) = self else { return try png() }
    return try PNGFile.encode(picture.map { RGB8(gray: $0) })
  }

  /// Whether no pixel differs from the background.
  fileprivate var isBlank: Bool {
    switch self {
    case .color(let picture): picture.pixels.allSatisfy { $0 == picture.background }
    case .gray(let picture): picture.pixels.allSatisfy { $0 == picture.background }
    case .deep(let picture): picture.pixels.allSatisfy { $0 == picture.background }
    }
  }
}
