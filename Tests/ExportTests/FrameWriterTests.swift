import Foundation
import TestSupport
import Testing

@testable import Export

@Suite struct FrameWriterTests {
  private func file(_ path: String, _ text: String) -> OutputFile {
    OutputFile(path: path, bytes: Array(text.utf8))
  }

  @Test func allFramesOfAWriterAreStagedInOneFolderThatIsRemovedWithIt() throws {
    let runner = try CommandRunner()
    let folder = "\(runner.folder)/out"
    do {
      let writer = FrameWriter(folder)
      #expect(!FileManager.default.fileExists(atPath: folder))
      try writer.write([file("a/00000.png", "one"), file("b/00000.png", "two")])
      let staging = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
        $0.hasPrefix(".posemap-")
      }
      try writer.write([file("a/00001.png", "three"), file("a/00000.png", "four")])
      let later = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
        $0.hasPrefix(".posemap-")
      }
      #expect(staging.count == 1 && later == staging)
      // Another run's cleanup does not mistake it for a leftover.
      FrameFolder.sweep(folder)
      try writer.write([file("b/00001.png", "five")])
    }
    #expect(
      runner.files("out") == ["a/00000.png", "a/00001.png", "b/00000.png", "b/00001.png"])
    #expect(runner.bytes("out/a/00000.png") == Array("four".utf8))
  }

  @Test func aFrameThatFailsDoesNotAffectTheNamesOfTheNext() throws {
    let runner = try CommandRunner()
    let writer = FrameWriter("\(runner.folder)/out")
    try runner.write("", to: "out/a/00000.png/in-the-way")
    #expect(throws: ExportError.self) {
      try writer.write([file("b/00000.png", "one"), file("a/00000.png", "two")])
    }
    try writer.write([file("b/00001.png", "three")])
    #expect(runner.bytes("out/b/00000.png") == Array("one".utf8))
    #expect(runner.bytes("out/b/00001.png") == Array("three".utf8))
  }

  @Test func aDeletedStagingFolderIsCreatedAgain() throws {
    let runner = try CommandRunner()
    let folder = "\(runner.folder)/out"
    let writer = FrameWriter(folder)
    try writer.write([file("a/00000.png", "one")])
    try FileManager.default.removeItem(atPath: folder)
    try writer.write([file("a/00001.png", "two")])
    #expect(runner.bytes("out/a/00001.png") == Array("two".utf8))
  }
}
