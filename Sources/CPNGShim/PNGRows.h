#ifndef PNG_ROWS_H
#define PNG_ROWS_H

#include "CPNGShim.h"
#include "RunDeflate.h"

/// A picture's rows in PNG's form, big-endian, and memory for filtering one.
///
/// Left and right of the picture's rectangle all rows are equal, so only the first row is read there.
typedef struct {
  const png_shim_picture *picture;
  size_t row_size, pixel_size;
  /// Whether the background is 0.
  int is_black;
  /// The range of the rectangle's columns, in bytes.
  size_t inner_start, inner_size;
  /// The current row and the previous one; both have the background around the rectangle's columns.
  uint8_t *here, *above;
  uint8_t *up, *paeth;
} png_rows;

/// The number of rows of memory that `png_rows_begin` needs.
enum { PNG_ROWS_OF_MEMORY = 4 };

void png_rows_begin(png_rows *rows, const png_shim_picture *picture, uint8_t *memory);

/// Filters a row and adds it to the stream. Call it for each row, in order.
void png_rows_write(png_rows *rows, uint32_t row, run_deflate *stream);

size_t png_row_size(const png_shim_picture *picture);

#endif
