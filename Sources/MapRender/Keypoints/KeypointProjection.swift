public import PoseRig

/// Finds a character's keypoints in the picture and what hides them.
public struct KeypointProjection {
  /// How far behind the drawn surface a landmark may lie and still count as on it, in metres.
  static let surfaceSlack = 0.02
  /// The same for a joint's centre, which is inside its limb.
  static let jointSlack = 0.12

  let character: PosedCharacter
  let camera: Camera
  let buffer: GBuffer

  /// The keypoints of `character`, hidden by what `buffer` shows.
  public static func keypoints(
    of character: PosedCharacter, camera: Camera, in buffer: GBuffer
  ) -> PersonKeypoints {
    let projection = KeypointProjection(character: character, camera: camera, buffer: buffer)
    func points(_ sources: [KeypointLayout.Source]) -> [Keypoint] {
      sources.map(projection.keypoint)
    }
    return PersonKeypoints(
      body: points(KeypointLayout.body), leftHand: points(KeypointLayout.hand(.left)),
      rightHand: points(KeypointLayout.hand(.right)), face: points(KeypointLayout.face),
      feet: points(KeypointLayout.feet))
  }

  private func keypoint(_ source: KeypointLayout.Source) -> Keypoint {
    switch source {
    case .joint(let joint):
      if character.body.missing.contains(joint) { return Self.nowhere }
      return keypoint(at: character.position(of: joint), Self.jointSlack)
    case .landmark(let name):
      guard let point = character.landmark(name) else { return Self.nowhere }
      return keypoint(at: point, Self.surfaceSlack)
    case .middle(let one, let other):
      return Keypoint(between: keypoint(.joint(one)), keypoint(.joint(other)))
    }
  }

  private static let nowhere = Keypoint(position: .zero, depth: 0, visibility: .absent)

  private func keypoint(at point: Vector3, _ slack: Double) -> Keypoint {
    guard let (exact, distance) = camera.project(point) else { return Self.nowhere }
    let pixel = Keypoint.rounded(exact)
    let depth = (distance * 1e6).rounded() / 1e6
    var keypoint = Keypoint(position: pixel, depth: depth, visibility: .absent)
    guard let surface = surface(at: pixel) else { return keypoint }
    keypoint.visibility = surface > 0 && surface < depth - slack ? .occluded : .visible
    return keypoint
  }

  /// How far away the surface drawn at a place is, 0 where there is none; nil outside the picture.
  private func surface(at pixel: SIMD2<Double>) -> Double? {
    guard pixel.x >= 0, pixel.y >= 0, pixel.x < Double(buffer.width),
      pixel.y < Double(buffer.height)
    else { return nil }
    return buffer.bounds.index(x: Int(pixel.x), y: Int(pixel.y)).map { Double(buffer.depth[$0]) }
      ?? 0
  }
}
