internal import PoseRig

/// Draws the shaded map in the lights of a scene.
///
/// The characters are lit as in the whole scene: whatever stands in the light casts its shadow on
/// them, drawn or not, so that pictures of characters drawn one at a time fit together. On props
/// and on the floor lie only the shadows of what the picture shows.
struct LitPicture {
  private let scene: PosedScene
  private let lights: PosedLights
  private let buffer: GBuffer
  /// The characters, on which all shadows fall.
  private var figures = LitSurfaces()
  /// Props and the floor, on which the shadows of the picture's contents fall; empty if these are
  /// all shadows, and everything is among ``figures``.
  private var surroundings = LitSurfaces()

  /// Returns the picture of a buffer that shows some of a scene's characters, by their indices, and
  /// its props or not.
  static func draw(
    _ buffer: GBuffer, showing shown: [Int], withProps: Bool, of scene: PosedScene,
    by lights: PosedLights, in pass: borrowing GeometryPass
  ) throws(RenderError) -> Inset<RGB8> {
    let showsAll =
      shown.count == scene.characters.count && (withProps || scene.props.isEmpty)
    var picture = LitPicture(buffer, scene, lights, showsAll: showsAll)
    let everything = ShadowCast(
      scene, characters: Array(scene.characters.indices), withProps: true)
    let middle = picture.middle
    try picture.figures.illuminate(by: everything.samples(lights, middle), in: pass)
    if !showsAll {
      let seen = ShadowCast(scene, characters: shown, withProps: withProps)
      try picture.surroundings.illuminate(by: seen.samples(lights, middle), in: pass)
    }
    return picture.developed()
  }

  private init(_ buffer: GBuffer, _ scene: PosedScene, _ lights: PosedLights, showsAll: Bool) {
    (self.scene, self.lights, self.buffer) = (scene, lights, buffer)
    let rays = PixelRays(scene.camera)
    func add(_ pixel: Int, _ point: SIMD3<Float>, _ normal: SIMD3<Float>, toFigures: Bool) {
      if toFigures {
        figures.add(pixel, point, normal)
      } else {
        surroundings.add(pixel, point, normal)
      }
    }
    for y in 0..<buffer.height {
      for x in 0..<buffer.width {
        let pixel = y * buffer.width + x
        if let index = buffer.bounds.index(x: x, y: y), buffer.covers(index) {
          add(
            pixel, rays.point(x, y, depth: buffer.depth[index]), rays.world(buffer.normal(index)),
            toFigures: showsAll || buffer.showsCharacter(index))
        } else if let height = lights.floor, let point = rays.point(x, y, height: Float(height)) {
          add(pixel, point, SIMD3(0, 1, 0), toFigures: showsAll)
        }
      }
    }
  }

  /// The middle of the characters.
  private var middle: Vector3 {
    let box = Box(scene.characters.map { $0.position(of: .chest) })
    return box.low.x <= box.high.x ? (box.low + box.high) / 2 : .zero
  }

  // MARK: The picture

  private func developed() -> Inset<RGB8> {
    let backdrop = lights.backdrop.map { SIMD3<Float>($0) } ?? paper
    let background = Exposure.level(backdrop)
    let whole = PixelBounds(width: buffer.width, height: buffer.height)
    var pixels = [RGB8](repeating: background, count: whole.count)
    for surfaces in [figures, surroundings] {
      for (number, pixel) in surfaces.pixels.enumerated() {
        let (x, y) = (Int(pixel) % buffer.width, Int(pixel) / buffer.width)
        let light = surfaces.light[number]
        if let index = buffer.bounds.index(x: x, y: y), buffer.covers(index) {
          pixels[Int(pixel)] = Exposure.level(light * Clay.color(buffer, index))
        } else {
          let full = surfaces.unshadowed[number]
          // The floor is invisible outside shadows.
          guard light != full else { continue }
          let share = light / pointwiseMax(full, SIMD3(repeating: 1e-6))
          pixels[Int(pixel)] = Exposure.level(backdrop * share)
        }
      }
    }
    return Inset(
      width: buffer.width, height: buffer.height, background: background, bounds: whole,
      pixels: pixels)
  }

  /// The color of a white paper behind everything, which runs from the floor up the wall: it faces
  /// between the camera and the sky.
  private var paper: SIMD3<Float> {
    let back = scene.camera.worldFromCamera.rotation.rotate(.unitZ)
    let level = Vector3(back.x, 0, back.z).normalized ?? .unitZ
    let normal = (level + .unitY).normalized ?? .unitY
    let light = lights.sources.reduce(lights.ambient) { sum, source in
      let (toLight, light) = source.seen(from: middle)
      return sum + light * max(0, normal.dot(toLight))
    }
    return SIMD3(light) * Clay.paper
  }
}
