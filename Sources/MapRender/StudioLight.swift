/// The light of the shaded picture, fixed to the camera.
///
/// It exists so that Canny draws what an illustrator would: surfaces darken where they turn away from
/// the camera, so that an arm's edge stands dark against the lit chest behind it; there are no highlights
/// and no hard shadows, which would draw lines where no form is.
enum StudioLight {
  /// What is behind everything in the shaded picture.
  static let background = RGB8(grey: 250)

  /// `vec3 studioLight(vec3 normal, vec3 toCamera)` in GLSL, camera axes, 0 to 1.
  static let function = """
    vec3 studioLight(vec3 n, vec3 toCamera) {
      float facing = clamp(dot(n, toCamera), 0.0, 1.0);
      vec3 key = normalize(vec3(-0.45, 0.60, 0.66));
      float diffuse = clamp(dot(n, key) * 0.6 + 0.4, 0.0, 1.0);
      float rim = smoothstep(0.0, 0.9, facing);
      float level = (0.25 + 0.75 * diffuse) * mix(0.45, 1.0, rim);
      vec3 clay = vec3(0.93, 0.86, 0.79);
      return clay * level;
    }
    """
}
