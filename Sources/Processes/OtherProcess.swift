internal import Glibc

/// Other processes of this machine.
package enum OtherProcess {
  /// The id of this process.
  package static var own: Int { Int(getpid()) }

  /// Whether a process goes on, is another than this one, and runs this very program.
  ///
  /// Ids are given again; a process of another program is not the one that is meant.
  package static func runsOwnProgram(_ id: Int) -> Bool {
    guard id != own, id > 0, let process = pid_t(exactly: id), kill(process, 0) == 0 else {
      return false
    }
    guard let other = program(of: "\(id)") else { return false }
    return other == program(of: "self")
  }

  private static func program(of process: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/\(process)/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
