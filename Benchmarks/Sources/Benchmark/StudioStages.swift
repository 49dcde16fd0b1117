internal import Export
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles
internal import Studio

/// A drag in the studio: the way from an edit to a picture of 768², for figures in a row.
///
/// A hand goes round a circle, half of which is out of its reach.
struct StudioStages {
  let body: String
  let figures: Int

  private static let steps = 24
  private static let side = 768

  /// Reports the stages of a drag; nothing where the body is not installed.
  static func report(rigsFolder: String) throws {
    for body in ["female", "human"] {
      for figures in [1, 3] {
        try StudioStages(body: body, figures: figures).report(rigsFolder: rigsFolder)
      }
    }
  }

  private func report(rigsFolder: String) throws {
    var loader = FileLoader.disk(rigsFolder: rigsFolder)
    loader.read = { [scene] path in
      path == "drag.scene.json" ? .success(Array(scene.utf8)) : FileLoader.bytes(path)
    }
    let session = try StudioSession("drag.scene.json", files: loader)
    guard session.posed != nil else { return }
    try report(session)
  }

  /// The scene's text.
  private var scene: String {
    let characters = (0..<figures).map { index in
      """
      {"id": "c\(index)", "body": "\(body)", "pose": "contrapposto", \
      "position": [\(Double(index) - Double(figures - 1) / 2), 0, 0]}
      """
    }
    return """
      {"canvas": [768, 768], "camera": {"position": [0.8, 1.5, 4.2], "target": [0, 0.9, 0], \
      "focalLength": 40}, "characters": [\(characters.joined(separator: ", "))],
      "props": [{"id": "sill", "shape": "box", "size": [1.3, 0.55, 0.45], "position": [0, 0, -0.7]}]}
      """
  }

  private func report(_ session: StudioSession) throws {
    let viewport = Viewport()
    var times: [String: [Duration]] = [:]
    var bytes = 0
    for step in 0..<Self.steps {
      let start = ContinuousClock.now
      try session.make(.reach("c0", .leftHand, point(step)))
      let solved = ContinuousClock.now
      guard let posed = session.posed, let described = session.described else { return }
      let camera = Camera(
        worldFromCamera: posed.camera.worldFromCamera, tangentY: posed.camera.tangents.y,
        canvas: Canvas(width: Self.side, height: Self.side))
      let picture = try viewport.draw(posed, camera, .moving)
      let drawn = ContinuousClock.now
      bytes = try PNGFile.encode(picture).count
      let encoded = ContinuousClock.now
      _ = Handle.all(of: posed, described, camera)
      let end = ContinuousClock.now
      // The first steps make what all others find there.
      guard step >= 4 else { continue }
      times["solve", default: []].append(solved - start)
      times["draw", default: []].append(drawn - solved)
      times["PNG", default: []].append(encoded - drawn)
      times["handles", default: []].append(end - encoded)
      times["edit to picture", default: []].append(end - start)
    }
    for stage in ["solve", "draw", "PNG", "handles", "edit to picture"] {
      StageTime.report(
        "studio drag, \(body) × \(figures)", Self.side, stage, times[stage] ?? [],
        bytes: stage == "PNG" ? bytes : nil)
    }
  }

  /// The hand's place at a step, before the left shoulder of the first figure.
  private func point(_ step: Int) -> JSONValue {
    let points: [(x: Double, y: Double)] = [
      (0.35, 0), (0.3, 0.17), (0.17, 0.3), (0, 0.35), (-0.17, 0.3), (-0.3, 0.17), (-0.35, 0),
      (-0.3, -0.17), (-0.17, -0.3), (0, -0.35), (0.17, -0.3), (0.3, -0.17),
    ]
    let point = points[step % points.count]
    let middle = 0.3 - Double(figures - 1) / 2
    return .rounded([middle + point.x, 1.3 + point.y, 0.3 + Double(step) / 200], 3)
  }
}
