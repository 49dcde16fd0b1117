internal import Foundation
public import PoseRig
import SceneFiles

/// The human installed by `posemap body install`, for tests that need it.
public enum InstalledHuman {
  /// The template; nil if it is not installed. `make test` installs it.
  public static let template: HumanTemplate? = {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
    let path = "\(cache)/posemap/human-\(HumanTemplateFile.version).body"
    return FileManager.default.contents(atPath: path).flatMap {
      try? HumanTemplateFile.decode([UInt8]($0))
    }
  }()

  /// Whether tests that need it can run.
  public static var isThere: Bool { template != nil }
}
