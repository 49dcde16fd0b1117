internal import Export
internal import MapRender
internal import PoseRig
internal import SceneFiles

/// The stages of one example, its first character where a stage is of one.
struct SceneStages {
  let example: String
  var scene: Scene

  mutating func report(reading: () -> Void) throws {
    time(nil, "read") { reading() }
    time(nil, "solve and skin") { [scene] in _ = SceneSolver.solve(scene) }
    for side in [512, 1024, 2048] {
      scene.canvas = Canvas(width: side, height: side)
      if let posed = SceneSolver.solve(scene) { try report(posed, side) }
    }
  }

  private func report(_ posed: PosedScene, _ side: Int) throws {
    let canvas = Canvas(width: side, height: side)
    let character = posed.characters[0]
    let rig = PosedRig(rig: character.body.rig, pose: .rest)
    time(side, "skin") { _ = Skinning.pose(character.body, rig) }
    try time(side, "context and programs") { _ = try RenderSession(canvas: canvas) }
    let pass = try GeometryPass(canvas: canvas)
    let surfaces = character.surfaces
    try time(side, "draw, distances only") {
      _ = try pass.depthRange(of: surfaces, camera: posed.camera)
    }
    try time(side, "draw and read back") { _ = try pass.draw(surfaces, camera: posed.camera) }
    try report(try pass.draw(surfaces, camera: posed.camera), posed, side)
    try StageTime.report(example, side, "the whole scene's files") {
      try SceneExport(version: "bench").draw(posed, inputs: []).files.reduce(0) {
        $0 + $1.bytes.count
      }
    }
  }

  private func report(_ buffer: GBuffer, _ posed: PosedScene, _ side: Int) throws {
    guard let range = DepthRange(covering: buffer) else { return }
    let camera = posed.camera
    let points = {
      KeypointProjection.keypoints(of: posed.characters[0], camera: camera, in: buffer)
    }
    let drawn = DetectorPolicy.drawn(points())
    let skeleton = { OpenPoseMap.draw([drawn], width: side, height: side) }
    let depth = { DepthMap(range: range, floor: 32).draw(buffer) }
    let normal = { NormalMap.draw(buffer) }
    let canny = { CannyMap.detect(ShadedMap.draw(buffer, camera: camera)) }
    let mask = { MaskMap.draw(buffer) }
    time(side, "keypoints") { _ = points() }
    time(side, "openpose") { _ = skeleton() }
    time(side, "depth") { _ = depth() }
    time(side, "normal") { _ = normal() }
    time(side, "shaded and canny") { _ = canny() }
    time(side, "mask") { _ = mask() }
    time(side, "lines of the geometry") { _ = LineMaps(buffer, camera: camera) }
    let (one, two, three, four, five) = (skeleton(), depth(), normal(), canny(), mask())
    try StageTime.report(example, side, "PNG openpose") { try PNGFile.encode(one).count }
    try StageTime.report(example, side, "PNG depth") { try PNGFile.encode(two).count }
    try StageTime.report(example, side, "PNG normal") { try PNGFile.encode(three).count }
    try StageTime.report(example, side, "PNG canny") { try PNGFile.encode(four).count }
    try StageTime.report(example, side, "PNG mask") { try PNGFile.encode(five).count }
    reportFloor(buffer, side)
  }

  /// Reports the cost of the memory alone: each byte of the buffer read once, and of the five maps'
  /// rectangles written once.
  private func reportFloor(_ buffer: GBuffer, _ side: Int) {
    let pixels = buffer.depth.count
    let source = [UInt8](repeating: 1, count: pixels * 16)
    time(side, "floor: the buffers' memory") {
      var copy = source
      copy[0] = 2
      precondition(copy.count == source.count)
    }
  }

  private func time(_ side: Int?, _ stage: String, _ work: () throws -> Void) rethrows {
    try StageTime.report(example, side, stage) {
      try work()
      return nil
    }
  }
}
