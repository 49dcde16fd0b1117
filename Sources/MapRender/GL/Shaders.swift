/// The one program of the geometry pass.
///
/// Few and plain on purpose: llvmpipe compiles shaders at first use, which a cold start pays for.
enum Shaders {
  static let vertex = """
    #version 330 core
    layout(location = 0) in vec3 position;
    layout(location = 1) in vec3 normal;
    layout(location = 2) in float label;
    layout(location = 3) in float side;
    layout(location = 4) in vec2 textureCoordinate;
    uniform mat4 cameraFromWorld;
    uniform mat4 clipFromCamera;
    out vec3 cameraNormal;
    out vec3 cameraPosition;
    flat out float labelNumber;
    out float halfSide;
    out vec2 texturePoint;
    void main() {
      vec4 p = cameraFromWorld * vec4(position, 1.0);
      cameraPosition = p.xyz;
      cameraNormal = mat3(cameraFromWorld) * normal;
      labelNumber = label;
      halfSide = side;
      texturePoint = textureCoordinate;
      gl_Position = clipFromCamera * p;
    }
    """

  /// Distances alone, as `fragment` has them: a clip is measured before it is drawn.
  static let depthFragment = """
    #version 330 core
    in vec3 cameraPosition;
    in vec2 texturePoint;
    uniform sampler2D opacity;
    uniform float opacityFactor;
    uniform float opacityCutoff;
    layout(location = 1) out float depthTarget;
    void main() {
      if (opacityCutoff > 0.0 && opacityFactor * texture(opacity, texturePoint).r < opacityCutoff) discard;
      depthTarget = -cameraPosition.z;
    }
    """

  /// Targets: the packed normal, distance along the view axis, shading with the label's number.
  ///
  /// What is seen faces the eye, by the ray to the pixel and not by the camera's axis: away from
  /// the picture's middle a surface in plain sight may face away from the axis, at 24 mm by more
  /// than 30 degrees.
  static let fragment = """
    #version 330 core
    in vec3 cameraNormal;
    in vec3 cameraPosition;
    flat in float labelNumber;
    in float halfSide;
    in vec2 texturePoint;
    uniform sampler2D opacity;
    uniform float opacityFactor;
    uniform float opacityCutoff;
    layout(location = 0) out vec2 normalTarget;
    layout(location = 1) out float depthTarget;
    layout(location = 2) out vec4 shadingTarget;

    \(StudioLight.function)
    \(PackedNormal.function)

    void main() {
      if (opacityCutoff > 0.0 && opacityFactor * texture(opacity, texturePoint).r < opacityCutoff) discard;
      vec3 toEye = normalize(-cameraPosition);
      vec3 n = normalize(cameraNormal);
      // A back side, seen where a surface is open, shows its other side.
      if (!gl_FrontFacing) n = -n;
      // Interpolation tips normals past the rim: there they are turned back until they face the
      // eye, and no farther, so that nothing breaks off between one pixel and the next.
      vec3 turned = n - min(dot(n, toEye), 0.0) * toEye;
      // The opposite of the way to the eye can be turned no one way.
      n = dot(turned, turned) > 1e-6 ? normalize(turned) : toEye;
      normalTarget = packedNormal(n);
      depthTarget = -cameraPosition.z;
      shadingTarget = vec4(studioLight(n, labelNumber), (labelNumber + (halfSide > 0.0 ? 1.0 : 0.0)) / 255.0);
    }
    """
}
