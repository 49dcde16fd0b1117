#if canImport(Glibc)
  internal import Glibc
#endif

/// The shape of a head at rest, on which hair grows: directions relative to its own extents, and
/// the distance of the skin in each direction.
struct HeadForm: Sendable {
  /// The height from chin to crown, in meters, of the head that styles are designed for.
  static let usualHeight: Float = 0.225

  /// The slope of hair and cloth over ears, about 22 degrees.
  private static let slopeOverEars: Float = 0.4

  /// The midpoint between the ears.
  let origin: SIMD3<Float>
  /// The extents toward the right, the chin and the back.
  private let below: SIMD3<Float>
  /// The extents toward the left, the crown and the brow.
  private let above: SIMD3<Float>
  /// The size relative to the usual head.
  let size: Float
  /// The skin without the ears.
  let skull: RadialMap
  /// The skin, with a drape over the ears like that of hair and cloth.
  let draped: RadialMap
  /// The directions of 300-W's landmarks.
  private let face: [SIMD3<Float>]

  /// Measures a body's head; nil for a body without the landmarks of a head.
  init?(_ body: Body) {
    let surface = Skinning.pose(body, PosedRig(body: body, pose: .rest), withNormals: false)
    func landmark(_ name: LandmarkName) -> SIMD3<Float>? {
      body.landmarks[name].map { $0.position(on: surface.positions, surface.triangles) }
    }
    guard let left = landmark(.ear(.left)), let right = landmark(.ear(.right)),
      let chin = landmark(.face(8)), let bridge = landmark(.face(27))
    else { return nil }
    let triangles = surface.triangles.indices.filter {
      [.head, .neck].contains(surface.labels[$0].part)
    }.map { surface.triangles[$0] }
    let skull = Set(triangles.joinedCorners).map { surface.positions[$0] }.filter { $0.y > left.y }
    guard let crown = skull.map(\.y).max(), let back = skull.map(\.z).min() else { return nil }
    let height = crown - chin.y
    var origin = (left + right) / 2
    origin.z = (bridge.z + back) / 2 - 0.005
    origin.y += height * 0.03
    let side = (left.x - right.x) / 2 * 0.98
    below = SIMD3(side, origin.y - chin.y, origin.z - back)
    above = SIMD3(side, crown - origin.y, bridge.z - origin.z)
    self.origin = origin
    size = height / Self.usualHeight
    let (low, high) = (below, above)
    func normalized(_ point: SIMD3<Float>) -> SIMD3<Float> {
      let offset = point - origin
      return offset / high.replacing(with: low, where: offset .< 0)
    }
    let points = surface.positions.map(normalized)
    let skin = RadialMap(points: points, triangles: triangles, missing: 1)
    var smooth = skin
    let ears = [normalized(left).unit, normalized(right).unit]
    func isEar(_ direction: SIMD3<Float>) -> Bool {
      ears.contains { Self.isEar(direction, ear: $0) }
    }
    smooth.smoothOver(isEar)
    smooth.blur(times: 1)
    self.skull = smooth
    draped = smooth.draped(over: skin, slope: Self.slopeOverEars, where: isEar)
    face = (0..<68).map { landmark(.face($0)).map { normalized($0).unit } ?? SIMD3(0, 0, 1) }
  }

  /// Returns whether a direction is within an ear, given the direction of its opening.
  private static func isEar(_ direction: SIMD3<Float>, ear: SIMD3<Float>) -> Bool {
    guard direction.x * ear.x > 0 else { return false }
    let up = (asin(direction.y) - asin(ear.y)) * 180 / .pi
    let forwards = (atan2(direction.z, abs(direction.x)) - atan2(ear.z, abs(ear.x))) * 180 / .pi
    let (x, y) = ((forwards + 12) / 28, up / 32)
    return x * x + y * y < 1
  }

  /// The largest distance of the skin from ``origin``, in meters.
  var largest: Float { max(below.max(), above.max()) * (skull.radii.max() ?? 1) }

  /// Returns the direction, relative to the head's extents, of a point at rest.
  func direction(to point: SIMD3<Float>) -> SIMD3<Float> { normalized(point).unit }

  private func normalized(_ point: SIMD3<Float>) -> SIMD3<Float> {
    let offset = point - origin
    return offset / above.replacing(with: below, where: offset .< 0)
  }

  /// Returns the direction of a point of a style.
  func direction(_ point: HeadPoint, mirrored: Bool = false) -> SIMD3<Float> {
    var longitude = Float(point.longitude) * .pi / 180
    var latitude = Float(point.latitude) * .pi / 180
    if let number = point.face, face.indices.contains(number) {
      longitude += atan2(face[number].x, face[number].z)
      latitude += asin(min(max(face[number].y, -1), 1))
    }
    let direction = SIMD3(
      sin(longitude) * cos(latitude), sin(latitude), cos(longitude) * cos(latitude))
    return mirrored ? direction * SIMD3(-1, 1, 1) : direction
  }

  /// Returns the point at a height above the skin in a direction, at rest.
  func point(_ direction: SIMD3<Float>, height: Float, overEars: Bool) -> SIMD3<Float> {
    let radius = (overEars ? draped : skull).radius(direction)
    let offset = direction * (above.replacing(with: below, where: direction .< 0)) * radius
    return origin + offset + offset.unit * height
  }

  /// Returns the height above the skin of a point at rest, negative inside, and the outward
  /// direction.
  func height(of point: SIMD3<Float>, overEars: Bool) -> (height: Float, outward: SIMD3<Float>) {
    let normalized = self.normalized(point)
    let length = max(normalized.length, 1e-6)
    let radius = (overEars ? draped : skull).radius(normalized / length)
    let offset = point - origin
    let distance = offset.length
    return (distance * (1 - radius / length), distance > 1e-6 ? offset / distance : SIMD3(0, 1, 0))
  }
}

extension Sequence<SIMD3<UInt32>> {
  /// All corners, in one list.
  fileprivate var joinedCorners: [Int] {
    flatMap { [Int($0.x), Int($0.y), Int($0.z)] }
  }
}
