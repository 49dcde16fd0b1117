internal import PoseRig

/// The light of the shaded picture, fixed to the camera.
///
/// Its purpose is that Canny draws what an illustrator would: contours, overlaps and folds, and
/// nothing else. It is therefore soft: across a finger nine pixels wide, its levels change too
/// slowly to make an edge, and it neither falls off at the rim nor creates highlights. Red comes
/// from the upper left, green from above, and blue from the upper right, because a single lamp
/// leaves the folds along its rays equally bright on both sides. An arm is distinguished from the
/// chest behind it not by the light but by ``ContactShade``.
package enum StudioLight {
  /// The level behind all surfaces in the shaded picture.
  package static let background = RGB8(gray: 250)

  /// Returns the level of green, 0 to 255, of clay that faces in a direction.
  static func green(on direction: SIMD3<Float>) -> Float {
    255 * (0.613 + 0.185 * direction.dot(SIMD3(0, 0.60, 0.80))) * 0.925
  }

  /// The function `vec3 studioLight(vec3 normal, float labelNumber)` in GLSL, in camera
  /// coordinates, 0 to 1.
  ///
  /// Characters are made of clay, and props and held objects of three grays by their class, dark
  /// enough that a figure stands out from most of them.
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
