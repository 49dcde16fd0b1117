/// The part of OpenGL 3.3 that posemap draws with; names, types and numbers are those of Khronos's registry.
///
/// To the linker, the functions belong to posemap: each calls the function of its name in the loaded library, so that
/// a program that is linked with its own OpenGL keeps that one.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef unsigned int GLenum;
typedef unsigned char GLboolean;
typedef unsigned int GLbitfield;
typedef int GLint;
typedef unsigned int GLuint;
typedef int GLsizei;
typedef float GLfloat;
typedef char GLchar;
typedef unsigned char GLubyte;
typedef ptrdiff_t GLsizeiptr;

#define GL_FALSE 0
#define GL_NONE 0
#define GL_NO_ERROR 0
#define GL_TRIANGLES 0x0004
#define GL_DEPTH_BUFFER_BIT 0x00000100
#define GL_COLOR_BUFFER_BIT 0x00004000
#define GL_CW 0x0900
#define GL_CULL_FACE 0x0B44
#define GL_DEPTH_TEST 0x0B71
#define GL_SCISSOR_TEST 0x0C11
#define GL_UNPACK_ALIGNMENT 0x0CF5
#define GL_PACK_ALIGNMENT 0x0D05
#define GL_TEXTURE_2D 0x0DE1
#define GL_UNSIGNED_BYTE 0x1401
#define GL_UNSIGNED_INT 0x1405
#define GL_FLOAT 0x1406
#define GL_RED 0x1903
#define GL_RGBA 0x1908
#define GL_RENDERER 0x1F01
#define GL_VERSION 0x1F02
#define GL_LINEAR 0x2601
#define GL_LINEAR_MIPMAP_LINEAR 0x2703
#define GL_TEXTURE_MAG_FILTER 0x2800
#define GL_TEXTURE_MIN_FILTER 0x2801
#define GL_TEXTURE_WRAP_S 0x2802
#define GL_TEXTURE_WRAP_T 0x2803
#define GL_REPEAT 0x2901
#define GL_RGBA8 0x8058
#define GL_CLAMP_TO_EDGE 0x812F
#define GL_RG 0x8227
#define GL_R8 0x8229
#define GL_R32F 0x822E
#define GL_RG32F 0x8230
#define GL_MIRRORED_REPEAT 0x8370
#define GL_TEXTURE0 0x84C0
#define GL_ARRAY_BUFFER 0x8892
#define GL_ELEMENT_ARRAY_BUFFER 0x8893
#define GL_STREAM_DRAW 0x88E0
#define GL_STATIC_DRAW 0x88E4
#define GL_FRAGMENT_SHADER 0x8B30
#define GL_VERTEX_SHADER 0x8B31
#define GL_COMPILE_STATUS 0x8B81
#define GL_LINK_STATUS 0x8B82
#define GL_DEPTH_COMPONENT32F 0x8CAC
#define GL_FRAMEBUFFER_COMPLETE 0x8CD5
#define GL_COLOR_ATTACHMENT0 0x8CE0
#define GL_COLOR_ATTACHMENT1 0x8CE1
#define GL_COLOR_ATTACHMENT2 0x8CE2
#define GL_DEPTH_ATTACHMENT 0x8D00
#define GL_FRAMEBUFFER 0x8D40
#define GL_RENDERBUFFER 0x8D41

/// For each function: the result, the name, and the parameters with and without types.
#define POSEMAP_GL_FUNCTIONS(EACH) \
  EACH(void, glActiveTexture, (GLenum unit), (unit)) \
  EACH(void, glAttachShader, (GLuint program, GLuint shader), (program, shader)) \
  EACH(void, glBindBuffer, (GLenum target, GLuint buffer), (target, buffer)) \
  EACH(void, glBindFramebuffer, (GLenum target, GLuint framebuffer), (target, framebuffer)) \
  EACH(void, glBindRenderbuffer, (GLenum target, GLuint renderbuffer), (target, renderbuffer)) \
  EACH(void, glBindTexture, (GLenum target, GLuint texture), (target, texture)) \
  EACH(void, glBindVertexArray, (GLuint array), (array)) \
  EACH(void, glBufferData, (GLenum target, GLsizeiptr size, const void *data, GLenum usage), \
       (target, size, data, usage)) \
  EACH(GLenum, glCheckFramebufferStatus, (GLenum target), (target)) \
  EACH(void, glClear, (GLbitfield mask), (mask)) \
  EACH(void, glClearColor, (GLfloat red, GLfloat green, GLfloat blue, GLfloat alpha), \
       (red, green, blue, alpha)) \
  EACH(void, glCompileShader, (GLuint shader), (shader)) \
  EACH(GLuint, glCreateProgram, (void), ()) \
  EACH(GLuint, glCreateShader, (GLenum kind), (kind)) \
  EACH(void, glDeleteBuffers, (GLsizei count, const GLuint *buffers), (count, buffers)) \
  EACH(void, glDeleteFramebuffers, (GLsizei count, const GLuint *framebuffers), \
       (count, framebuffers)) \
  EACH(void, glDeleteProgram, (GLuint program), (program)) \
  EACH(void, glDeleteRenderbuffers, (GLsizei count, const GLuint *renderbuffers), \
       (count, renderbuffers)) \
  EACH(void, glDeleteShader, (GLuint shader), (shader)) \
  EACH(void, glDeleteTextures, (GLsizei count, const GLuint *textures), (count, textures)) \
  EACH(void, glDeleteVertexArrays, (GLsizei count, const GLuint *arrays), (count, arrays)) \
  EACH(void, glDisable, (GLenum capability), (capability)) \
  EACH(void, glDrawBuffers, (GLsizei count, const GLenum *buffers), (count, buffers)) \
  EACH(void, glDrawElements, (GLenum mode, GLsizei count, GLenum type, const void *indices), \
       (mode, count, type, indices)) \
  EACH(void, glEnable, (GLenum capability), (capability)) \
  EACH(void, glEnableVertexAttribArray, (GLuint index), (index)) \
  EACH(void, glFramebufferRenderbuffer, \
       (GLenum target, GLenum attachment, GLenum renderbufferTarget, GLuint renderbuffer), \
       (target, attachment, renderbufferTarget, renderbuffer)) \
  EACH(void, glFrontFace, (GLenum mode), (mode)) \
  EACH(void, glGenBuffers, (GLsizei count, GLuint *buffers), (count, buffers)) \
  EACH(void, glGenFramebuffers, (GLsizei count, GLuint *framebuffers), (count, framebuffers)) \
  EACH(void, glGenRenderbuffers, (GLsizei count, GLuint *renderbuffers), (count, renderbuffers)) \
  EACH(void, glGenTextures, (GLsizei count, GLuint *textures), (count, textures)) \
  EACH(void, glGenVertexArrays, (GLsizei count, GLuint *arrays), (count, arrays)) \
  EACH(void, glGenerateMipmap, (GLenum target), (target)) \
  EACH(GLenum, glGetError, (void), ()) \
  EACH(void, glGetProgramInfoLog, \
       (GLuint program, GLsizei size, GLsizei *length, GLchar *text), \
       (program, size, length, text)) \
  EACH(void, glGetProgramiv, (GLuint program, GLenum name, GLint *value), (program, name, value)) \
  EACH(void, glGetShaderInfoLog, (GLuint shader, GLsizei size, GLsizei *length, GLchar *text), \
       (shader, size, length, text)) \
  EACH(void, glGetShaderiv, (GLuint shader, GLenum name, GLint *value), (shader, name, value)) \
  EACH(const GLubyte *, glGetString, (GLenum name), (name)) \
  EACH(GLint, glGetUniformLocation, (GLuint program, const GLchar *name), (program, name)) \
  EACH(void, glLinkProgram, (GLuint program), (program)) \
  EACH(void, glPixelStorei, (GLenum name, GLint value), (name, value)) \
  EACH(void, glReadBuffer, (GLenum source), (source)) \
  EACH(void, glReadPixels, \
       (GLint x, GLint y, GLsizei width, GLsizei height, GLenum format, GLenum type, void *pixels), \
       (x, y, width, height, format, type, pixels)) \
  EACH(void, glRenderbufferStorage, \
       (GLenum target, GLenum format, GLsizei width, GLsizei height), \
       (target, format, width, height)) \
  EACH(void, glScissor, (GLint x, GLint y, GLsizei width, GLsizei height), (x, y, width, height)) \
  EACH(void, glShaderSource, \
       (GLuint shader, GLsizei count, const GLchar *const *texts, const GLint *lengths), \
       (shader, count, texts, lengths)) \
  EACH(void, glTexImage2D, \
       (GLenum target, GLint level, GLint internalFormat, GLsizei width, GLsizei height, \
        GLint border, GLenum format, GLenum type, const void *pixels), \
       (target, level, internalFormat, width, height, border, format, type, pixels)) \
  EACH(void, glTexParameteri, (GLenum target, GLenum name, GLint value), (target, name, value)) \
  EACH(void, glUniform1f, (GLint location, GLfloat value), (location, value)) \
  EACH(void, glUniformMatrix4fv, \
       (GLint location, GLsizei count, GLboolean transpose, const GLfloat *values), \
       (location, count, transpose, values)) \
  EACH(void, glUseProgram, (GLuint program), (program)) \
  EACH(void, glVertexAttribPointer, \
       (GLuint index, GLint size, GLenum type, GLboolean normalized, GLsizei stride, \
        const void *pointer), \
       (index, size, type, normalized, stride, pointer)) \
  EACH(void, glViewport, (GLint x, GLint y, GLsizei width, GLsizei height), (x, y, width, height))

#define POSEMAP_GL_DECLARE(result, name, parameters, arguments) \
  result name parameters __asm__("posemap_" #name);
POSEMAP_GL_FUNCTIONS(POSEMAP_GL_DECLARE)
#undef POSEMAP_GL_DECLARE
