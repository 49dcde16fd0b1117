internal import Glibc
public import PoseRig
public import SceneFiles

/// Where the compiled human is kept: the user's cache.
public enum HumanStore {
  /// `$XDG_CACHE_HOME/posemap`, or `~/.cache/posemap`.
  public static var folder: String {
    if let cache = variable("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/posemap" }
    return (variable("HOME") ?? "/tmp") + "/.cache/posemap"
  }

  /// The file's name; another version of its format has another.
  public static let fileName = "human-\(HumanTemplateFile.version).body"

  /// The whole path.
  public static var path: String { "\(folder)/\(fileName)" }

  /// Returns the template in the cache, or the reason why it cannot be used.
  public static func load() -> Result<HumanTemplate, UnreadableFile> {
    switch FileLoader.bytes(path) {
    case .failure:
      return .failure(UnreadableFile(reason: "it is not installed; run: posemap body install"))
    case .success(let bytes):
      do {
        return .success(try HumanTemplateFile.decode(bytes))
      } catch {
        return .failure(UnreadableFile(reason: "\(path): \(error)"))
      }
    }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
