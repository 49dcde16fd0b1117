internal import PoseRig
internal import SceneFiles

/// The surface of a head in the T-pose, on which the marks of a face are found.
struct HeadSurface {
  private let body: Body
  private let positions: [SIMD3<Float>]
  private let triangles: [(index: Int, corners: SIMD3<UInt32>)]
  /// Places in ``triangles`` of those at each level of height, from below: every line that is
  /// looked along is level.
  private let levels: [[Int]]
  private let low: SIMD3<Float>
  private let high: SIMD3<Float>

  private static let levelCount = 128

  /// Creates a surface; nil for a head of too few triangles to have a face.
  init?(_ body: Body, triangles indices: [Int]) {
    guard indices.count >= 20 else { return nil }
    self.body = body
    positions = body.surface.positions
    triangles = indices.map { ($0, body.surface.triangles[$0]) }
    var low = SIMD3<Float>(repeating: .infinity)
    var high = SIMD3<Float>(repeating: -.infinity)
    for (_, corners) in triangles {
      for corner in 0..<3 {
        low = pointwiseMin(low, positions[Int(corners[corner])])
        high = pointwiseMax(high, positions[Int(corners[corner])])
      }
    }
    self.low = low
    self.high = high
    var levels = [[Int]](repeating: [], count: Self.levelCount)
    for (place, triangle) in triangles.enumerated() {
      let corners = triangle.corners
      let heights = SIMD3(
        positions[Int(corners.x)].y, positions[Int(corners.y)].y, positions[Int(corners.z)].y)
      let (bottom, top) = (heights.min(), heights.max())
      // One more on either side, so that rounding leaves no triangle out.
      let first = max(Self.level(of: bottom, low.y, high.y) - 1, 0)
      let last = min(Self.level(of: top, low.y, high.y) + 1, Self.levelCount - 1)
      for level in first...last { levels[level].append(place) }
    }
    self.levels = levels
  }

  /// Returns the level of a height; heights beyond the surface have the outermost.
  private static func level(of y: Float, _ low: Float, _ high: Float) -> Int {
    let share = (y - low) / max(high - low, .leastNormalMagnitude)
    // Written so that what is no number is at the lowest.
    return share > 0 ? Int(min(share, 1) * Float(levelCount - 1)) : 0
  }

  /// Returns nose, eyes, ears, 300-W's 68 points and the pupils.
  func landmarks(
    leftEye: Vector3?, rightEye: Vector3?, joint: Vector3
  ) -> [LandmarkName: SurfacePoint] {
    let frame = FaceFrame(
      leftEye: leftEye, rightEye: rightEye, joint: joint, low: low, high: high,
      profile: profile(at: Float(joint.x)))
    var found: [LandmarkName: SurfacePoint] = [:]
    for (name, point) in FaceTemplate.points {
      let target = frame.position(of: point)
      let isEar = name == .ear(.left) || name == .ear(.right)
      let ray = isEar ? SIMD3<Float>(point.x < 0 ? -1 : 1, 0, 0) : SIMD3<Float>(0, 0, 1)
      found[name] = outermost(through: target, along: ray) ?? nearest(to: target)
    }
    return found
  }

  /// Returns how far forward the surface reaches at 64 heights from its top down to its lower end;
  /// −∞ at heights without a surface.
  private func profile(at x: Float) -> [(y: Float, z: Float)] {
    (0..<64).map { step in
      let y = high.y + (low.y - high.y) * (Float(step) + 0.5) / 64
      let point = outermost(through: SIMD3(x, y, 0), along: SIMD3(0, 0, 1))
      let z = point.map { hit in
        let corners = body.surface.triangles[hit.triangle]
        return (0..<3).reduce(Float(0)) { $0 + positions[Int(corners[$1])].z * hit.barycentric[$1] }
      }
      return (y, z ?? -.infinity)
    }
  }

  /// Returns the outermost point of the surface on the level line through a target.
  private func outermost(through target: SIMD3<Float>, along ray: SIMD3<Float>) -> SurfacePoint? {
    var best: (distance: Float, point: SurfacePoint)?
    for place in levels[Self.level(of: target.y, low.y, high.y)] {
      let (index, corners) = triangles[place]
      let a = positions[Int(corners.x)]
      let (edge1, edge2) = (positions[Int(corners.y)] - a, positions[Int(corners.z)] - a)
      let p = ray.cross(edge2)
      let determinant = edge1.dot(p)
      guard abs(determinant) > 1e-14 else { continue }
      let offset = target - a
      let u = offset.dot(p) / determinant
      let q = offset.cross(edge1)
      let v = ray.dot(q) / determinant
      guard u >= 0, v >= 0, u + v <= 1 else { continue }
      let distance = edge2.dot(q) / determinant
      if best.map({ distance > $0.distance }) ?? true {
        best = (
          distance, SurfacePoint(triangle: index, barycentric: SIMD3(1 - u - v, u, v))
        )
      }
    }
    return best?.point
  }

  private func nearest(to target: SIMD3<Float>) -> SurfacePoint? {
    var best: (distance: Float, point: SurfacePoint)?
    for (index, corners) in triangles {
      for corner in 0..<3 {
        let offset = positions[Int(corners[corner])] - target
        let distance = offset.dot(offset)
        guard best.map({ distance < $0.distance }) ?? true else { continue }
        var barycentric = SIMD3<Float>.zero
        barycentric[corner] = 1
        best = (distance, SurfacePoint(triangle: index, barycentric: barycentric))
      }
    }
    return best?.point
  }
}

/// The position and the size of a face.
private struct FaceFrame {
  /// The point between the eyes.
  var middle: SIMD3<Float>
  /// The distance from one pupil to the other.
  var width: Float
  /// The distance from the eyes down to the chin.
  var height: Float

  init(
    leftEye: Vector3?, rightEye: Vector3?, joint: Vector3, low: SIMD3<Float>, high: SIMD3<Float>,
    profile: [(y: Float, z: Float)]
  ) {
    let (nose, chin) = Self.noseAndChin(
      profile, depth: high.z - low.z,
      // Heads of one piece with the neck reach lower than the chin.
      lowest: max(low.y, Float(joint.y) - 0.35 * (high.y - Float(joint.y))))
    let tall = high.y - chin
    let depth = (high.z + low.z) / 2
    if let leftEye, let rightEye, leftEye.x - rightEye.x > 0.005 {
      middle = SIMD3<Float>((leftEye + rightEye) / 2)
      width = Float(leftEye.x - rightEye.x)
      height = max(middle.y - chin, 0.2 * tall)
    } else {
      // Eyes are at about half the height of a head, as far above the nose's tip as a human's, and
      // 0.42 of its breadth apart.
      let share = FaceTemplate.noseHeight
      let eyes = nose.map { ($0 + share * chin) / (1 + share) } ?? chin + 0.5 * tall
      middle = SIMD3(
        Float(joint.x), min(max(eyes, chin + 0.42 * tall), chin + 0.58 * tall), depth)
      width = 0.42 * min(high.x - low.x, 0.9 * tall)
      height = middle.y - chin
    }
    middle.z = depth
  }

  /// Returns the height of the point that stands out most between brow and mouth, and the height
  /// below which the profile falls back to the throat.
  private static func noseAndChin(
    _ profile: [(y: Float, z: Float)], depth: Float, lowest: Float
  ) -> (nose: Float?, chin: Float) {
    let top = profile.first?.y ?? 0
    let face = profile.filter { $0.y > lowest }
    let middle = face.filter {
      $0.y < top - 0.4 * (top - lowest) && $0.y > lowest + 0.15 * (top - lowest)
    }
    guard let nose = middle.max(by: { $0.z < $1.z }), nose.z.isFinite else { return (nil, lowest) }
    let below = face.drop { $0.y >= nose.y }.prefix { $0.z > nose.z - 0.3 * depth }
    return (nose.y, below.last?.y ?? lowest)
  }

  /// Returns the position of a point of the template on this face.
  func position(of point: SIMD3<Float>) -> SIMD3<Float> {
    middle + SIMD3(point.x * width, point.y * height, point.z * width)
  }
}

/// The marks of a human face: x and z in distances between the pupils, y in heights from the eyes
/// to the chin.
private enum FaceTemplate {
  /// The height of the nose's tip in these measures: below 0.
  static let noseHeight = points.first { $0.name == .nose }?.point.y ?? -0.4

  static let points: [(name: LandmarkName, point: SIMD3<Float>)] = {
    let body = Mannequin.female.body
    func at(_ name: LandmarkName) -> SIMD3<Float>? {
      body.landmarks[name]?.position(on: body.surface.positions, body.surface.triangles)
    }
    guard let left = at(.pupil(.left)), let right = at(.pupil(.right)), let chin = at(.face(8))
    else {
      return []
    }
    let middle = (left + right) / 2
    let size = SIMD3(left.x - right.x, middle.y - chin.y, left.x - right.x)
    let names: [LandmarkName] =
      [.nose] + Side.both.flatMap { [.eye($0), .ear($0), .pupil($0)] } + (0..<68).map { .face($0) }
    return names.compactMap { name in at(name).map { (name, ($0 - middle) / size) } }
  }()
}
