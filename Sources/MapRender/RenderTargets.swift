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

  /// Copies the targets out, where something may be drawn; all else is empty.
  func read(_ bounds: PixelBounds) -> GBuffer {
    GBuffer(
      width: width, height: height,
      depth: readDepth(bounds),
      normals: read(0, GL_RG, GL_FLOAT, bounds, empty: SIMD2<Float>.zero),
      shading: read(2, GL_RGBA, GL_UNSIGNED_BYTE, bounds, empty: SIMD4<UInt8>.zero))
  }

  /// Copies only the distances out.
  func readDepth(_ bounds: PixelBounds) -> [Float] {
    read(1, GL_RED, GL_FLOAT, bounds, empty: Float.zero)
  }

  private func read<Pixel>(
    _ target: Int32, _ format: Int32, _ type: Int32, _ bounds: PixelBounds, empty: Pixel
  ) -> [Pixel] {
    var pixels = [Pixel](repeating: empty, count: width * height)
    guard !bounds.columns.isEmpty, !bounds.rows.isEmpty else { return pixels }
    glReadBuffer(GLenum(GL_COLOR_ATTACHMENT0 + target))
    glPixelStorei(GLenum(GL_PACK_ALIGNMENT), 1)
    glPixelStorei(GLenum(GL_PACK_ROW_LENGTH), GLint(width))
    glPixelStorei(GLenum(GL_PACK_SKIP_PIXELS), GLint(bounds.columns.lowerBound))
    glPixelStorei(GLenum(GL_PACK_SKIP_ROWS), GLint(bounds.rows.lowerBound))
    pixels.withUnsafeMutableBytes { buffer in
      glReadPixels(
        GLint(bounds.columns.lowerBound), GLint(bounds.rows.lowerBound),
        GLsizei(bounds.columns.count), GLsizei(bounds.rows.count), GLenum(format), GLenum(type),
        buffer.baseAddress)
    }
    return pixels
  }
}

/// The pixels that a picture's content lies in.
struct PixelBounds: Equatable {
  var columns: Range<Int>
  var rows: Range<Int>
}
