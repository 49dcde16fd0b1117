internal import CBuild
internal import MapRender

/// The version of this build of posemap.
enum OwnVersion {
  /// The version, such as `0.2.0`.
  static let number = String(cString: posemap_version()).filter { $0 != "\n" }

  /// The commit that it was built from; nil if unknown.
  static let commit: String? = {
    let text = String(cString: posemap_commit())
    return text.isEmpty ? nil : text
  }()

  /// The version and commit on one line.
  static let line = "posemap \(number)" + (commit.map { " (commit \($0))" } ?? "")

  /// Returns the lines of `--version`: the versions of posemap and of the renderer.
  static func lines() -> [String] {
    do {
      return [line, try RendererIdentity.current().description]
    } catch {
      return [line, error.description]
    }
  }
}
