public import PoseRig

/// A geometry pass that several scenes of one canvas share: making one compiles shaders.
public final class RenderSession {
  let pass: GeometryPass

  /// A session for one size of picture; used from the thread that made it.
  public init(canvas: Canvas) throws(RenderError) {
    pass = try GeometryPass(canvas: canvas)
  }
}
