import TestSupport
import Testing

@Suite struct SwiftExampleTests {
  @Test func aSceneMadeInSwiftHasTheSameMapsAsItsFile() throws {
    let runner = try CommandRunner()
    let scene = CommandRunner.repository + "/Examples/window/scene.json"
    let byFile = try runner.run("render", scene, "-o", "file", "-q")
    try #require(byFile.code == 0)
    let program = CommandRunner.command.split(separator: "/").dropLast().joined(separator: "/")
    let bySwift = try runner.run(executable: "/\(program)/window-scene", ["swift"])
    try #require(bySwift.code == 0)
    let maps = runner.files("file").filter { $0 != "manifest.json" }
    #expect(maps.count >= 10)
    #expect(runner.files("swift").filter { $0 != "manifest.json" } == maps)
    for map in maps { #expect(runner.bytes("swift/\(map)") == runner.bytes("file/\(map)")) }
  }
}
