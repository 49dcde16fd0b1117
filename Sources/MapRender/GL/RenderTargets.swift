internal import COpenGL

/// The framebuffer of the geometry pass and its targets; owns them.
struct RenderTargets: ~Copyable {
  private let width: Int
  private let height: Int
  private let framebuffer: GLuint
  /// The normal, depth and shading targets, then the depth buffer of the depth test.
  private let renderbuffers: [GLuint]

  private static let formats = [GL_RG32F, GL_R32F, GL_RGBA8]

  init(width: Int, height: Int) throws(RenderError) {
    var framebuffer: GLuint = 0
    glGenFramebuffers(1, &framebuffer)
    glBindFramebuffer(GLenum(GL_FRAMEBUFFER), framebuffer)
    var renderbuffers = [GLuint](repeating: 0, count: 4)
    glGenRenderbuffers(4, &renderbuffers)
    for (index, format) in (Self.formats + [GL_DEPTH_COMPONENT32F]).enumerated() {
      glBindRenderbuffer(GLenum(GL_RENDERBUFFER), renderbuffers[index])
      glRenderbufferStorage(
        GLenum(GL_RENDERBUFFER), GLenum(format), GLsizei(width), GLsizei(height))
      let attachment =
        index < Self.formats.count ? GL_COLOR_ATTACHMENT0 + Int32(index) : GL_DEPTH_ATTACHMENT
      glFramebufferRenderbuffer(
        GLenum(GL_FRAMEBUFFER), GLenum(attachment), GLenum(GL_RENDERBUFFER), renderbuffers[index])
    }
    self.width = width
    self.height = height
    self.framebuffer = framebuffer
    self.renderbuffers = renderbuffers
    let status = glCheckFramebufferStatus(GLenum(GL_FRAMEBUFFER))
    guard status == GLenum(GL_FRAMEBUFFER_COMPLETE) else {
      throw .noTargets(width: width, height: height, status: Int(status))
    }
    try checkGraphics("making targets of \(width)×\(height) pixels")
  }

  deinit {
    glDeleteRenderbuffers(GLsizei(renderbuffers.count), renderbuffers)
    withUnsafePointer(to: framebuffer) { glDeleteFramebuffers(1, $0) }
  }

  /// Makes the targets current, and clears them where something might be drawn: depth 0 and label 0
  /// mean that nothing is there.
  ///
  /// Targets that are not chosen keep their content, and nothing is drawn to them.
  func bindAndClear(_ bounds: PixelBounds, _ targets: TargetChoice) {
    glBindFramebuffer(GLenum(GL_FRAMEBUFFER), framebuffer)
    let attachments = Self.formats.indices.map { index in
      let isChosen =
        switch targets {
        case .all: true
        case .distances: index == 1
        case .shading: index == 2
        }
      return isChosen ? GLenum(GL_COLOR_ATTACHMENT0 + Int32(index)) : GLenum(GL_NONE)
    }
    glDrawBuffers(GLsizei(attachments.count), attachments)
    glViewport(0, 0, GLsizei(width), GLsizei(height))
    glEnable(GLenum(GL_SCISSOR_TEST))
    glScissor(
      GLint(bounds.columns.lowerBound), GLint(bounds.rows.lowerBound),
      GLsizei(bounds.columns.count), GLsizei(bounds.rows.count))
    glClearColor(0, 0, 0, 0)
    glClear(GLbitfield(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT))
  }

  /// Reads the targets back, where something might have been drawn.
  func read(_ bounds: PixelBounds) -> GBuffer {
    GBuffer(
      width: width, height: height, bounds: bounds,
      depth: readDepth(bounds),
      normals: read(0, GL_RG, GL_FLOAT, bounds),
      shading: readShading(bounds))
  }

  /// Reads only the distances back.
  func readDepth(_ bounds: PixelBounds) -> [Float] {
    read(1, GL_RED, GL_FLOAT, bounds)
  }

  /// Reads only the shading back.
  func readShading(_ bounds: PixelBounds) -> [SIMD4<UInt8>] {
    read(2, GL_RGBA, GL_UNSIGNED_BYTE, bounds)
  }

  private func read<Pixel>(
    _ target: Int32, _ format: Int32, _ type: Int32, _ bounds: PixelBounds
  ) -> [Pixel] {
    guard bounds.count > 0 else { return [] }
    glReadBuffer(GLenum(GL_COLOR_ATTACHMENT0 + target))
    glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
    return [Pixel](unsafeUninitializedCapacity: bounds.count) { buffer, count in
      glReadPixels(
        GLint(bounds.columns.lowerBound), GLint(bounds.rows.lowerBound),
        GLsizei(bounds.columns.count), GLsizei(bounds.rows.count), GLenum(format), GLenum(type),
        buffer.baseAddress)
      count = bounds.count
    }
  }
}
