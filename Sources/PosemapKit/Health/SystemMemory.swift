internal import Export
internal import Glibc
internal import PoseRig
internal import SceneFiles

/// The memory that this process can still use.
enum SystemMemory {
  /// The memory needed beside the picture, in bytes: bodies, and Mesa with LLVM's shader code.
  private static let besidePicture = 128 << 20
  /// The G-buffer's targets, then the pictures, as measured at 512² to 4096².
  private static let bytesPerPixel = 48

  /// Returns the minimum memory, in bytes, for drawing a scene at a size.
  static func needed(for canvas: Canvas) -> Int {
    besidePicture + canvas.width * canvas.height * bytesPerPixel
  }

  /// Rejects a picture for which there is too little memory: the system would kill the process.
  static func check(for canvas: Canvas) throws(Failure) {
    let needed = needed(for: canvas)
    guard let free = available(), free < needed else { return }
    throw Failure(
      .unavailable,
      "drawing \(canvas) takes about \(needed >> 20) MiB of memory, but only \(free >> 20) MiB are free; "
        + "close other programs, or draw a smaller picture (--size)")
  }

  /// Returns the bytes that are still free within the machine, its container and `ulimit -v`; nil
  /// if the system does not report them.
  static func available() -> Int? {
    let machine = fields("/proc/meminfo")
    let free = machine["MemAvailable"].map { ($0 + (machine["SwapFree"] ?? 0)) << 10 }
    return [free, container(), addressSpace()].compactMap { $0 }.min()
  }

  /// Returns the rest of a container's limit, in bytes (control groups, version 2).
  private static func container() -> Int? {
    let folder = "/sys/fs/cgroup"
    guard let limit = number("\(folder)/memory.max"),
      let used = number("\(folder)/memory.current")
    else { return nil }
    // Cached files count as used, but the kernel drops them when memory is needed.
    let statistics = fields("\(folder)/memory.stat")
    let copies = ["active_file", "inactive_file"].reduce(0) { $0 + (statistics[$1] ?? 0) }
    return max(0, limit - used + copies)
  }

  /// The address space that threads reserve for stacks and heaps but hardly use, in bytes.
  private static let addressesOfThreads = 256 << 20

  /// Returns the rest of the address space that `ulimit -v` allows, in bytes.
  private static func addressSpace() -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < 1 << 62
    else { return nil }
    let used = (fields("/proc/self/status")["VmSize"] ?? 0) << 10
    return max(0, Int(limit.rlim_cur) - used - addressesOfThreads)
  }

  /// Returns the numbers in a file with lines such as `MemAvailable:  1234 kB`.
  private static func fields(_ path: String) -> [String: Int] {
    var found: [String: Int] = [:]
    for line in text(path).split(separator: "\n") {
      let parts = line.split(whereSeparator: { $0 == ":" || $0 == " " || $0 == "\t" })
      if parts.count >= 2, let number = Int(parts[1]) { found[String(parts[0])] = number }
    }
    return found
  }

  private static func number(_ path: String) -> Int? {
    Int(text(path).filter { $0 != "\n" })
  }

  private static func text(_ path: String) -> String {
    guard case .success(let bytes) = FileLoader.bytes(path) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }
}
