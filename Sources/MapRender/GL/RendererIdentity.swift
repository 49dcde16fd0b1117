internal import COpenGL
internal import Synchronization

/// The renderer of this process, its version, and the device that computes its pixels.
public struct RendererIdentity: Equatable, Sendable, CustomStringConvertible {
  /// The library that draws.
  public var renderer: Renderer
  /// The version of Mesa, such as `Mesa 22.3.6`; for other drivers, OpenGL's whole version string.
  public var version: String
  /// OpenGL's name for the device, such as `llvmpipe (LLVM 15.0.6, 256 bits)`.
  public var device: String

  /// All three on one line.
  public var description: String { "\(version), \(renderer.rawValue), \(device)" }

  private static let known = Mutex<RendererIdentity?>(nil)

  /// Returns the identity of this process's renderer.
  ///
  /// - Throws: ``RenderError`` if nothing can be drawn on this machine.
  public static func current() throws(RenderError) -> RendererIdentity {
    if let known = known.withLock({ $0 }) { return known }
    let context = try OffscreenContext()
    try context.makeCurrent()
    return try note()
  }

  /// Queries this thread's context, and stores the result for ``current()``.
  @discardableResult
  static func note() throws(RenderError) -> RendererIdentity {
    let identity = RendererIdentity(
      renderer: try GraphicsLibrary.renderer.get(),
      version: mesaVersion(in: text(GLenum(GL_VERSION))), device: text(GLenum(GL_RENDERER)))
    known.withLock { $0 = identity }
    return identity
  }

  /// Returns Mesa's version from OpenGL's version string, such as `3.3 (Core Profile) Mesa 22.3.6`.
  static func mesaVersion(in words: String) -> String {
    words.firstRange(of: "Mesa ").map { String(words[$0.lowerBound...]) } ?? words
  }

  private static func text(_ name: GLenum) -> String {
    glGetString(name).map { String(cString: $0) } ?? ""
  }
}
