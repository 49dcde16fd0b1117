internal import Foundation
public import PoseRig
import SceneFiles

/// The human that `posemap body install` made, for tests that need it.
public enum InstalledHuman {
  /// Nil where it is not installed; `make test` installs it.
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
