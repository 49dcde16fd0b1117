public import PoseRig

/// Finds a character's keypoints in the picture, and whether something hides them.
public struct KeypointProjection {
  /// The distance by which a landmark can lie behind the drawn surface and still count as on it, in
  /// meters.
  static let surfaceSlack = 0.02
  /// The distance by which it can lie behind hair: detectors find eyes behind bangs and ears under
  /// hair.
  static let hairSlack = 0.06
  /// The distance by which the center of a joint, which is inside its limb, can lie behind the
  /// surface.
  static let jointSlack = 0.12

  let character: PosedCharacter
  let camera: Camera
  let buffer: GBuffer

  /// Returns the keypoints of `character`, hidden by the surfaces in `buffer`, with the scene's
  /// explicit choices applied.
  /// - Parameter isOwn: whether the character at an index of the buffer's lists is this one, if the
  ///   buffer shows several.
  public static func keypoints(
    of character: PosedCharacter, camera: Camera, in buffer: GBuffer,
    isOwn: (Int) -> Bool = { _ in true }
  ) -> PersonKeypoints {
    let projection = KeypointProjection(character: character, camera: camera, buffer: buffer)
    func points(_ sources: [KeypointLayout.Source]) -> [Keypoint] {
      sources.map(projection.keypoint)
    }
    let (left, right) = (points(KeypointLayout.hand(.left)), points(KeypointLayout.hand(.right)))
    return PersonKeypoints(
      body: points(KeypointLayout.body), leftHand: left, rightHand: right,
      face: points(KeypointLayout.face), feet: points(KeypointLayout.feet),
      leftHandSeen: projection.share(of: left, .left, isOwn),
      rightHandSeen: projection.share(of: right, .right, isOwn)
    ).choosing(character.keypoints)
  }

  /// Returns the share of a hand's points that are in the picture with nothing but the hand itself
  /// in front of them.
  ///
  /// Fingers in front of fingers do not count as hiding them: a detector recognizes a fist as a
  /// hand.
  private func share(of points: [Keypoint], _ side: Side, _ isOwn: (Int) -> Bool) -> Double {
    let seen = points.indices.count { index in
      let point = points[index]
      if point.visibility == .absent { return false }
      guard let location = location(of: point.position), buffer.covers(location) else {
        return true
      }
      if Double(buffer.depth[location]) >= point.depth { return true }
      guard let label = buffer.label(location), isOwn(location) else { return false }
      // A detector recognizes a hand in a glove; a held object hides the hand, as a prop does.
      if label.kind == .worn { return true }
      guard let part = label.part else { return false }
      // The wrist belongs to the forearm just as much.
      return part.isHand(side) || index == 0 && part.isForearm(side)
    }
    return Double(seen) / Double(points.count)
  }

  private func keypoint(_ source: KeypointLayout.Source) -> Keypoint {
    switch source {
    case .joint(let joint):
      if character.body.missing.contains(joint) { return .nowhere }
      return keypoint(at: character.position(of: joint), Self.jointSlack)
    case .landmark(let name):
      guard let point = character.landmark(name) else { return .nowhere }
      var keypoint = keypoint(at: point, Self.surfaceSlack)
      if keypoint.visibility == .occluded, standsOut(name, from: point) {
        keypoint.visibility = .visible
      }
      return keypoint
    case .middle(let one, let other):
      return Keypoint(between: keypoint(.joint(one)), keypoint(.joint(other)))
    }
  }

  /// The distance by which ears stand out from a head, as a share of the distance between them.
  private static let earShare = 0.12

  /// Returns whether an ear would be visible if it stood out from the head.
  ///
  /// Blocks and many heads of imported models have flat sides without ears: seen from the front,
  /// the head hides the sides entirely, yet a detector would expect the ears.
  private func standsOut(_ name: LandmarkName, from point: Vector3) -> Bool {
    guard case .linear = character.body.binding, case .ear(let side) = name,
      let other = character.landmark(.ear(side == .left ? .right : .left))
    else { return false }
    return keypoint(at: point + (point - other) * Self.earShare, Self.surfaceSlack).visibility
      == .visible
  }

  private func keypoint(at point: Vector3, _ slack: Double) -> Keypoint {
    guard let (exact, distance) = camera.project(point) else { return .nowhere }
    let pixel = Keypoint.rounded(exact)
    let depth = (distance * 1e6).rounded() / 1e6
    var keypoint = Keypoint(position: pixel, depth: depth, visibility: .absent)
    guard let surface = surface(at: pixel) else { return keypoint }
    let isHair = location(of: pixel).flatMap { buffer.label($0)?.kind } == .hair
    let slack = isHair ? max(slack, Self.hairSlack) : slack
    keypoint.visibility = surface > 0 && surface < depth - slack ? .occluded : .visible
    return keypoint
  }

  /// Returns the distance of the surface drawn at a point, 0 where there is nothing; nil outside
  /// the picture.
  private func surface(at pixel: SIMD2<Double>) -> Double? {
    guard pixel.x >= 0, pixel.y >= 0, pixel.x < Double(buffer.width),
      pixel.y < Double(buffer.height)
    else { return nil }
    return location(of: pixel).map { Double(buffer.depth[$0]) } ?? 0
  }

  /// Returns the index of a point's pixel in the buffer's lists; nil if it is not in them.
  private func location(of pixel: SIMD2<Double>) -> Int? {
    buffer.bounds.index(x: Int(pixel.x), y: Int(pixel.y))
  }
}
