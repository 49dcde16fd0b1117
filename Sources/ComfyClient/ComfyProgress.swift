internal import Export
internal import SceneFiles

/// The progress of a server with one workflow.
public struct ComfyProgress: Equatable, Sendable {
  /// The id of the character that the workflow shows.
  public var character: String
  /// The number of nodes that were begun or taken from the cache.
  public var nodesBegun: Int
  /// The number of nodes in the workflow.
  public var nodes: Int
  /// The title of the node at work, as in the editor; nil before the first.
  public var node: String?
  /// The steps that the node has done and has in all; nil for nodes without steps.
  public var steps: (done: Int, of: Int)?

  /// Whether both have equal values.
  public static func == (one: ComfyProgress, other: ComfyProgress) -> Bool {
    one.character == other.character && one.nodesBegun == other.nodesBegun
      && one.nodes == other.nodes && one.node == other.node && one.steps?.done == other.steps?.done
      && one.steps?.of == other.steps?.of
  }
}

/// Turns the messages of a server's websocket into the progress of one workflow.
struct ProgressReader {
  private let workflow: ComfyWorkflow
  private let prompt: String
  private(set) var progress: ComfyProgress
  private var begun: Set<String> = []

  init(_ workflow: ComfyWorkflow, of character: String, prompt: String) {
    self.workflow = workflow
    self.prompt = prompt
    progress = ComfyProgress(
      character: character, nodesBegun: 0, nodes: workflow.nodes.count, node: nil)
  }

  /// Reads a message, and returns whether it told of this workflow's progress.
  mutating func take(_ message: String) -> Bool {
    guard let root = try? JSONParser.parse(Array(message.utf8)), let data = root["data"],
      data["prompt_id"]?.text == prompt
    else { return false }
    switch root["type"]?.text {
    case "executing":
      guard let node = data["node"]?.text else { return false }
      begin([node])
      progress.node = name(node)
      progress.steps = nil
    case "execution_cached":
      begin(data["nodes"]?.items?.compactMap(\.text) ?? [])
    case "progress":
      guard let done = whole(data["value"]), let all = whole(data["max"]), all > 0 else {
        return false
      }
      progress.steps = (min(done, all), all)
    default: return false
    }
    return true
  }

  private func whole(_ node: JSONNode?) -> Int? {
    node?.number.flatMap { Int(exactly: $0.rounded()) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  private mutating func begin(_ nodes: [String]) {
    begun.formUnion(nodes)
    progress.nodesBegun = min(begun.count, progress.nodes)
  }

  private func name(_ number: String) -> String? {
    Int(number).flatMap { workflow.nodes.indices.contains($0 - 1) ? $0 - 1 : nil }
      .map { workflow.nodes[$0].title }
  }
}
