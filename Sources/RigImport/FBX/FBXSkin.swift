internal import PoseRig

/// The bones that deform a mesh, found by connections, and the weight of each bone at every point.
struct FBXSkin {
  /// The bones and bind matrices, for the space of the mesh's node.
  private(set) var joints: [(bone: Int, bind: Matrix4)] = []
  /// The matrix from the space of the mesh's node to the model's world at binding.
  private(set) var worldFromMesh: Matrix4?
  /// The bones and weights of each point, point by point.
  private(set) var influences: [(joint: Int32, weight: Float)] = []
  /// The first index in ``influences`` of each point, followed by the end.
  private(set) var starts: [Int32] = []
  /// Whether any skin requires dual quaternions.
  private(set) var asksForDualQuaternions = false

  /// The largest number of bones per point.
  static let maximumInfluences = 64
  /// The largest number of influences in a mesh.
  private static let maximumTotal = 1 << 26

  /// Reads all skins of a mesh together; nil for a mesh without bones.
  ///
  /// - Parameters:
  ///   - geometry: the index of the mesh's object.
  ///   - pointCount: the number of its points.
  ///   - node: the index of the node that shows it.
  init?(
    of geometry: Int, pointCount: Int, node: Int, _ objects: FBXObjects, _ skeleton: FBXSkeleton,
    _ worlds: FBXWorlds
  ) throws(ForeignModelError) {
    var lists: [(joint: Int32, points: [Int], weights: [Double])] = []
    var clusters: [Cluster] = []
    for skin in objects.children(of: geometry, "Deformer", "Skin") {
      let way = objects.objects[skin].record.first("SkinningType")?.text(0) ?? ""
      if way == "DualQuaternion" || way == "Blend" { asksForDualQuaternions = true }
      for object in objects.children(of: skin, "Deformer", "Cluster") {
        guard
          let bone = objects.children(of: object, "Model").lazy.compactMap({ skeleton.indices[$0] })
            .first
        else { continue }
        let record = objects.objects[object].record
        let file = objects.file
        clusters.append(
          Cluster(
            bone: bone, transform: Matrix4(fbx: try file.numbers(record.first("Transform"))),
            link: Matrix4(fbx: try file.numbers(record.first("TransformLink")))))
        lists.append(
          (
            Int32(clusters.count - 1), try file.integers(record.first("Indexes")),
            try file.numbers(record.first("Weights"))
          ))
      }
    }
    guard !clusters.isEmpty, clusters.count < 65_535 else { return nil }
    bind(clusters, node: node, worlds)
    try gather(lists, pointCount: pointCount)
  }

  // MARK: Binds

  /// A bone of a skin as the file has it.
  private struct Cluster {
    var bone: Int
    /// The matrix from the mesh's node to the bone, at binding.
    var transform: Matrix4?
    /// The matrix from the bone to the file's axes and units, at binding.
    var link: Matrix4?
  }

  private mutating func bind(_ clusters: [Cluster], node: Int, _ worlds: FBXWorlds) {
    // Some programs write the mesh's own transform, equal for every bone, instead of the one from
    // the mesh to the bone.
    let first = clusters[0]
    let isSame =
      clusters.count > 1
      && clusters.allSatisfy { $0.transform.isNear(first.transform) }
      && !clusters.allSatisfy { $0.link.isNear(first.link) }
    for cluster in clusters {
      let bone = cluster.link.map { worlds.root * $0 } ?? worlds.worldFromNode(cluster.bone)
      let inverse = bone.affineInverse
      var transform = cluster.transform
      if isSame, let mesh = transform, let inverse { transform = inverse * worlds.root * mesh }
      let bind =
        transform ?? inverse.map { $0 * worlds.worldFromNode(node) }
        ?? NodeTransform.identity.matrix
      joints.append((cluster.bone, bind))
      if worldFromMesh == nil, transform != nil, cluster.link != nil { worldFromMesh = bone * bind }
    }
  }

  // MARK: Weights

  /// Sorts the bones' weights by point; ignores weights for points that do not exist.
  private mutating func gather(
    _ lists: [(joint: Int32, points: [Int], weights: [Double])], pointCount: Int
  ) throws(ForeignModelError) {
    var counts = [Int32](repeating: 0, count: pointCount + 1)
    var total = 0
    func isSound(_ point: Int, _ weight: Double) -> Bool {
      point >= 0 && point < pointCount && weight > 1e-30 && weight < 1e9
    }
    for list in lists {
      for (point, weight) in zip(list.points, list.weights) where isSound(point, weight) {
        counts[point + 1] += 1
        total += 1
      }
      guard total <= Self.maximumTotal else {
        throw .overLimit("a mesh of the FBX file has more than sixty million weights")
      }
    }
    for point in 0..<pointCount { counts[point + 1] += counts[point] }
    starts = counts
    influences = Array(repeating: (0, 0), count: total)
    var ends = counts
    for list in lists {
      for (point, weight) in zip(list.points, list.weights) where isSound(point, weight) {
        influences[Int(ends[point])] = (list.joint, Float(weight))
        ends[point] += 1
      }
    }
  }

  /// Returns the bones of a point by descending weight, with a sum of 1; empty for a point without
  /// bones.
  func influences(of point: Int) -> [(joint: Int32, weight: Float)] {
    var list = Array(influences[Int(starts[point])..<Int(starts[point + 1])])
    if list.count > 1 { list.sort { ($0.weight, -$0.joint) > ($1.weight, -$1.joint) } }
    if list.count > Self.maximumInfluences { list.removeLast(list.count - Self.maximumInfluences) }
    let sum = list.reduce(Float(0)) { $0 + $1.weight }
    guard sum > 0, sum.isFinite else { return [] }
    return list.map { ($0.joint, $0.weight / sum) }
  }
}

/// The transforms of nodes with the values in the file, in the model's world.
struct FBXWorlds {
  /// The matrix from the file's axes and units to the world.
  let root: Matrix4
  private let nodes: [Matrix4]
  private let skeleton: FBXSkeleton

  init(_ model: ForeignModel, _ skeleton: FBXSkeleton) {
    nodes = NodePose(model).worldFromNode
    root = model.nodes[0].local.matrix
    self.skeleton = skeleton
  }

  /// Returns the matrix from a node's own space to the world.
  func worldFromNode(_ index: Int) -> Matrix4 {
    let (node, nodeFromOwn) = skeleton.target(of: index)
    return nodes[node] * nodeFromOwn
  }
}

extension Matrix4 {
  /// Creates a matrix from FBX's sixteen numbers, column by column; nil for anything else.
  init?(fbx m: [Double]) {
    guard m.count >= 16, m.prefix(16).allSatisfy({ $0.isFinite && abs($0) < 1e12 }),
      abs(m[15] - 1) < 1e-3
    else { return nil }
    self.init(
      SIMD4(m[0], m[1], m[2], 0), SIMD4(m[4], m[5], m[6], 0), SIMD4(m[8], m[9], m[10], 0),
      SIMD4(m[12], m[13], m[14], 1))
  }
}

extension Matrix4? {
  /// Returns whether two matrices are equal to a millionth of their size.
  fileprivate func isNear(_ other: Matrix4?) -> Bool {
    guard let a = self?.columns, let b = other?.columns else {
      return (self == nil) == (other == nil)
    }
    return zip([a.0, a.1, a.2, a.3], [b.0, b.1, b.2, b.3]).allSatisfy { one, two in
      (one - two).indices.allSatisfy { abs(one[$0] - two[$0]) <= 1e-6 * max(1, abs(one[$0])) }
    }
  }
}
