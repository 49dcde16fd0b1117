// The geometry in OpenGL, drawn like posemap's: the same targets and formats, and a shader with the same results.
#include "floor.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/osmesa.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <stdio.h>

static const char vertex_text[] =
    "#version 330 core\n"
    "layout(location = 0) in vec3 position; layout(location = 1) in vec3 normal; layout(location = 2) in float label;\n"
    "uniform mat4 cameraFromWorld; uniform mat4 clipFromCamera;\n"
    "out vec3 cameraNormal; out vec3 cameraPosition; flat out float labelNumber;\n"
    "void main() {\n"
    "  vec4 p = cameraFromWorld * vec4(position, 1.0);\n"
    "  cameraPosition = p.xyz; cameraNormal = mat3(cameraFromWorld) * normal; labelNumber = label;\n"
    "  gl_Position = clipFromCamera * p;\n"
    "}\n";

static const char fragment_text[] =
    "#version 330 core\n"
    "in vec3 cameraNormal; in vec3 cameraPosition; flat in float labelNumber;\n"
    "layout(location = 0) out vec2 normalTarget; layout(location = 1) out float depthTarget;\n"
    "layout(location = 2) out vec4 shadingTarget;\n"
    "void main() {\n"
    "  vec3 toEye = normalize(-cameraPosition), n = normalize(cameraNormal);\n"
    "  if (!gl_FrontFacing) n = -n;\n"
    "  n = normalize(n - min(dot(n, toEye), 0.0) * toEye);\n"
    "  vec2 near = n.xy / (abs(n.x) + abs(n.y) + abs(n.z));\n"
    "  vec2 folded = (1.0 - abs(near.yx)) * vec2(near.x < 0.0 ? -1.0 : 1.0, near.y < 0.0 ? -1.0 : 1.0);\n"
    "  normalTarget = n.z < 0.0 ? folded : near;\n"
    "  depthTarget = -cameraPosition.z;\n"
    "  vec3 lit = vec3(dot(n, vec3(-0.45, 0.60, 0.66)), dot(n, vec3(0.0, 0.60, 0.80)), dot(n, vec3(0.45, 0.60, 0.66)));\n"
    "  shadingTarget = vec4((0.613 + 0.185 * lit) * vec3(1.0, 0.925, 0.85), labelNumber / 255.0);\n"
    "}\n";

enum { position_buffer, normal_buffer, label_buffer, corner_buffer };

static int canvas_width, canvas_height;
static GLuint program, buffers[4];

static GLuint compiled(GLenum kind, const char *text) {
  GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &text, NULL);
  glCompileShader(shader);
  GLint good;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  char log[2000] = "";
  if (!good) glGetShaderInfoLog(shader, sizeof log, NULL, log), fail("shader", log);
  return shader;
}

static void make_context(void) {
  static char unused[16 * 16 * 4];
  const int attributes[] = {OSMESA_FORMAT, OSMESA_RGBA, OSMESA_DEPTH_BITS, 0, OSMESA_PROFILE, OSMESA_CORE_PROFILE,
                            OSMESA_CONTEXT_MAJOR_VERSION, 3, OSMESA_CONTEXT_MINOR_VERSION, 3, 0, 0};
  OSMesaContext context = OSMesaCreateContextAttribs(attributes, NULL);
  if (!context || !OSMesaMakeCurrent(context, unused, GL_UNSIGNED_BYTE, 16, 16)) fail("OSMesa", "gives no context");
}

static void make_targets(void) {
  const GLenum formats[] = {GL_RG32F, GL_R32F, GL_RGBA8, GL_DEPTH_COMPONENT32F};
  GLuint framebuffer, targets[4];
  glGenFramebuffers(1, &framebuffer);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glGenRenderbuffers(4, targets);
  for (int i = 0; i < 4; i++) {
    glBindRenderbuffer(GL_RENDERBUFFER, targets[i]);
    glRenderbufferStorage(GL_RENDERBUFFER, formats[i], canvas_width, canvas_height);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, i < 3 ? GL_COLOR_ATTACHMENT0 + (GLenum)i : GL_DEPTH_ATTACHMENT,
                              GL_RENDERBUFFER, targets[i]);
  }
  const GLenum all[] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1, GL_COLOR_ATTACHMENT2};
  glDrawBuffers(3, all);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) fail("OpenGL", "gives no targets");
}

void start_drawing(const clip *clip, int width, int height) {
  canvas_width = width, canvas_height = height;
  make_context();
  make_targets();
  program = glCreateProgram();
  glAttachShader(program, compiled(GL_VERTEX_SHADER, vertex_text));
  glAttachShader(program, compiled(GL_FRAGMENT_SHADER, fragment_text));
  glLinkProgram(program);
  glUseProgram(program);
  GLuint array;
  glGenVertexArrays(1, &array);
  glBindVertexArray(array);
  glGenBuffers(4, buffers);
  const int sizes[] = {3, 3, 1}, strides[] = {16, 16, 4};
  for (GLuint i = 0; i < 3; i++) {
    glBindBuffer(GL_ARRAY_BUFFER, buffers[i]);
    glVertexAttribPointer(i, sizes[i], GL_FLOAT, GL_FALSE, strides[i], NULL);
    glEnableVertexAttribArray(i);
  }
  glBufferData(GL_ARRAY_BUFFER, clip->head.vertices * 4, clip->labels, GL_STATIC_DRAW);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffers[corner_buffer]);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, clip->head.triangles * 12, clip->corners, GL_STATIC_DRAW);
  glViewport(0, 0, width, height);
  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_CULL_FACE);
  // Upside down, since OpenGL's rows begin at the bottom.
  glFrontFace(GL_CW);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
}

static void set_camera(const header *head, float near, float far) {
  const float *c = head->camera, scale = 1 / head->tangent;
  near *= 0.95f, far *= 1.05f;
  const float camera[16] = {c[0], c[4], c[8], 0, c[1], c[5], c[9], 0, c[2], c[6], c[10], 0, c[3], c[7], c[11], 1};
  const float projection[16] = {[0] = scale * (float)canvas_height / (float)canvas_width,
                                [5] = -scale,
                                [10] = (far + near) / (near - far),
                                [11] = -1,
                                [14] = 2 * far * near / (near - far)};
  glUniformMatrix4fv(glGetUniformLocation(program, "cameraFromWorld"), 1, GL_FALSE, camera);
  glUniformMatrix4fv(glGetUniformLocation(program, "clipFromCamera"), 1, GL_FALSE, projection);
}

void draw(const clip *clip, const v4 *positions, const v4 *normals, float near, float far, rectangle area, pixels *into) {
  const GLsizeiptr bytes = clip->head.vertices * (GLsizeiptr)sizeof(v4);
  set_camera(&clip->head, near, far);
  glScissor(area.left, area.top, area.width, area.height);
  glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
  glBindBuffer(GL_ARRAY_BUFFER, buffers[position_buffer]);
  glBufferData(GL_ARRAY_BUFFER, bytes, positions, GL_STREAM_DRAW);
  glBindBuffer(GL_ARRAY_BUFFER, buffers[normal_buffer]);
  glBufferData(GL_ARRAY_BUFFER, bytes, normals, GL_STREAM_DRAW);
  glDrawElements(GL_TRIANGLES, clip->head.triangles * 3, GL_UNSIGNED_INT, NULL);
  const struct {
    GLenum format, type;
    void *into;
  } targets[] = {{GL_RG, GL_FLOAT, into->normals}, {GL_RED, GL_FLOAT, into->distances}, {GL_RGBA, GL_UNSIGNED_BYTE, into->shading}};
  for (GLenum i = 0; i < 3; i++) {
    glReadBuffer(GL_COLOR_ATTACHMENT0 + i);
    glReadPixels(area.left, area.top, area.width, area.height, targets[i].format, targets[i].type, targets[i].into);
  }
  if (glGetError()) fail("OpenGL", "an error while drawing");
}
