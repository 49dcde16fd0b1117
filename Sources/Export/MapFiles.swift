internal import MapRender
internal import PoseRig

extension MapDrawing {
  /// Returns the PNG of each map and, with the OpenPose map, the JSON of the keypoints. The files
  /// of a frame are numbered, in folders.
  ///
  /// - Parameter willDraw: called before each map.
  func files(
    _ maps: [MapName], frame: Int? = nil, willDraw: (MapName) -> Void = { _ in }
  ) throws(ExportError) -> [OutputFile] {
    var files: [OutputFile] = []
    for map in maps {
      willDraw(map)
      files.append(
        OutputFile(
          path: MapPath.of(map.rawValue, "png", in: folder, frame: frame),
          bytes: try picture(map).png()))
      if map == .openpose { files += keypointFiles(frame) }
    }
    return files
  }

  private func keypointFiles(_ frame: Int?) -> [OutputFile] {
    let (width, height) = (canvas.width, canvas.height)
    return [
      OutputFile(
        path: MapPath.of("openpose", "json", in: folder, frame: frame),
        bytes: OpenPoseJSON.encode(drawnPeople, width: width, height: height)),
      OutputFile(
        path: MapPath.of("keypoints", "json", in: folder, frame: frame),
        bytes: KeypointJSON.encode(
          zip(ids, keypoints).map { ($0, $1) }, width: width, height: height)),
      OutputFile(
        path: MapPath.of("boxes", "json", in: folder, frame: frame),
        bytes: BoxJSON.encode(
          zip(ids, boxes).map { ($0, $1) }, width: width, height: height)),
    ]
  }
}

extension Picture {
  /// Returns the picture as a PNG with as few channels and bits as it needs.
  package func png() throws(ExportError) -> [UInt8] {
    switch self {
    case .color(let picture): try PNGFile.encode(picture)
    case .gray(let picture): try PNGFile.encode(picture)
    case .deep(let picture): try PNGFile.encode(picture)
    }
  }
}
