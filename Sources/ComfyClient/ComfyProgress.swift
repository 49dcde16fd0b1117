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
  /// The share of the workflow that is done, from 0 to 1: a step of a sampler counts as much as a
  /// node that does not sample.
  public var share = 0.0

  /// Whether both have equal values.
  public static func == (one: ComfyProgress, other: ComfyProgress) -> Bool {
    one.character == other.character && one.nodesBegun == other.nodesBegun
      && one.nodes == other.nodes && one.node == other.node && one.steps?.done == other.steps?.done
      && one.steps?.of == other.steps?.of && one.share == other.share
  }
}

/// Turns the messages of a server's websocket into the progress of one workflow.
struct ProgressReader {
  private let workflow: QueuedWorkflow
  private(set) var progress: ComfyProgress
  /// The indices of the nodes that were begun, and of the one at work.
  private var begun: Set<Int> = []
  private var current: Int?

  init(_ workflow: QueuedWorkflow) {
    self.workflow = workflow
    progress = ComfyProgress(
      character: workflow.character, nodesBegun: 0, nodes: workflow.nodes.count, node: nil)
  }

  /// Reads a message, and returns whether it told of this workflow's progress.
  mutating func take(_ message: String) -> Bool {
    guard let root = try? JSONParser.parse(Array(message.utf8)), let data = root["data"],
      data["prompt_id"]?.text == workflow.prompt
    else { return false }
    switch root["type"]?.text {
    case "executing":
      guard let node = data["node"]?.text else { return false }
      begin([node])
      current = workflow.index(ofNode: node)
      progress.node = current.map { workflow.nodes[$0].title }
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
    progress.share = share
    return true
  }

  private var share: Double {
    let all = workflow.nodes.reduce(0) { $0 + $1.work }
    var done = begun.reduce(0) { $0 + workflow.nodes[$1].work }
    // The node at work is begun, not done.
    if let current {
      let step = progress.steps.map { Double($0.done) / Double($0.of) } ?? 0
      done -= workflow.nodes[current].work * (1 - step)
    }
    return all > 0 ? done / all : 0
  }

  private func whole(_ node: JSONNode?) -> Int? {
    node?.number.flatMap { Int(exactly: $0.rounded()) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  private mutating func begin(_ nodes: [String]) {
    // Others are not kept: a server that names them without end must not fill the memory.
    begun.formUnion(nodes.compactMap(workflow.index))
    progress.nodesBegun = begun.count
  }
}
