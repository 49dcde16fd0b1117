internal import Foundation

/// Runs the built command as a user does.
public final class CommandRunner {
  /// The exit code and the output of a run.
  public struct Outcome: Sendable {
    /// The exit code.
    public var code: Int32
    /// All of standard output.
    public var output: String
    /// All of standard error.
    public var errors: String

    /// The lines of standard error.
    public var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
    /// The first line of standard error that is not a note; an option's help and the usage can
    /// follow it.
    public var firstError: String? { errorLines.first { !$0.contains(": note: ") } }
  }

  /// A new folder for this run's files.
  public let folder: String

  /// Creates a runner with a new, empty folder.
  public init() throws {
    folder = NSTemporaryDirectory() + "posemap-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// The checkout.
  public static let repository =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// The command built together with these tests.
  public static var command: String {
    let own = CommandLine.arguments[0]
    let folder = own.contains(".xctest") ? own.split(separator: "/").dropLast() : []
    let beside = "/" + folder.joined(separator: "/") + "/posemap"
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    for configuration in ["release", "debug"] {
      let built = "\(repository)/.build/\(configuration)/posemap"
      if FileManager.default.isExecutableFile(atPath: built) { return built }
    }
    return "posemap"
  }

  /// Writes a file into the folder, creating subfolders as needed.
  public func write(_ text: String, to name: String) throws {
    let parent = URL(filePath: "\(folder)/\(name)").deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  /// Returns the bytes of a file in the folder; nil if it does not exist.
  public func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
  }

  /// Returns every file below a subfolder of the folder, sorted.
  public func files(_ name: String) -> [String] { Self.files(under: "\(folder)/\(name)") }

  /// Returns every file below any folder, sorted.
  public static func files(under path: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: path)?.allObjects ?? []
    return all.compactMap { $0 as? String }.filter {
      var isFolder = ObjCBool(false)
      _ = FileManager.default.fileExists(atPath: "\(path)/\($0)", isDirectory: &isFolder)
      return !isFolder.boolValue
    }.sorted()
  }

  /// Runs `posemap` with arguments, in the folder.
  public func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs `posemap` with a list of arguments, in the folder.
  public func run(_ arguments: [String]) throws -> Outcome {
    try run(executable: Self.command, arguments)
  }

  /// Runs any program, in the folder.
  public func run(executable: String, _ arguments: [String]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let output = "\(folder)/.stdout"
    let errors = "\(folder)/.stderr"
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    defer { for path in [output, errors] { try? FileManager.default.removeItem(atPath: path) } }
    return Outcome(
      code: process.terminationStatus,
      output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
