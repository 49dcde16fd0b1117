import Export
import Foundation
import Testing

@Suite struct AtomicFolderTests {
  /// Creates a folder for one test, removed afterward.
  private final class Scratch {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("atomic-folder-\(UUID().uuidString)").path

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
    }

    /// Everything below the folder, as text by path; folders end in `/`.
    var contents: [String: String] {
      var result: [String: String] = [:]
      for name in FileManager.default.enumerator(atPath: path)?.compactMap({ $0 as? String }) ?? []
      {
        if let data = FileManager.default.contents(atPath: "\(path)/\(name)") {
          result[name] = String(decoding: data, as: UTF8.self)
        } else {
          result["\(name)/"] = ""
        }
      }
      return result
    }

    func put(_ text: String, at name: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  @Test func filesAppearWithTheirFoldersAndNothingElse() throws {
    let scratch = try Scratch()
    try AtomicFolder.write(
      ["a.txt": Array("A".utf8), "left/b.txt": Array("B".utf8), "left/deep/c.txt": []],
      to: "\(scratch.path)/new/out/")
    #expect(
      scratch.contents == [
        "new/": "", "new/out/": "", "new/out/a.txt": "A", "new/out/left/": "",
        "new/out/left/b.txt": "B", "new/out/left/deep/": "", "new/out/left/deep/c.txt": "",
      ])
  }

  @Test func oldFilesAreReplacedAndOthersLeftAlone() throws {
    let scratch = try Scratch()
    try scratch.put("old", at: "a.txt")
    try scratch.put("mine", at: "notes.txt")
    try AtomicFolder.write(["a.txt": Array("new".utf8)], to: scratch.path)
    #expect(scratch.contents == ["a.txt": "new", "notes.txt": "mine"])
  }

  @Test func nothingIsInPlaceBeforeTheCommit() throws {
    let scratch = try Scratch()
    try scratch.put("old", at: "a.txt")
    var folder = try AtomicFolder(scratch.path)
    try folder.add(Array("new".utf8), at: "a.txt")
    #expect(scratch.contents["a.txt"] == "old")
    try folder.add(Array("newer".utf8), at: "a.txt")
    try folder.commit()
    #expect(scratch.contents == ["a.txt": "newer"])
  }

  @Test func abandonedOutputLeavesNoTrace() throws {
    let scratch = try Scratch()
    do {
      var folder = try AtomicFolder("\(scratch.path)/new/out")
      try folder.add([1], at: "left/a.txt")
    }
    #expect(scratch.contents.isEmpty)
  }

  @Test func folderInTheWayOfOneFileLeavesAllOldOnes() throws {
    let scratch = try Scratch()
    try scratch.put("old", at: "a.txt")
    try FileManager.default.createDirectory(
      atPath: "\(scratch.path)/z.txt", withIntermediateDirectories: false)
    let error = #expect(throws: ExportError.self) {
      try AtomicFolder.write(
        ["a.txt": [1], "b.txt": [2], "new/c.txt": [3], "z.txt": [4]], to: scratch.path)
    }
    #expect(scratch.contents == ["a.txt": "old", "z.txt/": ""])
    #expect(error?.description.contains("\(scratch.path)/z.txt") == true)
    guard case .cannotCreate = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A folder that accepts no new file reveals that only in the last step, when the first file is
  /// in place.
  @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
  func failureHalfwayThroughTheCommitIsReverted() throws {
    let scratch = try Scratch()
    try scratch.put("old", at: "a.txt")
    try FileManager.default.createDirectory(
      atPath: "\(scratch.path)/shut", withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o555])
    #expect(throws: ExportError.self) {
      try AtomicFolder.write(["a.txt": [1], "b.txt": [2], "shut/c.txt": [3]], to: scratch.path)
    }
    #expect(scratch.contents == ["a.txt": "old", "shut/": ""])
  }

  /// Nothing can be renamed onto another disk, which shows only when the first file is in place.
  @Test(.enabled(if: isOnAnotherDisk("/dev/shm"), "needs a second file system"))
  func folderOnAnotherDiskFailsAndTheFirstFilesAreReverted() throws {
    let scratch = try Scratch()
    try scratch.put("old", at: "a.txt")
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/linked", withDestinationPath: "/dev/shm")
    let name = "linked/\(UUID().uuidString)"
    #expect(throws: ExportError.self) {
      try AtomicFolder.write(["a.txt": [1], "b.txt": [2], name: [3]], to: scratch.path)
    }
    #expect(scratch.contents == ["a.txt": "old", "linked/": ""])
    #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/\(name)"))
  }

  private static func isOnAnotherDisk(_ path: String) -> Bool {
    func disk(_ path: String) -> dev_t? {
      var status = stat()
      return stat(path, &status) == 0 ? status.st_dev : nil
    }
    return disk(path) != nil && disk(path) != disk(FileManager.default.temporaryDirectory.path)
  }

  @Test func fileInTheWayOfTheFolderIsNamed() throws {
    let scratch = try Scratch()
    try scratch.put("I am a file", at: "out")
    let error = #expect(throws: ExportError.self) {
      try AtomicFolder.write(["a.txt": [1]], to: "\(scratch.path)/out/scene")
    }
    let reason = "a file is in the way where a folder is needed; move it or choose another folder"
    #expect(error == .cannotCreate(path: "\(scratch.path)/out", reason: reason))
    #expect(scratch.contents == ["out": "I am a file"])
  }

  @Test func folderThatCannotBeCreatedIsNamed() {
    let error = #expect(throws: ExportError.self) {
      try AtomicFolder.write(["a.txt": [1]], to: "/proc/posemap")
    }
    guard case .cannotCreate(path: "/proc/posemap", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: ["../a", "/etc/a", "a/../../b", "", "a//b", "a/", "./a", "a\0b"])
  func namesThatLeaveTheFolderAreRejected(name: String) throws {
    let scratch = try Scratch()
    #expect(throws: ExportError.self) {
      try AtomicFolder.write([name: [1]], to: "\(scratch.path)/out")
    }
    #expect(scratch.contents.isEmpty)
  }

  @Test func tooLongNameIsReportedAsTheUserWroteIt() throws {
    let scratch = try Scratch()
    let name = String(repeating: "x", count: 300)
    for file in [name, "\(name)/a.txt"] {
      let error = #expect(throws: ExportError.self) {
        try AtomicFolder.write([file: [1]], to: scratch.path)
      }
      guard case .cannotCreate(path: "\(scratch.path)/\(file)", _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    #expect(scratch.contents.isEmpty)
  }

  /// A limit on file sizes stops a write partway, as a full disk does.
  @Test func fileThatCannotBeWrittenKeepsTheOldOne() async {
    await #expect(processExitsWith: .success) {
      let outcome = try Self.writeBeyondTheLimit()
      // Folders of functions that have not returned would not be removed at exit.
      exit(outcome ? 0 : 1)
    }
  }

  /// Returns whether the write fails as expected and the old file stays.
  private static func writeBeyondTheLimit() throws -> Bool {
    let scratch = try Scratch()
    try scratch.put("old", at: "a.txt")
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
    setrlimit(__rlimit_resource_t(1), &limit)
    let bytes = [UInt8](repeating: 7, count: 5000)
    let expected = ExportError.cannotWrite(
      path: "\(scratch.path)/a.txt", reason: "the file is larger than the system allows")
    do throws(ExportError) {
      try AtomicFolder.write(["a.txt": bytes, "new/b.txt": bytes], to: scratch.path)
      return false
    } catch {
      return error == expected && scratch.contents == ["a.txt": "old"]
    }
  }
}
