/// The places where skin runs into skin of its own body or of another: segments of bodies are held
/// against each other by winding numbers, all pairs of them.
///
/// Skin that both segments move, and that around the joint between trunk and limb, creases when
/// they bend, and is in nothing.
struct BodyContact {
  /// One part in another, at its deepest.
  typealias Overlap = Finding.Overlap

  private let character: PosedCharacter
  private let carriers: [JointName]
  private let solids: BodySolids
  /// The segments that each vertex moves with, as bits.
  private let folds: [UInt16]
  private let grids = SortedSegments()

  private var surface: PosedSurface { character.bodySurface }

  init(_ character: PosedCharacter) {
    self.character = character
    carriers = character.body.carriers()
    solids = BodySolids(character.bodySurface)
    folds = character.body.segmentBits()
  }

  /// Returns the segments that are in another one of their own body, by pairs, each at its deepest
  /// vertex; the deepest first.
  ///
  /// - Parameter least: the depth in meters that is none yet.
  func ownOverlaps(over least: Double) -> [Overlap] { overlaps(in: self, least, isOwn: true) }

  /// Returns the segments of this body that are in those of another one, or those in them, by pairs,
  /// each at its deepest vertex; the deepest first.
  ///
  /// - Parameter least: the depth in meters that is none yet.
  func overlaps(in other: BodyContact, over least: Double) -> [Overlap] {
    overlaps(in: other, least, isOwn: false)
  }

  private func overlaps(in other: BodyContact, _ least: Double, isOwn: Bool) -> [Overlap] {
    var found: [Overlap] = []
    for one in BodySegment.allCases {
      for two in BodySegment.allCases {
        if isOwn, two.rawValue <= one.rawValue || one.folds(against: two) { continue }
        guard solids[one].isNear(other.solids[two]) else { continue }
        let there = deepest(of: one, in: two, of: other, least, isOwn: isOwn)
        let back = other.deepest(of: two, in: one, of: self, there?.depth ?? least, isOwn: isOwn)
        if let overlap = back ?? there { found.append(overlap) }
      }
    }
    return found.sorted { $0.depth > $1.depth }
  }

  /// Returns where a segment is deepest in one of another body, or of its own; nil if it is nowhere
  /// deeper than `least`.
  private func deepest(
    of segment: BodySegment, in around: BodySegment, of other: BodyContact, _ least: Double,
    isOwn: Bool
  ) -> Overlap? {
    let solid = other.solids[around]
    let creases = isOwn ? self.creases(between: segment, and: around) : []
    let inBox = solids[segment].vertices.filter { vertex in
      let point = surface.positions[Int(vertex)]
      return all(point .>= solid.low) && all(point .<= solid.high)
        && !(isOwn && folds[Int(vertex)] & around.bit != 0)
        && !creases.contains { ($0.middle - point).dot($0.middle - point) < $0.square }
    }
    guard !inBox.isEmpty else { return nil }
    var found: Overlap?
    other.grids.with(around, of: other.solids) { grid in
      for vertex in inBox.map(Int.init) where grid.winding(at: surface.positions[vertex]) > 0 {
        let nearest = grid.distance(
          from: surface.positions[vertex], over: Float(found?.depth ?? least))
        guard let nearest else { continue }
        found = Overlap(
          joint: segment.name(of: carriers[vertex]),
          inside: around.name(of: other.carriers[Int(nearest.triangle.x)]),
          depth: Double(nearest.distance))
      }
    }
    return found
  }

  /// Returns the spheres in which two segments of this body are in each other's creases.
  private func creases(
    between one: BodySegment, and other: BodySegment
  ) -> [(middle: SIMD3<Float>, square: Float)] {
    one.creases(against: other).map { joint, radius in
      let radius = Float(radius * character.body.rig.size)
      return (SIMD3<Float>(character.position(of: joint)), radius * radius)
    }
  }

  /// The distance in meters between vertices that makes a touch: they are up to 2 cm apart.
  private static let touch: Float = 0.025

  /// Whether this skin touches another body's.
  func touches(_ other: BodyContact) -> Bool {
    let near = surface.positions.near(other.surface.positions, within: Self.touch)
    return other.surface.positions.near(near, within: Self.touch).contains { point in
      near.contains { ($0 - point).dot($0 - point) < Self.touch * Self.touch }
    }
  }
}

extension BodySolids.Solid {
  /// Whether the boxes around two solids meet.
  fileprivate func isNear(_ other: Self) -> Bool {
    all(low .<= other.high) && all(other.low .<= high)
  }
}

/// The segments of a body that points were looked for in, sorted once for all who come near it.
private final class SortedSegments {
  private var grids: [BodySegment: VolumeGrid] = [:]

  /// Calls with the sorted surface of a segment.
  func with(_ segment: BodySegment, of solids: BodySolids, _ body: (inout VolumeGrid) -> Void) {
    var grid =
      grids.removeValue(forKey: segment) ?? VolumeGrid(solids[segment], of: solids.points)
    body(&grid)
    grids[segment] = grid
  }
}

extension BodySegment {
  /// Returns the joint by which skin is called: that which it follows most, if it is of this
  /// segment.
  fileprivate func name(of carrier: JointName) -> JointName {
    BodySegment(PartName(bentBy: carrier)) == self ? carrier : joint
  }
}

extension Body {
  /// Returns the segments that each vertex moves with by a twentieth or more, as bits.
  fileprivate func segmentBits() -> [UInt16] {
    guard case .dualQuaternion(let skin) = binding else {
      return Array(repeating: 0, count: surface.positions.count)
    }
    let joints = JointName.allCases + skin.helpers.map(\.joint)
    let bits = joints.map { BodySegment(PartName(bentBy: $0)).bit }
    return zip(skin.influences, skin.weights).map { influence, weights in
      (0..<4).reduce(UInt16(0)) {
        weights[$1] >= 0.05 ? $0 | bits[Int(influence[$1])] : $0
      }
    }
  }
}

extension [SIMD3<Float>] {
  /// The points within the box around others, or as little beside it.
  fileprivate func near(_ others: [SIMD3<Float>], within margin: Float) -> [SIMD3<Float>] {
    guard let first = others.first else { return [] }
    let low = others.reduce(first, pointwiseMin) - SIMD3(repeating: margin)
    let high = others.reduce(first, pointwiseMax) + SIMD3(repeating: margin)
    return filter { all($0 .>= low) && all($0 .<= high) }
  }
}
