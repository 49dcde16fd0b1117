/// OpenGL 3.3 without a display, by a library that is loaded when the first context is made.
#pragma once
#include "OpenGL.h"

/// The ways to OpenGL.
typedef enum {
  /// OSMesa, with llvmpipe in it: Mesa up to 25.0.
  POSEMAP_OSMESA,
  /// EGL without a surface, drawn by Mesa's llvmpipe.
  POSEMAP_EGL,
  /// EGL on the first graphics card.
  POSEMAP_GPU,
} posemap_renderer;

/// Loads the library of a renderer; all contexts of the process are of the first that was loaded.
///
/// Returns a null pointer, or why the renderer cannot be used here. To be called by one thread at a time.
const char *posemap_gl_load(posemap_renderer renderer);

/// Makes a context of the renderer that was loaded; a null pointer if it makes none with OpenGL 3.3.
void *posemap_gl_context(void);

/// Makes a context the one of this thread; not 0 if that was done.
int posemap_gl_make_current(void *context);

/// Ends a context, which is current on no other thread.
void posemap_gl_end(void *context);
