internal import COpenGL

/// A linked vertex and fragment shader; owns the program.
struct ShaderProgram: ~Copyable {
  private let name: GLuint

  init(vertex: String, fragment: String) throws(RenderError) {
    let program = glCreateProgram()
    var shaders: [GLuint] = []
    defer { for shader in shaders { glDeleteShader(shader) } }
    for (kind, source) in [(GL_VERTEX_SHADER, vertex), (GL_FRAGMENT_SHADER, fragment)] {
      let shader = glCreateShader(GLenum(kind))
      shaders.append(shader)
      source.withCString { text in
        var text: UnsafePointer<CChar>? = text
        glShaderSource(shader, 1, &text, nil)
      }
      glCompileShader(shader)
      var compiled: GLint = 0
      glGetShaderiv(shader, GLenum(GL_COMPILE_STATUS), &compiled)
      if compiled == 0 {
        glDeleteProgram(program)
        throw .badProgram(Self.log { glGetShaderInfoLog(shader, $0, $1, $2) })
      }
      glAttachShader(program, shader)
    }
    glLinkProgram(program)
    var linked: GLint = 0
    glGetProgramiv(program, GLenum(GL_LINK_STATUS), &linked)
    if linked == 0 {
      let log = Self.log { glGetProgramInfoLog(program, $0, $1, $2) }
      glDeleteProgram(program)
      throw .badProgram(log)
    }
    name = program
  }

  deinit { glDeleteProgram(name) }

  /// Makes the program current.
  func use() { glUseProgram(name) }

  /// Returns the location of a uniform; setting one that the program lacks has no effect.
  func location(_ uniform: String) -> GLint { glGetUniformLocation(name, uniform) }

  /// Sets a uniform of the current program.
  func set(_ uniform: GLint, _ matrix: [Float]) {
    glUniformMatrix4fv(uniform, 1, GLboolean(GL_FALSE), matrix)
  }

  /// Sets a uniform of the current program.
  func set(_ uniform: GLint, _ number: Float) { glUniform1f(uniform, number) }

  private static func log(
    _ read: (GLsizei, UnsafeMutablePointer<GLsizei>, UnsafeMutablePointer<GLchar>) -> Void
  ) -> String {
    var length: GLsizei = 0
    let text = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      buffer.withMemoryRebound(to: GLchar.self) { characters in
        guard let start = characters.baseAddress else { return }
        read(4096, &length, start)
      }
      count = Int(length)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
