internal import PoseRig

/// The motion of one node in a take.
struct FBXNodeCourse {
  /// The index of the node in the skeleton.
  let index: Int
  /// The angles of the node's own rotation.
  let rotation: FBXCourse
  private let skeleton: FBXSkeleton
  private let node: FBXSkeleton.Node
  private let position: FBXCourse
  private let scaling: FBXCourse
  /// The scales of nodes above that affect the node's position or size, by index.
  private let above: [Int: FBXCourse]

  init(_ index: Int, _ skeleton: FBXSkeleton, _ motion: FBXMotion) {
    self.index = index
    self.skeleton = skeleton
    node = skeleton.nodes[index]
    let chain = node.chain
    position = motion.course(node.object, "Lcl Translation", usual: chain.translation)
    rotation = motion.course(node.object, "Lcl Rotation", usual: chain.rotation)
    scaling = motion.course(node.object, "Lcl Scaling", usual: chain.scaling)
    var above: [Int: FBXCourse] = [:]
    var below = node
    while below.inheritance != .plain, below.parent >= 0,
      case let parent = skeleton.nodes[below.parent], parent.isSplit
    {
      above[below.parent] = motion.course(
        parent.object, "Lcl Scaling", usual: parent.chain.scaling)
      below = parent
    }
    self.above = above
  }

  private var all: [FBXCourse] { [position, rotation, scaling] + above.values }

  /// The time ranges in which the node itself is animated.
  var spans: [ClosedRange<Double>] { [position, rotation, scaling].compactMap(\.span) }
  /// Whether it continues beyond its last key.
  var continues: Bool { [position, rotation, scaling].contains(where: \.continues) }
  /// Whether any curve affects the node's transform.
  var isDriven: Bool { all.contains { !$0.parts.isEmpty } }

  /// Whether the node's rotation can differ from the file's default.
  var turns: Bool { !rotation.parts.isEmpty }
  /// Whether the node's position can differ from the file's default.
  var travels: Bool {
    !position.parts.isEmpty || above.values.contains { !$0.parts.isEmpty }
      || (node.chain.hasPivots && !(rotation.parts.isEmpty && scaling.parts.isEmpty))
  }
  /// Whether the node's scale can differ from the file's default.
  var scales: Bool {
    (!node.isSplit || node.scaled != nil)
      && (!scaling.parts.isEmpty || above.values.contains { !$0.parts.isEmpty })
  }

  // MARK: Keys

  /// Returns a sampler of the rotation in a time range.
  func turnSampler(_ span: ClosedRange<Double>) -> FBXSampler { FBXSampler([rotation], span) }

  /// Returns a sampler of the whole node in a time range.
  func sampler(_ span: ClosedRange<Double>) -> FBXSampler {
    let isTurned = node.chain.hasPivots
    return FBXSampler([position, scaling] + above.values + (isTurned ? [rotation] : []), span)
  }

  // MARK: Values

  /// Returns the rotation of the node's frame at a time, or just before it.
  func turn(at time: Double, before isBefore: Bool) -> Quaternion {
    let turn = rotation.turn(at: time, before: isBefore, order: node.chain.order)
    return (node.chain.preRotation * turn * node.chain.inversePostRotation).normalized
  }

  /// Returns the translation of the node's frame at a time, or just before it.
  func translation(at time: Double, before isBefore: Bool) -> Vector3 {
    frame(at: time, before: isBefore).translation
  }

  /// Returns the scale of the node's frame, or of the node that holds its scale, at a time.
  func scale(at time: Double, before isBefore: Bool) -> Vector3 {
    guard node.scaled != nil else { return frame(at: time, before: isBefore).scale }
    return inherited(index, at: time, before: isBefore)
      * scaling.vector(at: time, before: isBefore)
  }

  private func frame(at time: Double, before isBefore: Bool) -> NodeTransform {
    let own = node.chain.transform(
      translation: position.vector(at: time, before: isBefore),
      turn: node.chain.hasPivots
        ? rotation.turn(at: time, before: isBefore, order: node.chain.order) : .identity,
      scaling: scaling.vector(at: time, before: isBefore))
    var carried = Vector3(1, 1, 1)
    if let parent = above[node.parent] {
      carried =
        inherited(node.parent, at: time, before: isBefore)
        * parent.vector(at: time, before: isBefore)
    }
    return skeleton.frame(
      index, own: own, inherited: inherited(index, at: time, before: isBefore),
      parentCarries: carried)
  }

  private func inherited(_ index: Int, at time: Double, before isBefore: Bool) -> Vector3 {
    guard !above.isEmpty else { return Vector3(1, 1, 1) }
    return skeleton.inherited(index) { parent in
      guard let course = above[skeleton.indices[parent.object] ?? -1] else {
        return parent.chain.scaling
      }
      return course.vector(at: time, before: isBefore)
    }
  }
}

/// The motion of the shapes of one mesh in a take.
struct FBXShapeCourse {
  private let shapes: FBXShapes
  private let channels: [FBXCourse]

  init(_ shapes: FBXShapes, _ motion: FBXMotion) {
    self.shapes = shapes
    channels = shapes.channels.map {
      motion.course($0.object, $0.property, usual: Vector3($0.percent, 0, 0))
    }
  }

  /// The time ranges in which shapes are animated.
  var spans: [ClosedRange<Double>] { channels.compactMap(\.span) }
  /// Whether it continues beyond its last key.
  var continues: Bool { channels.contains(where: \.continues) }
  /// Whether any curve affects the shapes.
  var isDriven: Bool { channels.contains { !$0.parts.isEmpty } }

  /// Returns a sampler of the weights in a time range.
  func sampler(_ span: ClosedRange<Double>) -> FBXSampler { FBXSampler(channels, span) }

  /// Returns the weight of each shape at a time, or just before it.
  func weights(at time: Double, before isBefore: Bool) -> [Double] {
    var weights = [Double](repeating: 0, count: shapes.shapes.count)
    for (channel, course) in zip(shapes.channels, channels) {
      let percent = course.vector(at: time, before: isBefore).x
      for (slot, weight) in channel.weights(percent).enumerated() {
        weights[channel.first + slot] = weight
      }
    }
    return weights
  }
}
