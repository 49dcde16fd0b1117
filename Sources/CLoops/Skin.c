#include <math.h>
#include <string.h>

#include "SkinLoops.h"
#include "Vectors.h"

typedef float four __attribute__((vector_size(16)));

/// The number of points to move at once, coordinate by coordinate.
enum { PIECE = 64 };

/// Blended motions, not yet of unit length.
typedef struct {
  float real[4][PIECE], dual[4][PIECE];
} blended_motions;

PART four load(const float *numbers) {
  four loaded;
  memcpy(&loaded, numbers, sizeof loaded);
  return loaded;
}

PART float sum(four numbers) { return numbers[0] + numbers[1] + numbers[2] + numbers[3]; }

PART void blend(const uint8_t *influences, const float *weights, size_t count,
                const float *motions, blended_motions *blended) {
  for (size_t i = 0; i < count; i++) {
    const uint8_t *joints = influences + 4 * i;
    const float *shares = weights + 4 * i, *lead = motions + 8 * joints[0];
    const four lead_real = load(lead);
    four real = lead_real * shares[0], dual = load(lead + 4) * shares[0];
    for (size_t slot = 1; slot < 4; slot++) {
      if (!(shares[slot] > 0)) continue;
      const float *motion = motions + 8 * joints[slot];
      four own = load(motion);
      // q and −q are the same rotation; blend on the leader's side.
      float share = shares[slot] * (sum(own * lead_real) < 0 ? -1.0f : 1.0f);
      real = real + own * share;
      dual = dual + load(motion + 4) * share;
    }
    for (size_t number = 0; number < 4; number++) {
      blended->real[number][i] = real[number];
      blended->dual[number][i] = dual[number];
    }
  }
}

PART void apply(const blended_motions *motions, const float *points, size_t count,
                float *restrict moved) {
  for (size_t i = 0; i < count; i++) {
    float x = motions->real[0][i], y = motions->real[1][i], z = motions->real[2][i];
    float w = motions->real[3][i];
    float scale = 1 / sqrtf(x * x + y * y + z * z + w * w);
    x *= scale, y *= scale, z *= scale, w *= scale;
    float ex = motions->dual[0][i] * scale, ey = motions->dual[1][i] * scale;
    float ez = motions->dual[2][i] * scale, ew = motions->dual[3][i] * scale;
    float px = points[4 * i], py = points[4 * i + 1], pz = points[4 * i + 2];
    float tx = (ex * w - x * ew + (y * ez - z * ey)) * 2;
    float ty = (ey * w - y * ew + (z * ex - x * ez)) * 2;
    float tz = (ez * w - z * ew + (x * ey - y * ex)) * 2;
    float ax = y * pz - z * py + px * w, ay = z * px - x * pz + py * w, az = x * py - y * px + pz * w;
    moved[4 * i] = px + (y * az - z * ay) * 2 + tx;
    moved[4 * i + 1] = py + (z * ax - x * az) * 2 + ty;
    moved[4 * i + 2] = pz + (x * ay - y * ax) * 2 + tz;
    moved[4 * i + 3] = 0;
  }
}

WIDE_WHERE_POSSIBLE void skin_points(const float *points, const uint8_t *influences,
                                     const float *weights, size_t count, const float *motions,
                                     float *moved) {
  blended_motions blended;
  for (size_t start = 0; start < count; start += PIECE) {
    size_t length = count - start < PIECE ? count - start : PIECE;
    blend(influences + 4 * start, weights + 4 * start, length, motions, &blended);
    apply(&blended, points + 4 * start, length, moved + 4 * start);
  }
}
