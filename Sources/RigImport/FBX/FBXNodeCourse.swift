internal import PoseRig

/// The motion of one node in a take.
struct FBXNodeCourse {
  /// The place of the node in the skeleton.
  let place: Int
  /// The angles of the node's own turn.
  let rotation: FBXCourse
  private let skeleton: FBXSkeleton
  private let node: FBXSkeleton.Node
  private let position: FBXCourse
  private let scaling: FBXCourse
  /// The scales of nodes above that decide where the node is or how large: by their places.
  private let above: [Int: FBXCourse]

  init(_ place: Int, _ skeleton: FBXSkeleton, _ motion: FBXMotion) {
    self.place = place
    self.skeleton = skeleton
    node = skeleton.nodes[place]
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

  /// The stretches of time in which the node itself is driven.
  var spans: [ClosedRange<Double>] { [position, rotation, scaling].compactMap(\.span) }
  /// Whether it goes on beyond its last key.
  var goesOn: Bool { [position, rotation, scaling].contains(where: \.goesOn) }
  /// Whether any curve has a say in where the node is.
  var isDriven: Bool { all.contains { !$0.parts.isEmpty } }

  /// Whether the node's turn may differ from the file's default.
  var turns: Bool { !rotation.parts.isEmpty }
  /// Whether the node's place may differ from the file's default.
  var travels: Bool {
    !position.parts.isEmpty || above.values.contains { !$0.parts.isEmpty }
      || (node.chain.hasPivots && !(rotation.parts.isEmpty && scaling.parts.isEmpty))
  }
  /// Whether the node's scale may differ from the file's default.
  var scales: Bool {
    (!node.isSplit || node.scaled != nil)
      && (!scaling.parts.isEmpty || above.values.contains { !$0.parts.isEmpty })
  }

  // MARK: Times

  /// Returns the times at which the turn may bend or step.
  func turnTimes(_ span: ClosedRange<Double>) -> [Double] { times(of: [rotation], span) }

  /// Returns the times at which anything of the node may bend or step.
  func times(_ span: ClosedRange<Double>) -> [Double] {
    let isTurned = node.chain.hasPivots
    return times(of: [position, scaling] + above.values + (isTurned ? [rotation] : []), span)
  }

  private func times(of courses: [FBXCourse], _ span: ClosedRange<Double>) -> [Double] {
    guard courses.contains(where: \.moves) else { return [span.lowerBound] }
    return FBXNodeCourse.times(of: courses, span)
  }

  /// Returns the times of all keys of some courses within a stretch of time, its ends included.
  static func times(of courses: [FBXCourse], _ span: ClosedRange<Double>) -> [Double] {
    var times = [span.lowerBound]
    for course in courses { course.addTimes(within: span, to: &times) }
    // After the last key nothing changes, unless something goes on for ever.
    let isMoving = courses.contains { course in
      course.goesOn || (course.span.map { $0.upperBound > span.upperBound } ?? false)
    }
    if isMoving { times.append(span.upperBound) }
    times.sort()
    return times.reduce(into: []) { kept, time in
      if time - (kept.last ?? -.infinity) > 1e-7 { kept.append(time) }
    }
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

  /// Returns the scale of the node's frame at a time, or of the node that has its scale.
  func scale(at time: Double, before isBefore: Bool) -> Vector3 {
    guard node.scaled != nil else { return frame(at: time, before: isBefore).scale }
    return inherited(place, at: time, before: isBefore)
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
      place, own: own, inherited: inherited(place, at: time, before: isBefore),
      parentCarries: carried)
  }

  private func inherited(_ place: Int, at time: Double, before isBefore: Bool) -> Vector3 {
    guard !above.isEmpty else { return Vector3(1, 1, 1) }
    return skeleton.inherited(place) { parent in
      guard let course = above[skeleton.places[parent.object] ?? -1] else {
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

  /// The stretches of time in which shapes are driven.
  var spans: [ClosedRange<Double>] { channels.compactMap(\.span) }
  /// Whether it goes on beyond its last key.
  var goesOn: Bool { channels.contains(where: \.goesOn) }
  /// Whether any curve has a say in the shapes.
  var isDriven: Bool { channels.contains { !$0.parts.isEmpty } }

  /// Returns the times at which a share may bend or step.
  func times(_ span: ClosedRange<Double>) -> [Double] {
    FBXNodeCourse.times(of: channels, span)
  }

  /// Returns the share of each shape at a time, or just before it.
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
