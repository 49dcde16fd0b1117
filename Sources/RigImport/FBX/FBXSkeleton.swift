internal import PoseRig

/// The nodes of an FBX file, and how each takes over its parent's scale.
///
/// FBX lets a node leave its parent's scale aside (InheritType 2, "segment scale compensate") or
/// take it over along its own axes (InheritType 0). `ForeignModel` multiplies matrices as glTF
/// does, so a node whose scale does not simply go down to all its children carries it beside its
/// frame: in the surfaces that follow it, and in a node of its own where the scale moves.
struct FBXSkeleton {
  /// The ways in which a node takes over its parent's scale, with FBX's numbers.
  enum Inheritance: Int {
    /// Along the node's own axes: RrSs.
    case alongOwnAxes
    /// As matrices multiply: RSrs.
    case plain
    /// Not at all, save for the scale that the parent took over itself: Rrs.
    case none
  }

  /// A node.
  struct Node {
    /// The index of the object.
    var object: Int
    /// The index of the parent in this list; −1 for a node that hangs on the root.
    var parent: Int
    var chain: FBXChain
    var inheritance: Inheritance
    /// Whether the scale moves in a take, what it takes over counted.
    var scaleMoves: Bool
    /// Whether what it takes over moves.
    var inheritedMoves = false
    /// Whether the frame leaves the scale out, since a child does not take it over plainly.
    var isSplit = false
    /// The scale that it takes over along its own axes, as the file stands.
    var inherited = Vector3(1, 1, 1)
    /// The index of the node among the model's.
    var frame = 0
    /// The index of the model's node that has the scale as well, if it is a node of its own.
    var scaled: Int?
    /// Whether the file does not show it.
    var isHidden = false
  }

  /// The nodes, parents first.
  var nodes: [Node] = []
  /// The index in ``nodes`` of each object that is a node.
  private(set) var indices: [Int: Int] = [:]

  /// The most nodes of a file.
  private static let maximumNodes = 100_000

  init(_ objects: FBXObjects, _ motions: [FBXMotion]) throws(ForeignModelError) {
    // The first connection to a node or to the root counts; without any, the root it is.
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

  /// Works out what each node takes over and which carry their scale beside their frame.
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
      // A parent of one scale on all axes gives the same however it is taken over.
      let (own, all) = (nodes[index].chain.scaling, scale(index))
      let isSimple =
        own.isUniform && all.isUniform && abs(own.x) > 1e-9 && !nodes[index].scaleMoves
      nodes[index].isSplit = hasOther[index] && !isSimple
    }
  }

  /// Returns the scale that a node takes over along its own axes, by the scales of those above.
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

  /// Returns the scale of a node along its own axes as the file stands, what it takes over counted.
  func scale(_ index: Int) -> Vector3 {
    nodes[index].inherited * nodes[index].chain.scaling
  }

  /// Returns the transform of a node's frame.
  ///
  /// - Parameters:
  ///   - own: The result of the node's own chain.
  ///   - inherited: The scale that it takes over along its own axes.
  ///   - carried: The scale that its parent carries beside its frame.
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

  /// Makes the model's nodes below its root, which is there already.
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
  /// Whether all three are one number, as far as programs write it.
  var isUniform: Bool {
    let middle = (x + y + z) / 3
    return (self - middle).indices.allSatisfy {
      abs(self[$0] - middle) <= 1e-5 * Swift.max(abs(middle), 1e-9)
    }
  }
}
