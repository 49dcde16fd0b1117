internal import PoseRig
internal import SceneFiles

/// The surface of a head in the T-pose, on which the marks of a face are found.
struct HeadSurface {
  private let face: SurfaceRays
  private let skull: SurfaceRays
  private let eyes: (middle: SIMD3<Float>, width: Float)?
  private let joint: SIMD3<Float>

  /// Creates a surface; nil without any triangle.
  init?(
    _ body: Body, triangles indices: [Int], leftEye: Vector3?, rightEye: Vector3?, joint: Vector3
  ) {
    guard !indices.isEmpty else { return nil }
    self.joint = SIMD3<Float>(joint)
    if let leftEye, let rightEye, leftEye.x - rightEye.x > 0.005 {
      eyes = (SIMD3<Float>((leftEye + rightEye) / 2), Float(leftEye.x - rightEye.x))
    } else {
      eyes = nil
    }
    let positions = body.surface.positions
    let pieces = FacePieces(
      positions: positions, triangles: indices.map { ($0, body.surface.triangles[$0]) },
      eyes: eyes, joint: self.joint)
    (face, skull) = (pieces.face, pieces.skull)
  }

  /// The nose, eyes, ears, 300-W's 68 points and the pupils.
  var landmarks: [LandmarkName: SurfacePoint] {
    let frame = FaceFrame(face, skull, eyes: eyes, joint: joint)
    var found: [LandmarkName: SurfacePoint] = [:]
    for (name, point) in FaceTemplate.points {
      let isEar = name == .ear(.left) || name == .ear(.right)
      let target = isEar ? frame.position(ofEar: point) : frame.position(of: point)
      let ray = isEar ? SIMD3<Float>(point.x < 0 ? -1 : 1, 0, 0) : SIMD3<Float>(0, 0, 1)
      found[name] = face.outermost(through: target, along: ray)?.point ?? face.nearest(to: target)
    }
    return found
  }
}

/// The position and the size of a face.
private struct FaceFrame {
  /// The point between the pupils.
  private var middle: SIMD3<Float>
  /// The distance from one pupil to the other.
  private let width: Float
  /// The distance from the eyes down to the chin.
  private let height: Float
  /// The breadth of the head beside a human's whose eyes are as far apart.
  private let breadth: Float

  init(
    _ face: SurfaceRays, _ skull: SurfaceRays, eyes: (middle: SIMD3<Float>, width: Float)?,
    joint: SIMD3<Float>
  ) {
    let profile = Self.profile(face, at: eyes?.middle.x ?? joint.x)
    let top = skull.high.y
    // Heads of one piece with the neck reach lower than the chin.
    let lowest = max(skull.low.y, joint.y - 0.35 * (top - joint.y))
    let depth = skull.high.z - skull.low.z
    let across = Self.breadth(skull, at: joint.x, lowest, top)
    if let eyes {
      middle = eyes.middle
      width = eyes.width
      let usual = FaceTemplate.heightOfWidth * eyes.width
      let (_, chin) = Self.noseAndChin(
        profile, depth: depth, lowest: lowest,
        noses: (middle.y - 0.8 * usual, middle.y - 0.05 * usual))
      height = min(max(middle.y - chin, 0.5 * usual), 1.5 * usual)
    } else {
      let (nose, chin) = Self.noseAndChin(
        profile, depth: depth, lowest: lowest,
        noses: (lowest + 0.15 * (top - lowest), top - 0.4 * (top - lowest)))
      let tall = top - chin
      // Eyes are at about half the height of a head, as far above the nose's tip as a human's, and
      // 0.42 of its breadth apart.
      let share = FaceTemplate.noseHeight
      let height = nose.map { ($0 + share * chin) / (1 + share) } ?? chin + 0.5 * tall
      middle = SIMD3(joint.x, min(max(height, chin + 0.42 * tall), chin + 0.58 * tall), 0)
      width = 0.42 * min(across, 0.9 * tall)
      self.height = middle.y - chin
    }
    breadth = min(max(across / (FaceTemplate.breadth * max(width, 1e-6)), 0.75), 1.3)
    // Depths are counted from the pupils, which lie on the surface.
    let depths = [-0.5, 0.5].compactMap { side -> Float? in
      let pupil = SIMD3(middle.x + Float(side) * width, middle.y, 0)
      return face.outermost(through: pupil, along: SIMD3(0, 0, 1))?.distance
    }
    middle.z =
      depths.isEmpty ? eyes?.middle.z ?? face.high.z : depths.reduce(0, +) / Float(depths.count)
  }

  /// Returns the breadth of a head above its ears, which stand out.
  private static func breadth(
    _ skull: SurfaceRays, at x: Float, _ lowest: Float, _ top: Float
  ) -> Float {
    let z = (skull.low.z + skull.high.z) / 2
    let breadths = [0.62, 0.68, 0.74, 0.8].compactMap { share -> Float? in
      let target = SIMD3(x, lowest + Float(share) * (top - lowest), z)
      guard let left = skull.outermost(through: target, along: SIMD3(1, 0, 0)),
        let right = skull.outermost(through: target, along: SIMD3(-1, 0, 0))
      else { return nil }
      return left.distance + right.distance
    }
    return breadths.max() ?? skull.high.x - skull.low.x
  }

  /// Returns how far forward the surface reaches at 64 heights from its top down to its lower end;
  /// −∞ at heights without a surface.
  private static func profile(_ face: SurfaceRays, at x: Float) -> [(y: Float, z: Float)] {
    (0..<64).map { step in
      let y = face.high.y + (face.low.y - face.high.y) * (Float(step) + 0.5) / 64
      let hit = face.outermost(through: SIMD3(x, y, 0), along: SIMD3(0, 0, 1))
      return (y, hit?.distance ?? -.infinity)
    }
  }

  /// Returns the height of the point that stands out most where noses are, and the height below
  /// which the profile falls back to the throat.
  private static func noseAndChin(
    _ profile: [(y: Float, z: Float)], depth: Float, lowest: Float,
    noses: (low: Float, high: Float)
  ) -> (nose: Float?, chin: Float) {
    let face = profile.filter { $0.y > lowest }
    let middle = face.filter { $0.y > noses.low && $0.y < noses.high }
    guard let nose = middle.max(by: { $0.z < $1.z }), nose.z.isFinite else { return (nil, lowest) }
    let below = face.drop { $0.y >= nose.y }.prefix { $0.z > nose.z - 0.3 * depth }
    return (nose.y, below.last?.y ?? lowest)
  }

  /// Returns the position of a point of the template on this face.
  func position(of point: SIMD3<Float>) -> SIMD3<Float> {
    middle + SIMD3(point.x * width, point.y * height, point.z * width)
  }

  /// Returns the position of an ear: as far behind the eyes as the head is broad.
  func position(ofEar point: SIMD3<Float>) -> SIMD3<Float> {
    middle + SIMD3(point.x * width, point.y * height, point.z * width * breadth)
  }
}

/// The marks of a human face: x and z in distances between the pupils, y in heights from the eyes
/// to the chin, from the point between the pupils.
private enum FaceTemplate {
  /// The height of the nose's tip in these measures: below 0.
  static let noseHeight = points.first { $0.name == .nose }?.point.y ?? -0.4
  /// The distance from one ear to the other in these measures.
  static let breadth = 2 * (points.first { $0.name == .ear(.left) }?.point.x ?? 1.3)
  /// The height from the eyes to the chin, in distances between the pupils.
  static let heightOfWidth = size.y / size.x

  private static let body = Mannequin.female.body

  private static func at(_ name: LandmarkName) -> SIMD3<Float>? {
    body.landmarks[name]?.position(on: body.surface.positions, body.surface.triangles)
  }

  private static let (middle, size): (SIMD3<Float>, SIMD3<Float>) = {
    guard let left = at(.pupil(.left)), let right = at(.pupil(.right)), let chin = at(.face(8))
    else {
      return (.zero, SIMD3(0.06, 0.1, 0.06))
    }
    let middle = (left + right) / 2
    return (middle, SIMD3(left.x - right.x, middle.y - chin.y, left.x - right.x))
  }()

  static let points: [(name: LandmarkName, point: SIMD3<Float>)] = {
    let names: [LandmarkName] =
      [.nose] + Side.both.flatMap { [.eye($0), .ear($0), .pupil($0)] } + (0..<68).map { .face($0) }
    return names.compactMap { name in at(name).map { (name, ($0 - middle) / size) } }
  }()
}
