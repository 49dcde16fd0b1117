public import MapRender
public import PoseRig

/// A cache of sessions for the canvases that were drawn on recently.
///
/// Each session is created on first use: a process that only distributes work must not touch
/// OpenGL.
public final class RenderSessions {
  /// The total number of canvas pixels up to which several sessions are kept; each pixel takes 20
  /// bytes.
  private static let keptPixels = 1 << 22

  /// The sessions kept; the most recently used is the last.
  private var kept: [(canvas: Canvas, session: RenderSession)] = []

  /// Creates an empty cache.
  public init() {}

  /// Returns the session of a canvas.
  public func session(of canvas: Canvas) throws(RenderError) -> RenderSession {
    if let index = kept.firstIndex(where: { $0.canvas == canvas }) {
      let found = kept.remove(at: index)
      kept.append(found)
      return found.session
    }
    var pixels = canvas.width * canvas.height
    let stay = kept.reversed().prefix { old in
      pixels += old.canvas.width * old.canvas.height
      return pixels <= Self.keptPixels
    }
    kept = stay.reversed()
    let session = try RenderSession(canvas: canvas)
    kept.append((canvas, session))
    return session
  }
}
