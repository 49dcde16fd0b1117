internal import PoseRig

/// The smallest box along the axes that holds some points.
struct Box {
  private(set) var low = Vector3(repeating: .infinity)
  private(set) var high = Vector3(repeating: -.infinity)

  /// A box around points.
  init(_ points: some Sequence<Vector3>) {
    for point in points {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
  }

  /// A box around surfaces, along rotated axes.
  init(of surfaces: [PosedSurface], _ rotation: Quaternion) {
    let x = SIMD3<Float>(rotation.inverse.rotate(.unitX))
    let y = SIMD3<Float>(rotation.inverse.rotate(.unitY))
    let z = SIMD3<Float>(rotation.inverse.rotate(.unitZ))
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    for surface in surfaces {
      for position in surface.positions {
        let point = SIMD3(position.dot(x), position.dot(y), position.dot(z))
        low = pointwiseMin(low, point)
        high = pointwiseMax(high, point)
      }
    }
    (self.low, self.high) = (Vector3(low), Vector3(high))
  }

  /// The eight corners; empty for an empty box.
  var corners: [Vector3] {
    guard low.x <= high.x else { return [] }
    return [low.x, high.x].flatMap { x in
      [low.y, high.y].flatMap { y in [low.z, high.z].map { Vector3(x, y, $0) } }
    }
  }
}

/// A side of the cube around a lamp.
enum CubeFace: CaseIterable {
  case left, right, below, above, behind, before

  /// The direction of its middle.
  var axis: Vector3 {
    switch self {
    case .left: -.unitX
    case .right: .unitX
    case .below: -.unitY
    case .above: .unitY
    case .behind: -.unitZ
    case .before: .unitZ
    }
  }

  /// Returns whether the pyramid from a point through this side may hold a part of a box: whether
  /// none of its five planes has all of the box on the other side.
  func sees(_ box: Box, from point: Vector3) -> Bool {
    let ways = box.corners.map { $0 - point }
    let others = Self.allCases.map(\.axis).filter { $0 != axis && $0 != -axis }
    return others.allSatisfy { side in ways.contains { $0.dot(axis) >= $0.dot(side) } }
      && ways.contains { $0.dot(axis) > 0 }
  }
}
