internal import MapRender
internal import PoseRig

/// The maps of one character alone, as generators load them.
struct GeneratorMaps {
  /// The character's id, which is also its folder's name.
  var id: String
  /// The PNG of each map, under the character's folder.
  var files: [OutputFile]
  /// Where its face is; nil if it is turned away or not in the picture.
  var face: PixelBounds?

  /// Draws `maps` of the characters named, all for nil, in the order of the scene.
  ///
  /// Depth has 8 bits and lines are light on dark whatever the scene says: generators read their
  /// maps as 8-bit pictures, and their networks were trained on such lines.
  static func draw(
    _ scene: PosedScene, maps: [MapName], only: [String]?
  ) throws -> [GeneratorMaps] {
    var scene = scene
    scene.mapSettings.depthBits = 8
    scene.mapSettings.lines = .lightOnDark
    scene.mapSettings.lineart = nil
    let buffers = try CharacterBuffers(scene)
    return try scene.characters.indices.compactMap { index in
      let id = scene.characters[index].id
      guard only?.contains(id) ?? true else { return nil }
      let drawing = try MapDrawing(.character(index), of: scene, buffers: buffers, maps: maps)
      let files = try maps.map { map in
        OutputFile(path: "\(id)/\(map.rawValue).png", bytes: try drawing.picture(map).png())
      }
      return GeneratorMaps(id: id, files: files, face: drawing.boxes.first?.face)
    }
  }

  /// The maps that merging needs of every character, whichever its generator takes.
  static let masks: [MapName] = [.mask, .visible]
}
