package import Export

/// A workflow that a server has queued: the information needed to follow it and to fetch its
/// pictures, in this run or in a later one.
package struct QueuedWorkflow: Codable, Equatable, Sendable {
  /// A node, with the properties that messages and progress need.
  package struct Node: Codable, Equatable, Sendable {
    var classType: String
    /// The title above the node in the editor.
    package var title: String
    /// The name of the pictures that the node saves, if it saves any.
    package var saves: String?
    /// The number of steps that the node samples; nil if it does not sample.
    var steps: Int?

    /// The time that the node takes compared with the others, in sampler steps.
    var work: Double { Double(max(1, steps ?? 1)) }
  }

  /// The id of the character that the workflow shows.
  package var character: String
  /// The id that the server gave the workflow.
  package var prompt: String
  /// The folder in the server's `output` folder where its pictures are saved.
  package var folder: String
  /// The names that pictures of this family's workflows can have.
  package var pictureNames: [String]
  /// The nodes in the order of their numbers, which start at 1.
  package var nodes: [Node]
  /// The graph and the pictures; nil for a workflow that an earlier version of posemap has queued.
  package var source: QueuedSource?
  /// How many times it was queued again after the server had lost it; nil for never.
  var timesLost: Int?

  /// Returns the index of a node by its number in the API format; nil if the workflow has no such
  /// node.
  func index(ofNode number: String) -> Int? {
    Int(number).flatMap { $0 > 0 && $0 <= nodes.count ? $0 - 1 : nil }
  }

  /// Returns the class, number and title of a node, for messages.
  func name(ofNode number: String) -> String {
    guard let index = index(ofNode: number) else { return "node \(number)" }
    let node = nodes[index]
    return "\(node.classType) \(number) (\(node.title))"
  }
}

extension QueuedWorkflow {
  /// Creates the record of a character's workflow, once the server has given it an id.
  package init(_ character: ComfyCharacter, prompt: String) {
    self.init(
      character: character.id, prompt: prompt, folder: character.folder,
      pictureNames: character.pictureNames,
      nodes: character.workflow.nodes.enumerated().map { index, node in
        Node(
          classType: node.classType, title: node.title, saves: node.saves,
          steps: character.workflow.steps(ofNode: index))
      }, source: QueuedSource(character))
  }
}
