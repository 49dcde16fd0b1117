#include "CPNGShim.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void keep_message(png_structp png, png_const_charp text) {
  snprintf(png_get_error_ptr(png), POSEMAP_PNG_MESSAGE_SIZE, "%s", text);
  longjmp(png_jmpbuf(png), 1);
}

static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void append(png_structp png, png_bytep data, size_t length) {
  posemap_png_buffer *out = png_get_io_ptr(png);
  if (length > out->capacity - out->size) {
    size_t capacity = out->capacity * 2;
    if (capacity < out->size + length) capacity = out->size + length;
    uint8_t *grown = realloc(out->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    out->bytes = grown;
    out->capacity = capacity;
  }
  memcpy(out->bytes + out->size, data, length);
  out->size += length;
}

static void no_flush(png_structp png) { (void)png; }

static int filters(posemap_png_filter filter) {
  switch (filter) {
  case POSEMAP_PNG_FILTER_NONE: return PNG_FILTER_NONE;
  case POSEMAP_PNG_FILTER_UP: return PNG_FILTER_UP;
  case POSEMAP_PNG_FILTER_ALL: return PNG_ALL_FILTERS;
  }
  return PNG_FILTER_NONE;
}

int posemap_png_write(posemap_png_layout layout, posemap_png_filter filter, int level,
                      const void *pixels, posemap_png_buffer *out, char *message) {
  *out = (posemap_png_buffer){0};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    snprintf(message, POSEMAP_PNG_MESSAGE_SIZE, "out of memory");
    return -1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    posemap_png_free(out);
    return -1;
  }
  png_set_write_fn(png, out, append, no_flush);
  png_set_compression_level(png, level);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, filters(filter));
  png_set_IHDR(png, info, layout.width, layout.height, layout.bit_depth,
               layout.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  if (layout.bit_depth == 16 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) png_set_swap(png);
  size_t stride = (size_t)layout.width * layout.channels * (layout.bit_depth / 8);
  for (uint32_t row = 0; row < layout.height; row++)
    png_write_row(png, (png_const_bytep)pixels + row * stride);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return 0;
}

typedef struct {
  const uint8_t *bytes;
  size_t left;
} reader;

static void take(png_structp png, png_bytep data, size_t length) {
  reader *from = png_get_io_ptr(png);
  if (length > from->left) png_error(png, "the file ends early");
  memcpy(data, from->bytes, length);
  from->bytes += length;
  from->left -= length;
}

int posemap_png_read(const uint8_t *bytes, size_t size, posemap_png_layout *layout,
                     posemap_png_buffer *out, char *message) {
  *out = (posemap_png_buffer){0};
  reader from = {bytes, size};
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, message, keep_message, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    snprintf(message, POSEMAP_PNG_MESSAGE_SIZE, "out of memory");
    return -1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    posemap_png_free(out);
    return -1;
  }
  png_set_read_fn(png, &from, take);
  png_read_info(png, info);
  png_set_expand(png);
  png_set_scale_16(png);
  png_set_strip_alpha(png);
  png_set_gray_to_rgb(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  *layout = (posemap_png_layout){png_get_image_width(png, info), png_get_image_height(png, info), 3, 8};
  size_t stride = png_get_rowbytes(png, info);
  if (stride != (size_t)layout->width * 3) png_error(png, "its pixels are of an unknown form");
  if (layout->height > SIZE_MAX / stride) png_error(png, "it is too large");
  out->bytes = malloc(stride * layout->height);
  if (!out->bytes) png_error(png, "out of memory");
  out->size = out->capacity = stride * layout->height;
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t row = 0; row < layout->height; row++)
      png_read_row(png, out->bytes + row * stride, NULL);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 0;
}

void posemap_png_free(posemap_png_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (posemap_png_buffer){0};
}
