internal import PoseRig

/// Reads a scene's `"camera"` and `"cameras"`, and chooses the one that the maps are seen through.
struct NamedCameraReader {
  /// The name of the camera in `"camera"`, which no other can have, and the word for all of them.
  static let main = "camera"
  static let reservedNames = [main, "all"]

  let file: String
  let characterIds: [String]
  let log: DiagnosticLog

  /// The cameras of a scene.
  struct Cameras {
    /// The one that the maps are seen through.
    var chosen: CameraDescription
    /// The location of ``chosen`` in the file; nil for a scene without cameras.
    var location: TextLocation?
    /// All that have names, in the order of the file; the one in `"camera"` is first.
    var named: [NamedCamera] = []
  }

  /// Returns the cameras; nil after reporting errors.
  ///
  /// - Parameter wanted: the name of the camera to choose; nil for `"camera"`, or else the first.
  func cameras(_ scene: ObjectReader, wanted: String?) -> Cameras? {
    var found: [(name: String, camera: CameraDescription?, location: TextLocation)] = []
    if let node = scene.node(Self.main) { found.append((Self.main, camera(node), node.location)) }
    if let node = scene.node("cameras") { found += self.named(node) }
    let names = found.map(\.name)
    let index: Int?
    if let wanted {
      index = names.firstIndex(of: wanted)
      if index == nil {
        log.error(
          .unknownName, file, scene.node("cameras")?.location ?? scene.location,
          names.isEmpty
            ? "the scene has no camera \"\(wanted)\"; it names none in \"cameras\""
            : unknown("camera", wanted, allowed: names, context: "in \"cameras\""))
        return nil
      }
    } else {
      index = names.indices.first
    }
    guard let index else { return Cameras(chosen: .standard) }
    let cameras = found.compactMap { one in
      one.camera.map { NamedCamera(name: one.name, camera: $0) }
    }
    guard let chosen = found[index].camera, cameras.count == found.count else { return nil }
    return Cameras(
      chosen: chosen, location: found[index].location,
      named: scene.has("cameras") ? cameras : [])
  }

  private func camera(_ node: JSONNode) -> CameraDescription? {
    CameraReader(file: file, log: log).camera(in: node, characterIds: characterIds)
  }

  private func named(
    _ node: JSONNode
  ) -> [(name: String, camera: CameraDescription?, location: TextLocation)] {
    guard case .object(let members) = node.value, !members.isEmpty else {
      log.error(
        .wrongType, file, node.location,
        "\"cameras\" gives each camera a name: {\"wide\": {\"frame\": \"all\"}}")
      return []
    }
    var known: Set<String> = []
    return members.compactMap { member in
      let name = member.key
      let fault = Identifier.fault(in: name, reserved: Self.reservedNames)
      if let fault {
        log.error(.invalidValue, file, member.keyLocation, "camera: \(fault)")
      } else if !known.insert(name.lowercased()).inserted {
        log.error(
          .conflict, file, member.keyLocation,
          "two cameras are named \"\(name)\", and folders do not tell capital letters apart")
      }
      return (name, camera(member.node), member.node.location)
    }
  }
}
