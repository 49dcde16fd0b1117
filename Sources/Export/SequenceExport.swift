internal import MapRender
public import PoseRig

/// Makes the maps of a scene whose characters move, frame by frame.
///
/// Camera and depth range are those of the whole sequence, so that nothing flickers.
public struct SequenceExport {
  private let sequence: SceneSequence
  private let maps: [MapName]
  private let chosen: [Int]
  private let together: Bool
  private let version: String
  private let session: RenderSession
  private let range: DepthRange?

  /// An export of `maps` for the characters in `only` (all for nil). `progress` hears of each frame looked at beforehand.
  public init(
    _ sequence: SceneSequence, maps: [MapName], only: [String]?, together: Bool, version: String,
    progress: (Int) -> Void = { _ in }
  ) throws {
    self.sequence = sequence
    self.maps = maps
    self.together = together
    self.version = version
    chosen = sequence.scene.characters.indices.filter {
      only?.contains(sequence.scene.characters[$0].id) ?? true
    }
    session = try RenderSession(canvas: sequence.camera.canvas)
    range = try Self.range(of: sequence, session, maps, progress)
  }

  /// The folders of maps: one a character, or `all`.
  public var folders: [String] {
    together ? ["all"] : chosen.map { sequence.scene.characters[$0].id }
  }

  /// The files of a frame that are there when it is done, under the output folder.
  public func names(of frame: Int) -> [String] {
    folders.flatMap { folder in
      maps.flatMap { map in
        [MapPath.of(map.rawValue, "png", in: folder, frame: frame)]
          + (map == .openpose
            ? ["openpose", "keypoints"].map { MapPath.of($0, "json", in: folder, frame: frame) }
            : [])
      }
    }
  }

  /// The files of one frame.
  public func files(of frame: Int) throws -> [OutputFile] {
    guard var scene = sequence.posed(frame) else { return [] }
    fix(&scene)
    let buffers = try CharacterBuffers(scene, in: session)
    let subjects: [MapSubject] = together ? [.together(chosen)] : chosen.map(MapSubject.character)
    var files: [OutputFile] = []
    for subject in subjects where !chosen.isEmpty {
      files += try MapDrawing(subject, of: scene, buffers: buffers, maps: maps)
        .files(maps, frame: frame)
    }
    return files
  }

  /// `manifest.json`: what the frames are made from and with; equal for two runs whose frames are.
  public func manifest(inputs: [InputFile]) throws -> OutputFile {
    guard let scene = sequence.posed(sequence.frames.lowerBound) else {
      return OutputFile(path: "manifest.json", bytes: [])
    }
    let own = range ?? DepthRange(near: 1, far: 1)
    let entries =
      together
      ? []
      : chosen.map { index in
        Manifest.CharacterEntry(
          id: scene.characters[index].id, body: scene.characters[index].body.name,
          depthRange: .init(own), files: [])
      }
    var manifest = Manifest(
      scene: scene, inputs: inputs, depthRange: range, characters: entries,
      together: together
        ? .init(
          characters: chosen.map { scene.characters[$0].id }, depthRange: .init(own), files: [])
        : nil,
      version: version)
    manifest.frames = .init(
      first: sequence.frames.lowerBound, last: sequence.frames.upperBound, rate: sequence.rate,
      maps: maps.map(\.rawValue))
    return OutputFile(path: "manifest.json", bytes: try JSONText.encode(manifest, pretty: true))
  }

  /// A range of the scene's is that of the whole sequence.
  private func fix(_ scene: inout PosedScene) {
    guard scene.mapSettings.depthRange == .scene, let range else { return }
    scene.mapSettings.depthRange = .fixed(near: Double(range.near), far: Double(range.far))
  }

  private static func range(
    of sequence: SceneSequence, _ session: RenderSession, _ maps: [MapName],
    _ progress: (Int) -> Void
  ) throws -> DepthRange? {
    guard maps.contains(.depth), sequence.scene.mapSettings.depthRange == .scene else { return nil }
    var range: DepthRange?
    for frame in sequence.frames {
      guard let scene = sequence.posed(frame) else { continue }
      let buffers = try CharacterBuffers(scene, in: session)
      if scene.mapSettings.depth == .zoe {
        let everyone = Array(scene.characters.indices)
        range = range.union(
          DepthRange(percentilesOf: try buffers.together(everyone, withProps: true).buffer))
      } else {
        range = range.union(buffers.depthRange)
      }
      progress(frame)
    }
    return range
  }
}
