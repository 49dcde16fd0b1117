internal import PoseRig

/// The programs of the geometry pass.
///
/// Few and plain on purpose: llvmpipe compiles shaders at first use, which a cold start pays for,
/// and sets up each output of the vertex shader for each triangle. So a surface without textures
/// has programs without texture coordinates, and the side rides in the position's fourth number.
enum Shaders {
  /// Returns the vertex shader of surfaces with textures or without.
  static func vertex(textured: Bool) -> String {
    """
    #version 330 core
    layout(location = 0) in vec3 position;
    layout(location = 1) in vec3 normal;
    layout(location = 2) in float label;
    layout(location = 3) in float side;
    \(textured ? "layout(location = 4) in vec2 textureCoordinate; out vec2 texturePoint;" : "")
    uniform mat4 cameraFromWorld;
    uniform mat4 clipFromCamera;
    out vec3 cameraNormal;
    out vec4 cameraPositionAndSide;
    flat out float labelNumber;
    void main() {
      vec4 p = cameraFromWorld * vec4(position, 1.0);
      cameraPositionAndSide = vec4(p.xyz, side);
      cameraNormal = mat3(cameraFromWorld) * normal;
      labelNumber = label;
      \(textured ? "texturePoint = textureCoordinate;" : "")
      gl_Position = clipFromCamera * p;
    }
    """
  }

  /// Returns the fragment shader of distances alone, as ``fragment(textured:)`` has them: a clip is
  /// measured before it is drawn.
  static func depthFragment(textured: Bool) -> String {
    """
    #version 330 core
    in vec4 cameraPositionAndSide;
    layout(location = 1) out float depthTarget;
    \(textured ? opacity : "")
    void main() {
      \(textured ? cut : "")
      depthTarget = -cameraPositionAndSide.z;
    }
    """
  }

  /// Returns the fragment shader of all targets: the packed normal, distance along the view axis,
  /// shading with the label's number.
  static func fragment(textured: Bool) -> String {
    """
    #version 330 core
    in vec3 cameraNormal;
    in vec4 cameraPositionAndSide;
    flat in float labelNumber;
    layout(location = 0) out vec2 normalTarget;
    layout(location = 1) out float depthTarget;
    layout(location = 2) out vec4 shadingTarget;

    \(textured ? opacity : "")
    \(StudioLight.function)
    \(PackedNormal.function)

    void main() {
      \(textured ? cut : "")
      \(facingNormal)
      normalTarget = packedNormal(n);
      depthTarget = -cameraPositionAndSide.z;
      \(shading(textured: textured))
    }
    """
  }

  /// Returns the fragment shader of the shading alone, as ``fragment(textured:)`` has it: what
  /// somebody looks at while it moves is not measured.
  static func shadingFragment(textured: Bool) -> String {
    """
    #version 330 core
    in vec3 cameraNormal;
    in vec4 cameraPositionAndSide;
    flat in float labelNumber;
    layout(location = 2) out vec4 shadingTarget;

    \(textured ? opacity : "")
    \(StudioLight.function)

    void main() {
      \(textured ? cut : "")
      \(facingNormal)
      \(shading(textured: textured))
    }
    """
  }

  /// The normal of the surface that is seen.
  ///
  /// It faces the eye, by the ray to the pixel and not by the camera's axis: away from the
  /// picture's middle a surface in plain sight may face away from the axis, at 24 mm by more than
  /// 30 degrees.
  private static let facingNormal = """
      vec3 toEye = normalize(-cameraPositionAndSide.xyz);
      vec3 n = normalize(cameraNormal);
      // A back side, seen where a surface is open, shows its other side.
      if (!gl_FrontFacing) n = -n;
      // Interpolation tips normals past the rim: there they are turned back until they face the
      // eye, and no farther, so that nothing breaks off between one pixel and the next.
      vec3 turned = n - min(dot(n, toEye), 0.0) * toEye;
      // The opposite of the way to the eye can be turned no one way.
      n = dot(turned, turned) > 1e-6 ? normalize(turned) : toEye;
    """

  /// The light on the surface that is seen, by its tone.
  ///
  /// Far away, where an eye is a few pixels, and on skin seen nearly on edge tones fade: they would
  /// be crumbs and no lines. How far away it is tells the axis along which the texture is the less
  /// foreshortened.
  private static func shading(textured: Bool) -> String {
    """
      vec3 light = studioLight(n, labelNumber);
      \(textured ? tone : "")
      shadingTarget = vec4(
        light, (labelNumber + (cameraPositionAndSide.w > 0.0 ? 1.0 : 0.0)) / 255.0);
    """
  }

  private static let tone = """
      float brightness = \(FaceTones.brightest) * texture(opacity, texturePoint).r;
      vec2 step = fwidth(texturePoint) * vec2(textureSize(opacity, 0));
      float nearness = 1.0 - smoothstep(\(FaceTones.fadesFrom), \(FaceTones.fadesTo), min(step.x, step.y));
      nearness *= smoothstep(0.12, 0.4, dot(n, toEye));
      light = min(light * mix(1.0, brightness, toneWeight * nearness), vec3(1.0));
    """

  private static let opacity = """
    in vec2 texturePoint;
    uniform sampler2D opacity;
    uniform float opacityFactor;
    uniform float opacityCutoff;
    uniform float toneWeight;
    """

  private static let cut = """
    if (opacityCutoff > 0.0 && opacityFactor * texture(opacity, texturePoint).r < opacityCutoff) discard;
    """
}
