internal import COSMesa

/// The framebuffer of the geometry pass with its targets, owned.
struct RenderTargets: ~Copyable {
  private let width: Int
  private let height: Int
  private let framebuffer: GLuint
  /// Normal, depth, shading, then the depth test's own.
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

  /// Makes the targets current and empty: depth 0 and label 0 mean nothing there.
  func bindAndClear() {
    glBindFramebuffer(GLenum(GL_FRAMEBUFFER), framebuffer)
    let attachments = Self.formats.indices.map { GLenum(GL_COLOR_ATTACHMENT0 + Int32($0)) }
    glDrawBuffers(GLsizei(attachments.count), attachments)
    glViewport(0, 0, GLsizei(width), GLsizei(height))
    glClearColor(0, 0, 0, 0)
    glClear(GLbitfield(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT))
  }

  /// Copies the targets out.
  func read() -> GBuffer {
    GBuffer(
      width: width, height: height,
      depth: read(1, GL_RED, GL_FLOAT, as: Float.self),
      normals: read(0, GL_RG, GL_FLOAT, as: SIMD2<Float>.self),
      shading: read(2, GL_RGBA, GL_UNSIGNED_BYTE, as: SIMD4<UInt8>.self))
  }

  private func read<Pixel>(
    _ target: Int32, _ format: Int32, _ type: Int32, as: Pixel.Type
  ) -> [Pixel] {
    glReadBuffer(GLenum(GL_COLOR_ATTACHMENT0 + target))
    glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
    let count = width * height
    return [Pixel](unsafeUninitializedCapacity: count) { buffer, initialized in
      glReadPixels(
        0, 0, GLsizei(width), GLsizei(height), GLenum(format), GLenum(type), buffer.baseAddress)
      initialized = count
    }
  }
}
