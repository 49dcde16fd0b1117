#include "PNGRows.h"

#include <png.h>
#include <string.h>

#include "Vectors.h"

// MARK: Rows

/// Writes samples in PNG's byte order.
static void copy_samples(uint8_t *to, const uint8_t *from, size_t count, int bit_depth) {
  if (bit_depth == 8) {
    memcpy(to, from, count);
    return;
  }
  for (size_t i = 0; i < count; i += 2) {
    uint16_t sample;
    memcpy(&sample, from + i, sizeof sample);
    to[i] = sample >> 8;
    to[i + 1] = (uint8_t)sample;
  }
}

static void fill_with_background(const png_rows *rows, uint8_t *row, size_t count) {
  for (size_t i = 0; i < count; i += rows->pixel_size)
    copy_samples(row + i, rows->picture->background, rows->pixel_size, rows->picture->bit_depth);
}

/// Writes the rectangle's part of a row, or the background in rows outside the rectangle.
static void read_row(const png_rows *rows, uint32_t row) {
  const png_shim_picture *picture = rows->picture;
  uint8_t *inner = rows->here + rows->inner_start;
  if (row < picture->top || row - picture->top >= picture->rows) {
    fill_with_background(rows, inner, rows->inner_size);
    return;
  }
  const uint8_t *pixels = picture->pixels;
  copy_samples(inner, pixels + (row - picture->top) * rows->inner_size, rows->inner_size,
               picture->bit_depth);
}

// MARK: Filtering

static int is_blank(const uint8_t *row, size_t count) {
  return count == 0 || (row[0] == 0 && memcmp(row, row + 1, count - 1) == 0);
}

/// Returns where two rows begin to differ; their end if they do not.
static size_t start_of_change(const uint8_t *one, const uint8_t *other, size_t count) {
  size_t start = 0;
  while (start + 64 <= count && memcmp(one + start, other + start, 64) == 0) start += 64;
  while (start < count && one[start] == other[start]) start++;
  return start;
}

/// Returns from where two different rows are equal up to their end.
static size_t end_of_change(const uint8_t *one, const uint8_t *other, size_t count) {
  while (count >= 64 && memcmp(one + count - 64, other + count - 64, 64) == 0) count -= 64;
  while (one[count - 1] == other[count - 1]) count--;
  return count;
}

/// Returns the one of the three that is nearest to left + above - corner. In 16 bits, of which a vector holds eight.
PART uint8_t paeth(int16_t left, int16_t above, int16_t corner) {
  int16_t from_left = above - corner, from_above = left - corner;
  int16_t from_corner = from_left + from_above;
  if (from_left < 0) from_left = -from_left;
  if (from_above < 0) from_above = -from_above;
  if (from_corner < 0) from_corner = -from_corner;
  int16_t nearer = from_above <= from_corner ? above : corner;
  return (uint8_t)(from_left <= from_above && from_left <= from_corner ? left : nearer);
}

/// Subtracts the row above.
WIDE_WHERE_POSSIBLE static void filter_up(const uint8_t *restrict here,
                                          const uint8_t *restrict above, size_t start, size_t end,
                                          uint8_t *restrict filtered) {
  for (size_t i = start; i < end; i++) filtered[i] = here[i] - above[i];
}

/// Subtracts Paeth's prediction, which is the byte above if there is none to the left.
WIDE_WHERE_POSSIBLE static void filter_paeth(const uint8_t *restrict here,
                                             const uint8_t *restrict above, size_t pixel_size,
                                             size_t start, size_t end,
                                             uint8_t *restrict filtered) {
  if (start < pixel_size) {
    filter_up(here, above, start, pixel_size, filtered);
    start = pixel_size;
  }
  for (size_t i = start; i < end; i++)
    filtered[i] = here[i] - paeth(here[i - pixel_size], above[i], above[i - pixel_size]);
}

WIDE_WHERE_POSSIBLE static size_t count_nonzero(const uint8_t *bytes, size_t start, size_t end) {
  size_t total = 0;
  while (start < end) {
    // The count stays in a byte as long as it fits: a vector holds sixteen bytes.
    size_t piece_end = end - start < UINT8_MAX ? end : start + UINT8_MAX;
    uint8_t nonzero = 0;
    for (; start < piece_end; start++) nonzero += bytes[start] != 0;
    total += nonzero;
  }
  return total;
}

// MARK: Writing

size_t png_row_size(const png_shim_picture *picture) {
  return (size_t)picture->width * (size_t)picture->channels * (size_t)(picture->bit_depth / 8);
}

void png_rows_begin(png_rows *rows, const png_shim_picture *picture, uint8_t *memory) {
  size_t pixel_size = (size_t)picture->channels * (size_t)(picture->bit_depth / 8);
  size_t size = png_row_size(picture);
  *rows = (png_rows){.picture = picture,
                     .row_size = size,
                     .pixel_size = pixel_size,
                     .is_black = is_blank(picture->background, pixel_size),
                     .inner_start = picture->left * pixel_size,
                     .inner_size = picture->columns * pixel_size,
                     .here = memory,
                     .above = memory + size,
                     .up = memory + 2 * size,
                     .paeth = memory + 3 * size};
  fill_with_background(rows, rows->here, size);
  // Everything above the first row counts as 0.
  memset(rows->above, 0, size);
}

/// Filters the part that changes, within `start` and `end`, and adds the row.
static void write_change(png_rows *rows, size_t start, size_t end, run_deflate *stream) {
  const uint8_t *here = rows->here, *above = rows->above;
  size_t limit = end;
  uint8_t filter = PNG_FILTER_VALUE_UP;
  const uint8_t *filtered = rows->up;
  start += start_of_change(here + start, above + start, end - start);
  if (start < limit) {
    // Outside that part both filters give zeros; Paeth's also reads the previous pixel.
    end = start + end_of_change(here + start, above + start, limit - start);
    end = end + rows->pixel_size < rows->row_size ? end + rows->pixel_size : rows->row_size;
    filter_up(here, above, start, end, rows->up);
    filter_paeth(here, above, rows->pixel_size, start, end, rows->paeth);
    if (count_nonzero(rows->paeth, start, end) < count_nonzero(rows->up, start, end)) {
      filter = PNG_FILTER_VALUE_PAETH;
      filtered = rows->paeth;
    }
  } else {
    start = end = rows->row_size;
  }
  run_deflate_repeat(stream, filter, 1);
  run_deflate_repeat(stream, 0, start);
  run_deflate_add(stream, filtered + start, end - start);
  run_deflate_repeat(stream, 0, rows->row_size - end);
}

void png_rows_write(png_rows *rows, uint32_t row, run_deflate *stream) {
  read_row(rows, row);
  size_t inner_end = rows->inner_start + rows->inner_size;
  if (rows->is_black && is_blank(rows->here + rows->inner_start, rows->inner_size))
    // Unfiltered, the row has the same bytes, and joins its neighbors in one long run.
    run_deflate_repeat(stream, PNG_FILTER_VALUE_NONE, 1 + rows->row_size);
  else
    write_change(rows, row == 0 ? 0 : rows->inner_start, row == 0 ? rows->row_size : inner_end,
                 stream);
  uint8_t *spare = rows->above;
  rows->above = rows->here;
  rows->here = spare;
  // The zeros above the first row become a row like the others.
  if (row == 0) fill_with_background(rows, rows->here, rows->row_size);
}
