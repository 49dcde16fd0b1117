#ifndef PNG_ROWS_H
#define PNG_ROWS_H

#include "CPNGShim.h"

/// A picture's rows as PNG wants them before they are compressed: big-endian, less the row above, a filter's number before each.
typedef struct {
  const png_shim_picture *picture;
  /// Bytes of a pixel.
  size_t pixel_size;
  /// Bytes of a filtered row.
  size_t filtered_size;
  /// Whether the background is 0.
  int is_black;
  /// A row of background pixels, from malloc.
  uint8_t *flat;
} png_rows;

/// The rows of a picture; `flat` is NULL if there is no memory.
png_rows png_rows_of(const png_shim_picture *picture);

/// Writes a row, `filtered_size` bytes.
void png_filter_row(const png_rows *rows, uint32_t row, uint8_t *filtered);

#endif
