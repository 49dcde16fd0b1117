import ArgumentParser
internal import ComfyClient
internal import PosemapKit
internal import SceneFiles

/// `posemap doctor`: reports installed and missing parts, and how to install them.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show what posemap finds on this machine, what is missing, and how to install it.",
    discussion: """
      Prints a line for each: what draws, the library, memory, the cache, the parametric human, garments, the Python \
      package, git and ComfyUI. Changes nothing. Exits with 70 if posemap cannot draw on this machine.
      """)

  @Option(help: ArgumentHelp("The address of a ComfyUI server to ask.", valueName: "url"))
  var url = "http://127.0.0.1:\(ServerAddress.usualPort)"

  @OptionGroup var drawing: RendererOptions

  @Flag(help: "Print JSON, for programs.")
  var json = false

  func run() throws {
    let address = try ServerAddress(url)
    let items = Health.items() + Companions.items(serverAddress: address)
    if json {
      printJSON(Self.report(items).text + "\n")
    } else {
      print(OwnVersion.line)
      Self.lines(items).forEach { print($0) }
    }
    if items.contains(where: { $0.state == .wrong }) { throw Failure(.internalFault) }
  }

  private static func lines(_ items: [HealthItem]) -> [String] {
    let width = items.map(\.name.count).max() ?? 0
    let states = HealthItem.State.allCases.map(\.rawValue.count).max() ?? 0
    return items.flatMap { item in
      let state = item.state.rawValue.padded(to: states)
      let first = "\(state)  \(item.name.padded(to: width))  \(item.text)"
      let indent = "".padded(to: states + width + 4)
      return [first] + (item.remedy.map { ["\(indent)→ \($0)"] } ?? [])
    }
  }

  private static func report(_ items: [HealthItem]) -> JSONValue {
    .members([
      "version": .string(OwnVersion.number),
      "commit": OwnVersion.commit.map { .string($0) } ?? .null,
      "items": .list(
        items.map { item in
          .members([
            "name": .string(item.name), "state": .string(item.state.rawValue),
            "text": .string(item.text), "remedy": item.remedy.map { .string($0) } ?? .null,
          ])
        }),
    ])
  }
}
