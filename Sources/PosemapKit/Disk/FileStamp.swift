internal import Glibc

/// When a file was last written, and how long it is; what is not there has no time.
public struct FileStamp: Equatable, Sendable {
  private var seconds = 0
  private var nanoseconds = 0
  private var size = -1
  private var inode: UInt = 0
  private var mode: UInt32 = 0

  /// The stamp of a file as it is now.
  public init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    size = Int(status.st_size)
    inode = UInt(status.st_ino)
    mode = status.st_mode & S_IFMT
  }

  /// The stamp of no file.
  public static let none = FileStamp()

  private init() {}

  /// Whether there is a file.
  public var isThere: Bool { size >= 0 }

  /// Whether there is a file without content.
  public var isEmpty: Bool { size == 0 }

  /// Whether there is a file of bytes, no folder or device, which may never end.
  public var isFile: Bool { mode == S_IFREG }
}
