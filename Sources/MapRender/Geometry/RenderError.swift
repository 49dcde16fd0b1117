/// Why a picture could not be drawn: faults of the graphics library or of posemap, never of a
/// scene.
public enum RenderError: Error, Equatable, CustomStringConvertible {
  /// OSMesa gave no OpenGL 3.3 core context.
  case noContext(String)
  /// A shader did not compile or link.
  case badProgram(String)
  /// The targets of the geometry pass could not be made at this size.
  case noTargets(width: Int, height: Int, status: Int)
  /// OpenGL reported an error.
  case graphics(code: Int, during: String)

  /// The fault, and the remedy.
  public var description: String {
    switch self {
    case .noContext(let why):
      "OSMesa gave no OpenGL 3.3 context (\(why)); install Debian's libosmesa6 22.3 or a Mesa up to 25.0"
    case .badProgram(let log): "a shader did not compile; please report this: \(log)"
    case .noTargets(let width, let height, let status):
      "OSMesa cannot draw \(width)×\(height) pixels (status \(status)); try a smaller canvas"
    case .graphics(let code, let during):
      "OpenGL error \(code) while \(during); a smaller canvas may help if memory ran out"
    }
  }
}
