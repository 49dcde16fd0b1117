internal import PoseRig

/// The light of the shaded picture, fixed to the camera.
///
/// It exists so that Canny draws what an illustrator would: contours, overlaps and folds, and
/// nothing else. So it is soft: over a finger nine pixels wide its levels change too slowly to make
/// an edge, and it neither falls off at the rim nor shines. Red comes from the upper left, green
/// from above, blue from the upper right, for one lamp leaves the folds that run along its rays as
/// bright on either side. What tells an arm from the chest behind it is not the light but
/// ``ContactShade``.
package enum StudioLight {
  /// The level behind everything in the shaded picture.
  package static let background = RGB8(gray: 250)

  /// Returns the level of green, 0 to 255, that clay has where it faces in a direction.
  static func green(on direction: SIMD3<Float>) -> Float {
    255 * (0.613 + 0.185 * direction.dot(SIMD3(0, 0.60, 0.80))) * 0.925
  }

  /// `vec3 studioLight(vec3 normal, float labelNumber)` in GLSL, camera axes, 0 to 1.
  ///
  /// Characters are of clay, props and held things of three grays by their class, so much darker
  /// that a figure stands out from most of the rest.
  static let function = """
    vec3 studioLight(vec3 n, float labelNumber) {
      vec3 lit = vec3(
        dot(n, vec3(-0.45, 0.60, 0.66)), dot(n, vec3(0.0, 0.60, 0.80)), dot(n, vec3(0.45, 0.60, 0.66)));
      vec3 clay = vec3(1.0, 0.925, 0.85);
      float gray = 0.72 - 0.06 * mod(labelNumber, 3.0);
      return (0.613 + 0.185 * lit) * (labelNumber > \(SurfaceLabel.firstThing).0 ? vec3(gray) : clay);
    }
    """
}
