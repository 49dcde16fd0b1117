internal import PoseRig
package import SceneFiles

/// The inputs and outputs of a type of ComfyUI node, as a server's `GET /object_info` lists them.
package struct ComfyNodeDefinition: Equatable, Sendable {
  /// The values that an input accepts.
  package enum Kind: Equatable, Sendable {
    /// An output of this type of another node; `*` means any type.
    case link(String)
    /// A number within bounds, whole or not.
    case number(isWhole: Bool, bounds: ClosedRange<Double>)
    case text(isMultiline: Bool)
    case boolean
    /// One of these values; the server fills an empty list from its folders.
    case choice([String])

    /// The type that a link into the input must have.
    var type: String {
      switch self {
      case .link(let type): type
      case .number(let isWhole, _): isWhole ? "INT" : "FLOAT"
      case .text: "STRING"
      case .boolean: "BOOLEAN"
      case .choice: "COMBO"
      }
    }
  }

  package struct Input: Equatable, Sendable {
    package var name: String
    package var kind: Kind
    package var isRequired: Bool
    /// The value that the editor shows by default; nil if the node does not specify one.
    var standard: ComfyValue?
    /// Whether the editor adds a control below it that changes the seed after each run.
    var hasSeedControl: Bool
    /// Whether the editor adds an upload button below it.
    var hasUpload: Bool

    /// Whether the editor shows it as a field rather than a socket.
    var isWidget: Bool { if case .link = kind { false } else { true } }

    /// The value that the editor's field has, and sends, if nobody sets it.
    var field: ComfyValue {
      if let standard { return standard }
      return switch kind {
      case .number(_, let bounds): .number(max(0, bounds.lowerBound))
      case .boolean: .boolean(false)
      case .choice(let choices): .text(choices.first ?? "")
      case .text, .link: .text("")
      }
    }
  }

  package struct Output: Equatable, Sendable {
    package var name: String
    package var type: String
  }

  package var name: String
  /// The node's name in the editor.
  var title: String
  /// The Python module that defines the node; `nodes` and `comfy_extras.…` are ComfyUI's own.
  package var module: String
  /// The required inputs, then the others, each in the editor's order.
  package var inputs: [Input]
  /// The names of inputs that stand for as many as are wired: `images` for `images.image_1` ….
  var growing: [String]
  package var outputs: [Output]
  /// Whether the node makes a workflow worth running, because it saves or shows something.
  package var isOutput: Bool

  /// The node pack to install for it; nil for ComfyUI's own nodes.
  package var pack: String? {
    let parts = module.split(separator: ".", maxSplits: 1)
    return parts.first == "custom_nodes" && parts.count == 2 ? String(parts[1]) : nil
  }
}

/// The known node types, by name.
package struct ComfyNodeDefinitions: Sendable {
  package private(set) var byName: [String: ComfyNodeDefinition] = [:]
  /// Whether the definitions come from no server, so that the contents of its folders are unknown.
  package private(set) var isOffline = false

  package subscript(name: String) -> ComfyNodeDefinition? { byName[name] }

  /// Creates an empty set of definitions.
  package init() {}

  /// The definitions of the nodes that the recipes use, read from public sources
  /// (`Sources/Export/Resources/comfyui/nodes/SOURCES.md`).
  package static let known: ComfyNodeDefinitions = {
    var all = ComfyNodeDefinitions()
    all.isOffline = true
    for (path, bytes) in GeneratorResources.files(in: "comfyui/nodes") {
      try? all.add(objectInfo: bytes, file: path)
    }
    return all
  }()

  /// Adds definitions, replacing those with equal names.
  package mutating func add(_ others: ComfyNodeDefinitions) {
    byName.merge(others.byName) { $1 }
  }

  /// Adds the definitions in a server's answer to `GET /object_info`, replacing those with equal
  /// names.
  package mutating func add(objectInfo bytes: [UInt8], file: String) throws(Diagnostic) {
    let root = try Document(bytes, file: file).root
    guard case .object(let members) = root.value else {
      throw Diagnostic(
        .error, .recipe, file: file, at: root.location,
        "node definitions must be an object with the nodes by name, as GET /object_info returns, not \(root.kind)"
      )
    }
    // A server can have nodes by a thousand authors: a mistake in one must not hide the others.
    for member in members {
      if let definition = ComfyNodeDefinition(member) { byName[member.key] = definition }
    }
  }
}
