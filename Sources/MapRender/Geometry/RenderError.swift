/// The reason why a picture could not be drawn: a fault of the graphics library or of posemap,
/// never of a scene.
public enum RenderError: Error, Equatable, CustomStringConvertible {
  /// A renderer that cannot be used on this machine.
  public struct Absence: Equatable, Sendable {
    /// The renderer.
    public var renderer: Renderer
    /// The system's reason, such as `libOSMesa.so.8: cannot open shared object file: …`.
    public var reason: String
  }

  /// All renderers that can be used failed to load.
  case noRenderer([Absence])
  /// The renderer did not create an OpenGL 3.3 core context.
  case noContext(Renderer)
  /// An environment variable prevents Mesa from drawing as on other machines.
  case environment(String)
  /// A shader did not compile or link.
  case badProgram(String)
  /// The targets of the geometry pass could not be made at this size.
  case noTargets(width: Int, height: Int, status: Int)
  /// OpenGL reported an error.
  case graphics(code: Int, during: String)

  /// The fault, and the remedy.
  public var description: String {
    switch self {
    case .noRenderer(let absences): Self.sentence(absences)
    case .noContext(let renderer):
      "\(renderer.rawValue) did not create an OpenGL 3.3 context; for what may be wrong, run: posemap doctor"
    case .environment(let sentence): sentence
    case .badProgram(let log): "a shader did not compile; please report this: \(log)"
    case .noTargets(let width, let height, let status):
      "OpenGL cannot draw \(width)×\(height) pixels (status \(status)); try a smaller canvas"
    case .graphics(let code, let during):
      "OpenGL error \(code) while \(during); a smaller canvas may help if memory ran out"
    }
  }

  private static func sentence(_ absences: [Absence]) -> String {
    let reasons = absences.map { "\($0.renderer.rawValue): \($0.reason)" }
    let installations = absences.compactMap(\.renderer.installation)
    let remedy =
      installations.isEmpty
      ? "draw on the CPU instead: omit --renderer \(Renderer.gpu.rawValue), and unset \(Renderer.variable)"
      : "run: \(installations.joined(separator: ", or: "))"
    return "there is no OpenGL to draw with (\(reasons.joined(separator: "; "))); \(remedy)"
  }
}
