#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "PNGMessages.h"
#include "PNGRows.h"

// MARK: The file

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

// MARK: The picture

typedef struct {
  run_deflate stream;
  uint8_t rows[];
} encoder_memory;

static void write_data(void *png, const uint8_t *bytes, size_t count) {
  png_write_chunk(png, (png_const_bytep) "IDAT", bytes, count);
}

static int png_color_type_of(const png_shim_picture *picture) {
  switch (picture->channels) {
    case 1: return PNG_COLOR_TYPE_GRAY;
    case 4: return PNG_COLOR_TYPE_RGB_ALPHA;
    default: return PNG_COLOR_TYPE_RGB;
  }
}

static void write_pixels(png_structp png, const png_shim_picture *picture, encoder_memory *own) {
  png_rows rows;
  png_rows_begin(&rows, picture, own->rows);
  run_deflate_begin(&own->stream, write_data, png);
  for (uint32_t row = 0; row < picture->height; row++) png_rows_write(&rows, row, &own->stream);
  run_deflate_finish(&own->stream);
}

int png_shim_encode(const png_shim_picture *picture, png_shim_result *result) {
  clear(result);
  byte_sink sink = {result, 0};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, result, report_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  encoder_memory *own = malloc(sizeof *own + PNG_ROWS_OF_MEMORY * png_row_size(picture));
  if (!info || !own) {
    free(own);
    png_destroy_write_struct(&png, NULL);
    snprintf(result->message, sizeof result->message, "out of memory");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    free(own);
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, &sink, append_bytes, flush_nothing);
  png_set_IHDR(png, info, picture->width, picture->height, picture->bit_depth,
               png_color_type_of(picture), PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  // libpng would compress rows with zlib, which takes ten times as long; only its chunks, checksums and checks are used.
  write_pixels(png, picture, own);
  png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
  free(own);
  png_destroy_write_struct(&png, &info);
  return 1;
}
