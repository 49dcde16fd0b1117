internal import Glibc

/// The libraries that posemap can draw with; each process uses one of them.
public enum Renderer: String, CaseIterable, Sendable {
  /// OSMesa, part of Mesa up to 25.0.
  case osmesa
  /// EGL without a surface, on Mesa's llvmpipe. Its bytes equal those of OSMesa from that Mesa
  /// version.
  case egl
  /// EGL on the first graphics card. Its pictures differ slightly from those of the other
  /// renderers.
  case gpu

  /// The environment variable that names the renderer of a process and of its child processes.
  public static let variable = "POSEMAP_RENDERER"

  /// Selects the renderer of this process and its child processes; call it before anything is
  /// drawn.
  public func choose() { setenv(Self.variable, rawValue, 1) }

  /// The command that installs the renderer on Debian and Ubuntu; nil for a graphics card.
  var installation: String? {
    switch self {
    case .osmesa: "apt install libosmesa6"
    case .egl: "apt install libegl1 libgl1-mesa-dri"
    case .gpu: nil
    }
  }
}
