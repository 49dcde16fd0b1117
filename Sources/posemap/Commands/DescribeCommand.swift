import ArgumentParser
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap describe`: describes a scene in words.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Say in plain English what a scene shows: figures, poses, contacts, camera.",
    discussion: """
      With --prompt, it prints one line for each character, in phrases that image models know. \
      Lay it beside your own words: the prompt in a scene stays as it is.
      """)

  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String

  @Flag(help: "Print phrases for image generators, one line for each character.")
  var prompt = false

  @Option(
    help: ArgumentHelp("Only these characters, by id, separated by commas.", valueName: "ids"))
  var only: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var options: SceneOptions

  private struct Entry: Encodable {
    var id: String
    var text: String
    var prompt: String
  }

  private struct Report: Encodable {
    var picture: String
    var characters: [Entry]
  }

  func run() throws {
    let loaded = try SceneLoader(options.choices()).load(scene)
    loaded.diagnostics.forEach(printError)
    let ids = try only.map { try CharacterList.parse($0, in: loaded) }
    let description = SceneDescription(SceneState(loaded.described, posed: loaded.scene))
    let (paragraphs, prompts) = (description.paragraphs(), description.prompts())
    let entries = zip(prompts, paragraphs.dropFirst()).map {
      Entry(id: $0.id, text: $1, prompt: $0.text)
    }.filter { ids?.contains($0.id) ?? true }
    if json {
      let report = Report(picture: paragraphs.first ?? "", characters: entries)
      return printJSON(
        String(decoding: try JSONText.encode(report, pretty: true), as: UTF8.self))
    }
    if prompt {
      for entry in entries {
        print(entries.count > 1 ? "\(entry.id): \(entry.prompt)" : entry.prompt)
      }
    } else {
      // Line breaks within a text would be shown as escapes.
      for (index, text) in ([paragraphs.first ?? ""] + entries.map(\.text)).enumerated() {
        if index > 0 { print("") }
        print(text)
      }
    }
  }
}
