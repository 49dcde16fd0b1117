#include "CPNGShim.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// MARK: Shared

static void report_error(png_structp png, png_const_charp message) {
  png_shim_result *result = png_get_error_ptr(png);
  snprintf(result->message, sizeof result->message, "%s", message);
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void clear(png_shim_result *result) { memset(result, 0, sizeof *result); }

// MARK: Encoding

typedef struct {
  png_shim_result *result;
  size_t capacity;
} byte_sink;

static void append_bytes(png_structp png, png_bytep bytes, png_size_t count) {
  byte_sink *sink = png_get_io_ptr(png);
  png_shim_result *result = sink->result;
  if (count > SIZE_MAX / 2 - result->count) png_error(png, "picture too large");
  size_t needed = result->count + count;
  if (needed > sink->capacity) {
    size_t capacity = needed + needed / 2;
    uint8_t *grown = realloc(result->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    result->bytes = grown;
    sink->capacity = capacity;
  }
  memcpy(result->bytes + result->count, bytes, count);
  result->count = needed;
}

static void flush_nothing(png_structp png) { (void)png; }

int png_shim_encode(const void *pixels, uint32_t width, uint32_t height, int channels,
                    int bit_depth, png_shim_result *result) {
  clear(result);
  byte_sink sink = {result, 0};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, result, report_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    snprintf(result->message, sizeof result->message, "libpng did not start");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, &sink, append_bytes, flush_nothing);
  // Everything that shapes the bytes is set, so that no default can change them. Maps are flat or change little from row to row: after
  // the filter, runs are nearly all there is to find, and looking for nothing else takes a third of the time for a tenth more bytes
  // (docs/performance.md).
  png_set_compression_level(png, 1);
  png_set_compression_mem_level(png, 8);
  png_set_compression_window_bits(png, 15);
  png_set_compression_strategy(png, Z_RLE);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_set_IHDR(png, info, width, height, bit_depth,
               channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (bit_depth == 16) png_set_swap(png);
#endif
  size_t row_size = (size_t)width * (size_t)channels * (size_t)(bit_depth / 8);
  for (uint32_t row = 0; row < height; row++)
    png_write_row(png, (png_const_bytep)pixels + row * row_size);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return 1;
}

// MARK: Decoding

typedef struct {
  const uint8_t *bytes;
  size_t left;
} byte_source;

static void take_bytes(png_structp png, png_bytep bytes, png_size_t count) {
  byte_source *source = png_get_io_ptr(png);
  if (count > source->left) png_error(png, "the file ends too early");
  memcpy(bytes, source->bytes, count);
  source->bytes += count;
  source->left -= count;
}

static void expand_to_rgb8(png_structp png, png_infop info) {
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_strip_alpha(png);
  png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
}

int png_shim_decode_rgb(const void *bytes, size_t count, uint64_t max_pixels,
                        png_shim_result *result) {
  clear(result);
  byte_source source = {bytes, count};
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, result, report_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  // libpng fills rows through this table. It is volatile so that it survives the jump.
  png_bytep *volatile rows = NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    snprintf(result->message, sizeof result->message, "libpng did not start");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    free(rows);
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, &source, take_bytes);
  png_read_info(png, info);
  result->width = png_get_image_width(png, info);
  result->height = png_get_image_height(png, info);
  if ((uint64_t)result->width * result->height > max_pixels) png_error(png, "picture too large");
  expand_to_rgb8(png, info);

  size_t row_size = (size_t)result->width * 3;
  if (png_get_rowbytes(png, info) != row_size) png_error(png, "not an RGB picture");
  result->count = row_size * result->height;
  result->bytes = malloc(result->count);
  rows = malloc(sizeof *rows * result->height);
  if (!result->bytes || !rows) png_error(png, "out of memory");
  for (uint32_t row = 0; row < result->height; row++) rows[row] = result->bytes + row * row_size;
  png_read_image(png, rows);
  png_read_end(png, NULL);
  free(rows);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}
