internal import COpenGL

/// A program of the geometry pass with the locations of its uniforms; owns the program.
struct GeometryProgram: ~Copyable {
  private let program: ShaderProgram
  private let cameraFromWorld: GLint
  private let clipFromCamera: GLint
  private let opacityFactor: GLint
  private let opacityCutoff: GLint
  private let toneWeight: GLint

  /// Creates a program for surfaces with or without textures that draws some of the targets.
  init(textured: Bool, _ targets: TargetChoice) throws(RenderError) {
    let fragment =
      switch targets {
      case .all: Shaders.fragment(textured: textured)
      case .distances: Shaders.depthFragment(textured: textured)
      case .shading: Shaders.shadingFragment(textured: textured)
      }
    program = try ShaderProgram(vertex: Shaders.vertex(textured: textured), fragment: fragment)
    cameraFromWorld = program.location("cameraFromWorld")
    clipFromCamera = program.location("clipFromCamera")
    opacityFactor = program.location("opacityFactor")
    opacityCutoff = program.location("opacityCutoff")
    toneWeight = program.location("toneWeight")
  }

  /// Makes the program current, with a camera's matrices.
  func use(cameraFromWorld: [Float], clipFromCamera: [Float]) {
    program.use()
    program.set(self.cameraFromWorld, cameraFromWorld)
    program.set(self.clipFromCamera, clipFromCamera)
  }

  /// Sets the opacity cutoff; a cutoff of 0 cuts nothing away.
  func cut(below cutoff: Float, factor: Float) {
    program.set(opacityFactor, factor)
    program.set(opacityCutoff, cutoff)
  }

  /// Sets whether the texture contains the skin's tones.
  func setTones(_ hasTones: Bool) { program.set(toneWeight, hasTones ? 1 : 0) }
}

/// The targets that the geometry pass draws to.
enum TargetChoice {
  /// All targets, from which a ``GBuffer`` is made.
  case all
  /// Only the distances.
  case distances
  /// Only the shading.
  case shading
}

/// The programs of the geometry pass, each made when the first surface needs it: most pictures have
/// no textures, and each program lengthens a cold start.
final class GeometryPrograms {
  private var plain = Variants()
  private var textured = Variants()

  /// The programs for one kind of surface.
  private struct Variants: ~Copyable {
    var all: GeometryProgram?
    var distances: GeometryProgram?
    var shading: GeometryProgram?
  }

  /// Calls `body` with the program for surfaces with or without textures.
  func with(
    textured isTextured: Bool, _ targets: TargetChoice,
    _ body: (borrowing GeometryProgram) -> Void
  ) throws(RenderError) {
    switch (isTextured, targets) {
    case (false, .all): try Self.with(&plain.all, false, targets, body)
    case (false, .distances): try Self.with(&plain.distances, false, targets, body)
    case (false, .shading): try Self.with(&plain.shading, false, targets, body)
    case (true, .all): try Self.with(&textured.all, true, targets, body)
    case (true, .distances): try Self.with(&textured.distances, true, targets, body)
    case (true, .shading): try Self.with(&textured.shading, true, targets, body)
    }
  }

  private static func with(
    _ program: inout GeometryProgram?, _ textured: Bool, _ targets: TargetChoice,
    _ body: (borrowing GeometryProgram) -> Void
  ) throws(RenderError) {
    let own =
      if let known = program.take() { known } else {
        try GeometryProgram(textured: textured, targets)
      }
    body(own)
    program = consume own
  }
}
