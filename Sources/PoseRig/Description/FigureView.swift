#if canImport(Glibc)
  internal import Glibc
#endif

/// A camera's view of a character: from which side, how much of it, and where in the picture.
public struct FigureView: Sendable {
  /// The horizontal position in the picture.
  public enum Column: String, Sendable { case left, middle, right }

  /// The angle in degrees by which its chest faces away from the camera, -180 to 180, positive
  /// toward the picture's right; nil if the chest faces up or down.
  public let turn: Double?
  /// The angle in degrees by which the camera looks down on its chest; negative from below.
  public let elevation: Double
  /// The visible part of it; nil if it is not in the picture.
  public let size: Shot.Size?
  /// The horizontal position of its chest in the picture.
  public let column: Column
  /// The distance from the camera to its chest, in meters.
  public let distance: Double
  /// The bounds in the picture, in pixels, clipped to the picture; nil if it is not in the picture.
  public let bounds: (low: SIMD2<Double>, high: SIMD2<Double>)?

  /// Determines a camera's view of a character.
  public init(_ character: PosedCharacter, _ camera: Camera) {
    let chest = character.position(of: .chest)
    turn = Self.turn(of: character, camera)
    let way = camera.position - chest
    distance = way.length
    elevation = asin(min(1, max(-1, way.y / max(distance, 1e-9)))).radiansToDegrees
    let width = Double(camera.canvas.width)
    let x = (camera.project(chest)?.pixel.x ?? width / 2) / width
    column = x < 0.4 ? .left : x > 0.6 ? .right : .middle
    bounds = Self.bounds(character, camera)
    size = bounds == nil ? nil : Self.size(character, camera)
  }

  private static func turn(of character: PosedCharacter, _ camera: Camera) -> Double? {
    let front = character.worldRotation(of: .chest).rotate(.unitZ)
    guard hypot(front.x, front.z) > 0.5 else { return nil }
    let seen = camera.cameraFromWorld.rotation.rotate(front)
    return atan2(seen.x, seen.z).radiansToDegrees
  }

  private static func bounds(
    _ character: PosedCharacter, _ camera: Camera
  ) -> (low: SIMD2<Double>, high: SIMD2<Double>)? {
    let size = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height))
    let pixels = character.bodySurface.points.compactMap { camera.project($0)?.pixel }
    guard let first = pixels.first else { return nil }
    let low = pixels.reduce(first) { pointwiseMin($0, $1) }
    let high = pixels.reduce(first) { pointwiseMax($0, $1) }
    guard low.x < size.x, low.y < size.y, high.x > 0, high.y > 0 else { return nil }
    return (pointwiseMax(low, .zero), pointwiseMin(high, size))
  }

  /// Returns the size of shot that ends at the lowest joint in the picture.
  private static func size(_ character: PosedCharacter, _ camera: Camera) -> Shot.Size {
    let canvas = SIMD2(Double(camera.canvas.width), Double(camera.canvas.height))
    func isSeen(_ point: Vector3) -> Bool {
      guard let pixel = camera.project(point)?.pixel else { return false }
      return all(pixel .>= .zero) && all(pixel .<= canvas)
    }
    func isSeen(_ joint: JointName) -> Bool { isSeen(character.position(of: joint)) }
    func isSeen(_ kind: JointKind) -> Bool {
      Side.both.contains { isSeen(JointName(kind, $0)) }
    }
    if isSeen(.foot) { return .full }
    if isSeen(.lowerLeg) { return .knees }
    let thighs = Side.both.map { side in
      let hip = character.position(of: JointName(.upperLeg, side))
      return hip + (character.position(of: JointName(.lowerLeg, side)) - hip) * 0.35
    }
    if thighs.contains(where: { isSeen($0) }) { return .cowboy }
    if isSeen(JointName.hips) || isSeen(JointName.spine) { return .waist }
    let chest = [JointName.chest, .upperChest].contains { isSeen($0) }
    return chest || isSeen(.upperArm) ? .bust : .face
  }
}
