import Foundation
import TestSupport
import Testing

/// A git repository in a temporary folder, with its own home folder, so that the machine's
/// configuration does not matter.
struct SetupRepository {
  let runner: CommandRunner
  /// The folder in which programs run.
  var folder: String
  /// The folders in which programs are looked up before the system's folders.
  var path: [String] = []

  init(_ name: String = "work") throws {
    runner = try CommandRunner()
    folder = runner.folder + "/" + name
    for made in [folder, runner.folder + "/home"] {
      try FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
    }
    try git("init", "-q", "-b", "main")
  }

  /// Runs a program with this home, in the folder.
  func run(_ arguments: [String]) throws -> CommandRunner.Outcome {
    let variables = [
      "HOME=\(runner.folder)/home", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=Ana",
      "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=Ana", "GIT_COMMITTER_EMAIL=a@b",
      "PATH=\((path + ["/usr/bin", "/bin"]).joined(separator: ":"))",
    ]
    return try runner.run(
      executable: "/usr/bin/env", ["-i", "-C", folder] + variables + arguments)
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let outcome = try run(["git"] + arguments)
    #expect(outcome.code == 0, "git \(arguments): \(outcome.errors)")
    return outcome.output
  }

  func posemap(_ arguments: String...) throws -> CommandRunner.Outcome {
    try run([CommandRunner.command] + arguments)
  }

  func write(_ text: String, to name: String, mode: Int? = nil) throws {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
    if let mode {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: "\(folder)/\(name)")
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns every file and folder except git's own, with its content, permissions and links.
  func state() throws -> [String: String] {
    let files = FileManager.default
    var state: [String: String] = [:]
    for case let name as String in files.enumerator(atPath: runner.folder) ?? .init() {
      let own = ["objects", "index", "logs", "refs", "COMMIT_EDITMSG"]
      if name.hasPrefix(".std") || own.contains(where: { name.contains(".git/\($0)") }) { continue }
      let path = "\(runner.folder)/\(name)"
      let attributes = try files.attributesOfItem(atPath: path)
      let mode = attributes[.posixPermissions] as? Int ?? 0
      let link = try? files.destinationOfSymbolicLink(atPath: path)
      let content = files.contents(atPath: path).map { [UInt8]($0).description } ?? "a folder"
      state[name] = "\(String(mode, radix: 8)) \(link ?? content)"
    }
    return state
  }
}
