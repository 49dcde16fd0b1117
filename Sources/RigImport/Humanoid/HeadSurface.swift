internal import PoseRig

/// The surface of a head in the T-pose, on which facial landmarks are located.
struct HeadSurface {
  private let face: SurfaceRays
  private let frame: FaceFrame
  /// Sentences about assumptions.
  let notes: [String]

  /// Creates a surface; nil without triangles.
  ///
  /// - Parameters:
  ///   - tilts: the angles, in radians, by which the head's bone leans forward; the surface might
  ///     lean too, which is tested.
  init?(
    _ body: Body, triangles indices: [Int], leftEye: Vector3?, rightEye: Vector3?, joint: Vector3,
    tilts: [Double] = []
  ) {
    guard !indices.isEmpty else { return nil }
    let triangles = indices.map { ($0, body.surface.triangles[$0]) }
    func head(leaning tilt: Double) -> (face: SurfaceRays, frame: FaceFrame) {
      let upright = Quaternion(angle: -tilt, axis: .unitX)
      func turned(_ point: Vector3) -> SIMD3<Float> {
        SIMD3<Float>(joint + upright.rotate(point - joint))
      }
      var positions = body.surface.positions
      if tilt != 0 {
        for vertex in Set(triangles.flatMap { [$0.1.x, $0.1.y, $0.1.z] }) {
          positions[Int(vertex)] = turned(Vector3(positions[Int(vertex)]))
        }
      }
      var eyes: (middle: SIMD3<Float>, width: Float)?
      if let leftEye, let rightEye, leftEye.x - rightEye.x > 0.005 {
        eyes = (turned((leftEye + rightEye) / 2), Float(leftEye.x - rightEye.x))
      }
      let pieces = FacePieces(
        positions: positions, triangles: triangles, eyes: eyes, joint: SIMD3<Float>(joint))
      return (
        pieces.face, FaceFrame(pieces.face, pieces.skull, eyes: eyes, joint: SIMD3<Float>(joint))
      )
    }
    var (best, lean) = (head(leaning: 0), 0.0)
    for tilt in tilts {
      let other = head(leaning: tilt)
      if other.frame.isMoreUpright(than: best.frame) { (best, lean) = (other, tilt) }
    }
    (face, frame) = best
    let degrees = Int((lean * 180 / .pi).rounded())
    notes =
      (lean == 0
        ? []
        : [
          "its head rests \(lean > 0 ? "bowed" : "tilted back") by \(abs(degrees))°; its face was laid along the head's own axes"
        ])
      + frame.notes
  }

  /// The nose, eyes, ears, 300-W's 68 points and the pupils.
  var landmarks: [LandmarkName: SurfacePoint] {
    var found: [LandmarkName: SurfacePoint] = [:]
    for (name, point) in FaceTemplate.points {
      let isEar = name == .ear(.left) || name == .ear(.right)
      let target = isEar ? frame.position(ofEar: point) : frame.position(of: point)
      let hit =
        isEar
        ? ear(at: target, along: SIMD3(point.x < 0 ? -1 : 1, 0, 0))
        : face.outermost(through: target, along: SIMD3(0, 0, 1), within: frame.frontRange)
      found[name] = hit?.point ?? face.nearest(to: target)
    }
    return found
  }

  private func ear(at target: SIMD3<Float>, along ray: SIMD3<Float>) -> SurfaceRays.Hit? {
    guard let distance = frame.earDistance else {
      return face.outermost(through: target, along: ray)
    }
    return face.hit(
      through: frame.inMiddle(target), along: ray, nearest: distance,
      within: (0.7 * distance)...(1.3 * distance))
  }
}
