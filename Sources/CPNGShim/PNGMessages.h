#ifndef PNG_MESSAGES_H
#define PNG_MESSAGES_H

#include <png.h>
#include <stdio.h>
#include <string.h>

#include "CPNGShim.h"

/// Records libpng's message, and leaves libpng.
static inline void report_error(png_structp png, png_const_charp message) {
  png_shim_result *result = png_get_error_ptr(png);
  snprintf(result->message, sizeof result->message, "%s", message);
  png_longjmp(png, 1);
}

static inline void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static inline void clear(png_shim_result *result) { memset(result, 0, sizeof *result); }

#endif
