public import MapRender
public import PoseRig

/// Sessions for the canvases that were drawn on lately.
///
/// Each is made when it is first needed: a process that only hands out work must not have touched
/// OpenGL.
public final class RenderSessions {
  /// Pixels of all sessions' canvases up to which several are kept; one takes 20 bytes.
  private static let keptPixels = 1 << 22

  /// The one used last is the last.
  private var kept: [(canvas: Canvas, session: RenderSession)] = []

  /// An empty set of sessions.
  public init() {}

  /// The session of a canvas.
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
