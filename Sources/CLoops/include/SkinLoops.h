#ifndef SKIN_LOOPS_H
#define SKIN_LOOPS_H

#include <stddef.h>
#include <stdint.h>

/// Moves points by blended rigid motions (Kavan et al. 2008).
///
/// A motion is a unit dual quaternion: four numbers of the rotation, x y z w, then four of half the translation times
/// the rotation. A point has four numbers, of which the last is padding. The first of its four motions leads; those of
/// weight 0 do not count, and those that oppose the leader are negated.
void skin_points(const float *points, const uint8_t *influences, const float *weights,
                 size_t count, const float *motions, float *moved);

#endif
