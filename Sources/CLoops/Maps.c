#include <math.h>
#include <string.h>

#include "PixelLoops.h"
#include "Vectors.h"

// MARK: Normals

typedef struct {
  float x, y, z;
} vector3;

/// Returns the unit vector of a point on the unfolded octahedron (Meyer et al. 2010).
PART vector3 unfolded(float x, float y) {
  float z = 1 - fabsf(x) - fabsf(y);
  // The far half is unfolded into the corners.
  float folded_x = (1 - fabsf(y)) * (x < 0 ? -1.0f : 1.0f);
  float folded_y = (1 - fabsf(x)) * (y < 0 ? -1.0f : 1.0f);
  x = z < 0 ? folded_x : x;
  y = z < 0 ? folded_y : y;
  float length = sqrtf(x * x + y * y + z * z);
  return (vector3){x / length, y / length, z / length};
}

/// Maps −1…1 to 0…255.
PART float level(float component) {
  float share = (component + 1) * 0.5f;
  share = share < 0 ? 0 : share;
  return 255 * (share > 1 ? 1 : share);
}

/// Rounds down, or if `rounds` is 1, to the nearest, with halves up.
PART uint32_t whole(float level, int32_t rounds) {
  int32_t down = (int32_t)level;
  int32_t up = level - (float)down >= 0.5f;
  return (uint32_t)(down + (up & rounds));
}

/// The number of pixels to calculate at once, before they are packed into three bytes each.
enum { PIECE = 64 };

/// Returns whether any pixel is covered: most of a figure's rectangle is empty.
PART int is_anything(const float *depths, size_t count) {
  int is_there = 0;
  for (size_t i = 0; i < count; i++) is_there |= depths[i] > 0;
  return is_there;
}

/// Packs pixels, red lowest, without gaps.
PART void put_colors(const uint32_t *pixels, size_t count, uint8_t *colors) {
  // The next pixel overwrites the fourth byte.
  for (size_t i = 0; i + 1 < count; i++) memcpy(colors + 3 * i, pixels + i, 4);
  memcpy(colors + 3 * (count - 1), pixels + count - 1, 3);
}

PART void normals(const float *directions, const float *depths, size_t count, normal_levels levels,
                  uint32_t behind, uint32_t *restrict pixels) {
  const int32_t rounds = levels.rounds != 0;
  for (size_t i = 0; i < count; i++) {
    vector3 n = unfolded(directions[2 * i], directions[2 * i + 1]);
    uint32_t red = whole(level(n.x * levels.signs[0]), rounds);
    uint32_t green = whole(level(n.y * levels.signs[1]), rounds);
    uint32_t blue = whole(level(n.z * levels.signs[2]), rounds);
    pixels[i] = depths[i] > 0 ? red | green << 8 | blue << 16 : behind;
  }
}

WIDE_WHERE_POSSIBLE void pixel_normals(const float *directions, const float *depths, size_t count,
                                       normal_levels levels, const uint8_t background[3],
                                       uint8_t *colors) {
  const uint32_t behind = background[0] | background[1] << 8 | (uint32_t)background[2] << 16;
  uint32_t pixels[PIECE];
  for (size_t start = 0; start < count; start += PIECE) {
    size_t length = count - start < PIECE ? count - start : PIECE;
    if (is_anything(depths + start, length))
      normals(directions + 2 * start, depths + start, length, levels, behind, pixels);
    else
      for (size_t i = 0; i < length; i++) pixels[i] = behind;
    put_colors(pixels, length, colors + 3 * start);
  }
}

// MARK: Depth

WIDE_WHERE_POSSIBLE void pixel_disparities(const float *depths, size_t count,
                                           disparity_levels levels, uint8_t *restrict pixels) {
  for (size_t i = 0; i < count; i++) {
    float share = (1 / depths[i] - levels.farthest) / levels.span;
    float level = levels.low + (levels.white - levels.low) * share;
    level = level < levels.low ? levels.low : level;
    level = level > levels.white ? levels.white : level;
    // An empty pixel has the depth 0, whose inverse is not a number or infinite.
    level = depths[i] > 0 ? level : 0;
    pixels[i] = (uint8_t)(int32_t)level;
  }
}
