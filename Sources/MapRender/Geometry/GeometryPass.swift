internal import COpenGL
public import PoseRig

/// Draws posed surfaces through a camera into a G-buffer.
///
/// It has one context, one program and one set of targets for one canvas; use it from the thread
/// that created it.
public struct GeometryPass: ~Copyable {
  // Released in this order: everything in the context before the context itself.
  private let targets: RenderTargets
  private let shadowTargets = ShadowTargets()
  private let programs: GeometryPrograms
  private let vertices: VertexArrays
  private let context: OffscreenContext
  private let canvas: Canvas

  /// Creates a pass for one picture size.
  public init(canvas: Canvas) throws(RenderError) {
    let context = try OffscreenContext()
    try context.makeCurrent()
    try RendererIdentity.note()
    let targets = try RenderTargets(width: canvas.width, height: canvas.height)
    try checkGraphics("setting up")
    self.targets = targets
    programs = GeometryPrograms()
    vertices = VertexArrays()
    self.context = context
    self.canvas = canvas
  }

  deinit {
    // The members delete their resources in the current context.
    try? context.makeCurrent()
  }

  /// Returns the G-buffer of `surfaces` seen by `camera`.
  /// - Precondition: the camera's canvas is the pass's.
  public func draw(_ surfaces: [PosedSurface], camera: Camera) throws(RenderError) -> GBuffer {
    let bounds = Self.bounds(of: surfaces, camera)
    try rasterize(surfaces, camera, bounds, .all)
    let buffer = targets.read(bounds)
    try checkGraphics("reading back")
    return buffer
  }

  /// Returns the nearest and farthest distance that `draw` would show; nil if it would show
  /// nothing.
  /// - Precondition: the camera's canvas is the pass's.
  public func depthRange(
    of surfaces: [PosedSurface], camera: Camera
  ) throws(RenderError) -> DepthRange? {
    let bounds = Self.bounds(of: surfaces, camera)
    try rasterize(surfaces, camera, bounds, .distances)
    let depth = targets.readDepth(bounds)
    try checkGraphics("reading back")
    return DepthRange(covering: depth)
  }

  /// Returns the shading that `draw` would show, with zeros where there is nothing.
  /// - Precondition: the camera's canvas is the pass's.
  func shading(
    of surfaces: [PosedSurface], camera: Camera
  ) throws(RenderError) -> Inset<SIMD4<UInt8>> {
    let bounds = Self.bounds(of: surfaces, camera)
    try rasterize(surfaces, camera, bounds, .shading)
    let shading = targets.readShading(bounds)
    try checkGraphics("reading back")
    return Inset(
      width: canvas.width, height: canvas.height, background: .zero, bounds: bounds,
      pixels: shading)
  }

  /// Returns the distances of `surfaces` along the axis of a light's view in a rectangle of its
  /// pixels, row by row from the top; 0 means empty.
  func distances(
    of surfaces: [PosedSurface], from view: LightView, side: Int, bounds: PixelBounds
  ) throws(RenderError) -> [Float] {
    try context.makeCurrent()
    let distances = try shadowTargets.with(side: side) { targets throws(RenderError) in
      targets.bindAndClear(bounds, .distances)
      try rasterize(surfaces, view.viewFromWorld, view.clipFromView, .distances)
      return targets.readDepth(bounds)
    }
    try checkGraphics("reading back a light's view")
    return distances
  }

  private func rasterize(
    _ surfaces: [PosedSurface], _ camera: Camera, _ bounds: PixelBounds, _ choice: TargetChoice
  ) throws(RenderError) {
    precondition(camera.canvas == canvas, "GeometryPass: the camera has another canvas")
    try context.makeCurrent()
    targets.bindAndClear(bounds, choice)
    let range = Self.clipRange(surfaces, camera)
    let projection = Matrix4.perspective(
      tangentX: camera.tangents.x, tangentY: camera.tangents.y, near: range.lowerBound,
      far: range.upperBound)
    try rasterize(surfaces, camera.cameraFromWorld, projection, choice)
  }

  /// Draws surfaces into the targets that are bound.
  private func rasterize(
    _ surfaces: [PosedSurface], _ viewFromWorld: Transform, _ projection: Matrix4,
    _ choice: TargetChoice
  ) throws(RenderError) {
    glEnable(GLenum(GL_DEPTH_TEST))
    var projection = projection
    // OpenGL's rows start at the bottom, a picture's at the top: draw upside down.
    projection.columns.0.y.negate()
    projection.columns.1.y.negate()
    projection.columns.2.y.negate()
    projection.columns.3.y.negate()
    glFrontFace(GLenum(GL_CW))
    let cameraFromWorld = Matrix4(viewFromWorld).floats
    let clipFromCamera = projection.floats
    for surface in surfaces {
      // Tones do not affect distances.
      let isTextured =
        surface.look.map { look in
          !look.textures.isEmpty && !(choice == .distances && look.isWhole)
        } ?? false
      try programs.with(textured: isTextured, choice) { program in
        program.use(cameraFromWorld: cameraFromWorld, clipFromCamera: clipFromCamera)
        draw(surface, program)
      }
    }
    try checkGraphics("drawing")
  }

  private func draw(_ surface: PosedSurface, _ program: borrowing GeometryProgram) {
    let whole = SurfaceMaterial(
      triangles: surface.triangles.indices, doubleSided: !surface.isClosed)
    vertices.with(surface) { array, textures in
      for material in surface.look?.materials ?? [whole] {
        // Without a texture, a surface is entirely present or absent.
        if let cutout = material.cutout, cutout.texture == nil, cutout.factor < cutout.cutoff {
          continue
        }
        // A bent body can pass through itself; its inside must not show there.
        if material.doubleSided {
          glDisable(GLenum(GL_CULL_FACE))
        } else {
          glEnable(GLenum(GL_CULL_FACE))
        }
        program.cut(below: 0, factor: 0)
        program.setTones(material.tones != nil)
        if let cutout = material.cutout, let texture = cutout.texture {
          textures.bind(texture)
          program.cut(below: cutout.cutoff, factor: cutout.factor)
        } else if let tones = material.tones {
          textures.bind(tones)
        }
        array.draw(material.triangles)
      }
    }
  }

  /// Returns the pixels that contain the surfaces, slightly more on each side; all pixels if a part
  /// of a surface is beside or behind the camera.
  private static func bounds(of surfaces: [PosedSurface], _ camera: Camera) -> PixelBounds {
    let toCamera = Matrix4(camera.cameraFromWorld).floats
    func row(_ index: Int) -> SIMD3<Float> {
      SIMD3(toCamera[index], toCamera[4 + index], toCamera[8 + index])
    }
    let axes = [row(0), row(1), row(2)]
    let offset = SIMD3(toCamera[12], toCamera[13], toCamera[14])
    var low = SIMD2<Float>(repeating: .infinity)
    var high = SIMD2<Float>(repeating: -.infinity)
    for surface in surfaces {
      for position in surface.positions {
        let depth = -(position.dot(axes[2]) + offset.z)
        guard depth > 0.01 else {
          return PixelBounds(width: camera.canvas.width, height: camera.canvas.height)
        }
        let point =
          SIMD2(position.dot(axes[0]) + offset.x, position.dot(axes[1]) + offset.y) / depth
        low = pointwiseMin(low, point)
        high = pointwiseMax(high, point)
      }
    }
    func pixels(_ from: Float, _ to: Float, _ tangent: Double, _ size: Int) -> Range<Int> {
      let half = Float(size) / 2
      let scale = half / Float(tangent)
      let first = min(max(half + from * scale - 2, 0), Float(size))
      let end = min(max(half + to * scale + 3, 0), Float(size))
      return first < end ? Int(first)..<Int(end) : 0..<0
    }
    guard low.x <= high.x else { return .none }
    let bounds = PixelBounds(
      columns: pixels(low.x, high.x, camera.tangents.x, camera.canvas.width),
      rows: pixels(-high.y, -low.y, camera.tangents.y, camera.canvas.height))
    return bounds.count > 0 ? bounds : .none
  }

  /// Returns clipping distances in meters that enclose everything in front of the camera, as tight
  /// as possible for precision.
  private static func clipRange(
    _ surfaces: [PosedSurface], _ camera: Camera
  ) -> ClosedRange<Double> {
    let toCamera = camera.cameraFromWorld
    let row = Vector3(
      toCamera.rotation.rotate(.unitX).z, toCamera.rotation.rotate(.unitY).z,
      toCamera.rotation.rotate(.unitZ).z)
    let axis = SIMD3<Float>(row)
    let offset = Float(toCamera.translation.z)
    var nearest = Float.infinity
    var farthest: Float = 0
    for surface in surfaces {
      for position in surface.positions {
        let depth = -(position.dot(axis) + offset)
        nearest = min(nearest, depth)
        farthest = max(farthest, depth)
      }
    }
    let near = max(Double(nearest) * 0.95, 0.01)
    return near...max(Double(farthest) * 1.05, near * 2)
  }
}
