public import MapRender
public import PoseRig

/// All maps of a scene as layers of one picture, for painting programs.
///
/// The background is at the bottom. Above it is a group for each character, the farthest first,
/// with a layer for each map, the first one on top. Only the first map of the nearest character is
/// visible, since maps fill the whole picture.
public struct SceneLayers {
  /// The maps, from the top down.
  public var maps: [MapName]
  /// The characters to show; nil means all.
  public var only: [String]?
  /// Whether to show all of them in one group of pictures, `all`.
  public var together: Bool

  /// Creates a request for layers.
  public init(maps: [MapName], only: [String]? = nil, together: Bool = false) {
    self.maps = maps
    self.only = only
    self.together = together
  }

  /// The layers of a scene, and the skeletons that its OpenPose maps show, in the order of the
  /// file.
  public struct Result: Sendable {
    /// The layers.
    public var picture: LayeredPicture
    /// The skeletons of all characters that are shown.
    public var people: [OpenPosePerson]
  }

  /// Draws the layers of `scene`.
  public func draw(_ scene: PosedScene) throws -> Result {
    let buffers = try CharacterBuffers(scene)
    let chosen = scene.characters.indices.filter {
      only?.contains(scene.characters[$0].id) ?? true
    }
    let subjects: [MapSubject] =
      together ? [.together(chosen)] : scene.farToNear(chosen).map(MapSubject.character)
    let canvas = scene.camera.canvas
    let paper = Image(width: canvas.width, height: canvas.height, filling: RGB8(gray: 255))
    var layers = [LayeredPicture.Layer(name: "background", image: paper)]
    var people: [Int: OpenPosePerson] = [:]
    for subject in subjects {
      // The skeletons are those of the OpenPose map, whether it is among the layers or not.
      let drawing = try MapDrawing(
        subject, of: scene, buffers: buffers,
        maps: maps.contains(.openpose) ? maps : maps + [.openpose])
      for map in maps.reversed() {
        layers.append(
          .init(
            name: "\(drawing.folder) \(map.rawValue)", image: drawing.picture(map).inColor,
            isVisible: false, group: drawing.folder))
      }
      for (id, person) in zip(drawing.ids, drawing.drawnPeople) {
        if let index = scene.characters.firstIndex(where: { $0.id == id }) {
          people[index] = person
        }
      }
    }
    layers[layers.count - 1].isVisible = true
    return Result(
      picture: LayeredPicture(layers: layers, merged: layers[layers.count - 1].image),
      people: people.sorted { $0.key < $1.key }.map(\.value))
  }
}
