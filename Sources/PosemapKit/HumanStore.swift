internal import Glibc
public import PoseRig
public import SceneFiles

/// The location of the compiled human: the user's cache.
public enum HumanStore {
  /// `$XDG_CACHE_HOME/posemap`, or `~/.cache/posemap`.
  public static var folder: String {
    if let cache = variable("XDG_CACHE_HOME"), cache.hasPrefix("/") { return cache + "/posemap" }
    return (variable("HOME") ?? "/tmp") + "/.cache/posemap"
  }

  /// The file's name, which differs for each version of its format.
  public static let fileName = name(ofVersion: HumanTemplateFile.version)

  /// The full path.
  public static var path: String { "\(folder)/\(fileName)" }

  /// Returns the template in the cache, or the reason why it cannot be used.
  public static func load() -> Result<HumanTemplate, UnreadableFile> {
    switch FileLoader.bytes(path) {
    case .failure:
      if let older {
        return .failure(
          UnreadableFile(reason: "\(older): \(HumanTemplateFile.Fault.outdated)"))
      }
      return .failure(UnreadableFile(reason: "it is not installed; run: posemap body install"))
    case .success(let bytes):
      do {
        return .success(try HumanTemplateFile.decode(bytes))
      } catch {
        return .failure(UnreadableFile(reason: "\(path): \(error)"))
      }
    }
  }

  /// Whether the cache contains a file that cannot be used.
  public static var isDamaged: Bool {
    guard case .success(let bytes) = FileLoader.bytes(path) else { return false }
    return (try? HumanTemplateFile.decode(bytes)) == nil
  }

  /// The path of the template that an older posemap made; nil if there is no such file.
  private static var older: String? {
    (1..<HumanTemplateFile.version).reversed().map { "\(folder)/\(name(ofVersion: $0))" }
      .first { access($0, F_OK) == 0 }
  }

  private static func name(ofVersion version: UInt32) -> String { "human-\(version).body" }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
