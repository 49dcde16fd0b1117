#include <isa-l.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "PNGMessages.h"

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

// MARK: Filtering

/// Rows as PNG wants them before they are compressed: big-endian, less the row above, a filter's number before each.
typedef struct {
  const uint8_t *pixels;
  size_t row_size;
  int bit_depth;
} picture_rows;

static int is_blank(const uint8_t *row, size_t count) {
  return row[0] == 0 && memcmp(row, row + 1, count - 1) == 0;
}

static void filter_row(picture_rows rows, size_t row, uint8_t *filtered) {
  const uint8_t *here = rows.pixels + row * rows.row_size;
  if (is_blank(here, rows.row_size)) {
    // Unfiltered it is the same, and joins its neighbours in one long run.
    memset(filtered, PNG_FILTER_VALUE_NONE, 1 + rows.row_size);
    return;
  }
  const uint8_t *above = row > 0 ? here - rows.row_size : NULL;
  *filtered++ = PNG_FILTER_VALUE_UP;
  if (rows.bit_depth == 8) {
    if (!above) {
      memcpy(filtered, here, rows.row_size);
      return;
    }
    for (size_t i = 0; i < rows.row_size; i++) filtered[i] = here[i] - above[i];
    return;
  }
  const uint16_t *samples = (const uint16_t *)here, *before = (const uint16_t *)above;
  for (size_t i = 0; i < rows.row_size / 2; i++) {
    uint16_t sample = samples[i], other = before ? before[i] : 0;
    filtered[2 * i] = (sample >> 8) - (other >> 8);
    filtered[2 * i + 1] = sample - other;
  }
}

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

static void write_pixels(png_structp png, picture_rows rows, uint32_t height, compressor *own) {
  isal_deflate_init(&own->stream);
  // Everything that shapes the bytes is set, so that no default can change them (docs/performance.md has why it is these).
  own->stream.level = 1;
  own->stream.level_buf = own->work;
  own->stream.level_buf_size = sizeof own->work;
  own->stream.gzip_flag = IGZIP_ZLIB;
  own->stream.flush = NO_FLUSH;
  size_t filled = 0, size = 1 + rows.row_size;
  for (uint32_t row = 0; row < height; row++) {
    filter_row(rows, row, own->filtered + filled);
    filled += size;
    int is_last = row + 1 == height;
    if (is_last || filled + size > BAND) {
      compress_band(png, own, filled, is_last);
      filled = 0;
    }
  }
}

int png_shim_encode(const void *pixels, uint32_t width, uint32_t height, int channels,
                    int bit_depth, png_shim_result *result) {
  clear(result);
  picture_rows rows = {pixels, (size_t)width * channels * (bit_depth / 8), bit_depth};
  byte_sink sink = {result, 0};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, result, report_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  compressor *own = malloc(sizeof *own + (rows.row_size < BAND ? BAND : rows.row_size + 1));
  if (!info || !own) {
    free(own);
    png_destroy_write_struct(&png, NULL);
    snprintf(result->message, sizeof result->message, "libpng did not start");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    free(own);
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, &sink, append_bytes, flush_nothing);
  png_set_IHDR(png, info, width, height, bit_depth,
               channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  // libpng's own rows go through zlib, which takes ten times as long; its chunks, checksums and checks remain.
  write_pixels(png, rows, height, own);
  png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
  free(own);
  png_destroy_write_struct(&png, &info);
  return 1;
}
