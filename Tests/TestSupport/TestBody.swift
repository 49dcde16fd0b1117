internal import Foundation
public import PoseRig
public import SceneFiles

/// Generated inputs shared by several suites.
public enum Fixture {
  /// A loader over files in memory.
  public static func loader(_ files: [String: String], rigsFolder: String? = nil) -> FileLoader {
    FileLoader(rigsFolder: rigsFolder) { path in
      guard let text = files[path] else {
        return .failure(UnreadableFile(reason: "No such file or directory"))
      }
      return .success(Array(text.utf8))
    }
  }

  /// A loader of files on disk, some of them replaced by files in memory, with the repository's
  /// library and, if installed, the human.
  public static func libraryLoader(_ files: [String: String] = [:]) -> FileLoader {
    FileLoader(
      rigsFolder: CommandRunner.repository + "/Rigs",
      human: {
        InstalledHuman.template.map { .success($0) }
          ?? .failure(UnreadableFile(reason: "it is not installed"))
      }
    ) { path in
      if let text = files[path] { return .success(Array(text.utf8)) }
      return FileManager.default.contents(atPath: path).map { .success([UInt8]($0)) }
        ?? .failure(UnreadableFile(reason: "No such file"))
    }
  }

  /// The figures of average build: the mannequins, and the human if it is installed.
  public static let averageFigures: [Figure] =
    Mannequin.all.map { .mannequin($0, Proportions()) }
    + (InstalledHuman.isThere ? [.human(Phenotype())] : [])

  /// Reads the scene `text`, together with other `files`; nil if a file cannot be read.
  public static func read(_ text: String, _ files: [String: String] = [:]) -> SceneReader.Result? {
    let all = files.merging(["scene.json": text]) { $1 }
    return try? SceneReader.read("scene.json", loader: loader(all)).get()
  }

  /// A scene with one standing woman; `more` is added to the character, `keys` to the scene.
  public static func scene(character more: String = "", keys: String = "") -> String {
    """
    {"canvas": [256, 384]\(keys.isEmpty ? "" : ", " + keys),
     "characters": [{"id": "her", "body": "female"\(more.isEmpty ? "" : ", " + more)}]}
    """
  }

  /// Returns the solved scene `text`, or nil if it has errors.
  public static func solved(_ text: String, _ files: [String: String] = [:]) -> PosedScene? {
    read(text, files)?.scene.flatMap { SceneSolver.solve($0) }
  }

  /// Solves a scene of characters and props with the repository's library, and returns it with
  /// everything reported about it.
  public static func solved(
    characters: String, props: String = "", canvas: String = "[256, 256]"
  ) -> (scene: PosedScene?, messages: [String]) {
    let all = props.isEmpty ? "" : #", "props": [\#(props)]"#
    let scene = #"{"canvas": \#(canvas), "characters": [\#(characters)]\#(all)}"#
    let loader = libraryLoader(["scene.json": scene])
    guard let reading = try? SceneReader.read("scene.json", loader: loader).get() else {
      return (nil, ["unreadable"])
    }
    guard let scene = reading.scene else { return (nil, reading.diagnostics.map(\.description)) }
    var findings: [Finding] = []
    let posed = SceneSolver.solve(scene, findings: &findings)
    let found = reading.source.diagnostics(of: findings, in: scene)
    return (posed, (reading.diagnostics + found).map(\.description))
  }
}
