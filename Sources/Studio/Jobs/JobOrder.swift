internal import MapRender
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// A run of this program that a page requests, as command-line arguments.
struct JobOrder: Equatable, Sendable {
  /// The kinds of runs; only one of each kind runs at a time.
  enum Kind: String, Sendable {
    case export
    case comfyUI = "comfyui"
  }

  let kind: Kind
  /// The folder that it writes to.
  let folder: JobFolder
  /// The arguments after the program's name.
  let arguments: [String]

  /// Creates an order for the files that `posemap render` writes.
  ///
  /// - Throws: a fault for a folder where writing is not allowed, and for unknown maps and
  ///   characters.
  init(
    _ request: ExportRequest, of files: EditedFiles, rigsFolder: String?
  ) throws(StudioFault) {
    folder = try JobFolder(request.folder, besides: files.scenePath)
    kind = .export
    var words: [String] = []
    if !request.maps.isEmpty {
      for name in request.maps where MapName(rawValue: name) == nil {
        throw StudioFault("there is no map \"\(name)\"")
      }
      words.append("--maps=" + request.maps.joined(separator: ","))
    }
    if let only = request.only {
      let ids = (files.scene.root["characters"]?.items ?? []).compactMap { $0["id"]?.text }
      if only.isEmpty { throw StudioFault("choose at least one character to export") }
      for id in only where !ids.contains(id) {
        throw StudioFault("there is no character \"\(id)\" to export")
      }
      words.append("--only=" + only.joined(separator: ","))
    }
    if request.together { words.append("--together") }
    arguments = Self.words("render", folder, words, files.scenePath, rigsFolder)
  }

  /// Creates an order for workflows on a ComfyUI server, and for the pictures that it makes.
  ///
  /// - Throws: a fault for a folder where writing is not allowed.
  init(
    comfyUI server: String, folder: String, of files: EditedFiles, rigsFolder: String?
  ) throws(StudioFault) {
    self.folder = try JobFolder(folder, besides: files.scenePath)
    kind = .comfyUI
    if server.isEmpty { throw StudioFault("name the address of a ComfyUI server") }
    arguments = Self.words(
      "comfyui", self.folder, ["--submit=\(server)"], files.scenePath, rigsFolder)
  }

  private static func words(
    _ command: String, _ folder: JobFolder, _ more: [String], _ scene: String, _ rigs: String?
  ) -> [String] {
    [command, "--output=\(folder.path)", "--progress"] + more
      + (rigs.map { ["--rigs=\($0)"] } ?? []) + ["--", scene]
  }
}
