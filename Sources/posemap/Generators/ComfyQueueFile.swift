internal import ComfyClient
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The file in an output folder that lists queued workflows without fetched pictures, for
/// `--fetch`.
struct ComfyQueueFile: Codable {
  private static let name = "queue.json"

  /// The server's address.
  var server: String
  /// The workflows in the order in which they were queued.
  var waiting: [QueuedWorkflow]

  private static func path(in output: String) -> String { "\(output)/\(name)" }

  /// Reads the file of a folder; nil if it does not exist.
  static func read(in output: String) throws -> ComfyQueueFile? {
    guard case .success(let bytes) = FileLoader.bytes(path(in: output)) else { return nil }
    guard let file: ComfyQueueFile = JSONText.decode(bytes) else {
      throw Failure(
        .badData, of: path(in: output),
        "this is not what `posemap comfyui --submit` writes; delete it, and submit again")
    }
    return file
  }

  /// Writes the file into a folder, or removes it if no workflow is waiting.
  func write(in output: String) throws {
    if waiting.isEmpty { return FrameFolder.remove([Self.name], in: output) }
    try SingleFile.write(try JSONText.encode(self, pretty: true), to: Self.path(in: output))
  }
}
