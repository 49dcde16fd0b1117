import Foundation
import SceneFiles
import TestSupport
import Testing

@Suite struct EmbeddedFilesTests {
  /// The files of every `Resources` folder that the command needs, the example pairs and the
  /// studio's page, by their paths in the repository.
  private var listed: [String] {
    let pageKinds = [".html", ".css", ".js", ".svg"]
    let sources = CommandRunner.files(under: "\(CommandRunner.repository)/Sources").filter { file in
      file.contains("/Resources/") && (file.hasSuffix(".json") || file.hasSuffix(".py"))
        || file.hasPrefix("Studio/Page/") && pageKinds.contains { file.hasSuffix($0) }
    }
    let pairs = CommandRunner.files(under: "\(CommandRunner.repository)/Examples/pairs")
    return sources.map { "Sources/\($0)" } + pairs.map { "Examples/pairs/\($0)" }
  }

  @Test func everyResourceFileIsCompiledIn() {
    let compiled = EmbeddedFiles.all.map(\.path)
    #expect(
      Set(compiled).symmetricDifference(listed).sorted() == [], "run scripts/embed-resources.sh")
    #expect(compiled == compiled.sorted())
  }

  @Test func compiledInContentEqualsTheFile() throws {
    for file in EmbeddedFiles.all {
      let path = "\(CommandRunner.repository)/\(file.path)"
      let bytes = try #require(FileManager.default.contents(atPath: path))
      #expect(file.bytes == Array(bytes), "\(file.path): build again")
    }
  }

  @Test func aFolderHasOnlyItsOwnFiles() {
    let paths = EmbeddedFiles.files(in: "Sources/Export/Resources/a1111").map(\.path)
    #expect(
      paths == [
        "Sources/Export/Resources/a1111/sd15.json",
        "Sources/Export/Resources/a1111/sdxl-xinsir.json",
      ])
    #expect(EmbeddedFiles.files(in: "Sources/Export/Resources/a1").isEmpty)
    #expect(EmbeddedFiles.file("Sources/Export/Resources/nothing.json") == nil)
  }
}
