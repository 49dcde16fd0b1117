internal import Glibc

/// The folder of bodies and library poses: a given one, or the one beside the installed command.
public enum RigsFolder {
  /// Returns `told`, or else the folder beside the command; nil if it is not there.
  public static func find(_ told: String?) -> String? {
    if let told { return told }
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    let command = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let folder = command.split(separator: "/").dropLast().joined(separator: "/")
    // PREFIX/bin/posemap → PREFIX/share/posemap/Rigs; .build/release/posemap → the checkout's Rigs.
    let candidates = ["../share/posemap/Rigs", "Rigs", "../../Rigs", "../../../Rigs"]
    return candidates.map { "/\(folder)/\($0)" }.first { access($0 + "/limits.json", R_OK) == 0 }
  }
}
