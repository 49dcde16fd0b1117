internal import SceneFiles

/// A server's progress with one workflow.
public struct ComfyProgress: Equatable, Sendable {
  /// The id of the character that the workflow shows.
  public var character: String
  /// The number of nodes that have started or were taken from the cache.
  public var nodesBegun: Int
  /// The number of nodes in the workflow.
  public var nodes: Int
  /// The title of the running node, as in the editor; nil before the first.
  public var node: String?
  /// The number of steps that the node has completed, and its total; nil for nodes without steps.
  public var steps: (done: Int, of: Int)?
  /// The share of the workflow that is done, from 0 to 1: a sampler's step counts as much as a node
  /// that does not sample.
  public var share = 0.0
  /// The number of workflows that the server runs before this one; nil if it reports the nodes.
  ///
  /// It is all that is known about a server that is only polled and cannot report by itself.
  public var ahead: Int?

  /// Returns whether two values are equal.
  public static func == (one: ComfyProgress, other: ComfyProgress) -> Bool {
    one.character == other.character && one.nodesBegun == other.nodesBegun
      && one.nodes == other.nodes && one.node == other.node && one.steps?.done == other.steps?.done
      && one.steps?.of == other.steps?.of && one.share == other.share && one.ahead == other.ahead
  }
}

/// Turns the messages of a server's websocket into the progress of one workflow.
struct ProgressReader {
  let workflow: QueuedWorkflow
  private(set) var progress: ComfyProgress
  /// The indices of the nodes that have started, including the one that is running.
  private var begun: Set<Int> = []
  private var current: Int?

  init(_ workflow: QueuedWorkflow) {
    self.workflow = workflow
    progress = ComfyProgress(
      character: workflow.character, nodesBegun: 0, nodes: workflow.nodes.count, node: nil)
  }

  /// Reads a message, and returns whether it reported this workflow's progress.
  mutating func take(_ message: String) -> Bool {
    guard let root = try? JSONParser.parse(Array(message.utf8)), let data = root["data"],
      data["prompt_id"]?.text == workflow.prompt
    else { return false }
    progress.ahead = nil
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

  /// Takes how many workflows the server runs before this one, and returns whether that is news.
  mutating func take(ahead: Int) -> Bool {
    if progress.nodesBegun > 0 || progress.ahead == ahead { return false }
    progress.ahead = ahead
    return true
  }

  private var share: Double {
    let all = workflow.nodes.reduce(0) { $0 + $1.work }
    var done = begun.reduce(0) { $0 + workflow.nodes[$1].work }
    // The running node has started, but is not done.
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
    // Unknown numbers are not kept: a server that names nodes endlessly must not fill the memory.
    begun.formUnion(nodes.compactMap(workflow.index))
    progress.nodesBegun = begun.count
  }
}
