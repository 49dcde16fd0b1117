internal import Glibc

/// The executable file of the running command.
public enum OwnExecutable {
  /// The absolute path, with links resolved; nil if the system does not report it.
  public static var path: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The absolute path of the folder that contains it.
  public static var folder: String? {
    path.map { "/" + $0.split(separator: "/").dropLast().joined(separator: "/") }
  }
}
