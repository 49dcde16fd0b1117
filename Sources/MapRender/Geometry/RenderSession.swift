public import PoseRig

/// A geometry pass shared by scenes with one canvas, since creating a pass compiles shaders.
public final class RenderSession {
  let pass: GeometryPass

  /// Creates a session for one picture size; use it from the thread that created it.
  public init(canvas: Canvas) throws(RenderError) {
    pass = try GeometryPass(canvas: canvas)
  }
}
