internal import Glibc

/// Mesa's cache of compiled shaders, in the user's cache folder.
enum ShaderCache {
  /// Turns the cache off if its folder is not writable.
  ///
  /// Mesa draws without the cache, but each process would print a line about it.
  static func turnOffIfReadOnly(in environment: (_ name: String) -> String?) {
    // A folder that was named on purpose deserves that line.
    guard environment("MESA_SHADER_CACHE_DIR") == nil, let folder = folder(in: environment) else {
      return
    }
    if !isWritable(folder) { setenv("MESA_SHADER_CACHE_DISABLE", "true", 0) }
  }

  /// Returns the folder in which Mesa creates its own folder.
  private static func folder(in environment: (_ name: String) -> String?) -> String? {
    environment("XDG_CACHE_HOME") ?? environment("HOME").map { "\($0)/.cache" }
  }

  /// Returns whether Mesa can write its files; it creates at most two levels of folders.
  private static func isWritable(_ folder: String) -> Bool {
    let folders = ["\(folder)/mesa_shader_cache", folder, parent(of: folder)]
    return folders.first { (path: String) in access(path, F_OK) == 0 }
      .map { access($0, W_OK | X_OK) == 0 } ?? false
  }

  private static func parent(of folder: String) -> String {
    "/" + folder.split(separator: "/").dropLast().joined(separator: "/")
  }
}
