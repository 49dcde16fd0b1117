internal import COSMesa

/// A program of the geometry pass with the locations of its uniforms, owned.
struct GeometryProgram: ~Copyable {
  private let program: ShaderProgram
  private let cameraFromWorld: GLint
  private let clipFromCamera: GLint
  private let opacityFactor: GLint
  private let opacityCutoff: GLint

  /// A program for surfaces with textures or without, that draws all targets or distances alone.
  init(textured: Bool, onlyDepth: Bool) throws(RenderError) {
    program = try ShaderProgram(
      vertex: Shaders.vertex(textured: textured),
      fragment: onlyDepth
        ? Shaders.depthFragment(textured: textured) : Shaders.fragment(textured: textured))
    cameraFromWorld = program.location("cameraFromWorld")
    clipFromCamera = program.location("clipFromCamera")
    opacityFactor = program.location("opacityFactor")
    opacityCutoff = program.location("opacityCutoff")
  }

  /// Makes it the current program, with a camera's matrices.
  func use(cameraFromWorld: [Float], clipFromCamera: [Float]) {
    program.use()
    program.set(self.cameraFromWorld, cameraFromWorld)
    program.set(self.clipFromCamera, clipFromCamera)
  }

  /// Sets what is cut away: nothing for a cutoff of 0.
  func cut(below cutoff: Float, factor: Float) {
    program.set(opacityFactor, factor)
    program.set(opacityCutoff, cutoff)
  }
}

/// The programs of the geometry pass, each made when the first surface needs it: most pictures have
/// no textures, and a cold start pays for each.
final class GeometryPrograms {
  private var plain: GeometryProgram?
  private var plainDepth: GeometryProgram?
  private var textured: GeometryProgram?
  private var texturedDepth: GeometryProgram?

  /// Calls `body` with the program for surfaces with textures or without.
  func with(
    textured isTextured: Bool, onlyDepth: Bool,
    _ body: (borrowing GeometryProgram) -> Void
  ) throws(RenderError) {
    switch (isTextured, onlyDepth) {
    case (false, false): try Self.with(&plain, false, false, body)
    case (false, true): try Self.with(&plainDepth, false, true, body)
    case (true, false): try Self.with(&textured, true, false, body)
    case (true, true): try Self.with(&texturedDepth, true, true, body)
    }
  }

  private static func with(
    _ program: inout GeometryProgram?, _ textured: Bool, _ onlyDepth: Bool,
    _ body: (borrowing GeometryProgram) -> Void
  ) throws(RenderError) {
    let own =
      if let known = program.take() { known } else {
        try GeometryProgram(textured: textured, onlyDepth: onlyDepth)
      }
    body(own)
    program = consume own
  }
}
