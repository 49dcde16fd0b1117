internal import PoseRig

#if canImport(Glibc)
  internal import Glibc
#endif

/// The position and the size of a face.
struct FaceFrame {
  /// The point between the pupils.
  private var middle: SIMD3<Float>
  /// The distance between the pupils.
  private let width: Float
  /// The vertical distance from the eyes to the chin.
  private let height: Float
  /// The width of the head relative to that of a human with equal eye distance.
  private let breadth: Float
  /// The expected distance of ears from the middle; nil if the outermost surface is the head's own.
  let earDistance: Float?
  /// The allowed distance of a point of the face in front of its expected position; nil if the
  /// outermost surface is the head's own.
  let frontRange: ClosedRange<Float>?
  /// Whether there is a protruding nose.
  let hasNose: Bool
  /// The angle by which the face leans from upright, in radians.
  private(set) var lean: Float = 0
  /// Sentences about assumptions.
  let notes: [String]

  init(
    _ face: SurfaceRays, _ skull: SurfaceRays, eyes: (middle: SIMD3<Float>, width: Float)?,
    joint: SIMD3<Float>
  ) {
    let whole = HeadMeasures(face, skull, x: eyes?.middle.x ?? joint.x, joint: joint)
    let laid =
      eyes.map { Laid(face, whole, middle: $0.middle, width: $0.width) }
      ?? Laid(face, whole, x: joint.x)
    (middle, width, height) = (laid.middle, laid.width, laid.height)
    (hasNose, notes) = (laid.hasNose, laid.notes)
    breadth = min(max(laid.across / (FaceTemplate.breadth * max(width, 1e-6)), 0.75), 1.3)
    earDistance = laid.isWithinWorn ? 0.5 * laid.across : nil
    frontRange = laid.isWithinWorn ? (-1.5 * width)...(0.5 * width) : nil
    // Depths are measured from the pupils, which are on the surface.
    let depths = [-0.5, 0.5].compactMap { side -> Float? in
      let pupil = SIMD3(middle.x + Float(side) * width, middle.y, 0)
      return face.outermost(through: pupil, along: SIMD3(0, 0, 1))?.distance
    }
    middle.z =
      depths.isEmpty ? eyes?.middle.z ?? face.high.z : depths.reduce(0, +) / Float(depths.count)
    lean = leaning(of: face)
  }

  /// Returns how far the cheeks lean from their position on upright heads; ∞ without any.
  private func leaning(of face: SurfaceRays) -> Float {
    // Cheeks are a little behind brows.
    let upright: Float = 0.1
    let points = stride(from: Float(-0.8), through: 0.3, by: 0.1).flatMap { share in
      [-0.5, 0.5].compactMap { side -> SIMD2<Float>? in
        let target = SIMD3(
          middle.x + Float(side) * width, middle.y + share * height, middle.z)
        return face.outermost(through: target, along: SIMD3(0, 0, 1), within: frontRange)
          .map { SIMD2(target.y - middle.y, $0.distance) }
      }
    }
    let count = Float(max(points.count, 1))
    let mean = points.reduce(SIMD2<Float>.zero, +) / count
    let (across, along) = points.reduce((Float(0), Float(0))) { sums, point in
      let offset = point - mean
      return (sums.0 + offset.x * offset.x, sums.1 + offset.x * offset.y)
    }
    guard points.count > 8, across > 0 else { return .infinity }
    return abs(atan(along / across) - upright)
  }

  /// Returns whether this face is clearly more upright than another candidate: only it has
  /// a nose, or its cheeks lean less.
  func isMoreUpright(than other: FaceFrame) -> Bool {
    if hasNose != other.hasNose { return hasNose && lean < other.lean + 0.1 }
    return lean + 0.15 < other.lean
  }

  /// Returns the position of a point of the template on this face.
  func position(of point: SIMD3<Float>) -> SIMD3<Float> {
    middle + SIMD3(point.x * width, point.y * height, point.z * width)
  }

  /// Returns the position of an ear, as far behind the eyes as the head's width suggests.
  func position(ofEar point: SIMD3<Float>) -> SIMD3<Float> {
    middle + SIMD3(point.x * width, point.y * height, point.z * width * breadth)
  }

  /// Returns a point moved sideways to the middle of the face.
  func inMiddle(_ point: SIMD3<Float>) -> SIMD3<Float> { SIMD3(middle.x, point.y, point.z) }
}

/// The measures of a face before its depth is known.
private struct Laid {
  var middle: SIMD3<Float>
  var width: Float
  var height: Float
  /// The width of the head.
  var across: Float
  /// Whether something worn is part of the head's mesh and surrounds the face.
  var isWithinWorn: Bool
  /// Whether there is a protruding nose.
  var hasNose: Bool
  var notes: [String] = []

  /// Measures a face around known eyes.
  init(_ face: SurfaceRays, _ whole: HeadMeasures, middle: SIMD3<Float>, width: Float) {
    let usual = FaceTemplate.heightOfWidth * width
    self.middle = middle
    self.width = width
    let half = FaceRelief.halfBreadthAboveEyes(face, at: middle.x, eyes: middle.y, height: usual)
    // Half of a head's width is about 1.2 times the distance between the pupils.
    isWithinWorn =
      half.map { (0.7...2).contains($0 / width) && whole.isMisled(half: $0) } ?? false
    hasNose = false
    let depth = isWithinWorn ? min(whole.depth, 3.1 * (half ?? whole.depth)) : whole.depth
    let (_, chin) = whole.noseAndChin(
      depth: depth, noses: (middle.y - 0.8 * usual, middle.y - 0.05 * usual))
    height = min(max(middle.y - chin, 0.5 * usual), 1.5 * usual)
    across = isWithinWorn ? 2 * (half ?? whole.across / 2) : whole.across
  }

  /// Measures a face by its protruding nose and chin.
  init(_ face: SurfaceRays, _ whole: HeadMeasures, x: Float) {
    let (top, lowest) = (whole.top, whole.lowest)
    let (nose, chin) = whole.noseAndChin(
      depth: whole.depth,
      noses: (lowest + 0.15 * (top - lowest), top - 0.4 * (top - lowest)))
    let relief = FaceRelief(
      face, at: x, lowest: lowest, top: top, noseHeight: FaceTemplate.noseHeight)
    hasNose = relief != nil
    if let relief, whole.isMisled(by: relief, nose: nose, chin: chin) {
      middle = SIMD3(x, relief.eyes, 0)
      height = relief.height
      across = 2 * relief.halfBreadth
      width = 0.42 * across
      isWithinWorn = true
      notes = [
        relief.isBreadthGuessed
          ? "what it wears on its head is part of the same mesh and hides the head's width; the positions of its eyes and ears are guessed from the height of its face"
          : "what it wears on its head is part of the same mesh; its face was found by nose and chin"
      ]
      return
    }
    let tall = top - chin
    // Eyes are at about half the height of a head, as far above the tip of the nose as a human's,
    // and 0.42 of the head's width apart.
    let share = FaceTemplate.noseHeight
    let eyes = nose.map { ($0 + share * chin) / (1 + share) } ?? chin + 0.5 * tall
    middle = SIMD3(x, min(max(eyes, chin + 0.42 * tall), chin + 0.58 * tall), 0)
    width = 0.42 * min(whole.across, 0.9 * tall)
    height = middle.y - chin
    across = whole.across
    isWithinWorn = false
  }
}

/// The measures of a whole head, including everything in its mesh.
private struct HeadMeasures {
  let top: Float
  let lowest: Float
  let depth: Float
  let across: Float
  /// How far forward the surface extends at 64 heights from its top to its lower end; −∞ at heights
  /// without a surface.
  private let profile: [(y: Float, z: Float)]

  init(_ face: SurfaceRays, _ skull: SurfaceRays, x: Float, joint: SIMD3<Float>) {
    top = skull.high.y
    // Heads in one mesh with the neck extend below the chin.
    lowest = max(skull.low.y, joint.y - 0.35 * (top - joint.y))
    depth = skull.high.z - skull.low.z
    across = Self.breadth(skull, at: joint.x, lowest, top)
    profile = (0..<64).map { step in
      let y = face.high.y + (face.low.y - face.high.y) * (Float(step) + 0.5) / 64
      let hit = face.outermost(through: SIMD3(x, y, 0), along: SIMD3(0, 0, 1))
      return (y, hit?.distance ?? -.infinity)
    }
  }

  /// Returns the width of a head above its ears, which protrude.
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

  /// Returns the height of the most protruding point in the range of noses, and the height below
  /// which the profile recedes to the throat.
  func noseAndChin(
    depth: Float, noses: (low: Float, high: Float)
  ) -> (nose: Float?, chin: Float) {
    let face = profile.filter { $0.y > lowest }
    let middle = face.filter { $0.y > noses.low && $0.y < noses.high }
    guard let nose = middle.max(by: { $0.z < $1.z }), nose.z.isFinite else { return (nil, lowest) }
    let below = face.drop { $0.y >= nose.y }.prefix { $0.z > nose.z - 0.3 * depth }
    return (nose.y, below.last?.y ?? lowest)
  }

  /// Returns whether the whole is unlike the head of the face on it: brims, hoods and cones make it
  /// wider, deeper, narrower or taller.
  func isMisled(half: Float) -> Bool {
    across > 2.6 * half || across < 1.6 * half || depth > 4 * half
  }

  /// Returns whether the whole is unlike the head of the face on it, or its nose or chin are
  /// elsewhere.
  func isMisled(by relief: FaceRelief, nose: Float?, chin: Float) -> Bool {
    let isElsewhere = nose.map { abs($0 - relief.nose) > 0.25 * relief.height } ?? true
    return isElsewhere || abs(chin - relief.chin) > 0.3 * relief.height
      || isMisled(half: relief.halfBreadth) || top - relief.chin > 4 * relief.halfBreadth
  }
}
