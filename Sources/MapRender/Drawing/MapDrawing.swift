public import PoseRig

/// Draws the maps of one subject.
public struct MapDrawing {
  /// The name of the maps' folder: the character's id, or `all`.
  public let folder: String
  /// The ids of the people shown, from the farthest to the nearest, who is drawn last.
  public var ids: [String] { people.map(\.id) }
  /// The keypoints of each person.
  public let keypoints: [PersonKeypoints]
  /// The range of the depth map.
  public let depthRange: DepthRange
  /// The number of levels of each person in the depth map, if it is drawn in 8 bits.
  public let depthLevels: [DepthLevels]

  let scene: PosedScene
  /// The people's ranks among all characters from left to right.
  let identities: [Int]
  /// The rank of the character at each pixel of the segmentation map's buffer, if a map needs it.
  let ranks: [Int?]
  /// The pixels of the subject with nothing in front of it (255), if a map needs them.
  let visible: Inset<UInt8>?
  /// The picture in the scene's lights, if a map needs it.
  let lit: Inset<RGB8>?

  private let people: [PosedCharacter]
  /// The pixels of each person, if a map needs them.
  private let shown: [GBuffer]
  private let alone: GBuffer
  private let withProps: GBuffer?
  /// The studio pictures and the geometry's lines, with and without props.
  private let studio = MadeOnce<Bool, Inset<RGB8>>()
  private let breaks = MadeOnce<Bool, LineMaps>()

  /// Prepares everything that `maps` need.
  public init(
    _ subject: MapSubject, of scene: PosedScene, buffers: borrowing CharacterBuffers,
    maps: [MapName]
  ) throws(RenderError) {
    self.scene = scene
    let settings = scene.mapSettings
    let inputs = maps.reduce(into: MapInputs()) { $0.formUnion($1.kind.inputs) }
    let props = !scene.props.isEmpty && maps.contains(where: settings.props.contains)
    let identityOf = scene.identityRanks ?? scene.ranksLeftToRight()
    let rankOf = settings.segmentation == .identities ? identityOf : scene.ranksOfIds()
    let propsHide = settings.props.contains(.openpose)
    let hiding: GBuffer
    var isOwn: (_ person: Int, _ location: Int) -> Bool = { _, _ in true }
    switch subject {
    case .character(let index):
      folder = scene.characters[index].id
      identities = [identityOf[index]]
      people = [scene.characters[index]]
      alone = try buffers.buffer(of: index)
      withProps = props ? try buffers.bufferWithProps(of: index) : nil
      let segmented = settings.props.contains(.segmentation) ? withProps ?? alone : alone
      hiding = propsHide ? withProps ?? alone : alone
      shown = [hiding]
      ranks =
        inputs.contains(.ranks)
        ? Array(repeating: rankOf[index], count: segmented.depth.count) : []
    case .together(let indices):
      folder = "all"
      let order = scene.farToNear(indices)
      identities = order.map { identityOf[$0] }
      people = order.map { scene.characters[$0] }
      let all = try buffers.together(indices, withProps: false)
      let amongProps = props ? try buffers.together(indices, withProps: true) : nil
      alone = all.buffer
      withProps = amongProps?.buffer
      let segmented = settings.props.contains(.segmentation) ? amongProps ?? all : all
      ranks = inputs.contains(.ranks) ? segmented.characters.map { $0.map { rankOf[$0] } } : []
      let seen = propsHide ? amongProps ?? all : all
      hiding = seen.buffer
      isOwn = { seen.characters[$1] == order[$0] }
      shown =
        inputs.contains(.people)
        ? order.map { index in seen.buffer.kept { seen.characters[$0] == index } } : []
    }
    visible =
      inputs.contains(.visible) ? try VisibleMap.draw(subject, of: scene, buffers) : nil
    let showsLitProps = settings.props.contains(.shaded) && !scene.props.isEmpty
    lit =
      inputs.contains(.lights)
      ? try buffers.lit(
        subject, showsLitProps ? withProps ?? alone : alone, withProps: showsLitProps)
      : nil
    depthRange = try DepthMap.usedRange(
      settings, of: settings.props.contains(.depth) ? withProps ?? alone : alone, scene, buffers)
    depthLevels =
      maps.contains(.depth) && settings.depthBits == 8
      ? DepthLevels.levels(of: subject, scene, DepthMap(settings, range: depthRange), buffers) : []
    keypoints = people.enumerated().map { number, person in
      KeypointProjection.keypoints(of: person, camera: scene.camera, in: hiding) {
        isOwn(number, $0)
      }
    }
  }

  /// Returns the picture of one map.
  /// - Precondition: the drawing was made for this map.
  public func picture(_ map: MapName) -> Picture {
    map.kind.draw(MapView(map: map, drawing: self))
  }

  /// The boxes of the people's faces, heads, hands and bodies; for several people, only if the
  /// OpenPose map is drawn.
  public var boxes: [PersonBoxes] {
    let drawn = drawnPeople
    return people.indices.map {
      PersonBoxes.boxes(of: keypoints[$0], drawn: drawn[$0], in: shown[$0])
    }
  }

  /// The keypoints of each person that the OpenPose map shows.
  public var drawnPeople: [OpenPosePerson] {
    keypoints.map { DetectorPolicy.drawn($0, occluded: scene.mapSettings.occluded) }
  }

  /// The width and the height of the pictures in pixels.
  public var canvas: Canvas { scene.camera.canvas }

  func buffer(withProps props: Bool) -> GBuffer { props ? withProps ?? alone : alone }

  func shaded(withProps props: Bool) -> Inset<RGB8> {
    studio(props) { ShadedMap.draw(buffer(withProps: props), camera: scene.camera) }
  }

  func lines(withProps props: Bool) -> LineMaps {
    breaks(props) { LineMaps(buffer(withProps: props), camera: scene.camera) }
  }
}
