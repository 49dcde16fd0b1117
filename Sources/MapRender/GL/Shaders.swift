internal import PoseRig

/// The programs of the geometry pass.
///
/// They are few and simple on purpose: llvmpipe compiles shaders at first use, which lengthens a
/// cold start, and sets up each output of the vertex shader for each triangle. Surfaces without
/// textures therefore use programs without texture coordinates, and the side is passed in the
/// fourth component of the position.
enum Shaders {
  /// Returns the vertex shader for surfaces with or without textures.
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

  /// Returns the fragment shader that writes only distances, equal to those of
  /// ``fragment(textured:)``: a clip is measured before it is drawn.
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

  /// Returns the fragment shader that writes all targets: the packed normal, the distance along the
  /// view axis, and the shading with the label's number.
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

  /// Returns the fragment shader that writes only shading, equal to that of
  /// ``fragment(textured:)``: a live preview needs no measurements.
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

  /// The normal of the visible surface.
  ///
  /// It faces the eye along the ray to the pixel, not along the camera's axis: away from the center
  /// of the picture, a plainly visible surface can face away from the axis, at 24 mm by more than
  /// 30 degrees.
  private static let facingNormal = """
      vec3 toEye = normalize(-cameraPositionAndSide.xyz);
      vec3 n = normalize(cameraNormal);
      // A back side, visible where a surface is open, shows its other side.
      if (!gl_FrontFacing) n = -n;
      // Interpolation tilts normals past the rim: there they are turned back just until they face
      // the eye, so that nothing changes abruptly between one pixel and the next.
      vec3 turned = n - min(dot(n, toEye), 0.0) * toEye;
      // A normal exactly opposite to the direction of the eye has no unique way to turn.
      n = dot(turned, turned) > 1e-6 ? normalize(turned) : toEye;
    """

  /// The light on the visible surface, by its tone.
  ///
  /// Tones fade far away, where an eye is a few pixels, and on skin seen nearly edge-on: they would
  /// become specks instead of lines. The axis along which the texture is less foreshortened
  /// indicates the distance.
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
