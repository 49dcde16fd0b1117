internal import PoseRig

extension FBXReader {
  /// The largest number of seconds of a clip before its first key.
  private static let mostBefore = 60.0
  /// The largest number of seconds that a clip continues beyond its last key.
  private static let mostBeyond = 600.0
  /// The largest number of values in all tracks of a clip.
  private static let maximumNumbers = 1 << 24
  /// The largest angle, in radians, by which interpolated keys can deviate from a curve.
  private static let turnTolerance = 6e-5
  /// The largest distance, in meters, by which interpolated keys can deviate from a curve.
  private static let placeTolerance = 5e-6
  /// The largest relative deviation of interpolated scales and shapes from a curve.
  private static let shareTolerance = 1e-4

  /// Reads every take that moves something.
  mutating func readClips() throws(ForeignModelError) {
    guard !motions.isEmpty else { return }
    let sizes = NodePose(model).worldFromNode.map { $0.scale.max() }
    for motion in motions {
      if let clip = try clip(motion, sizes) { model.clips.append(clip) }
    }
  }

  /// Returns a take as a clip; nil if it moves nothing.
  ///
  /// - Parameter sizes: the meters per unit at each of the model's nodes.
  private mutating func clip(
    _ motion: FBXMotion, _ sizes: [Double]
  ) throws(ForeignModelError) -> ForeignModel.Clip? {
    let nodes = skeleton.nodes.indices.map { FBXNodeCourse($0, skeleton, motion) }
    let mixes = shapes.map { FBXShapeCourse($0.shapes, motion) }
    let spans = nodes.flatMap(\.spans) + mixes.flatMap(\.spans)
    guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else {
      return nil
    }
    let start = start(of: motion, first)
    let continues = nodes.contains(where: \.continues) || mixes.contains(where: \.continues)
    var end = motion.end.map { min($0, continues ? last + Self.mostBeyond : last) } ?? last
    // A take that ends before its first key does not state when its motion ends.
    if end <= start { end = max(last, start) }
    if last > end + 0.5 / settings.frameRate, motion.end != nil {
      model.notes.append(
        "its clip \"\(motion.name)\" has keys until \(seconds(last - start)) s and ends at "
          + "\(seconds(end - start)) s according to the file")
    }
    let span = start...end
    var tracks: [ForeignModel.Track] = []
    var numbers = 0
    for course in nodes where course.isDriven {
      for track in self.tracks(of: course, span, sizes) {
        numbers += track.values.count
        tracks.append(track)
      }
      guard numbers <= Self.maximumNumbers else { throw Self.tooManyNumbers(motion) }
    }
    for (course, (node, shapes)) in zip(mixes, self.shapes) {
      // Each key has a number for each shape.
      let room = (Self.maximumNumbers - numbers) / max(shapes.shapes.count, 1)
      guard course.isDriven, case let sampler = course.sampler(span) else { continue }
      guard sampler.times.count <= room / 2 else { throw Self.tooManyNumbers(motion) }
      if let track = track(of: course, sampler, most: room / 2, shapes, node: node) {
        numbers += track.values.count
        tracks.append(track)
      }
    }
    guard !tracks.isEmpty else { return nil }
    return .init(
      name: motion.name, duration: end - start, frameRate: settings.frameRate, tracks: tracks)
  }

  private static func tooManyNumbers(_ motion: FBXMotion) -> ForeignModelError {
    .overLimit("its clip \"\(motion.name)\" has more than sixteen million numbers")
  }

  private func seconds(_ time: Double) -> String { "\((time * 100).rounded() / 100)" }

  /// Returns the time that a clip calls 0: the start that a take states, unless nothing happens for
  /// a minute after it. Some programs write "minus infinity".
  private mutating func start(of motion: FBXMotion, _ first: Double) -> Double {
    guard let stated = motion.start, first - stated > Self.mostBefore else {
      return motion.start ?? first
    }
    model.notes.append(
      "its clip \"\(motion.name)\" begins \(seconds(first - stated)) s before its first key according to the "
        + "file; posemap starts it at that key")
    return first
  }

  // MARK: Tracks

  private func tracks(
    of course: FBXNodeCourse, _ span: ClosedRange<Double>, _ sizes: [Double]
  ) -> [ForeignModel.Track] {
    let node = skeleton.nodes[course.index]
    let local = model.nodes[node.frame].local
    let frame = 1.01 / settings.frameRate
    let tolerance = Self.placeTolerance / max(sizes[model.nodes[node.frame].parent], 1e-9)
    var tracks: [ForeignModel.Track] = []
    func track(
      _ property: ForeignModel.Track.Property, of node: Int, _ keys: FBXSampler.Keys,
      _ usual: [Double]
    ) {
      guard let track = ForeignModel.Track(property, of: node, keys, usual: usual) else { return }
      tracks.append(track)
    }
    func parts(_ from: Double, _ to: Double) -> Int {
      let travel = course.rotation.travel(from: from, to: to)
      // Motion that hardly rotates between frames does not need subdivision.
      return to - from <= frame && travel < 0.02 ? 0 : 1 + Int(min(travel / 30, 1e4))
    }
    func vectors(_ tolerance: Double, _ value: (Double, Bool) -> Vector3) -> FBXSampler.Keys {
      course.sampler(span).keys(
        parts: { max(parts($0, $1), 1) }, value: value,
        distance: { (from: Vector3, found: Vector3, to: Vector3, share: Double) -> Double in
          (from + (to - from) * share - found).length / tolerance
        },
        numbers: { (value: Vector3) -> [Float] in [Float(value.x), Float(value.y), Float(value.z)] }
      )
    }
    if course.turns {
      let c = local.rotation.components
      track(
        .rotation, of: node.frame, turns(of: course, span, parts: parts), [c.x, c.y, c.z, c.w])
    }
    if course.travels {
      let t = local.translation
      track(
        .translation, of: node.frame,
        vectors(tolerance) { course.translation(at: $0, before: $1) }, [t.x, t.y, t.z])
    }
    if course.scales {
      let target = node.scaled ?? node.frame
      let s = model.nodes[target].local.scale
      track(
        .scale, of: target, vectors(Self.shareTolerance) { course.scale(at: $0, before: $1) },
        [s.x, s.y, s.z])
    }
    return tracks
  }

  private func turns(
    of course: FBXNodeCourse, _ span: ClosedRange<Double>, parts: (Double, Double) -> Int
  ) -> FBXSampler.Keys {
    course.turnSampler(span).keys(
      parts: parts, value: course.turn,
      distance: { (from: Quaternion, found: Quaternion, to: Quaternion, share: Double) -> Double in
        let even = from * (from.inverse * to).scaled(by: share)
        return (even.inverse * found).angle / Self.turnTolerance
      },
      numbers: { (turn: Quaternion) -> [Float] in
        let c = turn.components
        return [Float(c.x), Float(c.y), Float(c.z), Float(c.w)]
      })
  }

  private func track(
    of course: FBXShapeCourse, _ sampler: FBXSampler, most: Int, _ shapes: FBXShapes, node: Int
  ) -> ForeignModel.Track? {
    let keys = sampler.keys(
      most: most,
      parts: { (_: Double, _: Double) -> Int in 1 }, value: course.weights,
      distance: { (from: [Double], found: [Double], to: [Double], share: Double) -> Double in
        let misses = from.indices.map { abs(from[$0] + (to[$0] - from[$0]) * share - found[$0]) }
        return (misses.max() ?? 0) / Self.shareTolerance
      },
      numbers: { (weights: [Double]) -> [Float] in weights.map { Float($0) } })
    return ForeignModel.Track(
      .morphWeights, of: node, keys, usual: shapes.defaults.map { Double($0) })
  }
}

extension ForeignModel.Track {
  /// Creates a track from keys; nil if all keys are equal to the node's default.
  fileprivate init?(
    _ property: Property, of node: Int, _ keys: FBXSampler.Keys, usual: [Double]
  ) {
    let width = usual.count
    guard width > 0, keys.values.count >= width else { return nil }
    let isConstant = keys.values.indices.dropFirst(width).allSatisfy {
      keys.values[$0] == keys.values[$0 % width]
    }
    let size = usual.reduce(1) { max($0, abs($1)) }
    if isConstant, zip(keys.values, usual).allSatisfy({ abs(Double($0) - $1) <= 1e-6 * size }) {
      return nil
    }
    self.init(
      node: node, property: property, interpolation: .linear,
      times: isConstant ? [0] : keys.times,
      values: isConstant ? Array(keys.values.prefix(width)) : keys.values)
  }
}
