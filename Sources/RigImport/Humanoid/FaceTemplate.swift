internal import PoseRig
internal import SceneFiles

/// The landmarks of a human face, relative to the point between the pupils: x and z in distances
/// between the pupils, y in heights from the eyes to the chin.
enum FaceTemplate {
  /// The height of the tip of the nose in these measures: below 0.
  static let noseHeight = points.first { $0.name == .nose }?.point.y ?? -0.4
  /// The distance between the ears in these measures.
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
