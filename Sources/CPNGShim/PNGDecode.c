#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

#include "PNGMessages.h"

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

static void expand_to_8_bits(png_structp png, png_infop info, int channels) {
  png_set_expand(png);
  png_set_scale_16(png);
  if (channels == 4) {
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
  } else {
    png_set_strip_alpha(png);
  }
  png_set_gray_to_rgb(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
}

int png_shim_decode(const void *bytes, size_t count, int channels, uint64_t max_pixels,
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
  expand_to_8_bits(png, info, channels);

  size_t row_size = (size_t)result->width * channels;
  if (png_get_rowbytes(png, info) != row_size) png_error(png, "not a color picture");
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
