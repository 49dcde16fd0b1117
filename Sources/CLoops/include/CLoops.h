#ifndef C_LOOPS_H
#define C_LOOPS_H

// Loops over pixels and vertices that a compiler of C makes vectors of. On every machine they give what the same
// arithmetic gives in Swift, to the last bit: nothing is fused, and no sum is taken in another order.

#include "PixelLoops.h"
#include "SkinLoops.h"
#include "Vectors.h"

#endif
