import Foundation
import SceneFiles
import TestSupport
import Testing

@Suite("posemap doctor, --version, and machines that cannot draw")
struct DoctorCommandTests {
  private func run(
    _ runner: CommandRunner, _ environment: [String] = [], _ arguments: String...
  ) throws -> CommandRunner.Outcome {
    try runner.run(
      executable: "/usr/bin/env",
      ["XDG_CACHE_HOME=\(runner.folder)/cache"] + environment + [CommandRunner.command] + arguments)
  }

  private let scene = """
    {"canvas": [64, 64], "camera": {"frame": "all"}, "characters": [{"id": "a", "body": "female"}]}
    """

  @Test("Lines name the renderer and how to install the human; nothing is written")
  func lines() throws {
    let runner = try CommandRunner()
    let outcome = try run(runner, [], "doctor", "--url", "127.0.0.1:1")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first?.hasPrefix("posemap ") == true)
    #expect(lines.contains { $0.hasPrefix("ok       renderer  Mesa ") && $0.contains("llvmpipe") })
    let human = try #require(lines.firstIndex(of: "missing  human     it is not installed"))
    #expect(lines[human + 1].hasSuffix("→ posemap body install"))
    #expect(lines.contains { $0.hasPrefix("missing  ComfyUI   cannot reach a ComfyUI server at") })
    // Mesa writes its shaders there.
    #expect(runner.files("cache").allSatisfy { $0.hasPrefix("mesa_shader_cache/") })
  }

  @Test("JSON has the same items with their states")
  func json() throws {
    let runner = try CommandRunner()
    let outcome = try run(runner, [], "doctor", "--json", "--url", "127.0.0.1:1")
    let report = try JSONParser.parse(Array(outcome.output.utf8))
    let items = try #require(report["items"]?.items)
    let states = items.map { "\($0["name"]?.text ?? "") \($0["state"]?.text ?? "")" }
    #expect(states[..<3] == ["renderer ok", "memory ok", "library ok"])
    #expect(states.contains("human missing") && states.last == "ComfyUI missing")
    let human = items.first { $0["name"]?.text == "human" }
    #expect(human?["remedy"]?.text == "posemap body install")
  }

  @Test("A cache that cannot be written is reported, with the variable that moves it")
  func readOnlyCache() throws {
    let runner = try CommandRunner()
    let outcome = try runner.run(
      executable: "/usr/bin/env",
      ["XDG_CACHE_HOME=/dev/null", CommandRunner.command, "doctor", "--url", "127.0.0.1:1"])
    #expect(outcome.code == 0)
    #expect(
      outcome.output.contains(
        """
        missing  cache     /dev/null/posemap, 0 MB, but you cannot write there
                           → set XDG_CACHE_HOME to a folder that you can write to
        """))
  }

  @Test("If no cache is writable, maps are drawn without a message about it")
  func noCache() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    for folder in ["/dev/null", "/nowhere/at/all", "\(runner.folder)/cache"] {
      let outcome = try runner.run(
        executable: "/usr/bin/env",
        ["XDG_CACHE_HOME=\(folder)", CommandRunner.command, "render", "s.json", "-o", "out", "-q"])
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    }
    #expect(runner.files("cache").contains { $0.hasPrefix("mesa_shader_cache/") })
  }

  @Test("The version is that of the file VERSION, followed by the renderer's version")
  func version() throws {
    let runner = try CommandRunner()
    let outcome = try run(runner, [], "--version")
    let lines = outcome.output.split(separator: "\n")
    let version = try String(
      contentsOfFile: "\(CommandRunner.repository)/VERSION", encoding: .utf8
    ).trimmingCharacters(in: .newlines)
    #expect(lines.count == 2 && outcome.code == 0)
    #expect(lines[0] == "posemap \(version)" || lines[0].hasPrefix("posemap \(version) (commit "))
    #expect(lines[1].hasPrefix("Mesa "))
    let lost = try runner.run(
      executable: "/bin/sh", ["-c", "\(CommandRunner.command) --version > /dev/full"])
    #expect(lost.code == 74)
    let alsoOfSubcommands = try run(runner, [], "render", "--version")
    #expect(alsoOfSubcommands.output == "\(lines[0])\n")
  }

  @Test(
    "A variable that breaks Mesa is named in one sentence, with the remedy",
    arguments: [
      ("GALLIUM_DRIVER", "softpipe"), ("GALLIUM_DRIVER", "nonsense"),
      ("MESA_GL_VERSION_OVERRIDE", "2.1"), ("MESA_GLSL_VERSION_OVERRIDE", "120"),
    ])
  func variables(_ name: String, _ value: String) throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try run(runner, ["\(name)=\(value)"], "render", "s.json", "-o", "out")
    #expect(outcome.code == 70 && runner.files("out").isEmpty)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("posemap: error: \(name) is \"\(value)\", but "))
    #expect(outcome.errors.hasSuffix("; run: unset \(name)\n"))
    let examined = try run(runner, ["\(name)=\(value)"], "doctor", "--url", "127.0.0.1:1")
    #expect(examined.code == 70 && examined.errors.isEmpty)
    #expect(examined.output.contains("wrong    renderer  \(name) is \"\(value)\", but "))
  }

  @Test("A version that Mesa cannot read does not add a line of Mesa's to the output")
  func unreadableVersion() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try run(
      runner, ["MESA_GL_VERSION_OVERRIDE=xyz", "MESA_GLSL_VERSION_OVERRIDE=new"], "render",
      "s.json", "-o", "out", "-q")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test("The Python beside the command is used, not the first in PATH")
  func pythonOfEnvironment() throws {
    let runner = try CommandRunner()
    try FileManager.default.createDirectory(
      atPath: "\(runner.folder)/bin", withIntermediateDirectories: true)
    let command = "\(runner.folder)/bin/posemap"
    try FileManager.default.copyItem(atPath: CommandRunner.command, toPath: command)
    try runner.write("#!/bin/sh\necho 9.9.9\n", to: "bin/python3")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(runner.folder)/bin/python3")
    let outcome = try runner.run(executable: command, ["doctor", "--url", "127.0.0.1:1"])
    #expect(outcome.output.contains("\(runner.folder)/bin/python3 has posemap 9.9.9, but this is "))
  }

  @Test("A picture for which there is too little memory is rejected")
  func memory() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try runner.run(
      executable: "/bin/sh",
      [
        "-c", "ulimit -v 2000000; exec \"$0\" render s.json -o out --size 8192x8192",
        CommandRunner.command,
      ])
    #expect(outcome.code == 69 && runner.files("out").isEmpty)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("posemap: error: drawing 8192×8192 takes about "))
    #expect(
      outcome.errors.hasSuffix("; close other programs, or draw a smaller picture (--size)\n"))
  }
}
