#ifndef VECTORS_H
#define VECTORS_H

/// Compiles a function twice, for processors with wide vectors and for all others; the program chooses when it starts.
#if defined(__x86_64__) && defined(__linux__)
#define WIDE_WHERE_POSSIBLE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_WHERE_POSSIBLE
#endif

/// Inlines a function into each copy, so that it is vectorized with it.
#define PART static inline __attribute__((always_inline))

// A fused product and sum are rounded once instead of twice, which gives different bits.
#pragma STDC FP_CONTRACT OFF

#endif
