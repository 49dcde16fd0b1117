internal import Glibc

/// Environment variables that make Mesa draw different bytes, or crash.
enum MesaVariables {
  /// Variables that make Mesa report another version, and the lowest version with which it draws as
  /// usual.
  private static let overrides: [(name: String, least: Double)] = [
    ("MESA_GL_VERSION_OVERRIDE", 3.3), ("MESA_GLSL_VERSION_OVERRIDE", 330),
  ]

  /// Returns one sentence about a wrong variable and the remedy; nil if all are right.
  static func fault(
    in environment: (_ name: String) -> String?, for renderer: Renderer
  ) -> String? {
    if renderer != .gpu, let driver = environment("GALLIUM_DRIVER"), driver != "llvmpipe" {
      return "GALLIUM_DRIVER is \"\(driver)\", but only llvmpipe draws the same bytes on every "
        + "machine; run: unset GALLIUM_DRIVER"
    }
    for (name, least) in overrides {
      guard let value = environment(name) else { continue }
      if let number = version(in: value), number < least {
        return "\(name) is \"\(value)\", but posemap draws with OpenGL 3.3; run: unset \(name)"
      }
    }
    return nil
  }

  /// Unsets version variables that Mesa would ignore after printing a line about each.
  static func unsetUnreadable(in environment: (_ name: String) -> String?) {
    for (name, _) in overrides where environment(name).map({ version(in: $0) == nil }) ?? false {
      unsetenv(name)
    }
  }

  private static func version(in value: String) -> Double? {
    Double(String(value.prefix { $0.isNumber || $0 == "." }))
  }
}
