internal import MapRender
internal import PoseRig

/// Draws one character's maps from its G-buffer.
struct CharacterDrawing {
  let character: PosedCharacter
  let scene: PosedScene
  let buffer: GBuffer
  let depthRange: DepthMap.Range?

  private let keypoints: PersonKeypoints

  init(
    character: PosedCharacter, scene: PosedScene, buffer: GBuffer, depthRange: DepthMap.Range?
  ) {
    self.character = character
    self.scene = scene
    self.buffer = buffer
    self.depthRange = depthRange
    keypoints = KeypointProjection.keypoints(of: character, camera: scene.camera, in: buffer)
  }

  /// The PNG of each map, and with the OpenPose map the JSON of the same points.
  func files(_ maps: [MapName]) throws(ExportError) -> [OutputFile] {
    var files: [OutputFile] = []
    for map in maps {
      files.append(
        OutputFile(path: "\(character.id)/\(map.rawValue).png", bytes: try picture(map).png()))
      if map == .openpose { files += try keypointFiles() }
    }
    return files
  }

  private func keypointFiles() throws(ExportError) -> [OutputFile] {
    let (width, height) = (buffer.width, buffer.height)
    return [
      OutputFile(
        path: "\(character.id)/openpose.json",
        bytes: try OpenPoseJSON.encode(
          [DetectorPolicy.drawn(keypoints)], width: width, height: height)),
      OutputFile(
        path: "\(character.id)/keypoints.json",
        bytes: try KeypointJSON.encode(
          keypoints, character: character.id, width: width, height: height)),
    ]
  }

  /// One map.
  func picture(_ map: MapName) -> Picture {
    let settings = scene.mapSettings
    switch map {
    case .openpose:
      return .colour(
        OpenPoseMap.draw(
          [DetectorPolicy.drawn(keypoints)], width: buffer.width, height: buffer.height))
    case .depth:
      let range = depthRange ?? DepthMap.Range(near: 1, far: 1)
      return .grey(DepthMap.draw(buffer, range: range, floor: settings.depthFloor))
    case .normal: return .colour(NormalMap.draw(buffer))
    case .canny:
      return .grey(
        CannyMap.detect(
          ShadedMap.draw(buffer), low: settings.cannyThresholds[0],
          high: settings.cannyThresholds[1]))
    case .mask: return .grey(MaskMap.draw(buffer))
    case .shaded: return .colour(ShadedMap.draw(buffer))
    }
  }
}

/// A map as pixels, in as few channels as it needs.
enum Picture {
  case colour(Image<RGB8>)
  case grey(Image<UInt8>)

  func png() throws(ExportError) -> [UInt8] {
    switch self {
    case .colour(let image): try PNGFile.encode(image)
    case .grey(let image): try PNGFile.encode(image)
    }
  }

  var inColour: Image<RGB8> {
    switch self {
    case .colour(let image): image
    case .grey(let image): image.map { RGB8(grey: $0) }
    }
  }
}
