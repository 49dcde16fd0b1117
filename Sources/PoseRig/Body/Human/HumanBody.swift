extension HumanTemplate {
  /// Returns the body of a phenotype.
  ///
  /// The surface stays in MakeHuman's A-pose; ``DualQuaternionSkin/bind`` transforms each skin
  /// joint from there to the T-pose that poses are relative to. So a hanging arm is bent once, by
  /// 47°, rather than up by 43° and down again.
  ///
  /// - Parameter wear: the garments, in any order.
  public func body(
    _ phenotype: Phenotype, face: [String: Double] = [:], wear: [Garment] = []
  ) -> Body {
    var shape = morphed(phenotype)
    var joints = self.joints(in: shape)
    for (name, strength) in FaceExpression.targets(face) {
      targets[name]?.apply(Float(strength), to: &shape)
    }
    (shape, joints) = stretched(shape, joints, by: phenotype.build)
    let retarget = TPoseRetarget(joints: joints)
    let tPose = retarget.tPose
    let stature = self.stature(shape, retarget)
    let scale = phenotype.height.map { Float($0) / stature.height } ?? 1
    let bare = wear.isEmpty ? [] : shape.map { $0 * scale }
    shape = shape.map { $0 * scale }
    let lift = SIMD3<Float>(0, -stature.lowest * scale, 0)

    var rig = Rig(
      restPositions: tPose.map { ($0 * Double(scale)) + Vector3(lift) }, limits: limits)
    // Round, so that the last bit of a sum of floats does not spread to every pose.
    rig.restPositions = rig.restPositions.map { ($0 * 1e7).rounded(.toNearestOrEven) / 1e7 }
    let atRest = zip(joints, retarget.rotations).enumerated().map { index, joint in
      Self.bind(
        from: joint.0 * Double(scale), to: rig.restPositions[index], turned: joint.1)
    }
    let helpers = helperJoints(rig, retarget)
    let helperBinds = helpers.map { helper in
      Self.bind(
        from: joints[helper.joint.index] * Double(scale), to: rig[helper.joint],
        turned: retarget.rotation(of: helper))
    }
    let surface = BodySurface(
      positions: Array(shape[..<surfaceVertices]), triangles: triangles,
      labels: parts.map(SurfaceLabel.init(part:)), sides: [])
    let skin = DualQuaternionSkin(
      helpers: helpers, influences: Array(skinInfluences[..<surfaceVertices]),
      weights: Array(skinWeights[..<surfaceVertices]), bind: atRest + helperBinds)
    var body = Body(
      name: HumanTemplate.name, rig: rig, surface: surface, landmarks: surfacePoints(),
      binding: .dualQuaternion(skin))
    body.surface.sides = sides(of: body)
    body.surface.tones = tones
    if !wear.isEmpty {
      let fit = GarmentFit(self, shape: bare)
      body.worn = fit.worn(wear, on: body, following: skin)
      body.uncovered = UncoveredSurface(of: body.surface, hidden: fit.hidden(by: wear))
    }
    return body
  }

  // MARK: Shape

  /// Returns all vertices of a phenotype, in meters in MakeHuman's coordinates.
  func morphed(_ phenotype: Phenotype) -> [SIMD3<Float>] {
    var shape = positions
    for (name, strength) in phenotype.targets {
      targets[name]?.apply(Float(strength), to: &shape)
    }
    smooth(&shape)
    return shape
  }

  private func smooth(_ shape: inout [SIMD3<Float>]) {
    let before = shape
    for vertex in smoothing {
      var point = SIMD3<Float>.zero
      for (source, weight) in zip(vertex.sources, vertex.weights) {
        point += before[Int(source)] * weight
      }
      shape[Int(vertex.vertex)] = point
    }
  }

  /// Returns the joints of a shape: the means of their vertices.
  func joints(in shape: [SIMD3<Float>]) -> [Vector3] {
    jointVertices.map { vertices in
      vertices.reduce(Vector3.zero) { $0 + Vector3(shape[$1]) } / Double(vertices.count)
    }
  }

  /// Returns the stature of a shape in its T-pose and the height of its soles, in meters.
  private func stature(
    _ shape: [SIMD3<Float>], _ retarget: TPoseRetarget
  ) -> (height: Float, lowest: Float) {
    // Legs are nearly straight at rest, so the soles in the T-pose are the feet's lowest points,
    // transformed.
    var lowest = Float.infinity
    var highest = -Float.infinity
    let carried = zip(zip(retarget.joints, retarget.tPose), retarget.rotations).map {
      Self.bind(from: $0.0, to: $0.1, turned: $1)
    }
    for vertex in 0..<surfaceVertices {
      let joint = Int(influences[vertex].x)
      guard joint < JointName.allCases.count,
        [.foot, .toes, .head].contains(JointName.allCases[joint].kind)
      else { continue }
      let y = Float(carried[joint].apply(Vector3(shape[vertex])).y)
      lowest = min(lowest, y)
      highest = max(highest, y)
    }
    return (highest - lowest, lowest)
  }

  // MARK: Rig

  private static func bind(from: Vector3, to: Vector3, turned: Quaternion) -> Transform {
    Transform(rotation: turned, translation: to - turned.rotate(from))
  }

  private func helperJoints(_ rig: Rig, _ retarget: TPoseRetarget) -> [HelperJoint] {
    let own = helpers.map { helper in
      let axis = (rig[helper.end] - rig[helper.joint]).normalized ?? .unitX
      return HelperJoint(
        name: helper.name, joint: helper.joint, axis: axis, twistShare: helper.twist)
    }
    guard bending != nil else { return own }
    return own + HalfBend.helpers(rig) { retarget.swing(of: $0) }
  }

  /// The skin joints that each vertex follows when posed.
  var skinInfluences: [SIMD4<UInt8>] { bending?.influences ?? influences }
  /// The weights of these skin joints.
  var skinWeights: [SIMD4<Float>] { bending?.weights ?? weights }

  private func surfacePoints() -> [LandmarkName: SurfacePoint] {
    var triangleOf: [Int: (Int, SIMD3<Float>)] = [:]
    let wanted = Set(landmarks.values)
    for (index, corners) in triangles.enumerated() {
      for corner in 0..<3 where wanted.contains(Int(corners[corner])) {
        var barycentric = SIMD3<Float>.zero
        barycentric[corner] = 1
        triangleOf[Int(corners[corner])] = (index, barycentric)
      }
    }
    return landmarks.compactMapValues { vertex in
      triangleOf[vertex].map { SurfacePoint(triangle: $0.0, barycentric: $0.1) }
    }
  }

  /// Returns the cuts through the parts, which are defined in the T-pose.
  private func sides(of body: Body) -> [Float] {
    let tPosed = Skinning.pose(body, PosedRig(rig: body.rig, pose: .rest))
    var standing = body
    standing.surface.positions = tPosed.positions
    return standing.sides(parts: body.surface.labels.map { $0.part ?? .head })
  }
}
