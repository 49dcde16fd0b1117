public import PoseRig

/// The positions of a model's nodes at one moment.
public struct NodePose: Sendable {
  /// The matrix from each node's frame to the file's world.
  public var worldFromNode: [Matrix4]
  /// The rotation of each node in the file's world, without scale and mirroring.
  public var rotations: [Quaternion] { worldFromNode.map(\.rotation) }

  /// The weights of shapes at each node, if a clip sets them.
  public private(set) var morphWeights: [Int: [Float]] = [:]

  /// Creates the file's default pose.
  public init(_ model: ForeignModel) {
    self.init(model, locals: model.nodes.map(\.local))
  }

  /// Creates the moment `time` seconds into a clip, which holds its first and last keys outside its
  /// range.
  public init(_ model: ForeignModel, clip: ForeignModel.Clip, time: Double) {
    var locals = model.nodes.map(\.local)
    var weights: [Int: [Float]] = [:]
    for track in clip.tracks {
      let value = track.value(at: time)
      switch track.property {
      case .translation where value.count == 3:
        locals[track.node].translation = Vector3(value[0], value[1], value[2])
      case .scale where value.count == 3:
        locals[track.node].scale = Vector3(value[0], value[1], value[2])
      case .rotation where value.count == 4:
        locals[track.node].rotation =
          Quaternion(x: value[0], y: value[1], z: value[2], w: value[3]).normalized
      case .morphWeights: weights[track.node] = value.map { Float($0) }
      default: break
      }
    }
    self.init(model, locals: locals)
    morphWeights = weights
  }

  private init(_ model: ForeignModel, locals: [NodeTransform]) {
    worldFromNode = locals.map(\.matrix)
    for node in model.parentsFirst where model.nodes[node].parent >= 0 {
      let parent = model.nodes[node].parent
      worldFromNode[node] = worldFromNode[parent] * worldFromNode[node]
    }
  }

  /// Returns the nodes with the whole world rotated.
  func turned(by turn: Quaternion) -> NodePose {
    var turned = self
    let matrix = Matrix4(Transform(rotation: turn, translation: .zero))
    turned.worldFromNode = worldFromNode.map { matrix * $0 }
    return turned
  }

  /// Returns the position of a node in the file's world.
  public func position(_ node: Int) -> Vector3 { worldFromNode[node].translation }
}

extension ForeignModel {
  /// The number of nodes above each node; a cycle is cut at one of its nodes.
  var depths: [Int] {
    var depths = [Int](repeating: -1, count: nodes.count)
    for start in nodes.indices where depths[start] < 0 {
      var chain: [Int] = []
      var node = start
      while node >= 0, depths[node] == -1 {
        chain.append(node)
        depths[node] = -2
        node = nodes[node].parent
      }
      var depth = node < 0 ? 0 : max(depths[node] + 1, 0)
      for node in chain.reversed() {
        depths[node] = depth
        depth += 1
      }
    }
    return depths
  }

  /// The indices of all nodes, parents before their children.
  public var parentsFirst: [Int] {
    let depths = depths
    var ends = [Int](repeating: 0, count: (depths.max() ?? 0) + 1)
    for depth in depths { ends[depth] += 1 }
    var start = 0
    for depth in ends.indices { (ends[depth], start) = (start, start + ends[depth]) }
    var order = [Int](repeating: 0, count: nodes.count)
    for node in nodes.indices {
      order[ends[depths[node]]] = node
      ends[depths[node]] += 1
    }
    return order
  }

  /// Returns for each node whether it is one of some nodes or below one of them.
  func isBelow(anyOf tops: [Int]) -> [Bool] {
    var isBelow = [Bool](repeating: false, count: nodes.count)
    for top in tops { isBelow[top] = true }
    for node in parentsFirst where nodes[node].parent >= 0 && isBelow[nodes[node].parent] {
      isBelow[node] = true
    }
    return isBelow
  }

  /// Returns whether `node` is `ancestor` or below it.
  func isBelow(_ node: Int, _ ancestor: Int) -> Bool {
    var node = node
    while node >= 0 {
      if node == ancestor { return true }
      node = nodes[node].parent
    }
    return false
  }
}

extension ForeignModel.Track {
  /// Returns the values at a time (glTF 2.0, appendix C); rotations take the short way.
  func value(at time: Double) -> [Double] {
    let width = values.count / times.count / (interpolation == .cubic ? 3 : 1)
    func key(_ index: Int, _ part: Int = 1) -> [Double] {
      let start = (interpolation == .cubic ? index * 3 + part : index) * width
      return values[start..<(start + width)].map { Double($0) }
    }
    let after = firstKey(after: time)
    guard after > 0 else { return key(0) }
    guard after < times.count else { return key(times.count - 1) }
    let span = Double(times[after]) - Double(times[after - 1])
    let share = span > 0 ? (time - Double(times[after - 1])) / span : 0
    switch interpolation {
    case .step: return key(after - 1)
    case .linear:
      return property == .rotation
        ? slerp(key(after - 1), key(after), share) : mix(key(after - 1), key(after), share)
    case .cubic:
      let (t, t2, t3) = (share, share * share, share * share * share)
      let weights = [
        2 * t3 - 3 * t2 + 1, (t3 - 2 * t2 + t) * span, -2 * t3 + 3 * t2, (t3 - t2) * span,
      ]
      let parts = [key(after - 1), key(after - 1, 2), key(after), key(after, 0)]
      return (0..<width).map { slot in zip(weights, parts).reduce(0) { $0 + $1.0 * $1.1[slot] } }
    }
  }

  private func firstKey(after time: Double) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if Double(times[middle]) <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func mix(_ a: [Double], _ b: [Double], _ share: Double) -> [Double] {
    zip(a, b).map { $0 + ($1 - $0) * share }
  }

  private func slerp(_ a: [Double], _ b: [Double], _ share: Double) -> [Double] {
    let from = Quaternion(x: a[0], y: a[1], z: a[2], w: a[3]).normalized
    let to = Quaternion(x: b[0], y: b[1], z: b[2], w: b[3]).normalized
    let c = ((from.inverse * to).scaled(by: share)).components
    let turned = (from * Quaternion(x: c.x, y: c.y, z: c.z, w: c.w)).components
    return [turned.x, turned.y, turned.z, turned.w]
  }
}
