#ifndef PNG_ROWS_H
#define PNG_ROWS_H

#include "CPNGShim.h"
#include "RunDeflate.h"

/// A picture's rows as PNG has them, big-endian, and memory for filtering one.
///
/// Left and right of the picture's rectangle all rows are alike: but in the first, nobody looks there.
typedef struct {
  const png_shim_picture *picture;
  size_t row_size, pixel_size;
  /// Whether the background is 0.
  int is_black;
  /// Where the rectangle's columns are, in bytes.
  size_t inner_start, inner_size;
  /// This row and the one before; both have the background around the rectangle's columns.
  uint8_t *here, *above;
  uint8_t *up, *paeth;
} png_rows;

/// How many rows of memory `png_rows_begin` needs.
enum { PNG_ROWS_OF_MEMORY = 4 };

void png_rows_begin(png_rows *rows, const png_shim_picture *picture, uint8_t *memory);

/// Filters a row and adds it to the stream; to be called for each from the first on.
void png_rows_write(png_rows *rows, uint32_t row, run_deflate *stream);

size_t png_row_size(const png_shim_picture *picture);

#endif
