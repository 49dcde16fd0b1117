internal import COSMesa

/// An OpenGL 3.3 core context without a display, owned.
///
/// OSMesa's own functions are called here alone; the other files of this folder call plain OpenGL,
/// which they import through OSMesa's header. Mesa 25.1 dropped OSMesa: an EGL surfaceless context
/// would take this file's place. A context is current on one thread at a time: make it so before
/// each run of OpenGL calls.
struct OffscreenContext: ~Copyable {
  private let context: OSMesaContext
  /// OSMesa insists on a buffer of its own; all drawing goes to a framebuffer object instead.
  private let buffer: UnsafeMutableRawPointer

  private static let side: GLsizei = 16

  init() throws(RenderError) {
    let attributes: [Int32] = [
      OSMESA_FORMAT, Int32(GL_RGBA), OSMESA_DEPTH_BITS, 0, OSMESA_PROFILE, OSMESA_CORE_PROFILE,
      OSMESA_CONTEXT_MAJOR_VERSION, 3, OSMESA_CONTEXT_MINOR_VERSION, 3, 0, 0,
    ]
    guard let context = OSMesaCreateContextAttribs(attributes, nil) else {
      throw .noContext("it refused to make one")
    }
    let buffer = UnsafeMutableRawPointer.allocate(
      byteCount: Int(Self.side * Self.side) * 4, alignment: 16)
    self.context = context
    self.buffer = buffer
  }

  /// Sends this thread's OpenGL calls to this context; another may have been made since.
  func makeCurrent() throws(RenderError) {
    guard
      OSMesaMakeCurrent(context, buffer, GLenum(GL_UNSIGNED_BYTE), Self.side, Self.side) != 0
    else { throw .noContext("it could not be made current") }
  }

  deinit {
    if OSMesaGetCurrentContext() == context { OSMesaMakeCurrent(nil, nil, 0, 0, 0) }
    OSMesaDestroyContext(context)
    buffer.deallocate()
  }
}

/// Reports what OpenGL found wrong since it was last asked.
func checkGraphics(_ during: String) throws(RenderError) {
  let code = glGetError()
  if code != GLenum(GL_NO_ERROR) { throw .graphics(code: Int(code), during: during) }
}
