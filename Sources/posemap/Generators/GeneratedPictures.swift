internal import ComfyClient
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The folder of a character's pictures from a server, and of their sources. They are
/// always from a single run, so that a picture of an older pose is never mistaken for one of this
/// pose.
struct GeneratedPictures {
  /// The path of `<id>/generated`, in the output folder.
  private let folder: String
  private let output: String
  private let names: [String]

  init(of workflow: QueuedWorkflow, in output: String) {
    self.output = output
    names = workflow.pictureNames.map { $0 + ".png" }
    folder = "\(workflow.character)/\(ComfyCharacter.generatedFolder)"
  }

  /// Writes the pictures of a run, and their sources, named inside the folder. Returns
  /// the folder that the pictures of an earlier run were moved to; nil if the new pictures continue
  /// from them.
  func write(_ files: [OutputFile], madeFrom sources: [OutputFile]) throws -> String? {
    let old = FolderListing.names("\(output)/\(folder)").filter(names.contains)
    let sources = sources.map { OutputFile(path: "\(folder)/\($0.path)", bytes: $0.bytes) }
    let written = Set((files + sources).map(\.path))
    func gone(_ names: [String]) -> [String] {
      names.map { "\(folder)/\($0)" }.filter { !written.contains($0) }
    }
    if old.allSatisfy({ isAmong(files, $0) }) {
      try AtomicFolder.write(files + sources, removing: gone(recorded), to: output)
      return nil
    }
    let earlier = nextEarlierFolder
    let moved = try (old + recorded).map { name in
      OutputFile(path: "\(earlier)/\(name)", bytes: try bytes(name))
    }
    try AtomicFolder.write(
      files + sources + moved, removing: gone(old + recorded), to: output)
    return "\(output)/\(earlier)"
  }

  /// The names of the files in the folder that its pictures were made from.
  private var recorded: [String] {
    let own = FolderListing.names("\(output)/\(folder)")
    let maps = FolderListing.names("\(output)/\(folder)/\(RunRecord.mapsFolder)")
    return [RunRecord.name, RunRecord.workflowName].filter(own.contains)
      + maps.map { "\(RunRecord.mapsFolder)/\($0)" }
  }

  private func isAmong(_ files: [OutputFile], _ name: String) -> Bool {
    guard let file = files.first(where: { $0.name == name }), let bytes = try? bytes(name)
    else { return false }
    if bytes == file.bytes { return true }
    // A server embeds the whole workflow in its pictures, so equal pictures can have different
    // bytes.
    guard let own = try? PNGFile.decodeRGBA(file.bytes), let other = try? PNGFile.decodeRGBA(bytes)
    else { return false }
    return own == other
  }

  private var nextEarlierFolder: String {
    let numbers = FolderListing.names("\(output)/\(folder)/earlier")
      .compactMap(Int.init).filter { $0 < .max }
    return "\(folder)/earlier/\((numbers.max() ?? 0) + 1)"
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try FileLoader.contents(
      of: "\(output)/\(folder)/\(name)", as: "this picture", upTo: 1 << 30)
  }
}
