internal import ComfyClient
internal import Export
internal import PosemapKit
internal import Processes

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The programs that posemap works together with.
enum Companions {
  /// Returns one item per program.
  static func items(serverAddress: ServerAddress) -> [HealthItem] {
    [python(), git(), comfyUI(at: serverAddress)]
  }

  private static func python() -> HealthItem {
    let python = pythonOfEnvironment ?? "python3"
    let question = "import importlib.metadata as m; print(m.version('posemap'))"
    let version = OwnVersion.number
    guard let found = firstLine(of: python, ["-c", question]) else {
      return HealthItem(
        "python", .missing, "\(python) does not have the package posemap",
        remedy: "install the wheel with pip (docs/install.md)")
    }
    if found == version { return HealthItem("python", .ok, "posemap \(found) for \(python)") }
    return HealthItem(
      "python", .missing, "\(python) has posemap \(found), but this is \(version)",
      remedy: "install the wheel of \(version) with pip (docs/install.md)")
  }

  /// The Python of the environment that the wheel was installed into. It is beside the command, and
  /// not on the PATH unless the environment is activated.
  private static var pythonOfEnvironment: String? {
    OwnExecutable.folder.map { "\($0)/python3" }.flatMap {
      FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil
    }
  }

  private static func git() -> HealthItem {
    guard let words = firstLine(of: "git", ["--version"]) else {
      return HealthItem(
        "git", .missing, "posemap diff, log and merge read revisions from git",
        remedy: "apt install git")
    }
    return HealthItem("git", .ok, words)
  }

  private static func comfyUI(at address: ServerAddress) -> HealthItem {
    do {
      let access = try ServerOptions.access(to: address)
      let nodes = try Waiting.result {
        try await ComfyServer(address, access).nodeDefinitions()
      }
      if nodes["PosemapMaps"] != nil {
        return HealthItem("ComfyUI", .ok, "\(address), with posemap's nodes")
      }
      return HealthItem(
        "ComfyUI", .missing, "\(address) does not have posemap's nodes",
        remedy: "cp -r Integrations/comfyui ComfyUI/custom_nodes/posemap")
    } catch {
      let words = (error as? ComfyError)?.lines.first ?? "\(error)"
      return HealthItem(
        "ComfyUI", .missing, words, remedy: "start ComfyUI, or name its address with --url")
    }
  }

  /// Returns the first line that a program prints; nil if it fails or does not exist.
  private static func firstLine(of program: String, _ arguments: [String]) -> String? {
    let outcome = try? ChildProcess(program, arguments).outcome(
      patience: 10, maximumOutput: 1 << 16)
    guard let outcome, outcome.end == .exited(0) else { return nil }
    let text = String(decoding: outcome.output, as: UTF8.self)
    return text.split(separator: "\n").first.map(String.init)
  }
}
