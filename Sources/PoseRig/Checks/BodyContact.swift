/// The places where skin runs into skin of its own body or of another.
struct BodyContact {
  /// One part in another, at its deepest.
  typealias Overlap = Finding.Overlap

  private let surface: PosedSurface
  private let carriers: [JointName]
  private let grid: VolumeGrid

  init(_ character: PosedCharacter) {
    surface = character.bodySurface
    carriers = character.body.carriers()
    grid = VolumeGrid(surface)
  }

  /// Returns the forearms, hands, shins and feet that are in another part of their own body, the
  /// deepest vertex of each limb.
  func ownOverlaps() -> [Overlap] {
    Limb.allCases.dropFirst().compactMap { limb in
      let skin = surface.positions.indices.filter { Limb(carriers[$0]) == limb }
      let others = surface.positions.indices.filter { Limb(carriers[$0]) != limb }
      // A limb is inside what it hangs on where it is bent; there is nothing wrong with that.
      return deepest(of: skin, in: self, within: others) { !limb.hangs(on: $0) }
    }
  }

  /// The deepest vertex of this body in another.
  func overlap(in other: BodyContact) -> Overlap? {
    deepest(
      of: Array(surface.positions.indices), in: other,
      within: Array(other.surface.positions.indices)
    ) { _ in true }
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

  private func deepest(
    of skin: [Int], in other: BodyContact, within others: [Int],
    where counts: (JointName) -> Bool
  ) -> Overlap? {
    var found: Overlap?
    for vertex in skin {
      // Just outside its own skin, so that only another part can enclose it.
      let point = surface.positions[vertex] + surface.normals[vertex] * 0.002
      guard other.grid.winding(at: point) > 0 else { continue }
      var nearest = Float.infinity
      var closest = -1
      for candidate in others {
        let way = other.surface.positions[candidate] - point
        let square = way.dot(way)
        if square < nearest { (nearest, closest) = (square, candidate) }
      }
      guard closest >= 0, counts(other.carriers[closest]),
        (point - other.surface.positions[closest]).dot(other.surface.normals[closest]) < 0
      else { continue }
      let depth = Double(nearest.squareRoot())
      if depth > found?.depth ?? 0 {
        found = Overlap(
          joint: carriers[vertex], inside: other.carriers[closest], depth: depth)
      }
    }
    return found
  }
}

/// The limbs that move freely enough to run into the rest of a body.
private enum Limb: CaseIterable {
  case rest, leftArm, rightArm, leftLeg, rightLeg

  init(_ joint: JointName) {
    guard Self.isLoose(joint) else {
      self = .rest
      return
    }
    switch (joint.kind.limb, joint.side) {
    case (.arm, .left), (.fingers, .left): self = .leftArm
    case (.arm, .right), (.fingers, .right): self = .rightArm
    case (.leg, .left): self = .leftLeg
    case (.leg, .right): self = .rightLeg
    default: self = .rest
    }
  }

  private static func isLoose(_ joint: JointName) -> Bool {
    ![.shoulder, .upperArm, .upperLeg].contains(joint.kind)
  }

  /// Whether a joint's skin is the limb's own upper bone, against which it folds.
  func hangs(on joint: JointName) -> Bool {
    switch self {
    case .rest: false
    case .leftArm: joint == .leftUpperArm
    case .rightArm: joint == .rightUpperArm
    case .leftLeg: joint == .leftUpperLeg
    case .rightLeg: joint == .rightUpperLeg
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
