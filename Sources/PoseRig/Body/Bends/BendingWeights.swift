/// The weights of a skin, prepared for joints at the ends of their ranges.
///
/// The weights of bodies are sharp enough for their labels; here, the trunk bends over its whole
/// length, and skin that joints stretch follows the frames of ``HalfBend``.
struct BendingWeights: Equatable {
  /// Up to four skin joints per vertex: joints, helpers, then the frames of ``HalfBend``.
  var influences: [SIMD4<UInt8>]
  /// The weights of the influences.
  var weights: [SIMD4<Float>]

  /// Calculates the weights for a skin at rest.
  ///
  /// - Parameters:
  ///   - positions: the skin's vertices at rest.
  ///   - joints: the joints at rest, in `JointName.allCases` order.
  ///   - helpers: the joints of the skin's own helpers.
  init(
    _ influences: [SIMD4<UInt8>], _ weights: [SIMD4<Float>], positions: [SIMD3<Float>],
    joints: [Vector3], helpers: [JointName]
  ) {
    (self.influences, self.weights) = (influences, weights)
    let owners = JointName.allCases + helpers
    let trunk = TrunkBend(joints)
    let hinges = HingeBend.all.flatMap { hinge in
      Side.both.map { HingeBendSkin(hinge, $0, joints, owners) }
    }
    let sided = HalfBend.all.flatMap { bend in Side.both.map { (bend: bend, side: $0) } }
    let bends = sided.enumerated().map { index, own in
      HalfBendSkin(own.bend, own.side, joints, owners, frame: owners.count + index)
    }
    for vertex in positions.indices where weights[vertex].sum() > 0 {
      var shares = VertexShares(influences[vertex], weights[vertex])
      let point = positions[vertex]
      trunk.spread(&shares, at: point)
      for hinge in hinges { hinge.spread(&shares, at: point) }
      for bend in bends { bend.take(&shares, at: point) }
      (self.influences[vertex], self.weights[vertex]) = shares.strongest
    }
  }
}

extension Body {
  /// Prepares the skin for joints at the ends of their ranges; an imported model's skin is not
  /// changed.
  package mutating func bendFar() {
    guard case .dualQuaternion(var skin) = binding else { return }
    let bending = BendingWeights(
      skin.influences, skin.weights, positions: surface.positions, joints: rig.restPositions,
      helpers: skin.helpers.map(\.joint))
    skin.helpers += HalfBend.helpers(rig)
    (skin.influences, skin.weights) = (bending.influences, bending.weights)
    binding = .dualQuaternion(skin)
  }

  /// Adapts the frames of ``HalfBend`` to a changed rig.
  mutating func renewHalfBends() {
    guard case .dualQuaternion(var skin) = binding else { return }
    let own = skin.helpers.filter { $0.bend == nil }
    guard own.count < skin.helpers.count else { return }
    let opened = skin.helpers.compactMap { $0.bend?.opened }
    skin.helpers = own + HalfBend.helpers(rig)
    for (index, angle) in opened.enumerated() {
      skin.helpers[own.count + index].bend?.opened = angle
    }
    binding = .dualQuaternion(skin)
  }
}
