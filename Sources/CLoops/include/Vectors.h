#ifndef VECTORS_H
#define VECTORS_H

/// Compiled twice, for processors with wide vectors and for all, and chosen when the program starts.
#if defined(__x86_64__) && defined(__linux__)
#define WIDE_WHERE_POSSIBLE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_WHERE_POSSIBLE
#endif

/// Part of every copy, so that it gets its vectors.
#define PART static inline __attribute__((always_inline))

// A product and a sum that are fused are rounded once and not twice: other bits.
#pragma STDC FP_CONTRACT OFF

#endif
