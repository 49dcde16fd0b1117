internal import MapRender
internal import PoseRig

/// Whom a folder of maps shows.
enum MapSubject: Equatable {
  /// One character alone, by its index in the scene.
  case character(Int)
  /// Several in one picture, each hiding what is behind it.
  case together([Int])
}

/// Draws the maps of one subject.
struct MapDrawing {
  /// The folder of the maps.
  let folder: String

  private let scene: PosedScene
  /// From the farthest to the nearest, which is drawn last.
  private let people: [PosedCharacter]
  private let keypoints: [PersonKeypoints]
  /// What is seen of each of the people, if the OpenPose map is drawn.
  private let shown: [GBuffer]
  private let alone: GBuffer
  private let withProps: GBuffer?
  /// The rank by id of the character seen at each pixel of the segmentation map's buffer, if that map is drawn.
  private let ranks: [Int?]
  /// 255 where nothing stands before the subject.
  private let visible: Inset<UInt8>?
  /// The range of the depth map.
  let depthRange: DepthRange

  /// Gathers what `maps` need.
  init(
    _ subject: MapSubject, of scene: PosedScene, buffers: borrowing CharacterBuffers,
    maps: [MapName]
  ) throws(RenderError) {
    self.scene = scene
    let settings = scene.mapSettings
    let props = !scene.props.isEmpty && maps.contains(where: settings.props.contains)
    let rankOf = Self.ranks(scene.characters)
    let isSegmented = maps.contains(.segmentation)
    let propsHide = settings.props.contains(.openpose)
    switch subject {
    case .character(let index):
      folder = scene.characters[index].id
      people = [scene.characters[index]]
      alone = try buffers.buffer(of: index)
      withProps = props ? try buffers.bufferWithProps(of: index) : nil
      let segmented = settings.props.contains(.segmentation) ? withProps ?? alone : alone
      shown = [propsHide ? withProps ?? alone : alone]
      ranks =
        isSegmented ? Array(repeating: rankOf[index], count: segmented.depth.count) : []
    case .together(let indices):
      folder = "all"
      let order = scene.farToNear(indices)
      people = order.map { scene.characters[$0] }
      let all = try buffers.together(indices, withProps: false)
      let amongProps = props ? try buffers.together(indices, withProps: true) : nil
      alone = all.buffer
      withProps = amongProps?.buffer
      let segmented = settings.props.contains(.segmentation) ? amongProps ?? all : all
      ranks = isSegmented ? segmented.characters.map { $0.map { rankOf[$0] } } : []
      let hiding = propsHide ? amongProps ?? all : all
      shown =
        maps.contains(.openpose)
        ? order.map { index in hiding.buffer.kept { hiding.characters[$0] == index } } : []
    }
    visible = maps.contains(.visible) ? try Self.visible(subject, scene, buffers) : nil
    depthRange = try Self.depthRange(
      settings, of: settings.props.contains(.depth) ? withProps ?? alone : alone, scene, buffers)
    let hiding = propsHide ? withProps ?? alone : alone
    keypoints = people.map {
      KeypointProjection.keypoints(of: $0, camera: scene.camera, in: hiding)
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
    let buffer = settings.props.contains(map) ? withProps ?? alone : alone
    switch map {
    case .openpose: return .colour(Inset(skeleton(), background: .black))
    case .depth:
      let depth = DepthMap(curve: settings.depth, range: depthRange, floor: settings.depthFloor)
      return settings.depthBits == 16 ? .deep(depth.drawDeep(buffer)) : .grey(depth.draw(buffer))
    case .normal: return .colour(NormalMap.draw(buffer, axes: settings.normal))
    case .canny:
      return .grey(
        settings.canny == .geometry
          ? Inset(LineMaps(buffer, camera: scene.camera).canny(), background: 0)
          : CannyMap.detect(ShadedMap.draw(buffer, camera: scene.camera), settings.cannyDetector))
    case .mask: return .grey(MaskMap.draw(buffer, edge: MaskEdge(settings)))
    case .visible: return .grey(visible ?? MaskMap.draw(buffer, edge: MaskEdge(settings)))
    case .parts: return .grey(PartsMap.draw(buffer))
    case .shaded: return .colour(ShadedMap.draw(buffer, camera: scene.camera))
    case .metric: return .deep(MetricMap.draw(buffer))
    case .lineart:
      let lines = LineMaps(buffer, camera: scene.camera).lineart(settings.lineart)
      return .grey(Inset(lines, background: 0))
    case .softedge:
      return .grey(Inset(LineMaps(buffer, camera: scene.camera).softEdge(), background: 0))
    case .segmentation:
      return .colour(
        SegmentationMap.draw(buffer, palette: settings.segmentation, characters: ranks))
    case .densepose: return .colour(DensePoseMap.draw(buffer, palette: settings.densepose))
    }
  }

  private func skeleton() -> Image<RGB8> {
    let settings = scene.mapSettings
    let parts = settings.openposeParts ?? settings.openpose.usualParts
    guard settings.openpose == .scail else {
      return OpenPoseMap.draw(
        drawnPeople, width: alone.width, height: alone.height, style: settings.openpose,
        parts: parts)
    }
    return CylinderMap(keypoints, camera: scene.camera).draw(
      drawnPeople, parts: parts)
  }

  // MARK: What the maps need

  private static func ranks(_ characters: [PosedCharacter]) -> [Int] {
    let ids = characters.map(\.id).sorted()
    return characters.map { ids.firstIndex(of: $0.id) ?? 0 }
  }

  private static func visible(
    _ subject: MapSubject, _ scene: PosedScene, _ buffers: borrowing CharacterBuffers
  ) throws(RenderError) -> Inset<UInt8> {
    let everyone = Array(scene.characters.indices)
    let seen = try buffers.together(everyone, withProps: true)
    let wanted: [Int] =
      switch subject {
      case .character(let index): [index]
      case .together(let indices): indices
      }
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
    switch (settings.depthRange, settings.depth) {
    case (.fixed(let near, let far), _): return DepthRange(near: Float(near), far: Float(far))
    case (.scene, .zoe):
      let everyone = Array(scene.characters.indices)
      return DepthRange(percentilesOf: try buffers.together(everyone, withProps: true).buffer)
        ?? empty
    case (.scene, _): return buffers.depthRange ?? empty
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
