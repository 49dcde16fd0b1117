import Foundation
import PosemapKit
import Testing

@Suite struct SingleFileTests {
  /// Writing to `/dev/null` as root must not leave a file there.
  @Test func aPipeStaysAPipeAndGetsTheBytes() throws {
    let path = NSTemporaryDirectory() + "posemap-pipe-\(UUID().uuidString)"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    // A pipe can be opened for writing only while another process reads from it.
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try SingleFile.write(Array("a pose".utf8), to: path)
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "a pose")
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }
}
