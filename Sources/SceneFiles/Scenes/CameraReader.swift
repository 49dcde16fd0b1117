internal import PoseRig

/// Reads a scene's `"camera"`.
struct CameraReader {
  static let lensKeys = ["fovY", "focalLength"]
  static let pointKeys = ["position", "target"]
  static let framingKeys = ["frame", "angle", "elevation", "margin"]
  static let keys = ShotReader.ownKeys + pointKeys + framingKeys + lensKeys + ["roll"]

  let file: String
  let log: DiagnosticLog

  func camera(in node: JSONNode, characterIds: [String]) -> CameraDescription? {
    guard let reader = ObjectReader(node, "a camera", allowed: Self.keys, file: file, log: log)
    else { return nil }
    let lens = self.lens(reader)
    let roll = reader.number("roll", in: -360...360, "degrees") ?? 0
    let points = Self.pointKeys.filter(reader.has)
    let framing = Self.framingKeys.filter(reader.has)
    let shot = ShotReader.ownKeys.filter(reader.has)
    if let first = points.first, let other = (shot + framing).first {
      reader.error(
        .conflict, other,
        "a camera is placed by \"position\" and \"target\", by \"frame\" or by \"shot\": "
          + "remove \"\(other)\" or \"\(first)\"")
      return nil
    }
    if let first = shot.first, reader.has("frame") {
      reader.error(
        .conflict, "frame",
        "\"frame\" and \"\(first)\" both say what the camera shows: a shot names it by \"of\"")
      return nil
    }
    let placement: CameraDescription.Placement? =
      if !points.isEmpty {
        self.position(reader)
      } else if !shot.isEmpty {
        ShotReader(reader: reader, characterIds: characterIds).shot().map { .shot($0) }
      } else {
        self.framing(reader, characterIds: characterIds)
      }
    return placement.map { CameraDescription(placement: $0, lens: lens, roll: roll) }
  }

  private func lens(_ reader: ObjectReader) -> CameraDescription.Lens {
    let fovY = reader.number("fovY", in: 1...150, "degrees")
    let focalLength = reader.number("focalLength", in: 8...1200, "millimeters")
    if reader.has("fovY"), reader.has("focalLength") {
      reader.error(
        .conflict, "focalLength",
        "a camera has one lens: give \"fovY\" or \"focalLength\", not both")
    }
    if let fovY { return .fovY(fovY) }
    if let focalLength { return .focalLength(focalLength) }
    return CameraDescription.standard.lens
  }

  private func position(_ reader: ObjectReader) -> CameraDescription.Placement? {
    for key in Self.pointKeys where !reader.has(key) {
      reader.error(
        .missingKey, key,
        "a camera placed by hand needs \"position\" and \"target\"; \"\(key)\" is missing")
    }
    guard let position = reader.vector("position"), let target = reader.vector("target") else {
      return nil
    }
    guard (target - position).length >= 1e-3 else {
      reader.error(
        .invalidValue, "target",
        "the camera's target is where the camera is; it must look somewhere")
      return nil
    }
    return .at(position: position, target: target)
  }

  private func framing(
    _ reader: ObjectReader, characterIds: [String]
  ) -> CameraDescription.Placement? {
    let angle = reader.number("angle", in: -360...360, "degrees") ?? 0
    let elevation = reader.number("elevation", in: -89...89, "degrees") ?? 0
    let margin = reader.number("margin", in: 0...0.45, "of the picture") ?? 0.08
    var character: String?
    if let frame = reader.string("frame"), frame != "all" {
      guard characterIds.contains(frame) else {
        reader.error(
          .unknownName, "frame",
          unknown("character", frame, allowed: ["all"] + characterIds, context: "in \"frame\""))
        return nil
      }
      character = frame
    }
    return .framing(character: character, angle: angle, elevation: elevation, margin: margin)
  }
}
