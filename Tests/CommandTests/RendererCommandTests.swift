import Foundation
import SceneFiles
import TestSupport
import Testing

/// A renderer is missing if a file that is not a library hides the system's library.
@Suite("--renderer, and machines without a renderer")
struct RendererCommandTests {
  private let scene = """
    {
      "canvas": [208, 304], "camera": {"frame": "all", "angle": 10},
      "characters": [
        {"id": "ana", "body": "female", "pose": "contrapposto", "hair": "bob"},
        {"id": "ben", "body": "male", "pose": "waving", "position": [0.6, 0, -0.3]}
      ],
      "props": [{"id": "seat", "shape": "chair", "position": [-0.6, 0, 0]}]
    }
    """

  /// Runs the command while some libraries cannot be loaded.
  private func run(
    _ runner: CommandRunner, without libraries: [String] = [], _ arguments: String...
  ) throws -> CommandRunner.Outcome {
    for library in libraries { try runner.write("no library", to: "lib/\(library)") }
    return try runner.run(
      executable: "/usr/bin/env",
      ["-u", "POSEMAP_RENDERER", "LD_LIBRARY_PATH=\(runner.folder)/lib", CommandRunner.command]
        + arguments)
  }

  private func renderer(_ runner: CommandRunner, _ folder: String) throws -> String? {
    let manifest = try JSONParser.parse(try #require(runner.bytes("\(folder)/manifest.json")))
    return manifest["renderer"]?["name"]?.text
  }

  @Test("OSMesa and EGL write the same bytes, and the manifest names the one that drew them")
  func sameBytes() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let maps = "openpose,depth,normal,canny,mask,visible,parts,shaded,metric,lineart"
    for name in ["osmesa", "egl"] {
      let outcome = try run(
        runner, "render", "s.json", "-o", name, "--maps", maps, "--renderer", name, "-q")
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(try renderer(runner, name) == name)
    }
    let files = runner.files("osmesa")
    #expect(files.count > 20 && files == runner.files("egl"))
    for file in files where file != "manifest.json" {
      #expect(runner.bytes("osmesa/\(file)") == runner.bytes("egl/\(file)"), "\(file)")
    }
    let osmesa = try JSONParser.parse(runner.bytes("osmesa/manifest.json") ?? [])
    let egl = try JSONParser.parse(runner.bytes("egl/manifest.json") ?? [])
    #expect(osmesa["renderer"]?["version"]?.text == egl["renderer"]?["version"]?.text)
    #expect(osmesa["renderer"]?["version"]?.text?.hasPrefix("Mesa ") == true)
  }

  @Test("Without OSMesa, EGL draws, also in worker processes")
  func withoutOSMesa() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    try runner.write("s.json\ns2.json\n", to: "list.txt")
    try runner.write(scene, to: "s2.json")
    let outcome = try run(
      runner, without: ["libOSMesa.so.8"], "render", "--list", "list.txt", "-o", "out", "--jobs",
      "2", "--maps", "mask", "-q")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(try renderer(runner, "out/s") == "egl")
    #expect(try renderer(runner, "out/s2") == "egl")
  }

  @Test("If neither is installed, one sentence says what to install")
  func neither() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try run(
      runner, without: ["libOSMesa.so.8", "libEGL.so.1"], "render", "s.json", "-o", "out")
    #expect(outcome.code == 70 && runner.files("out").isEmpty)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("posemap: error: there is no OpenGL to draw with (osmesa: "))
    #expect(
      outcome.errors.hasSuffix(
        "run: apt install libosmesa6, or: apt install libegl1 libgl1-mesa-dri\n"))
    // Checking text requires no renderer.
    let checked = try run(runner, "check", "s.json")
    #expect(checked.code == 0)
    let examined = try run(runner, "doctor", "--url", "127.0.0.1:1")
    #expect(
      examined.code == 70 && examined.output.contains("wrong    renderer  there is no OpenGL"))
  }

  @Test("A requested renderer is not replaced by another")
  func asked() throws {
    let runner = try CommandRunner()
    try runner.write(scene, to: "s.json")
    let outcome = try run(
      runner, without: ["libEGL.so.1"], "render", "s.json", "-o", "out", "--renderer", "egl")
    #expect(outcome.code == 70 && outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("posemap: error: there is no OpenGL to draw with (egl: "))
    #expect(outcome.errors.hasSuffix("; run: apt install libegl1 libgl1-mesa-dri\n"))
    let card = try runner.run(
      executable: "/usr/bin/env",
      [
        "POSEMAP_RENDERER=gpu", "LD_LIBRARY_PATH=\(runner.folder)/lib", CommandRunner.command,
        "render", "s.json", "-o", "out",
      ])
    #expect(card.code == 70 && card.errorLines.count == 1)
    #expect(
      card.errors.hasSuffix(
        "; draw on the CPU instead: omit --renderer gpu, and unset POSEMAP_RENDERER\n"))
    let unknown = try run(runner, "render", "s.json", "-o", "out", "--renderer", "vulkan")
    #expect(unknown.code == 64)
    #expect(
      unknown.firstError?.contains(
        "there is no renderer \"vulkan\"; the renderers are osmesa, egl, gpu") == true)
    let variable = try runner.run(
      executable: "/usr/bin/env",
      ["POSEMAP_RENDERER=vulkan", CommandRunner.command, "render", "s.json", "-o", "out"])
    #expect(variable.code == 70)
    #expect(
      variable.errors
        == "posemap: error: POSEMAP_RENDERER is \"vulkan\", but the renderers are osmesa, egl, gpu\n"
    )
  }
}
