#include "COpenGL.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*function)(void);

// MARK: OpenGL's functions

#define DEFINE(result, name, parameters, arguments) \
  static result(*loaded_##name) parameters; \
  result name parameters { return loaded_##name arguments; }
#pragma clang diagnostic ignored "-Wpedantic"
POSEMAP_GL_FUNCTIONS(DEFINE)

/// Finds all functions; returns the name of one that is missing, or a null pointer.
static const char *load_functions(function (*find)(const char *)) {
#define LOAD(result, name, parameters, arguments) \
  loaded_##name = (result(*) parameters)find(#name); \
  if (!loaded_##name) return #name;
  POSEMAP_GL_FUNCTIONS(LOAD)
  return NULL;
}

// MARK: OSMesa: https://docs.mesa3d.org/osmesa.html

enum {
  OSMESA_FORMAT = 0x22,
  OSMESA_DEPTH_BITS = 0x30,
  OSMESA_PROFILE = 0x33,
  OSMESA_CORE_PROFILE = 0x34,
  OSMESA_CONTEXT_MAJOR_VERSION = 0x36,
  OSMESA_CONTEXT_MINOR_VERSION = 0x37,
};
/// OSMesa needs its own buffer; all drawing goes to a framebuffer object instead.
enum { SIDE = 16 };
static uint8_t buffer[SIDE * SIDE * 4];

static struct {
  void *(*create)(const int *attributes, void *shared);
  GLboolean (*make_current)(void *context, void *buffer, GLenum type, GLsizei width, GLsizei height);
  void *(*current)(void);
  void (*destroy)(void *context);
  function (*find)(const char *name);
} osmesa;

// MARK: EGL: https://registry.khronos.org/EGL/

enum {
  EGL_NONE = 0x3038,
  EGL_OPENGL_API = 0x30A2,
  EGL_PLATFORM_SURFACELESS = 0x31DD,
  EGL_PLATFORM_DEVICE = 0x313F,
  EGL_EXTENSIONS = 0x3055,
  EGL_CONTEXT_MAJOR_VERSION = 0x3098,
  EGL_CONTEXT_MINOR_VERSION = 0x30FB,
  EGL_CONTEXT_OPENGL_PROFILE_MASK = 0x30FD,
  EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT = 1,
};

static struct {
  void *display;
  unsigned (*bind_api)(unsigned api);
  void *(*create)(void *display, void *configuration, void *shared, const int *attributes);
  unsigned (*make_current)(void *display, void *draw, void *read, void *context);
  void *(*current)(void);
  unsigned (*destroy)(void *display, void *context);
  function (*find)(const char *name);
} egl;

// MARK: Loading

static char reason[512];
static enum { NOTHING, OSMESA, EGL } loaded;

/// Records why a renderer cannot be used.
static const char *fault(const char *what, const char *which) {
  snprintf(reason, sizeof reason, "%s%s", what, which);
  return reason;
}

static function symbol(void *library, const char *name) {
  return (function)dlsym(library, name);
}

static const char *load_osmesa(void) {
  void *library = dlopen("libOSMesa.so.8", RTLD_NOW | RTLD_LOCAL);
  if (!library) return fault(dlerror(), "");
  osmesa.create = (void *(*)(const int *, void *))symbol(library, "OSMesaCreateContextAttribs");
  osmesa.make_current = (GLboolean(*)(void *, void *, GLenum, GLsizei, GLsizei))symbol(
      library, "OSMesaMakeCurrent");
  osmesa.current = (void *(*)(void))symbol(library, "OSMesaGetCurrentContext");
  osmesa.destroy = (void (*)(void *))symbol(library, "OSMesaDestroyContext");
  osmesa.find = (function(*)(const char *))symbol(library, "OSMesaGetProcAddress");
  if (!osmesa.create || !osmesa.make_current || !osmesa.current || !osmesa.destroy || !osmesa.find)
    return fault("libOSMesa is older than Mesa 11.2", "");
  const char *missing = load_functions(osmesa.find);
  if (missing) return fault("libOSMesa has no ", missing);
  loaded = OSMESA;
  return NULL;
}

/// Returns the display of the first graphics card that EGL lists; a null pointer if it lists none.
static void *card_display(void *(*platform_display)(unsigned, void *, const intptr_t *)) {
  unsigned (*devices)(int, void **, int *) =
      (unsigned (*)(int, void **, int *))egl.find("eglQueryDevicesEXT");
  const char *(*text)(void *, int) = (const char *(*)(void *, int))egl.find("eglQueryDeviceStringEXT");
  void *found[16];
  int count = 0;
  if (!devices || !text || !devices(16, found, &count)) return NULL;
  for (int i = 0; i < count; i++) {
    const char *extensions = text(found[i], EGL_EXTENSIONS);
    // Mesa lists its own llvmpipe too.
    if (extensions && strstr(extensions, "EGL_MESA_device_software")) continue;
    return platform_display(EGL_PLATFORM_DEVICE, found[i], NULL);
  }
  return NULL;
}

static const char *load_egl(int on_card) {
  // Without this, Mesa draws on a graphics card if there is one, which gives different bytes.
  if (!on_card) setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  void *library = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return fault(dlerror(), "");
  unsigned (*initialize)(void *, int *, int *) =
      (unsigned (*)(void *, int *, int *))symbol(library, "eglInitialize");
  egl.find = (function(*)(const char *))symbol(library, "eglGetProcAddress");
  egl.bind_api = (unsigned (*)(unsigned))symbol(library, "eglBindAPI");
  egl.create =
      (void *(*)(void *, void *, void *, const int *))symbol(library, "eglCreateContext");
  egl.make_current =
      (unsigned (*)(void *, void *, void *, void *))symbol(library, "eglMakeCurrent");
  egl.current = (void *(*)(void))symbol(library, "eglGetCurrentContext");
  egl.destroy = (unsigned (*)(void *, void *))symbol(library, "eglDestroyContext");
  void *(*platform_display)(unsigned, void *, const intptr_t *) =
      (void *(*)(unsigned, void *, const intptr_t *))symbol(library, "eglGetPlatformDisplay");
  if (!initialize || !egl.find || !egl.bind_api || !egl.create || !egl.make_current ||
      !egl.current || !egl.destroy || !platform_display)
    return fault("libEGL is older than EGL 1.5", "");
  egl.display = on_card ? card_display(platform_display)
                        : platform_display(EGL_PLATFORM_SURFACELESS, NULL, NULL);
  if (!egl.display) return fault(on_card ? "EGL lists no graphics card" : "EGL cannot draw without a display: Mesa's part of it is missing", "");
  if (!initialize(egl.display, NULL, NULL))
    return fault("EGL finds no driver", on_card ? " for the card" : "");
  if (!egl.bind_api(EGL_OPENGL_API)) return fault("EGL has no OpenGL", "");
  const char *missing = load_functions(egl.find);
  if (missing) return fault("EGL has no ", missing);
  loaded = EGL;
  return NULL;
}

const char *posemap_gl_load(posemap_renderer renderer) {
  if (loaded) return NULL;
  return renderer == POSEMAP_OSMESA ? load_osmesa() : load_egl(renderer == POSEMAP_GPU);
}

// MARK: Contexts

void *posemap_gl_context(void) {
  if (loaded == OSMESA) {
    const int wanted[] = {
        OSMESA_FORMAT, GL_RGBA, OSMESA_DEPTH_BITS, 0, OSMESA_PROFILE, OSMESA_CORE_PROFILE,
        OSMESA_CONTEXT_MAJOR_VERSION, 3, OSMESA_CONTEXT_MINOR_VERSION, 3, 0, 0};
    return osmesa.create(wanted, NULL);
  }
  const int wanted[] = {
      EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  // Each thread has its own bound API.
  egl.bind_api(EGL_OPENGL_API);
  return egl.create(egl.display, NULL, NULL, wanted);
}

int posemap_gl_make_current(void *context) {
  if (loaded == OSMESA)
    return osmesa.make_current(context, buffer, GL_UNSIGNED_BYTE, SIDE, SIDE) != 0;
  egl.bind_api(EGL_OPENGL_API);
  return egl.make_current(egl.display, NULL, NULL, context) != 0;
}

void posemap_gl_end(void *context) {
  if (loaded == OSMESA) {
    if (osmesa.current() == context) osmesa.make_current(NULL, NULL, 0, 0, 0);
    osmesa.destroy(context);
  } else {
    egl.bind_api(EGL_OPENGL_API);
    if (egl.current() == context) egl.make_current(egl.display, NULL, NULL, NULL);
    egl.destroy(egl.display, context);
  }
}
