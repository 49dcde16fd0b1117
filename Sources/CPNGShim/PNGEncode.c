#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "PNGMessages.h"
#include "RunDeflate.h"

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

/// Rows as PNG has them, big-endian, and memory for filtering one.
typedef struct {
  const uint8_t *pixels;
  size_t row_size, pixel_size;
  int bit_depth;
  /// The row above: at first, zeros.
  const uint8_t *above;
  /// Two rows in turn, if they have to be made big-endian.
  uint8_t *turned, *turned_before;
  uint8_t *up, *paeth;
} picture_rows;

enum { ROWS_OF_MEMORY = 5 };

static void lend_memory(picture_rows *rows, uint8_t *memory) {
  rows->above = memset(memory, 0, rows->row_size);
  rows->turned = memory + rows->row_size;
  rows->turned_before = memory + 2 * rows->row_size;
  rows->up = memory + 3 * rows->row_size;
  rows->paeth = memory + 4 * rows->row_size;
}

static const uint8_t *big_endian_row(picture_rows *rows, size_t row) {
  const uint8_t *here = rows->pixels + row * rows->row_size;
  if (rows->bit_depth == 8) return here;
  uint8_t *turned = rows->turned_before;
  rows->turned_before = rows->turned;
  rows->turned = turned;
  const uint16_t *samples = (const uint16_t *)here;
  for (size_t i = 0; i < rows->row_size / 2; i++) {
    turned[2 * i] = samples[i] >> 8;
    turned[2 * i + 1] = (uint8_t)samples[i];
  }
  return turned;
}

static int is_blank(const uint8_t *row, size_t count) {
  return row[0] == 0 && memcmp(row, row + 1, count - 1) == 0;
}

/// Where two rows begin to differ: at most, their end.
static size_t start_of_change(const uint8_t *one, const uint8_t *other, size_t count) {
  size_t start = 0;
  while (start + 64 <= count && memcmp(one + start, other + start, 64) == 0) start += 64;
  while (start < count && one[start] == other[start]) start++;
  return start;
}

/// Where two rows that do differ are the same again to their end.
static size_t end_of_change(const uint8_t *one, const uint8_t *other, size_t count) {
  while (count >= 64 && memcmp(one + count - 64, other + count - 64, 64) == 0) count -= 64;
  while (one[count - 1] == other[count - 1]) count--;
  return count;
}

/// Which of the three is nearest to left + above - corner. In 16 bits, of which a vector holds eight.
static inline uint8_t paeth(int16_t left, int16_t above, int16_t corner) {
  int16_t from_left = above - corner, from_above = left - corner;
  int16_t from_corner = from_left + from_above;
  if (from_left < 0) from_left = -from_left;
  if (from_above < 0) from_above = -from_above;
  if (from_corner < 0) from_corner = -from_corner;
  int16_t nearer = from_above <= from_corner ? above : corner;
  return (uint8_t)(from_left <= from_above && from_left <= from_corner ? left : nearer);
}

/// Less the row above.
static void filter_up(const uint8_t *restrict here, const uint8_t *restrict above, size_t start,
                      size_t end, uint8_t *restrict filtered) {
  for (size_t i = start; i < end; i++) filtered[i] = here[i] - above[i];
}

/// Less what Paeth predicts, which is what is above where nothing is to the left.
static void filter_paeth(const uint8_t *restrict here, const uint8_t *restrict above,
                         size_t pixel_size, size_t start, size_t end, uint8_t *restrict filtered) {
  if (start < pixel_size) {
    filter_up(here, above, start, pixel_size, filtered);
    start = pixel_size;
  }
  for (size_t i = start; i < end; i++)
    filtered[i] = here[i] - paeth(here[i - pixel_size], above[i], above[i - pixel_size]);
}

static size_t count_nonzero(const uint8_t *bytes, size_t start, size_t end) {
  size_t total = 0;
  while (start < end) {
    // Counted in a byte as long as one suffices: a vector holds sixteen.
    size_t piece_end = end - start < UINT8_MAX ? end : start + UINT8_MAX;
    uint8_t nonzero = 0;
    for (; start < piece_end; start++) nonzero += bytes[start] != 0;
    total += nonzero;
  }
  return total;
}

static void write_row(picture_rows *rows, size_t row, run_deflate *stream) {
  size_t size = rows->row_size;
  const uint8_t *here = big_endian_row(rows, row), *above = rows->above;
  rows->above = here;
  if (is_blank(here, size)) {
    // Unfiltered it is the same, and joins its neighbours in one long run.
    run_deflate_repeat(stream, PNG_FILTER_VALUE_NONE, 1 + size);
    return;
  }
  size_t start = start_of_change(here, above, size), end = start;
  uint8_t filter = PNG_FILTER_VALUE_UP;
  const uint8_t *filtered = rows->up;
  if (start < size) {
    // Outside both filters leave zeros: Paeth's looks one pixel back.
    end = end_of_change(here, above, size);
    end = end + rows->pixel_size < size ? end + rows->pixel_size : size;
    filter_up(here, above, start, end, rows->up);
    filter_paeth(here, above, rows->pixel_size, start, end, rows->paeth);
    if (count_nonzero(rows->paeth, start, end) < count_nonzero(rows->up, start, end)) {
      filter = PNG_FILTER_VALUE_PAETH;
      filtered = rows->paeth;
    }
  }
  run_deflate_repeat(stream, filter, 1);
  run_deflate_repeat(stream, 0, start);
  run_deflate_add(stream, filtered + start, end - start);
  run_deflate_repeat(stream, 0, size - end);
}

// MARK: The picture

typedef struct {
  run_deflate stream;
  uint8_t rows[];
} encoder_memory;

static void write_data(void *png, const uint8_t *bytes, size_t count) {
  png_write_chunk(png, (png_const_bytep) "IDAT", bytes, count);
}

int png_shim_encode(const void *pixels, uint32_t width, uint32_t height, int channels,
                    int bit_depth, png_shim_result *result) {
  clear(result);
  size_t pixel_size = (size_t)channels * (size_t)(bit_depth / 8);
  picture_rows rows = {.pixels = pixels,
                       .row_size = width * pixel_size,
                       .pixel_size = pixel_size,
                       .bit_depth = bit_depth};
  byte_sink sink = {result, 0};
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, result, report_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  encoder_memory *own = malloc(sizeof *own + ROWS_OF_MEMORY * rows.row_size);
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
  lend_memory(&rows, own->rows);
  run_deflate_begin(&own->stream, write_data, png);
  for (uint32_t row = 0; row < height; row++) write_row(&rows, row, &own->stream);
  run_deflate_finish(&own->stream);
  png_write_chunk(png, (png_const_bytep) "IEND", NULL, 0);
  free(own);
  png_destroy_write_struct(&png, &info);
  return 1;
}
