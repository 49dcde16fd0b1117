import ArgumentParser
internal import Glibc
internal import PosemapKit
internal import Processes
internal import Studio

/// `posemap studio`: serves a page for posing in a browser, which edits scene files directly.
struct StudioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Open a scene in the browser: look at it, drag figures, save it as the same text.",
    discussion: """
      The page shows what the maps show, because the same engine draws it. The server listens only on 127.0.0.1, \
      behind a token in the address, and writes only the scene and its pose files, and what you export. Ctrl-C ends it.
      """)

  @Argument(
    help: ArgumentHelp(
      "The scene file; if it does not exist, a new scene is created.", valueName: "scene"))
  var scene = "scene.json"

  @Option(
    help: ArgumentHelp(
      "The port to listen on, 0 for any that is free; by default 8170, or the next that is free.",
      valueName: "port"))
  var port: Int?

  @Flag(help: "Save every change as it is made.")
  var autosave = false

  @Flag(name: .customLong("no-open"), help: "Print the address, but do not open a browser.")
  var staysClosed = false

  @Flag(help: "Print “saved” after each save, for a program that starts the studio.")
  var tellSaves = false

  @Option(
    help: ArgumentHelp(
      "The folder of bodies and library poses; by default the one beside the command.",
      valueName: "folder"))
  var rigs: String?

  @Option(
    help: ArgumentHelp(
      "A folder to read the page's own files from, for working on them.", valueName: "folder",
      visibility: .hidden))
  var page: String?

  @OptionGroup var drawing: RendererOptions

  func validate() throws {
    if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535") }
  }

  func run() throws {
    var options = StudioOptions(
      scene: scene, program: "/proc/self/exe", version: OwnVersion.number)
    options.port = port
    options.isAutosaving = autosave
    options.rigsFolder = rigs
    if tellSaves {
      options.saved = {
        print("saved")
        fflush(nil)
      }
    }
    options.pageFolder = page
    options.cacheFolder = "\(HumanStore.folder)/studio"
    let server = StudioServer(options)
    let opens = !staysClosed
    let hasLibrary = RigsFolder.find(rigs) != nil
    Interrupts.note()
    try Waiting.result {
      try await server.run(until: { Interrupts.isNoted }) { address in
        print(address.page)
        fflush(nil)
        printError("The studio is open at this address; Ctrl-C ends it.")
        if !hasLibrary {
          printError(
            "There is no library of poses and hand shapes beside this command: give its folder, Rigs, with --rigs."
          )
        }
        if opens { Self.open(address.once) }
      }
    }
    // Threads that are still drawing must not see what an orderly exit tears down.
    fflush(nil)
    _exit(Failure.Code.interrupted.rawValue)
  }

  /// Opens an address in the user's browser, which outlives the studio. If there is no browser, the
  /// user can copy the address.
  private static func open(_ address: String) {
    let detached = "setsid -f xdg-open \"$1\" </dev/null >/dev/null 2>&1"
    guard let shell = try? ChildProcess("sh", ["-c", detached, "sh", address]) else { return }
    _ = shell.outcome(patience: 5, maximumOutput: 1 << 16)
  }
}
