internal import COpenGL
internal import Glibc

/// The OpenGL library of this process, which provides all its contexts.
enum GraphicsLibrary {
  /// The renderer that was loaded, or the reasons why loading failed.
  static let renderer: Result<Renderer, RenderError> = load(in: variable)

  /// Returns a variable of this process's environment; nil if it is empty or not set.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func load(
    in environment: (_ name: String) -> String?
  ) -> Result<Renderer, RenderError> {
    var wanted = [Renderer.osmesa, .egl]
    if let name = environment(Renderer.variable) {
      guard let chosen = Renderer(rawValue: name) else {
        let names = Renderer.allCases.map(\.rawValue).joined(separator: ", ")
        return .failure(
          .environment("\(Renderer.variable) is \"\(name)\", but the renderers are \(names)"))
      }
      wanted = [chosen]
    }
    if let fault = MesaVariables.fault(in: environment, for: wanted[0]) {
      return .failure(.environment(fault))
    }
    MesaVariables.unsetUnreadable(in: environment)
    ShaderCache.turnOffIfReadOnly(in: environment)
    var reasons: [RenderError.Absence] = []
    for renderer in wanted {
      guard let reason = posemap_gl_load(renderer.kind) else { return .success(renderer) }
      reasons.append(.init(renderer: renderer, reason: String(cString: reason)))
    }
    return .failure(.noRenderer(reasons))
  }
}

extension Renderer {
  fileprivate var kind: posemap_renderer {
    switch self {
    case .osmesa: POSEMAP_OSMESA
    case .egl: POSEMAP_EGL
    case .gpu: POSEMAP_GPU
    }
  }
}
