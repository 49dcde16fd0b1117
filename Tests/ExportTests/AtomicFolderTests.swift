import Export
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite struct AtomicFolderTests {
  private func text(_ runner: CommandRunner, _ name: String) -> String? {
    runner.bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  private func file(_ path: String, _ text: String) -> OutputFile {
    OutputFile(path: path, bytes: Array(text.utf8))
  }

  @Test func filesAppearInNewFoldersAndNothingElseDoes() throws {
    let runner = try CommandRunner()
    try AtomicFolder.write(
      [file("a/x.txt", "1"), file("y.txt", "2")], to: runner.folder + "/new/out")
    #expect(runner.files("new/out") == ["a/x.txt", "y.txt"])
    #expect(text(runner, "new/out/a/x.txt") == "1")
  }

  @Test func aFailureLeavesThePreviousOutputWhole() throws {
    let runner = try CommandRunner()
    let out = runner.folder + "/out"
    try AtomicFolder.write([file("a.txt", "old"), file("b.txt", "old")], to: out)
    try FileManager.default.createDirectory(
      atPath: out + "/c.txt", withIntermediateDirectories: true)
    #expect(throws: ExportError.self) {
      try AtomicFolder.write([file("a.txt", "new"), file("c.txt", "new")], to: out)
    }
    #expect(text(runner, "out/a.txt") == "old")
    #expect(runner.files("out") == ["a.txt", "b.txt"])
  }

  @Test func aFullDiskIsAnErrorOfWritingAndLeavesNothing() throws {
    let runner = try CommandRunner()
    // A file larger than the process may write stands for a full disk; the signal is ignored as posemap does.
    signal(SIGXFSZ, SIG_IGN)
    var old = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
    var small = rlimit(rlim_cur: 1000, rlim_max: old.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small)
    defer { setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old) }
    let big = OutputFile(path: "big.bin", bytes: [UInt8](repeating: 1, count: 5000))
    #expect {
      try AtomicFolder.write([big], to: runner.folder + "/full")
    } throws: { error in
      guard case .cannotWrite? = error as? ExportError else { return false }
      return true
    }
    #expect(!FileManager.default.fileExists(atPath: runner.folder + "/full"))
  }

  @Test func aFileWhereAFolderShouldBeIsAnErrorOfCreating() throws {
    let runner = try CommandRunner()
    try runner.write("here", to: "out")
    #expect {
      try AtomicFolder.write([file("a.txt", "1")], to: runner.folder + "/out")
    } throws: { error in
      guard case .cannotCreate? = error as? ExportError else { return false }
      return true
    }
    #expect(text(runner, "out") == "here")
  }
}
