// The maps in a simple form: similar enough to posemap's to cost the same, without the same pixels.
#include "floor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t body_colors[18][3] = {
    {255, 0, 0},   {255, 85, 0},  {255, 170, 0}, {255, 255, 0}, {170, 255, 0}, {85, 255, 0},
    {0, 255, 0},   {0, 255, 85},  {0, 255, 170}, {0, 255, 255}, {0, 170, 255}, {0, 85, 255},
    {0, 0, 255},   {85, 0, 255},  {170, 0, 255}, {255, 0, 255}, {255, 0, 170}, {255, 0, 85}};
static const uint8_t limbs[17][2] = {{1, 2}, {1, 5},  {2, 3},   {3, 4},   {5, 6}, {6, 7},  {1, 8},   {8, 9},  {9, 10},
                                     {1, 11}, {11, 12}, {12, 13}, {1, 0}, {0, 14}, {14, 16}, {0, 15}, {15, 17}};

typedef struct {
  rectangle area;
  uint8_t *pixels;
} canvas;

// Fills an ellipse between two points; a disc if they are the same.
static void fill_ellipse(canvas on, const float *from, const float *to, float thickness, const uint8_t color[3]) {
  const float x = (from[0] + to[0]) / 2 - (float)on.area.left, y = (from[1] + to[1]) / 2 - (float)on.area.top;
  const float dx = to[0] - from[0], dy = to[1] - from[1], length = sqrtf(dx * dx + dy * dy);
  const float c = length > 0 ? dx / length : 1, s = length > 0 ? dy / length : 0;
  const float half = length / 2 > thickness ? length / 2 : thickness;
  // A point is inside if p·u² + 2q·u·v + r·v² is at most 1, with u and v relative to the middle.
  const float along = 1 / (half * half), across = 1 / (thickness * thickness);
  const float p = c * c * along + s * s * across, q = c * s * (along - across), r = s * s * along + c * c * across;
  const float reach = sqrtf(p / (p * r - q * q));
  for (int row = (int)ceilf(fmaxf(y - reach, 0)); row <= (int)fminf(y + reach, (float)on.area.height - 1); row++) {
    const float v = (float)row - y, root = q * q * v * v - p * (r * v * v - 1);
    if (root < 0) continue;
    const float middle = x - q * v / p, width = sqrtf(root) / p;
    const int first = (int)ceilf(fmaxf(middle - width, 0));
    const int last = (int)floorf(fminf(middle + width, (float)on.area.width - 1));
    uint8_t *pixel = on.pixels + 3 * (row * on.area.width + first);
    for (int column = first; column <= last; column++, pixel += 3) memcpy(pixel, color, 3);
  }
}

static void draw_hand(canvas on, const float *points) {
  const uint8_t blue[3] = {0, 0, 255};
  for (int bone = 0; bone < 20; bone++) {
    const float *from = points + 2 * (bone % 4 ? bone : 0), *to = points + 2 * (bone + 1);
    if (from[0] >= 0 && to[0] >= 0) fill_ellipse(on, from, to, 1.5f, body_colors[bone * 9 / 10]);
  }
  for (int i = 0; i < hand_points; i++)
    if (points[2 * i] >= 0) fill_ellipse(on, points + 2 * i, points + 2 * i, 4, blue);
}

rectangle draw_openpose(const float *keypoints, int width, int height, uint8_t *into) {
  float points[2 * all_points], left = (float)width, right = 0, low = (float)height, high = 0;
  for (int i = 0; i < all_points; i++) {
    const float x = keypoints[2 * i] * (float)width, y = keypoints[2 * i + 1] * (float)height;
    points[2 * i] = x, points[2 * i + 1] = y;
    if (x < 0) continue;
    left = fminf(left, x), right = fmaxf(right, x), low = fminf(low, y), high = fmaxf(high, y);
  }
  const canvas on = {clipped(left - 6, low - 6, right + 7, high + 7, width, height), into};
  memset(into, 0, (size_t)(on.area.width * on.area.height) * 3);
  for (int i = 0; i < 17; i++) {
    const float *from = points + 2 * limbs[i][0], *to = points + 2 * limbs[i][1];
    const uint8_t *color = body_colors[i];
    const uint8_t dimmed[3] = {(uint8_t)(color[0] * 6 / 10), (uint8_t)(color[1] * 6 / 10), (uint8_t)(color[2] * 6 / 10)};
    if (from[0] >= 0 && to[0] >= 0) fill_ellipse(on, from, to, 4, dimmed);
  }
  for (int i = 0; i < body_points; i++)
    if (points[2 * i] >= 0) fill_ellipse(on, points + 2 * i, points + 2 * i, 4, body_colors[i]);
  draw_hand(on, points + 2 * body_points);
  draw_hand(on, points + 2 * (body_points + hand_points));
  const uint8_t white[3] = {255, 255, 255};
  for (int i = all_points - face_points; i < all_points; i++)
    if (points[2 * i] >= 0) fill_ellipse(on, points + 2 * i, points + 2 * i, 3, white);
  return on.area;
}

void make_depth(const header *head, const pixels *seen, rectangle area, uint8_t *into) {
  const float farthest = 1 / head->far, scale = 223 / (1 / head->near - farthest);
  const int count = area.width * area.height;
  for (int i = 0; i < count; i++) {
    const float distance = seen->distances[i], level = 32 + (1 / distance - farthest) * scale;
    into[i] = distance > 0 ? (uint8_t)(int)fminf(fmaxf(level, 32), 255) : 0;
  }
}

static uint8_t level(float share) { return (uint8_t)(int)fminf(fmaxf(share * 127.5f + 127.5f, 0), 255); }

void make_normal(const pixels *seen, rectangle area, uint8_t *into) {
  const int count = area.width * area.height;
  for (int i = 0; i < count; i++) {
    const float u = seen->normals[2 * i], v = seen->normals[2 * i + 1], z = 1 - fabsf(u) - fabsf(v);
    // The far half of the octahedron is unfolded into the corners.
    const float x = z < 0 ? copysignf(1 - fabsf(v), u) : u, y = z < 0 ? copysignf(1 - fabsf(u), v) : v;
    const float scale = 1 / sqrtf(x * x + y * y + z * z);
    const bool covered = seen->distances[i] > 0;
    into[3 * i] = level(covered ? -x * scale : 0);
    into[3 * i + 1] = level(covered ? y * scale : 0);
    into[3 * i + 2] = level(covered ? z * scale : 1);
  }
}

enum { behind = 250, low_threshold = 100, high_threshold = 200 };

typedef struct {
  // With a margin of one pixel, as in all lists here.
  int stride, rows;
  uint8_t *gray;
  int16_t *dx, *dy, *strength;
  int *open;
} canny;

// The memory for the largest rectangle so far.
static canny scratch(int width, int height) {
  static canny kept;
  static size_t capacity;
  kept.stride = width + 2, kept.rows = height + 2;
  const size_t count = (size_t)kept.stride * (size_t)kept.rows;
  if (count > capacity) {
    free(kept.gray), free(kept.dx), free(kept.dy), free(kept.strength), free(kept.open);
    capacity = count;
    kept.gray = allocated(count);
    kept.dx = allocated(count * 2), kept.dy = allocated(count * 2), kept.strength = allocated(count * 2);
    kept.open = allocated(count * 4);
  }
  return kept;
}

static void make_gray(canny c, const uint8_t *shading) {
  memset(c.gray, behind, (size_t)(c.stride * c.rows));
  for (int y = 1; y < c.rows - 1; y++) {
    uint8_t *row = c.gray + y * c.stride + 1;
    for (int x = 0; x < c.stride - 2; x++, shading += 4)
      row[x] = shading[3] ? (uint8_t)((77 * shading[0] + 150 * shading[1] + 29 * shading[2]) >> 8) : behind;
  }
}

static void make_gradient(canny c) {
  memset(c.strength, 0, (size_t)(c.stride * c.rows) * 2);
  for (int y = 1; y < c.rows - 1; y++) {
    const int start = y * c.stride;
    const uint8_t *up = c.gray + start - c.stride, *on = c.gray + start, *down = c.gray + start + c.stride;
    for (int x = 1; x < c.stride - 1; x++) {
      const int16_t dx = (int16_t)(up[x + 1] + 2 * on[x + 1] + down[x + 1] - up[x - 1] - 2 * on[x - 1] - down[x - 1]);
      const int16_t dy = (int16_t)(down[x - 1] + 2 * down[x] + down[x + 1] - up[x - 1] - 2 * up[x] - up[x + 1]);
      c.dx[start + x] = dx, c.dy[start + x] = dy;
      c.strength[start + x] = (int16_t)(abs(dx) + abs(dy));
    }
  }
}

// Returns whether the gradient is largest here, across the edge.
static bool is_ridge(canny c, int i) {
  const int dx = abs(c.dx[i]), dy = abs(c.dy[i]) << 15, tangent = dx * 13573, m = c.strength[i];
  if (dy < tangent) return m > c.strength[i - 1] && m >= c.strength[i + 1];
  if (dy > tangent + (dx << 16)) return m > c.strength[i - c.stride] && m >= c.strength[i + c.stride];
  const int step = (c.dx[i] ^ c.dy[i]) < 0 ? c.stride - 1 : c.stride + 1;
  return m > c.strength[i - step] && m > c.strength[i + step];
}

enum { weak = 1, edge = 255 };

void make_canny(const pixels *seen, rectangle area, uint8_t *into) {
  const canny c = scratch(area.width, area.height);
  make_gray(c, seen->shading);
  make_gradient(c);
  // The gray picture is no longer needed: the marks reuse its memory.
  uint8_t *marks = c.gray;
  memset(marks, 0, (size_t)(c.stride * c.rows));
  int count = 0;
  for (int y = 1; y < c.rows - 1; y++)
    for (int i = y * c.stride + 1; i < (y + 1) * c.stride - 1; i++) {
      if (c.strength[i] <= low_threshold || !is_ridge(c, i)) continue;
      marks[i] = c.strength[i] > high_threshold ? edge : weak;
      if (marks[i] == edge) c.open[count++] = i;
    }
  const int around[] = {-c.stride - 1, -c.stride, -c.stride + 1, -1, 1, c.stride - 1, c.stride, c.stride + 1};
  while (count) {
    const int i = c.open[--count];
    for (int k = 0; k < 8; k++)
      if (marks[i + around[k]] == weak) marks[i + around[k]] = edge, c.open[count++] = i + around[k];
  }
  for (int y = 0; y < area.height; y++)
    for (int x = 0; x < area.width; x++) into[y * area.width + x] = marks[(y + 1) * c.stride + x + 1] == edge ? 255 : 0;
}
