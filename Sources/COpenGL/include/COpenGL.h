/// OpenGL 3.3 without a display, from a library that is loaded when the first context is created.
#pragma once
#include "OpenGL.h"

/// The libraries that provide OpenGL.
typedef enum {
  /// OSMesa, which contains llvmpipe: Mesa up to 25.0.
  POSEMAP_OSMESA,
  /// EGL without a surface, drawn by Mesa's llvmpipe.
  POSEMAP_EGL,
  /// EGL on the first graphics card.
  POSEMAP_GPU,
} posemap_renderer;

/// Loads the library of a renderer; all contexts of the process come from the first that was loaded.
///
/// Returns a null pointer, or the reason why the renderer cannot be used. Call it from one thread at a time.
const char *posemap_gl_load(posemap_renderer renderer);

/// Creates a context of the loaded renderer; returns a null pointer if it has no OpenGL 3.3.
void *posemap_gl_context(void);

/// Makes a context current on this thread; returns 0 if that fails.
int posemap_gl_make_current(void *context);

/// Destroys a context, which must not be current on another thread.
void posemap_gl_end(void *context);
