internal import Glibc

/// The modification time and length of a file; a file that does not exist has no time.
public struct FileStamp: Equatable, Sendable {
  private var seconds = 0
  private var nanoseconds = 0
  private var size = -1
  private var inode: UInt = 0
  private var mode: UInt32 = 0

  /// Creates the stamp of a file as it is now.
  public init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    size = Int(status.st_size)
    inode = UInt(status.st_ino)
    mode = status.st_mode & S_IFMT
  }

  /// The stamp of a file that does not exist.
  public static let none = FileStamp()

  private init() {}

  /// Whether the file exists.
  public var isThere: Bool { size >= 0 }

  /// Whether the file exists and is empty.
  public var isEmpty: Bool { size == 0 }

  /// Whether it is a regular file rather than a folder or device, which might never end.
  public var isFile: Bool { mode == S_IFREG }
}
