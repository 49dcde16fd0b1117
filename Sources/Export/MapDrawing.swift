internal import MapRender
internal import PoseRig

/// Whom a folder of maps shows.
enum MapSubject: Equatable {
  /// One character alone, by its index in the scene.
  case character(Int)
  /// Several in one picture, each hiding what is behind it.
  case together([Int])

  /// The indices of all of them.
  var indices: [Int] {
    switch self {
    case .character(let index): [index]
    case .together(let indices): indices
    }
  }
}

/// Draws the maps of one subject.
struct MapDrawing {
  /// The folder of the maps.
  let folder: String

  private let scene: PosedScene
  /// From the farthest to the nearest, which is drawn last.
  private let people: [PosedCharacter]
  private let keypoints: [PersonKeypoints]
  /// The people's ranks among all characters from left to right.
  private let identities: [Int]
  /// What is seen of each of the people, if the OpenPose map is drawn.
  private let shown: [GBuffer]
  private let alone: GBuffer
  private let withProps: GBuffer?
  /// The rank of the character seen at each pixel of the segmentation map's buffer, if that map is drawn.
  private let ranks: [Int?]
  /// The studio pictures and the geometry's lines, with props in them and without.
  private let studio = MadeOnce<Bool, Inset<RGB8>>()
  private let lines = MadeOnce<Bool, LineMaps>()
  /// 255 where nothing stands before the subject.
  private let visible: Inset<UInt8>?
  /// The range of the depth map.
  let depthRange: DepthRange
  /// How many levels each of the people in the picture has in the depth map, if it is drawn in 8 bits.
  let depthLevels: [DepthLevels]

  /// Gathers what `maps` need.
  init(
    _ subject: MapSubject, of scene: PosedScene, buffers: borrowing CharacterBuffers,
    maps: [MapName]
  ) throws(RenderError) {
    self.scene = scene
    let settings = scene.mapSettings
    let props = !scene.props.isEmpty && maps.contains(where: settings.props.contains)
    let identityOf = scene.identityRanks ?? scene.ranksLeftToRight()
    let rankOf =
      settings.segmentation == .identities ? identityOf : Self.ranks(scene.characters)
    let isSegmented = maps.contains(.segmentation)
    let propsHide = settings.props.contains(.openpose)
    let hiding: GBuffer
    var isOwn: (_ person: Int, _ place: Int) -> Bool = { _, _ in true }
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
        isSegmented ? Array(repeating: rankOf[index], count: segmented.depth.count) : []
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
      ranks = isSegmented ? segmented.characters.map { $0.map { rankOf[$0] } } : []
      let seen = propsHide ? amongProps ?? all : all
      hiding = seen.buffer
      isOwn = { seen.characters[$1] == order[$0] }
      shown =
        maps.contains(.openpose)
        ? order.map { index in seen.buffer.kept { seen.characters[$0] == index } } : []
    }
    visible = maps.contains(.visible) ? try Self.visible(subject, scene, buffers) : nil
    depthRange = try Self.depthRange(
      settings, of: settings.props.contains(.depth) ? withProps ?? alone : alone, scene, buffers)
    depthLevels =
      maps.contains(.depth) && settings.depthBits == 8
      ? Self.levels(
        of: subject, scene,
        DepthMap(curve: settings.depth, range: depthRange, floor: settings.depthFloor), buffers)
      : []
    keypoints = people.enumerated().map { number, person in
      KeypointProjection.keypoints(of: person, camera: scene.camera, in: hiding) {
        isOwn(number, $0)
      }
    }
  }

  /// The PNG of each map, and with the OpenPose map the JSON of the same points; those of a frame are numbered in folders.
  func files(_ maps: [MapName], frame: Int? = nil) throws(ExportError) -> [OutputFile] {
    var files: [OutputFile] = []
    for map in maps {
      files.append(
        OutputFile(
          path: MapPath.of(map.rawValue, "png", in: folder, frame: frame),
          bytes: try picture(map).png()))
      if map == .openpose { files += try keypointFiles(frame) }
    }
    return files
  }

  private func keypointFiles(_ frame: Int?) throws(ExportError) -> [OutputFile] {
    let (width, height) = (alone.width, alone.height)
    return [
      OutputFile(
        path: MapPath.of("openpose", "json", in: folder, frame: frame),
        bytes: try OpenPoseJSON.encode(drawnPeople, width: width, height: height)),
      OutputFile(
        path: MapPath.of("keypoints", "json", in: folder, frame: frame),
        bytes: try KeypointJSON.encode(
          zip(people.map(\.id), keypoints).map { ($0, $1) }, width: width, height: height)),
      OutputFile(
        path: MapPath.of("boxes", "json", in: folder, frame: frame),
        bytes: try BoxJSON.encode(
          zip(people.map(\.id), boxes).map { ($0, $1) }, width: width, height: height)),
    ]
  }

  /// Where the people's faces, heads, hands and bodies are; of several people, if the OpenPose map is drawn.
  var boxes: [PersonBoxes] {
    people.indices.map {
      PersonBoxes.boxes(of: keypoints[$0], drawn: drawnPeople[$0], in: shown[$0])
    }
  }

  private var drawnPeople: [OpenPosePerson] {
    keypoints.map { DetectorPolicy.drawn($0, occluded: scene.mapSettings.occluded) }
  }

  /// One map.
  func picture(_ map: MapName) -> Picture {
    let settings = scene.mapSettings
    let buffer = buffer(of: map)
    switch map {
    case .openpose: return .color(Inset(skeleton(), background: .black))
    case .depth:
      let depth = DepthMap(curve: settings.depth, range: depthRange, floor: settings.depthFloor)
      return settings.depthBits == 16 ? .deep(depth.drawDeep(buffer)) : .gray(depth.draw(buffer))
    case .normal: return .color(NormalMap.draw(buffer, axes: settings.normal))
    case .canny: return .gray(edges().drawn(settings.lines))
    case .mask: return .gray(MaskMap.draw(buffer, edge: MaskEdge(settings)))
    case .visible: return .gray(visible ?? MaskMap.draw(buffer, edge: MaskEdge(settings)))
    case .parts: return .gray(PartsMap.draw(buffer))
    case .shaded: return .color(shaded(for: map))
    case .metric: return .deep(MetricMap.draw(buffer))
    case .lineart:
      let lines = Inset(lines(for: map).lineart(), background: 0)
      return .gray(lines.drawn(settings.usedLineart))
    case .softedge:
      let lines = Inset(lines(for: map).softEdge(), background: 0)
      return .gray(lines.drawn(settings.lines))
    case .segmentation:
      return .color(
        SegmentationMap.draw(
          buffer, palette: settings.segmentation, characters: ranks,
          ground: settings.identityGround))
    case .densepose: return .color(DensePoseMap.draw(buffer, palette: settings.densepose))
    }
  }

  private func edges() -> Inset<UInt8> {
    let settings = scene.mapSettings
    return settings.canny == .geometry
      ? Inset(lines(for: .canny).canny(), background: 0)
      : CannyMap.detect(shaded(for: .canny), settings.cannyDetector)
  }

  private func buffer(of map: MapName) -> GBuffer {
    scene.mapSettings.props.contains(map) ? withProps ?? alone : alone
  }

  private func shaded(for map: MapName) -> Inset<RGB8> {
    studio(scene.mapSettings.props.contains(map)) {
      ShadedMap.draw(buffer(of: map), camera: scene.camera)
    }
  }

  private func lines(for map: MapName) -> LineMaps {
    lines(scene.mapSettings.props.contains(map)) {
      LineMaps(buffer(of: map), camera: scene.camera)
    }
  }

  private func skeleton() -> Image<RGB8> {
    let settings = scene.mapSettings
    let parts = settings.openposeParts ?? settings.openpose.usualParts
    guard settings.openpose == .scail else {
      return OpenPoseMap.draw(
        drawnPeople, width: alone.width, height: alone.height, style: settings.openpose,
        discs: settings.openposeDiscs, parts: parts)
    }
    return CylinderMap(keypoints, ranks: cylinderRanks, camera: scene.camera).draw(
      drawnPeople, parts: parts)
  }

  /// The people's ranks from left to right among those in this picture.
  private var cylinderRanks: [Int] {
    identities.map { own in identities.count { $0 < own } }
  }

  // MARK: What the maps need

  private static func ranks(_ characters: [PosedCharacter]) -> [Int] {
    let ids = characters.map(\.id).sorted()
    return characters.map { ids.firstIndex(of: $0.id) ?? 0 }
  }

  private static func levels(
    of subject: MapSubject, _ scene: PosedScene, _ map: DepthMap,
    _ buffers: borrowing CharacterBuffers
  ) -> [DepthLevels] {
    let indices = subject.indices
    return indices.compactMap { index in
      buffers.rangeOfCharacter[index].map { range in
        DepthLevels(
          character: scene.characters[index].id, levels: map.levels(of: range), distances: range,
          isTogether: indices.count > 1)
      }
    }
  }

  private static func visible(
    _ subject: MapSubject, _ scene: PosedScene, _ buffers: borrowing CharacterBuffers
  ) throws(RenderError) -> Inset<UInt8> {
    let everyone = Array(scene.characters.indices)
    let seen = try buffers.together(everyone, withProps: true)
    let wanted = subject.indices
    return VisibleMap.draw(seen.buffer, edge: MaskEdge(scene.mapSettings)) { place in
      seen.characters[place].map(wanted.contains) == true
    }
  }

  private static func depthRange(
    _ settings: MapSettings, of own: GBuffer, _ scene: PosedScene,
    _ buffers: borrowing CharacterBuffers
  ) throws(RenderError) -> DepthRange {
    // Nothing in the picture has no range; any will do.
    let empty = DepthRange(near: 1, far: 1)
    let everyone = Array(scene.characters.indices)
    switch (settings.usedDepthRange, settings.depth) {
    case (.fixed(let near, let far), _): return DepthRange(near: Float(near), far: Float(far))
    case (.scene, .zoe):
      return DepthRange(percentilesOf: try buffers.together(everyone, withProps: true).buffer)
        ?? empty
    case (.characters, .zoe):
      return DepthRange(percentilesOf: try buffers.together(everyone, withProps: false).buffer)
        ?? empty
    case (.scene, _): return buffers.depthRange ?? empty
    case (.characters, _): return buffers.characterRange ?? empty
    case (.character, .zoe): return DepthRange(percentilesOf: own) ?? empty
    case (.character, _): return DepthRange(covering: own) ?? empty
    }
  }
}

extension MaskEdge {
  fileprivate init(_ settings: MapSettings) {
    self.init(grow: settings.grow, feather: settings.feather)
  }
}
