internal import COpenGL

/// An OpenGL 3.3 core context without a display; owns the context.
///
/// A context is current on one thread at a time: make it current before each run of OpenGL calls.
struct OffscreenContext: ~Copyable {
  private let context: UnsafeMutableRawPointer

  init() throws(RenderError) {
    let renderer = try GraphicsLibrary.renderer.get()
    guard let context = posemap_gl_context() else { throw .noContext(renderer) }
    self.context = context
  }

  /// Directs this thread's OpenGL calls to this context; another may have been created since.
  func makeCurrent() throws(RenderError) {
    if posemap_gl_make_current(context) == 0 {
      throw .noContext(try GraphicsLibrary.renderer.get())
    }
  }

  deinit { posemap_gl_end(context) }
}

/// Throws an error that OpenGL has recorded since the last check.
func checkGraphics(_ during: String) throws(RenderError) {
  let code = glGetError()
  if code != GLenum(GL_NO_ERROR) { throw .graphics(code: Int(code), during: during) }
}
