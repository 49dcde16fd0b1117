internal import Glibc

/// Complete messages over a socket: a length in 64 bits, then that number of bytes.
enum WorkerSocket {
  /// The longest message; a larger length means damage.
  private static let longest = 1 << 34

  /// Returns the next message; nil at the end of the stream.
  static func read(_ socket: Int32) -> [UInt8]? {
    guard let head = read(MemoryLayout<UInt64>.size, from: socket) else { return nil }
    let length = head.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    guard length <= longest else { return nil }
    return read(Int(length), from: socket)
  }

  private static func read(_ count: Int, from socket: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(socket, buffer.baseAddress.map { $0 + filled }, count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      filled += got
    }
    return bytes
  }

  /// Writes a complete message; returns false if nobody reads any longer.
  static func write(_ message: [UInt8], to socket: Int32) -> Bool {
    let length = withUnsafeBytes(of: UInt64(message.count).littleEndian, Array.init)
    let bytes = length + message
    var sent = 0
    while sent < bytes.count {
      // The result reports a worker that is gone; a signal would end the whole process.
      let wrote = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          socket, buffer.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { return false }
      sent += wrote
    }
    return true
  }
}
