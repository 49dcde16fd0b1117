#ifndef CPNG_SHIM_H
#define CPNG_SHIM_H

#include <stddef.h>
#include <stdint.h>

/// libpng from memory to memory. libpng leaves its functions by longjmp on errors, which must never
/// cross Swift, so every such jump starts and ends inside these functions.

/// The longest message in `png_shim_result`, with its terminating zero.
#define PNG_SHIM_MESSAGE_SIZE 128

/// The result of a call. The caller must free `bytes`, which are from malloc, even after a failure.
typedef struct {
  uint8_t *bytes;
  size_t count;
  uint32_t width;
  uint32_t height;
  char message[PNG_SHIM_MESSAGE_SIZE];
} png_shim_result;

/// A picture of one color except for a rectangle. Its pixels have `channels` (1 gray, 3 RGB, 4 RGB and opacity) samples of `bit_depth` (8, or 16 in the
/// machine's byte order), without gaps.
typedef struct {
  uint32_t width;
  uint32_t height;
  int channels;
  int bit_depth;
  /// One pixel.
  const void *background;
  /// `rows` times `columns` pixels; the first is at column `left` of row `top`.
  const void *pixels;
  uint32_t left;
  uint32_t top;
  uint32_t columns;
  uint32_t rows;
} png_shim_picture;

/// Encodes a picture. Same input, same bytes.
/// Returns 1 with the file in `result`, or 0 with a message.
int png_shim_encode(const png_shim_picture *picture, png_shim_result *result);

/// Decodes any PNG to 8-bit RGB (3 channels, alpha dropped) or RGBA (4, opaque where the file has no alpha): gray and palettes are
/// expanded, 16 bits scaled down. Refuses pictures of more than `max_pixels`.
/// Returns 1 with `width * height * channels` bytes in `result`, or 0 with a message.
int png_shim_decode(const void *bytes, size_t count, int channels, uint64_t max_pixels,
                    png_shim_result *result);

#endif
