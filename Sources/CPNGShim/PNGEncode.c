#include <isa-l.h>
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

// MARK: Compressing

/// How much is filtered, compressed and written at a time: little enough to stay in a core's cache.
enum { BAND = 1 << 18 };

typedef struct {
  struct isal_zstream stream;
  uint8_t work[ISAL_DEF_LVL1_DEFAULT];
  uint8_t output[BAND];
  /// One band of whole rows.
  uint8_t filtered[];
} compressor;

static void compress_band(png_structp png, compressor *own, size_t count, int is_last) {
  struct isal_zstream *stream = &own->stream;
  stream->next_in = own->filtered;
  stream->avail_in = (uint32_t)count;
  stream->end_of_stream = is_last != 0;
  do {
    stream->next_out = own->output;
    stream->avail_out = BAND;
    if (isal_deflate(stream) != COMP_OK) png_error(png, "ISA-L could not compress it");
    size_t made = BAND - stream->avail_out;
    if (made > 0) png_write_chunk(png, (png_const_bytep) "IDAT", own->output, made);
  } while (stream->avail_in > 0 || stream->avail_out == 0 ||
           (is_last && stream->internal_state.state != ZSTATE_END));
}

static void write_pixels(png_structp png, const png_rows *rows, compressor *own) {
  isal_deflate_init(&own->stream);
  // Everything that shapes the bytes is set, so that no default can change them (docs/performance.md has why it is these).
  own->stream.level = 1;
  own->stream.level_buf = own->work;
  own->stream.level_buf_size = sizeof own->work;
  own->stream.gzip_flag = IGZIP_ZLIB;
  own->stream.flush = NO_FLUSH;
  size_t filled = 0;
  for (uint32_t row = 0; row < rows->picture->height; row++) {
    png_filter_row(rows, row, own->filtered + filled);
    filled += rows->filtered_size;
    int is_last = row + 1 == rows->picture->height;
    if (is_last || filled + rows->filtered_size > BAND) {
      compress_band(png, own, filled, is_last);
      filled = 0;
    }
  }
}

int png_shim_encode(const png_shim_picture *picture, png_shim_result *result) {
  clear(result);
  byte_sink sink = {result, 0};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, result, report_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  png_rows rows = png_rows_of(picture);
  compressor *own =
      malloc(sizeof *own + (rows.filtered_size < BAND ? BAND : rows.filtered_size));
  volatile int succeeded = 0;
  if (!info || !own || !rows.flat) {
    snprintf(result->message, sizeof result->message, "out of memory");
  } else if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_write_fn(png, &sink, append_bytes, flush_nothing);
    png_set_IHDR(png, info, picture->width, picture->height, picture->bit_depth,
                 picture->channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    // libpng's own rows go through zlib, which takes ten times as long; its chunks, checksums and checks remain.
    write_pixels(png, &rows, own);
    png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
    succeeded = 1;
  }
  free(own);
  free(rows.flat);
  png_destroy_write_struct(&png, &info);
  return succeeded;
}
