internal import ComfyClient
internal import Export
internal import PoseRig
internal import PosemapKit
internal import SceneFiles

/// The record of how a server's pictures were made, in the folder with the pictures: `run.json`,
/// the workflow, and in `maps` the pictures that it loads.
struct RunRecord: Codable {
  /// A file, and the SHA-256 of its bytes, in hexadecimal.
  struct File: Codable {
    var name: String
    var sha256: String
  }

  /// A value of a node that decides what comes out.
  struct Value<Content: Codable>: Codable {
    /// The node's number in the workflow.
    var node: Int
    var title: String
    var input: String?
    var value: Content
  }

  /// The version of posemap that drew the maps.
  var posemap: String
  var character: String
  /// The folder in the server's `output` that the pictures were saved in.
  var folder: String
  /// The names that pictures of such workflows can have.
  var pictureNames: [String]
  var seeds: [Value<Int>]
  var models: [Value<String>]
  /// The nodes that save pictures, with the names of the pictures.
  var saves: [Value<String>]
  var workflow: File
  /// The pictures that the workflow loads.
  var maps: [File]
  var pictures: [File]

  /// The record's name, and those of the files that belong to it.
  static let name = "run.json"
  static let workflowName = "workflow_api.json"
  static let mapsFolder = "maps"

  /// Returns the files of a record of these pictures, named inside their folder; empty for a
  /// workflow that an earlier version has queued.
  ///
  /// - Parameter picture: returns the bytes of a picture that the workflow loads; nil if they are
  ///   not available any more.
  static func files(
    of workflow: QueuedWorkflow, made pictures: [OutputFile],
    _ picture: (QueuedSource.Picture) -> [UInt8]?
  ) throws -> [OutputFile] {
    guard let source = workflow.source, let graph = source.workflow else { return [] }
    let record = RunRecord(
      posemap: OwnVersion.number, character: workflow.character, folder: workflow.folder,
      pictureNames: workflow.pictureNames,
      seeds: graph.seeds.map { value(of: graph, $0.node, $0.seed) },
      models: graph.models.map { value(of: graph, $0.node, $0.name, $0.input) },
      saves: workflow.nodes.enumerated().compactMap { index, node in
        node.saves.map { value(of: graph, index, $0) }
      },
      workflow: File(name: workflowName, sha256: FileHash.sha256(graph.apiFile)),
      maps: source.pictures.map { File(name: "\(mapsFolder)/\($0.name)", sha256: $0.sha256) },
      pictures: pictures.map { File(name: $0.name, sha256: FileHash.sha256($0.bytes)) })
    let maps = source.pictures.compactMap { wanted in
      wanted.checked(picture(wanted)).map {
        OutputFile(path: "\(mapsFolder)/\(wanted.name)", bytes: $0)
      }
    }
    return [
      OutputFile(path: name, bytes: try JSONText.encode(record, pretty: true)),
      OutputFile(path: workflowName, bytes: graph.apiFile),
    ] + maps
  }

  private static func value<Content>(
    of graph: ComfyWorkflow, _ node: Int, _ value: Content, _ input: String? = nil
  ) -> Value<Content> {
    Value(node: node + 1, title: graph.nodes[node].title, input: input, value: value)
  }

  // MARK: Reading

  /// Returns the workflow of a folder with a record, with the pictures that it loads.
  static func workflow(in folder: String) throws -> ComfyCharacter {
    let path = "\(folder)/\(name)"
    let bytes = try FileLoader.contents(of: path, as: "what these pictures were made from")
    guard let record: RunRecord = JSONText.decode(bytes) else {
      throw Failure(
        .badData, of: path, "this is not what `posemap comfyui --submit` has written")
    }
    // The file may be another person's: nothing is read or written outside of the folders named.
    let paths = [record.character, record.workflow.name] + record.maps.map(\.name)
    for inner in paths where inner.hasPrefix("/") || inner.split(separator: "/").contains("..") {
      throw Failure(.badData, of: path, "\(inner) leads out of the folder")
    }
    let api = try read(record.workflow, in: folder)
    guard let root = try? JSONParser.parse(api), var workflow = ComfyWorkflow(api: root) else {
      throw Failure(
        .badData, of: "\(folder)/\(record.workflow.name)", "this is not a workflow of posemap's")
    }
    for saved in record.saves where workflow.nodes.indices.contains(saved.node - 1) {
      workflow.nodes[saved.node - 1].saves = saved.value
    }
    let pictures = try record.maps.map { file in
      let name = file.name.split(separator: "/").last.map(String.init) ?? ""
      return OutputFile(
        path: "\(ComfyCharacter.inputFolder)/\(name)", bytes: try read(file, in: folder))
    }
    return ComfyCharacter(
      id: record.character, workflow: workflow, pictures: pictures, folder: record.folder,
      pictureNames: record.pictureNames)
  }

  private static func read(_ file: File, in folder: String) throws -> [UInt8] {
    let path = "\(folder)/\(file.name)"
    let bytes = try FileLoader.contents(of: path, as: "what the pictures were made from")
    if FileHash.sha256(bytes) == file.sha256 { return bytes }
    throw Failure(
      .badData, of: path,
      "this is not the file that the pictures were made from: its SHA-256 is not that in \(name)")
  }
}
