/// Finds skin that intersects skin of its own body or of another: the segments of bodies are
/// compared in all pairs by winding numbers.
///
/// Skin that both segments move, and skin around the joint between trunk and limb, creases when
/// they bend; this is not an intersection.
struct BodyContact {
  /// A part inside another, at its deepest point.
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

  /// Returns the intersecting segments of this body, by pairs, each at its deepest vertex; the
  /// deepest first.
  ///
  /// - Parameter least: the depth in meters above which an intersection counts.
  func ownOverlaps(over least: Double) -> [Overlap] { overlaps(in: self, least, isOwn: true) }

  /// Returns the segments of this body that are inside segments of another one, or the other way
  /// around, by pairs, each at its deepest vertex; the deepest first.
  ///
  /// - Parameter least: the depth in meters above which an intersection counts.
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

  /// Returns the point where a segment is deepest inside one of another body, or of its own; nil if
  /// it is not deeper than `least`.
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

  /// Returns the spheres in which two segments of this body crease each other.
  private func creases(
    between one: BodySegment, and other: BodySegment
  ) -> [(middle: SIMD3<Float>, square: Float)] {
    one.creases(against: other).map { joint, radius in
      let radius = Float(radius * character.body.rig.size)
      return (SIMD3<Float>(character.position(of: joint)), radius * radius)
    }
  }

  /// The distance in meters between vertices that counts as touching: vertices are up to 2 cm
  /// apart.
  private static let touch: Float = 0.025

  /// Returns whether this skin touches another body's.
  func touches(_ other: BodyContact) -> Bool {
    let near = surface.positions.near(other.surface.positions, within: Self.touch)
    return other.surface.positions.near(near, within: Self.touch).contains { point in
      near.contains { ($0 - point).dot($0 - point) < Self.touch * Self.touch }
    }
  }
}

extension BodySolids.Solid {
  /// Returns whether the bounding boxes of two solids intersect.
  fileprivate func isNear(_ other: Self) -> Bool {
    all(low .<= other.high) && all(other.low .<= high)
  }
}

/// The segments of a body in a search structure that is built once for all queries.
private final class SortedSegments {
  private var grids: [BodySegment: VolumeGrid] = [:]

  /// Calls a function with the search structure of a segment.
  func with(_ segment: BodySegment, of solids: BodySolids, _ body: (inout VolumeGrid) -> Void) {
    var grid =
      grids.removeValue(forKey: segment) ?? VolumeGrid(solids[segment], of: solids.points)
    body(&grid)
    grids[segment] = grid
  }
}

extension BodySegment {
  /// Returns the joint to name the skin by: the one with the largest weight, if it belongs to this
  /// segment.
  fileprivate func name(of carrier: JointName) -> JointName {
    BodySegment(PartName(bentBy: carrier)) == self ? carrier : joint
  }
}

extension Body {
  /// Returns, as bits, the segments that move each vertex by one twentieth or more.
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
  /// Returns the points within the bounding box of others, extended by a margin.
  fileprivate func near(_ others: [SIMD3<Float>], within margin: Float) -> [SIMD3<Float>] {
    guard let first = others.first else { return [] }
    let low = others.reduce(first, pointwiseMin) - SIMD3(repeating: margin)
    let high = others.reduce(first, pointwiseMax) + SIMD3(repeating: margin)
    return filter { all($0 .>= low) && all($0 .<= high) }
  }
}
