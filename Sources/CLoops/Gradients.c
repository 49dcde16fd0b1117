#include <stdlib.h>
#include <string.h>

#include "PixelLoops.h"
#include "Vectors.h"

// MARK: Extents

enum { MANY = 8 };

pixel_columns pixel_extent(const uint8_t *row, int32_t width, const uint8_t background[3]) {
  uint8_t flat[3 * MANY];
  for (int32_t i = 0; i < 3 * MANY; i++) flat[i] = background[i % 3];
  int32_t first = 0, end = width;
  while (first + MANY <= width && memcmp(row + 3 * first, flat, sizeof flat) == 0) first += MANY;
  while (first < width && memcmp(row + 3 * first, flat, 3) == 0) first++;
  while (end - MANY >= first && memcmp(row + 3 * (end - MANY), flat, sizeof flat) == 0) end -= MANY;
  while (end > first && memcmp(row + 3 * (end - 1), flat, 3) == 0) end--;
  return (pixel_columns){first, end};
}

// MARK: Gradients

enum {
  /// The number of pixels to process at once, in memory of this size on the stack.
  PIECE = 256,
};

/// The contributions of columns of three pixels to the sums, channel by channel, of a piece with a margin of one pixel.
typedef struct {
  int16_t smoothed[3 * (PIECE + 2)], change[3 * (PIECE + 2)];
} sobel_columns;

PART void add_columns(const uint8_t *above, const uint8_t *row, const uint8_t *below, int32_t count,
                      int16_t *restrict smoothed, int16_t *restrict change) {
  for (int32_t i = 0; i < count; i++) {
    smoothed[i] = (int16_t)(above[i] + below[i] + 2 * row[i]);
    change[i] = (int16_t)(below[i] - above[i]);
  }
}

PART int32_t magnitude_of(int16_t dx, int16_t dy, int is_square) {
  return is_square ? dx * dx + dy * dy : abs(dx) + abs(dy);
}

PART void choose(const sobel_columns *columns, int32_t count, int is_square,
                 pixel_gradient *restrict gradients) {
  const int16_t *smoothed = columns->smoothed, *change = columns->change;
  for (int32_t x = 0; x < count; x++) {
    pixel_gradient best = {0, 0, -1};
    for (int32_t channel = 0; channel < 3; channel++) {
      int32_t i = 3 * x + channel;
      int16_t dx = (int16_t)(smoothed[i + 6] - smoothed[i]);
      int16_t dy = (int16_t)(change[i] + 2 * change[i + 3] + change[i + 6]);
      int32_t magnitude = magnitude_of(dx, dy, is_square);
      // Of equally strong channels, the first.
      int is_better = magnitude > best.magnitude;
      best.dx = is_better ? dx : best.dx;
      best.dy = is_better ? dy : best.dy;
      best.magnitude = is_better ? magnitude : best.magnitude;
    }
    gradients[x] = best;
  }
}

WIDE_WHERE_POSSIBLE void pixel_gradients(const uint8_t *above, const uint8_t *row,
                                         const uint8_t *below, int32_t width, int32_t first,
                                         int32_t end, int is_square, pixel_gradient *gradients) {
  sobel_columns columns;
  for (int32_t start = first; start < end; start += PIECE) {
    int32_t count = end - start < PIECE ? end - start : PIECE;
    // Beyond an edge of the picture, the edge's own pixel is repeated.
    int32_t left = start > 0 ? start - 1 : 0;
    int32_t right = start + count < width ? start + count + 1 : width;
    int32_t skipped = 3 * (left - (start - 1)), inside = 3 * (right - left);
    add_columns(above + 3 * left, row + 3 * left, below + 3 * left, inside,
                columns.smoothed + skipped, columns.change + skipped);
    for (int32_t i = 0; i < skipped; i++) {
      columns.smoothed[i] = columns.smoothed[i + 3];
      columns.change[i] = columns.change[i + 3];
    }
    for (int32_t i = skipped + inside; i < 3 * (count + 2); i++) {
      columns.smoothed[i] = columns.smoothed[i - 3];
      columns.change[i] = columns.change[i - 3];
    }
    if (is_square) choose(&columns, count, 1, gradients + start);
    else choose(&columns, count, 0, gradients + start);
  }
}
