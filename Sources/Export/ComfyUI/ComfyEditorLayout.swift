/// The positions of a workflow's nodes in the editor: one box per group from left to right, and
/// columns inside it that links cross from left to right.
struct ComfyEditorLayout {
  /// A rectangle in the editor's units, y down.
  struct Box: Equatable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  struct Group: Equatable {
    var title: String
    var box: Box
  }

  private(set) var boxes: [Box] = []
  private(set) var groups: [Group] = []

  private static let nodeWidth = 320
  private static let gap = 40
  /// The space above a group's nodes, for the group's heading and the first node's title.
  private static let heading = 80

  init(_ workflow: ComfyWorkflow, _ definitions: ComfyNodeDefinitions) {
    boxes = workflow.nodes.map {
      Box(x: 0, y: 0, width: Self.nodeWidth, height: Self.height(of: $0, definitions))
    }
    var left = 0
    for title in ComfyRecipe.distinct(workflow.nodes.map(\.group)) {
      let members = workflow.nodes.indices.filter { workflow.nodes[$0].group == title }
      let box = place(members, columns: Self.columns(of: members, in: workflow), left: left)
      groups.append(Group(title: title, box: box))
      left += box.width + 2 * Self.gap
    }
  }

  /// Returns each node's column: how many of the group's nodes come before it on the longest path.
  private static func columns(of members: [Int], in workflow: ComfyWorkflow) -> [Int: Int] {
    var columns: [Int: Int] = [:]
    for index in members {
      let before = workflow.nodes[index].inputs.compactMap { input in
        if case .link(let source, _) = input.value { columns[source] } else { nil }
      }
      columns[index] = (before.max() ?? -1) + 1
    }
    return columns
  }

  private mutating func place(_ members: [Int], columns: [Int: Int], left: Int) -> Box {
    var bottoms: [Int: Int] = [:]
    for index in members {
      let column = columns[index] ?? 0
      boxes[index].x = left + Self.gap + column * (Self.nodeWidth + Self.gap)
      boxes[index].y = bottoms[column] ?? Self.heading
      // The editor draws a node's title above its box.
      bottoms[column] = boxes[index].y + boxes[index].height + Self.gap + 30
    }
    let count = (columns.values.max() ?? 0) + 1
    return Box(
      x: left, y: 0, width: count * (Self.nodeWidth + Self.gap) + Self.gap,
      height: (bottoms.values.max() ?? 0))
  }

  private static func height(
    of node: ComfyWorkflow.Node, _ definitions: ComfyNodeDefinitions
  ) -> Int {
    let definition = definitions[node.classType]
    let inputs = definition?.inputs ?? []
    let sockets = inputs.filter { !$0.isWidget }.count
    let fields = inputs.filter(\.isWidget)
    let lines = fields.reduce(0) { sum, field in
      let rows = if case .text(isMultiline: true) = field.kind { 5 } else { 1 }
      return sum + rows + (field.hasSeedControl || field.hasUpload ? 1 : 0)
    }
    let picture = node.saves != nil || fields.contains(where: \.hasUpload) ? 260 : 0
    return 20 + max(sockets, definition?.outputs.count ?? 0) * 20 + lines * 26 + picture
  }
}
