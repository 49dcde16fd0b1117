#include "PNGRows.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

static int is_blank(const uint8_t *bytes, size_t count) {
  return count == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, count - 1) == 0);
}

png_rows png_rows_of(const png_shim_picture *picture) {
  png_rows rows = {picture, (size_t)picture->channels * (picture->bit_depth / 8)};
  rows.filtered_size = 1 + picture->width * rows.pixel_size;
  rows.is_black = is_blank(picture->background, rows.pixel_size);
  rows.flat = malloc(picture->width * rows.pixel_size + 1);
  for (uint32_t x = 0; rows.flat && x < picture->width; x++)
    memcpy(rows.flat + x * rows.pixel_size, picture->background, rows.pixel_size);
  return rows;
}

/// The rectangle's part of a row; outside it the background's.
static const uint8_t *inner(const png_rows *rows, uint32_t row) {
  const png_shim_picture *picture = rows->picture;
  if (row < picture->top || row - picture->top >= picture->rows) return rows->flat;
  return (const uint8_t *)picture->pixels +
         (size_t)(row - picture->top) * picture->columns * rows->pixel_size;
}

/// What is left of `count` bytes without those above them; NULL above the first row, where all counts as 0.
static void subtract(const uint8_t *here, const uint8_t *above, size_t count, int bit_depth,
                     uint8_t *rest) {
  if (bit_depth == 16) {
    for (size_t i = 0; i < count; i += 2) {
      uint16_t sample, before = 0;
      memcpy(&sample, here + i, 2);
      if (above) memcpy(&before, above + i, 2);
      rest[i] = (sample >> 8) - (before >> 8);
      rest[i + 1] = sample - before;
    }
  } else if (above) {
    for (size_t i = 0; i < count; i++) rest[i] = here[i] - above[i];
  } else {
    memcpy(rest, here, count);
  }
}

void png_filter_row(const png_rows *rows, uint32_t row, uint8_t *filtered) {
  const png_shim_picture *picture = rows->picture;
  const uint8_t *here = inner(rows, row), *above = row > 0 ? inner(rows, row - 1) : NULL;
  size_t left = picture->left * rows->pixel_size, middle = picture->columns * rows->pixel_size;
  size_t right = rows->filtered_size - 1 - left - middle;
  if (rows->is_black && is_blank(here, middle)) {
    // Unfiltered it is the same, and joins its neighbours in one long run.
    memset(filtered, PNG_FILTER_VALUE_NONE, rows->filtered_size);
    return;
  }
  *filtered++ = PNG_FILTER_VALUE_UP;
  subtract(here, above, middle, picture->bit_depth, filtered + left);
  const uint8_t *flat = rows->flat;
  if (above) {
    memset(filtered, 0, left);
    memset(filtered + left + middle, 0, right);
  } else {
    subtract(flat, NULL, left, picture->bit_depth, filtered);
    subtract(flat, NULL, right, picture->bit_depth, filtered + left + middle);
  }
}
