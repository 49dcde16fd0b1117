import ArgumentParser
internal import Export
internal import Glibc
internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// `posemap watch`: redraws maps whenever a file is saved.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Draw a scene again whenever one of its files is saved; end with Ctrl-C.",
    discussion: """
      Prints a line when a drawing begins, and one when it is done. While a file has an error, the error is shown and the last good maps stay. Files are checked ten times per second.
      """)

  @Argument(help: ArgumentHelp("The scene file.", valueName: "scene"))
  var scene: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output = "out"

  @Option(
    help: ArgumentHelp("Only these characters' maps, by id, separated by commas.", valueName: "ids")
  )
  var only: String?

  @Option(
    help: ArgumentHelp("Only these maps, separated by commas, or all.", valueName: "maps"),
    transform: MapList.parse)
  var maps: [MapName] = MapName.standard

  @Flag(help: "Draw the characters in one picture, in <output>/all.")
  var together = false

  @OptionGroup var options: SceneOptions

  @OptionGroup(title: "Map settings (they override the scene's)")
  var mapOptions: MapOptions

  func run() throws {
    printAtOnce()
    var stamps: [String: FileStamp] = [:]
    var seen: [String] = [scene]
    while true {
      let now = Dictionary(uniqueKeysWithValues: seen.map { ($0, FileStamp($0)) })
      if now != stamps {
        let recorder = ReadRecorder()
        draw(recorder)
        // Watch the files that this run read; after an error that kept files from being read, also
        // those of the previous run.
        seen = Array(Set(recorder.paths + [scene] + (recorder.failed ? seen : []))).sorted()
        stamps = Dictionary(
          uniqueKeysWithValues: seen.map { ($0, recorder.stamps[$0] ?? now[$0] ?? FileStamp($0)) })
      }
      usleep(100_000)
    }
  }

  private func draw(_ recorder: ReadRecorder) {
    // Lets a program that waits for the maps, such as an editor's task, see when drawing begins.
    print("\(scene): drawing")
    do {
      let job = RenderJob(
        choices: options.choices(mapOptions), maps: maps, only: try only.map(CharacterList.parse),
        together: together, version: OwnVersion.number)
      let files = recorder.watching(job.choices.diskLoader())
      let rendered = try SceneRenderer(job, files: files).render(
        SceneTask(path: scene, folder: output))
      rendered.diagnostics.forEach(printError)
      print("\(scene): drawn into \(output)")
    } catch {
      recorder.failed = true
      Failure.known(error)?.lines.forEach(printError)
      print("\(scene): waiting for a change; the last good maps stay")
    }
  }
}

/// Records every file that a run reads, and its modification time from before it was read.
final class ReadRecorder {
  private(set) var stamps: [String: FileStamp] = [:]
  var failed = false

  var paths: [String] { stamps.keys.sorted() }

  /// Returns a loader that reads as another does, and records the files.
  func watching(_ loader: FileLoader) -> FileLoader { loader.noting(note) }

  private func note(_ path: String) {
    if stamps[path] == nil { stamps[path] = FileStamp(path) }
  }
}
