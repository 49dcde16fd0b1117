import PoseRig
import PosemapKit
import SceneFiles
import TestSupport
import Testing

@testable import Studio

@Suite("The difference between the disk and a session")
struct SessionDifferenceTests {
  @Test("It is described in words and line by line, as git would show it")
  func difference() throws {
    let scene = try OpenedScene(
      standingScene(#""own.pose.json""#), ["own.pose.json": "{\n  \"base\": \"stand\"\n}\n"])
    let disk = FileLoader.disk(rigsFolder: CommandRunner.repository + "/Rigs")
    let none = SessionDifference(scene.session.files, disk: disk)
    #expect(none.words.isEmpty && none.text.isEmpty)
    try scene.session.make(.turn("ana", [.head: [.rotation: 20]]))
    try scene.session.make(.camera(key: "fovY", .number(40)))
    let difference = SessionDifference(scene.session.files, disk: disk)
    #expect(difference.words.contains { $0.contains("head") }, "\(difference.words)")
    #expect(difference.words.count == Set(difference.words).count)
    let removed = difference.text.split(separator: "\n").filter {
      $0.hasPrefix("-") && !$0.hasPrefix("---")
    }
    #expect(removed.count == 2, "\(difference.text)")
    #expect(difference.text.contains("+  \"joints\": {\n+    \"head\": {\"rotation\": 20}\n+  }\n"))
  }

  @Test("Very long texts are described by their number of lines")
  func manyLines() {
    let text = String(repeating: "\n", count: 4 << 20)
    let diff = UnifiedDiff.text(from: "{}\n", to: text, name: "text")
    #expect(diff.utf8.count < 200 && diff.contains("too many"), "\(diff.prefix(200))")
  }

  @Test("A line diff can be applied by git, and is no longer than GNU diff's")
  func lines() throws {
    let runner = try CommandRunner()
    var random = UInt64(7)
    func next(_ limit: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % limit
    }
    for _ in 0..<60 {
      let old = (0..<next(40)).map { _ in "line \(next(6))" }
      var new = old
      for _ in 0..<next(6) {
        if next(2) == 0 || new.isEmpty {
          new.insert("new \(next(4))", at: next(new.count + 1))
        } else {
          new.remove(at: next(new.count))
        }
      }
      let texts = [old, new].map { $0.map { $0 + "\n" }.joined() }
      try runner.write(texts[0], to: "a/text")
      let diff = UnifiedDiff.text(from: texts[0], to: texts[1], name: "text")
      if diff.isEmpty {
        #expect(texts[0] == texts[1])
        continue
      }
      try runner.write(texts[0], to: "text")
      try runner.write(diff, to: "difference")
      let applied = try runner.run(executable: "/usr/bin/git", ["apply", "difference"])
      #expect(applied.code == 0, "\(applied.errors)\n\(diff)")
      #expect(runner.bytes("text").map { String(decoding: $0, as: UTF8.self) } == texts[1])
      let own = diff.split(separator: "\n").filter { $0.hasPrefix("+") || $0.hasPrefix("-") }.count
      try runner.write(texts[1], to: "b/text")
      let reference = try runner.run(executable: "/usr/bin/diff", ["-u", "a/text", "b/text"]).output
      let count = reference.split(separator: "\n")
        .filter { $0.hasPrefix("+") || $0.hasPrefix("-") }.count
      #expect(own <= count, "\(diff)\n\(reference)")
    }
  }
}
