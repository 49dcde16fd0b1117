#ifndef PIXEL_LOOPS_H
#define PIXEL_LOOPS_H

#include <stddef.h>
#include <stdint.h>

/// The directions of a normal map: which way each axis goes, and how a level becomes whole.
typedef struct {
  float signs[3];
  /// To the nearest, halves up; otherwise downwards.
  int rounds;
} normal_levels;

/// Makes colors of directions on the unfolded octahedron; `background` where the depth is 0.
void pixel_normals(const float *directions, const float *depths, size_t count, normal_levels levels,
                   const uint8_t background[3], uint8_t *colors);

/// A level is `low` plus the rest up to `white` by the share of the way from `farthest` over `span`, of 1 over a depth.
typedef struct {
  float low, white, farthest, span;
} disparity_levels;

/// Makes levels of depths; 0 where the depth is 0.
void pixel_disparities(const float *depths, size_t count, disparity_levels levels, uint8_t *pixels);

/// Columns from the first to before the end.
typedef struct {
  int32_t first, end;
} pixel_columns;

/// Finds the columns of a row, of three bytes a pixel, outside which all is `background`; none begin and end at its end.
pixel_columns pixel_extent(const uint8_t *row, int32_t width, const uint8_t background[3]);

/// How a picture changes at one pixel, in the channel that changes most.
typedef struct {
  int16_t dx, dy;
  /// |dx| + |dy|, or dx² + dy².
  int32_t magnitude;
} pixel_gradient;

/// Makes the 3×3 Sobel sums of a row's pixels from `first` to before `end`, of the strongest of three channels.
///
/// `above` and `below` are the row itself at the picture's edge.
void pixel_gradients(const uint8_t *above, const uint8_t *row, const uint8_t *below, int32_t width,
                     int32_t first, int32_t end, int is_square, pixel_gradient *gradients);

#endif
