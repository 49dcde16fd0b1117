internal import PoseRig

/// The nodes of an FBX file, and how each inherits its parent's scale.
///
/// An FBX node can ignore its parent's scale (InheritType 2, "segment scale compensate") or inherit
/// it along its own axes (InheritType 0). `ForeignModel` multiplies matrices like glTF, so if a
/// node's scale does not simply apply to all its children, it is kept apart from the node's frame:
/// in the surfaces that follow it, and in a separate node if the scale is animated.
struct FBXSkeleton {
  /// The ways in which a node inherits its parent's scale, with FBX's numbers.
  enum Inheritance: Int {
    /// Along the node's own axes: RrSs.
    case alongOwnAxes
    /// As matrices multiply: RSrs.
    case plain
    /// Not at all, except for the scale that the parent itself inherited: Rrs.
    case none
  }

  /// A node.
  struct Node {
    /// The index of the object.
    var object: Int
    /// The index of the parent in this list; −1 for a node at the root.
    var parent: Int
    var chain: FBXChain
    var inheritance: Inheritance
    /// Whether the scale, including the inherited part, is animated in a take.
    var scaleMoves: Bool
    /// Whether the inherited scale is animated.
    var inheritedMoves = false
    /// Whether the frame excludes the scale, since a child does not inherit it by multiplication.
    var isSplit = false
    /// The scale inherited along its own axes, with the values in the file.
    var inherited = Vector3(1, 1, 1)
    /// The index of the model's node for the frame.
    var frame = 0
    /// The index of the model's node that includes the scale, if it is a separate node.
    var scaled: Int?
    /// Whether the file hides it.
    var isHidden = false
  }

  /// The nodes, parents first.
  var nodes: [Node] = []
  /// The index in ``nodes`` of each object that is a node.
  private(set) var indices: [Int: Int] = [:]

  /// The largest number of nodes in a file.
  private static let maximumNodes = 100_000

  init(_ objects: FBXObjects, _ motions: [FBXMotion]) throws(ForeignModelError) {
    // The first connection to a node or to the root counts; without any, the parent is the root.
    func above(_ object: Int) -> Int {
      let links = objects.parents[object].lazy.filter { link in
        link.property == nil && (link.object < 0 || objects.objects[link.object].kind == "Model")
      }
      return links.first?.object ?? -1
    }
    let all = objects.all("Model")
    var waiting = all.reversed().filter { above($0) < 0 }.map { (object: $0, parent: -1) }
    while let (object, parent) = waiting.popLast() {
      guard indices[object] == nil else { continue }
      guard nodes.count < Self.maximumNodes else {
        throw .overLimit("it has more than a hundred thousand nodes")
      }
      indices[object] = nodes.count
      let chain = FBXChain(object, of: objects)
      let moves = motions.contains { $0.moves(object, "Lcl Scaling", from: chain.scaling) }
      nodes.append(
        Node(
          object: object, parent: parent, chain: chain,
          inheritance: objects.integer(object, "InheritType").map {
            Inheritance(rawValue: $0) ?? .plain
          } ?? .plain,
          scaleMoves: moves))
      let index = nodes.count - 1
      let below = objects.children(of: object, "Model").filter { above($0) == object }
      waiting += below.reversed().map { ($0, index) }
    }
    guard nodes.count == all.count else {
      throw .damaged("a node of the FBX file is its own ancestor; export it again")
    }
    inheritScales()
  }

  // MARK: Scale

  /// Determines the scale that each node inherits, and which nodes keep their scale apart from the
  /// frame.
  private mutating func inheritScales() {
    var hasOther = [Bool](repeating: false, count: nodes.count)
    for node in nodes where node.parent >= 0 && node.inheritance != .plain {
      hasOther[node.parent] = true
    }
    for index in nodes.indices {
      nodes[index].inherited = inherited(index) { $0.chain.scaling }
      if nodes[index].parent >= 0, case let parent = nodes[nodes[index].parent], parent.isSplit {
        switch nodes[index].inheritance {
        case .alongOwnAxes: nodes[index].inheritedMoves = parent.scaleMoves
        case .none: nodes[index].inheritedMoves = parent.inheritedMoves
        case .plain: break
        }
        if nodes[index].inheritedMoves { nodes[index].scaleMoves = true }
      }
      // A uniform scale gives equal results for all ways of inheritance.
      let (own, all) = (nodes[index].chain.scaling, scale(index))
      let isSimple =
        own.isUniform && all.isUniform && abs(own.x) > 1e-9 && !nodes[index].scaleMoves
      nodes[index].isSplit = hasOther[index] && !isSimple
    }
  }

  /// Returns the scale that a node inherits along its own axes, given the scales of the nodes
  /// above.
  func inherited(_ index: Int, _ scaling: (Node) -> Vector3) -> Vector3 {
    var product = Vector3(1, 1, 1)
    var node = nodes[index]
    while node.parent >= 0, node.inheritance != .plain {
      let parent = nodes[node.parent]
      guard parent.isSplit else { break }
      if node.inheritance == .alongOwnAxes { product *= scaling(parent) }
      node = parent
    }
    return product
  }

  /// Returns the scale of a node along its own axes with the values in the file, including the
  /// inherited part.
  func scale(_ index: Int) -> Vector3 {
    nodes[index].inherited * nodes[index].chain.scaling
  }

  /// Returns the transform of a node's frame.
  ///
  /// - Parameters:
  ///   - own: the result of the node's own chain.
  ///   - inherited: the scale inherited along its own axes.
  ///   - carried: the scale that its parent keeps apart from its frame.
  func frame(
    _ index: Int, own: NodeTransform, inherited: Vector3, parentCarries carried: Vector3
  ) -> NodeTransform {
    let node = nodes[index]
    var frame = own
    frame.scale = node.isSplit ? Vector3(1, 1, 1) : inherited * own.scale
    guard node.parent >= 0, node.inheritance != .plain else { return frame }
    let parent = nodes[node.parent]
    if parent.isSplit {
      frame.translation *= carried
    } else if node.inheritance == .none {
      frame.scale /= parent.chain.scaling.x
    }
    return frame
  }

  // MARK: The model's nodes

  /// Creates the model's nodes below its existing root.
  mutating func addNodes(to model: inout ForeignModel, _ objects: FBXObjects) {
    var hasPlainChild = [Bool](repeating: false, count: nodes.count)
    for node in nodes where node.parent >= 0 && node.inheritance == .plain {
      hasPlainChild[node.parent] = true
    }
    for index in nodes.indices {
      let node = nodes[index]
      let above = node.parent >= 0 ? nodes[node.parent] : nil
      let parent = node.inheritance == .plain ? above?.scaled ?? above?.frame : above?.frame
      let carried = node.parent >= 0 ? scale(node.parent) : Vector3(1, 1, 1)
      nodes[index].frame = model.nodes.count
      model.nodes.append(
        .init(
          name: objects.objects[node.object].name, parent: parent ?? 0,
          local: frame(
            index, own: node.chain.transform, inherited: node.inherited, parentCarries: carried)))
      guard node.isSplit, node.scaleMoves || hasPlainChild[index] else { continue }
      nodes[index].scaled = model.nodes.count
      model.nodes.append(
        .init(
          name: "", parent: nodes[index].frame,
          local: NodeTransform(translation: .zero, rotation: .identity, scale: scale(index))))
    }
  }

  /// Returns the model's node that a surface or a bone follows, and the matrix from the FBX node's
  /// own space to it.
  func target(of index: Int) -> (node: Int, nodeFromOwn: Matrix4) {
    let node = nodes[index]
    if let scaled = node.scaled { return (scaled, NodeTransform.identity.matrix) }
    let carried = node.isSplit ? scale(index) : Vector3(1, 1, 1)
    let matrix = NodeTransform(translation: .zero, rotation: .identity, scale: carried).matrix
    return (node.frame, matrix)
  }
}

extension Vector3 {
  /// Whether all three components are equal, within the precision that programs write.
  var isUniform: Bool {
    let middle = (x + y + z) / 3
    return (self - middle).indices.allSatisfy {
      abs(self[$0] - middle) <= 1e-5 * Swift.max(abs(middle), 1e-9)
    }
  }
}
