internal import PoseRig

/// Determines whether neighboring pixels of a G-buffer show one surface or two.
struct SurfaceBreaks {
  private let buffer: GBuffer
  /// Half the width and height of the picture at distance 1.
  private let tangents: SIMD2<Float>
  /// The width and height of a pixel at distance 1.
  private let pixel: SIMD2<Float>

  init(_ buffer: GBuffer, tangents: SIMD2<Double>) {
    self.buffer = buffer
    self.tangents = SIMD2<Float>(tangents)
    pixel = self.tangents * 2 / SIMD2(Float(buffer.width), Float(buffer.height))
  }

  /// Returns how far apart, in meters, surfaces at a distance must be to count as two: three
  /// pixels, since steeper slopes appear edge-on, and never less than the deviation of a mesh's
  /// facets.
  func slack(at depth: Float) -> Float { max(0.003, 3 * pixel.y * depth) }

  /// Returns by how many levels of green the skin's tone darkens a pixel compared with its light: a
  /// brow, the edge of a lid, the line of the mouth; 0 for props.
  func darkness(_ index: Int) -> Float {
    let pixel = buffer.shading[index]
    guard pixel.w != 0, pixel.w <= SurfaceLabel.firstThing else { return 0 }
    let dark = StudioLight.green(on: buffer.normals[index].direction) - Float(pixel.y)
    // Smaller values are rounding errors of levels and directions.
    return dark > 2 ? dark : 0
  }

  /// Returns how far the surface at one pixel is from continuing in its neighbor's, in units of
  /// ``slack(at:)``: above 1, they are two surfaces.
  ///
  /// If a surface bends evenly from one point to another, its mean normal is perpendicular to the
  /// line between them, exactly so on a circle, however steeply it is seen. The deviation from that
  /// is the size of the break. Where the normals differ, a break is seen at an angle and counts
  /// more.
  /// - Precondition: both pixels, given by their indices in the buffer's lists, are covered.
  func separation(_ here: Int, _ there: Int) -> Float {
    let (depth, next) = (buffer.depth[here], buffer.depth[there])
    let (normal, nextNormal) = (buffer.normal(here), buffer.normal(there))
    let sum = normal + nextNormal
    let length = (sum * sum).sum().squareRoot()
    var apart = abs(next - depth)
    if length > 0.5 {
      let way = ray(there) * next - ray(here) * depth
      let likeness = (normal * nextNormal).sum()
      apart = min(apart, (3 - 2 * likeness) * abs((way * sum).sum()) / length)
    }
    let slack = slack(at: min(depth, next))
    return apart / (isGroin(here, there) ? max(slack, Self.groin) : slack)
  }

  /// The distance at which bare skin of pelvis and thighs counts as two surfaces at the groin, in
  /// meters: a leg lifted in front of the trunk does, folds do not.
  private static let groin: Float = 0.08
  /// The distance from the pelvis within which thighs count as the groin, in meters.
  private static let groinReach: Float = 0.06

  /// Returns whether two pixels show bare skin of pelvis and thighs at the groin.
  private func isGroin(_ here: Int, _ there: Int) -> Bool {
    guard let one = buffer.label(here)?.part, let other = buffer.label(there)?.part,
      one == .pelvis || one.isThigh, other == .pelvis || other.isThigh
    else { return false }
    return one == .pelvis || other == .pelvis || one != other && isNearPelvis(here)
  }

  /// Returns whether bare skin of the pelvis is visible near a pixel, in any of eight directions.
  private func isNearPelvis(_ index: Int) -> Bool {
    let columns = buffer.bounds.columns.count
    let (row, column) = index.quotientAndRemainder(dividingBy: columns)
    let reach = Self.groinReach / (buffer.depth[index] * pixel.y)
    return Self.directions.contains { direction in
      (1...4).contains { step in
        let offset = direction * (reach * Float(step) / 4)
        let (x, y) = (column + Int(offset.x), row + Int(offset.y))
        guard 0..<columns ~= x, 0..<buffer.bounds.rows.count ~= y else { return false }
        return buffer.label(y * columns + x)?.part == .pelvis
      }
    }
  }

  private static let directions: [SIMD2<Float>] = [
    SIMD2(0, -1), SIMD2(-0.7, -0.7), SIMD2(0.7, -0.7), SIMD2(-1, 0), SIMD2(1, 0),
    SIMD2(-0.7, 0.7), SIMD2(0.7, 0.7), SIMD2(0, 1),
  ]

  /// Returns whether the flat faces at two pixels meet at an edge between them.
  ///
  /// Their planes cross there: each point lies behind the other's plane, as at the edge of a box,
  /// or each lies in front of it, as in the corner of a room. A face seen so steeply that it might
  /// as well be another object behind does not count.
  /// - Precondition: both pixels, given by their indices in the buffer's lists, are covered.
  func meet(_ here: Int, _ there: Int) -> Bool {
    let (depth, next) = (buffer.depth[here], buffer.depth[there])
    guard abs(next - depth) < 4 * slack(at: min(depth, next)) else { return false }
    let way = ray(there) * next - ray(here) * depth
    return (way * buffer.normal(here)).sum() * (way * buffer.normal(there)).sum() <= 0
  }

  /// Returns whether two pixels show different objects, or parts of a body that do not join.
  func areForeign(_ here: Int, _ there: Int) -> Bool {
    let (one, other) = (buffer.label(here), buffer.label(there))
    guard let one, let other, one.kind == other.kind, let a = one.underlyingPart,
      let b = other.underlyingPart
    else { return one != other }
    guard a != b, !a.joins(b) else { return false }
    // There is no line where the skin of one merges into the skin of the other.
    return !a.mayTouch(b) || separation(here, there) > 0.5
      || !isGroin(here, there)
        && (buffer.normal(here) * buffer.normal(there)).sum() < Self.crease
  }

  /// Returns whether two pixels show parts with skin that can merge.
  func mayTouch(_ here: Int, _ there: Int) -> Bool {
    guard let one = buffer.label(here)?.part, let other = buffer.label(there)?.part else {
      return false
    }
    return one.mayTouch(other)
  }

  /// The cosine of the angle beyond which two touching parts form a crease: 35 degrees.
  private static let crease: Float = 0.82

  /// Returns the direction of a pixel's center, at distance 1.
  private func ray(_ index: Int) -> SIMD3<Float> {
    let (row, column) = index.quotientAndRemainder(dividingBy: buffer.bounds.columns.count)
    let x = (Float(buffer.bounds.columns.lowerBound + column) + 0.5) * pixel.x - tangents.x
    let y = tangents.y - (Float(buffer.bounds.rows.lowerBound + row) + 0.5) * pixel.y
    return SIMD3(x, y, -1)
  }
}
