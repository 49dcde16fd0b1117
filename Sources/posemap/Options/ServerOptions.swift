import ArgumentParser
internal import ComfyClient
internal import Glibc
internal import PosemapKit
internal import SceneFiles

/// The options of commands that talk to a ComfyUI server.
struct ServerOptions: ParsableArguments {
  /// The environment variable that names the file of `--token-file`.
  private static let tokenVariable = "POSEMAP_COMFYUI_TOKEN_FILE"

  @Option(
    help: ArgumentHelp(
      "A file with a token that the server wants (Authorization: Bearer …); "
        + "by default the file that POSEMAP_COMFYUI_TOKEN_FILE names.",
      valueName: "file"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "A PEM file with the certificates to trust instead of the system's, for https:// servers.",
      valueName: "file"))
  var caFile: String?

  // Otherwise, a negative number would be parsed as an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long a server can go without answering once workflows are queued, for example while it restarts: 0 to 86400 seconds.",
      valueName: "seconds"))
  var patience = ComfySubmission.Patience().silence

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often a workflow that a restarted server has lost is queued again: 0 to 10 times.",
      valueName: "times"))
  var requeue = ComfySubmission.Patience().requeues

  func validate() throws {
    if !(0...86400).contains(patience) {
      throw ValidationError("--patience must be from 0 to 86400 seconds")
    }
    if !(0...10).contains(requeue) {
      throw ValidationError("--requeue must be from 0 to 10 times")
    }
  }

  /// The limits of waiting for a server.
  var limits: ComfySubmission.Patience {
    var limits = ComfySubmission.Patience()
    limits.silence = patience
    limits.requeues = requeue
    return limits
  }

  /// Reads the files that are needed to talk to a server.
  func access(to address: ServerAddress) throws -> ServerAccess {
    try Self.access(to: address, tokenFile: tokenFile, authorities: caFile)
  }

  /// Returns the access to a server, with the token in a file; by default the one that the
  /// environment names.
  static func access(
    to address: ServerAddress, tokenFile: String? = nil, authorities: String? = nil
  ) throws -> ServerAccess {
    let told = getenv(tokenVariable).map { String(cString: $0) } ?? ""
    let file = tokenFile ?? (told.isEmpty ? nil : told)
    if let authorities { _ = try FileLoader.contents(of: authorities, as: "these certificates") }
    return try ServerAccess(
      to: address, token: try file.map(token), authorities: authorities)
  }

  private static func token(in file: String) throws -> BearerToken {
    let bytes = try FileLoader.contents(of: file, as: "this token", upTo: BearerToken.mostBytes)
    // A fault must not show what the file holds.
    guard let token = BearerToken(file: bytes) else {
      throw Failure(
        .badData, of: file, "a token's file has one line, of ASCII letters without spaces")
    }
    noteIfOthersCanRead(file)
    return token
  }

  private static func noteIfOthersCanRead(_ file: String) {
    var facts = stat()
    guard stat(file, &facts) == 0, facts.st_mode & 0o077 != 0 else { return }
    printNote("others on this machine can read this token; chmod 600 keeps it to you", of: file)
  }
}
