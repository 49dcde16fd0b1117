#ifndef PIXEL_LOOPS_H
#define PIXEL_LOOPS_H

#include <stddef.h>
#include <stdint.h>

/// The form of a normal map: the direction of each axis, and how levels are rounded.
typedef struct {
  float signs[3];
  /// Whether levels are rounded to the nearest, with halves up; otherwise they are rounded down.
  int rounds;
} normal_levels;

/// Writes the colors of directions on the unfolded octahedron; `background` where the depth is 0.
void pixel_normals(const float *directions, const float *depths, size_t count, normal_levels levels,
                   const uint8_t background[3], uint8_t *colors);

/// A level is `low` + (`white` − `low`) × (1/depth − `farthest`) / `span`.
typedef struct {
  float low, white, farthest, span;
} disparity_levels;

/// Writes the levels of depths; 0 where the depth is 0.
void pixel_disparities(const float *depths, size_t count, disparity_levels levels, uint8_t *pixels);

/// A range of columns, without its end.
typedef struct {
  int32_t first, end;
} pixel_columns;

/// Finds the columns of a row, with three bytes per pixel, outside which all pixels are `background`; an empty range
/// begins and ends at the row's end.
pixel_columns pixel_extent(const uint8_t *row, int32_t width, const uint8_t background[3]);

/// The gradient of a picture at one pixel, in the channel that changes most.
typedef struct {
  int16_t dx, dy;
  /// |dx| + |dy|, or dx² + dy².
  int32_t magnitude;
} pixel_gradient;

/// Writes the 3×3 Sobel sums of a row's pixels from `first` to before `end`, of the strongest of three channels.
///
/// `above` and `below` are the row itself at the picture's edge.
void pixel_gradients(const uint8_t *above, const uint8_t *row, const uint8_t *below, int32_t width,
                     int32_t first, int32_t end, int is_square, pixel_gradient *gradients);

#endif
