import Foundation
import TestSupport
import Testing

@testable import Export

/// Files that a killed run left in a folder, and the next run there.
@Suite struct KilledRunTests {
  /// A folder in which a run was killed: the files in `ready` were about to be put in place, and
  /// those in `old` are second names of the previous files.
  private func folder(
    files: [String: String], ready: [String: String] = [:], old: [String] = [],
    new: [String: String] = [:], gone: [String] = []
  ) throws -> CommandRunner {
    let runner = try CommandRunner()
    let staging = ".posemap-a1B2c3"
    for (name, text) in files { try runner.write(text, to: "out/\(name)") }
    for (name, text) in ready { try runner.write(text, to: "out/\(staging)/ready/\(name)") }
    for (name, text) in new { try runner.write(text, to: "out/\(staging)/new/\(name)") }
    for name in gone { try runner.write("", to: "out/\(staging)/gone/\(name)") }
    for name in old {
      let second = "\(runner.folder)/out/\(staging)/old/\(name)"
      try FileManager.default.createDirectory(
        atPath: (second as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try FileManager.default.linkItem(
        atPath: "\(runner.folder)/out/\(name)", toPath: second)
    }
    return runner
  }

  private func contents(_ runner: CommandRunner) throws -> [String: String] {
    var contents: [String: String] = [:]
    for name in runner.files("out") {
      contents[name] = String(decoding: runner.bytes("out/\(name)") ?? [], as: UTF8.self)
    }
    return contents
  }

  private func write(_ runner: CommandRunner) throws {
    try AtomicFolder.write(["other.txt": Array("other".utf8)], to: "\(runner.folder)/out")
  }

  @Test func anIncompleteSetIsRemoved() throws {
    let runner = try folder(
      files: ["a.txt": "old"], old: ["a.txt"], new: ["a.txt": "new", "left/b.txt": "new"])
    try write(runner)
    #expect(try contents(runner) == ["a.txt": "old", "other.txt": "other"])
  }

  @Test func aPartiallyPlacedSetIsCompleted() throws {
    let runner = try folder(
      files: ["a.txt": "new", "b.txt": "old", "d.txt": "old"],
      ready: ["b.txt": "new", "left/c.txt": "new"], old: ["b.txt", "d.txt"], gone: ["d.txt"])
    try write(runner)
    #expect(
      try contents(runner)
        == ["a.txt": "new", "b.txt": "new", "left/c.txt": "new", "other.txt": "other"])
  }

  @Test func filesWrittenSinceThenStay() throws {
    let runner = try folder(
      files: ["b.txt": "old", "d.txt": "old"], ready: ["b.txt": "new"], old: ["b.txt", "d.txt"],
      gone: ["d.txt"])
    for name in ["b.txt", "d.txt"] {
      try FileManager.default.removeItem(atPath: "\(runner.folder)/out/\(name)")
      try runner.write("mine", to: "out/\(name)")
    }
    try write(runner)
    #expect(
      try contents(runner) == ["b.txt": "mine", "d.txt": "mine", "other.txt": "other"])
  }

  @Test func aUsersFolderStays() throws {
    let runner = try CommandRunner()
    try runner.write("mine", to: "out/.posemap-backup/notes.txt")
    try runner.write("mine", to: "out/.posemap-backups/new/notes.txt")
    try write(runner)
    #expect(
      try contents(runner) == [
        ".posemap-backup/notes.txt": "mine", ".posemap-backups/new/notes.txt": "mine",
        "other.txt": "other",
      ])
  }

  @Test func linksAreRemovedAndNotFollowed() throws {
    let runner = try CommandRunner()
    try runner.write("mine", to: "elsewhere/new/a.txt")
    try runner.write("", to: "out/.posemap-a1B2c3/old/-")
    let staging = "\(runner.folder)/out/.posemap-a1B2c3"
    try FileManager.default.createSymbolicLink(
      atPath: "\(staging)/new", withDestinationPath: "\(runner.folder)/elsewhere/new")
    try FileManager.default.createSymbolicLink(
      atPath: "\(runner.folder)/out/.posemap-000000",
      withDestinationPath: "\(runner.folder)/elsewhere")
    try write(runner)
    #expect(runner.bytes("elsewhere/new/a.txt") == Array("mine".utf8))
    #expect(!FileManager.default.fileExists(atPath: staging))
  }

  @Test func aRunningProcessKeepsItsFiles() throws {
    let runner = try CommandRunner()
    var slow = try AtomicFolder("\(runner.folder)/out")
    try slow.add(Array("slow".utf8), at: "slow.txt")
    try write(runner)
    try FrameFolder.begin("\(runner.folder)/out")
    try slow.add(Array("slow".utf8), at: "late.txt")
    try slow.commit()
    #expect(
      try contents(runner) == ["late.txt": "slow", "other.txt": "other", "slow.txt": "slow"])
  }

  @Test func theLockOfADeadRunIsTakenOver() throws {
    let runner = try CommandRunner()
    try runner.write("", to: "out/.posemap-lock")
    try AtomicFolder.write(["a.txt": [1], "b.txt": [2]], to: "\(runner.folder)/out")
    #expect(runner.files("out") == ["a.txt", "b.txt"])
    try runner.write("", to: "out/.posemap-lock")
    try write(runner)
    #expect(runner.files("out") == ["a.txt", "b.txt", "other.txt"])
  }

  @Test func aRunWaitsForAFolderThatIsInUse() throws {
    let runner = try CommandRunner()
    try runner.write("", to: "out/mine.txt")
    let folder = "\(runner.folder)/out"
    var looks = 0
    let first = try #require(FolderLock.take(folder) { _ in false })
    #expect(FolderLock.take(folder) { _ in false } == nil)
    let second = FolderLock.take(folder) { _ in
      looks += 1
      if looks == 3 { first.release() }
      return looks < 100
    }
    #expect(looks == 3)
    second?.release()
    #expect(second != nil && runner.files("out") == ["mine.txt"])
  }

  @Test func filesThatBelongToASetAreRemovedWithIt() throws {
    let runner = try folder(files: ["a.txt": "old", "b.txt": "old", "c.txt": "mine"])
    let path = "\(runner.folder)/out"
    try AtomicFolder.write(
      [OutputFile(path: "a.txt", bytes: Array("new".utf8))], removing: ["b.txt", "missing.txt"],
      to: path)
    #expect(try contents(runner) == ["a.txt": "new", "c.txt": "mine"])
  }

  @Test func aSetInSeveralFoldersFailsInAll() throws {
    let runner = try folder(files: ["one/a.txt": "old"])
    let path = "\(runner.folder)/out"
    try FileManager.default.createDirectory(
      atPath: "\(path)/two/b.txt", withIntermediateDirectories: true)
    #expect(throws: ExportError.self) {
      try AtomicFolder.write([
        ("\(path)/one", [OutputFile(path: "a.txt", bytes: [1])]),
        ("\(path)/three", [OutputFile(path: "c.txt", bytes: [1])]),
        ("\(path)/two", [OutputFile(path: "b.txt", bytes: [1])]),
      ])
    }
    #expect(try contents(runner) == ["one/a.txt": "old"])
    #expect(!FileManager.default.fileExists(atPath: "\(path)/three"))
  }

  /// Two names of one folder must not make a run wait for itself.
  @Test func aSetInOneFolderByTwoNamesIsWritten() throws {
    let runner = try folder(files: ["c.txt": "mine"])
    let path = "\(runner.folder)/out"
    try AtomicFolder.write([
      (path, [OutputFile(path: "a.txt", bytes: Array("A".utf8))]),
      ("\(path)/../out", [OutputFile(path: "b.txt", bytes: Array("B".utf8))]),
    ])
    #expect(try contents(runner) == ["a.txt": "A", "b.txt": "B", "c.txt": "mine"])
  }

  /// Frames were once staged under predictable names.
  @Test func linksBesideFramesAreNotFollowed() throws {
    let runner = try folder(files: ["a/00001.png": "old"])
    try runner.write("mine", to: "precious.txt")
    try FileManager.default.createSymbolicLink(
      atPath: "\(runner.folder)/out/a/00001.png.part",
      withDestinationPath: "\(runner.folder)/precious.txt")
    try FrameFolder.write(
      [OutputFile(path: "a/00001.png", bytes: Array("new".utf8))], to: "\(runner.folder)/out")
    #expect(runner.bytes("precious.txt") == Array("mine".utf8))
    #expect(runner.bytes("out/a/00001.png") == Array("new".utf8))
  }

  @Test func aStagedFileNeverBelongsToAnotherRun() throws {
    let runner = try folder(files: ["a.txt": "mine"])
    try FileManager.default.createSymbolicLink(
      atPath: "\(runner.folder)/out/link", withDestinationPath: "\(runner.folder)/out/b.txt")
    for name in ["a.txt", "link"] {
      #expect(throws: ExportError.self) {
        try FileSystem.writeFile(
          [1], to: "\(runner.folder)/out/\(name)", reportedPath: name, waitsForDisk: false)
      }
    }
    #expect(
      runner.files("out") == ["a.txt", "link"] && runner.bytes("out/a.txt") == Array("mine".utf8))
  }
}
