/// PNG in memory through libpng. libpng reports faults by longjmp, which must never cross Swift:
/// every function here returns a status instead and fills `message`.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { POSEMAP_PNG_MESSAGE_SIZE = 200 };

/// Bytes made by `posemap_png_write` or pixels made by `posemap_png_read`; released by
/// `posemap_png_free`.
typedef struct {
  uint8_t *bytes;
  size_t size;
  size_t capacity;
} posemap_png_buffer;

/// How rows are predicted before compression.
typedef enum {
  POSEMAP_PNG_FILTER_NONE,
  POSEMAP_PNG_FILTER_UP,
  POSEMAP_PNG_FILTER_ALL,
} posemap_png_filter;

typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1 (grey) or 3 (RGB).
  int32_t channels;
  /// 8 or 16; 16-bit samples are in the machine's own byte order.
  int32_t bit_depth;
} posemap_png_layout;

/// Encodes `pixels`, rows from the top without padding, into `out`. Returns 0, or −1 with `message` filled.
int posemap_png_write(posemap_png_layout layout, posemap_png_filter filter, int level,
                      const void *pixels, posemap_png_buffer *out, char *message);

/// Decodes any PNG into 8-bit RGB. Returns 0, or −1 with `message` filled.
int posemap_png_read(const uint8_t *bytes, size_t size, posemap_png_layout *layout,
                     posemap_png_buffer *out, char *message);

void posemap_png_free(posemap_png_buffer *buffer);
