internal import ArgumentParser
internal import Glibc
internal import PoseRig
internal import PosemapKit
internal import RigImport

/// `posemap read-model`: the child process that parses other programs' files; not for users.
struct ReadModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: ChildImport.subcommand,
    abstract: "Read a model under limits and write it for the parent.", shouldDisplay: false)

  @Argument var path: String

  func run() throws {
    ChildImport.limitThisProcess()
    guard case .success(let bytes) = ModelFile.bytes(path) else { throw Failure(.noInput) }
    do {
      let encoded =
        path.hasSuffix(".\(GarmentReader.fileExtension)")
        ? GarmentCodec.encode(try GarmentReader.read(bytes, path: path))
        : ForeignModelCodec.encode(try ModelReader.read(bytes, path: path))
      try Self.hand(over: encoded)
    } catch let error as ForeignModelError {
      throw Failure(.badData, lines: [error.description])
    }
  }

  private static func hand(over bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(.cannotWrite) }
      rest = rest.dropFirst(count)
    }
  }
}
