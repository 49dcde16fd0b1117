internal import COpenGL
internal import PoseRig

/// A surface's textures in OpenGL; owns them.
struct OpacityTextures: ~Copyable {
  private let names: [GLuint]

  init(_ textures: [OpacityTexture]) {
    var names = [GLuint](repeating: 0, count: textures.count)
    if !names.isEmpty { glGenTextures(GLsizei(names.count), &names) }
    self.names = names
    for (name, texture) in zip(names, textures) { Self.upload(texture, to: name) }
  }

  deinit {
    if !names.isEmpty { glDeleteTextures(GLsizei(names.count), names) }
  }

  /// Binds a texture for the program to sample.
  func bind(_ index: Int) {
    glActiveTexture(GLenum(GL_TEXTURE0))
    glBindTexture(GLenum(GL_TEXTURE_2D), names[index])
  }

  private static func upload(_ texture: OpacityTexture, to name: GLuint) {
    let target = GLenum(GL_TEXTURE_2D)
    glActiveTexture(GLenum(GL_TEXTURE0))
    glBindTexture(target, name)
    glPixelStorei(GLenum(GL_UNPACK_ALIGNMENT), 1)
    texture.opacity.withUnsafeBytes { bytes in
      glTexImage2D(
        target, 0, GL_R8, GLsizei(texture.width), GLsizei(texture.height), 0, GLenum(GL_RED),
        GLenum(GL_UNSIGNED_BYTE), bytes.baseAddress)
    }
    if texture.isMinified { glGenerateMipmap(target) }
    for (name, value) in [
      (GL_TEXTURE_MIN_FILTER, texture.isMinified ? GL_LINEAR_MIPMAP_LINEAR : GL_LINEAR),
      (GL_TEXTURE_MAG_FILTER, GL_LINEAR),
      (GL_TEXTURE_WRAP_S, mode(texture.wrapX)), (GL_TEXTURE_WRAP_T, mode(texture.wrapY)),
    ] { glTexParameteri(target, GLenum(name), value) }
  }

  private static func mode(_ wrap: OpacityTexture.Wrap) -> GLint {
    switch wrap {
    case .clamp: GL_CLAMP_TO_EDGE
    case .mirror: GL_MIRRORED_REPEAT
    case .repeat: GL_REPEAT
    }
  }
}
