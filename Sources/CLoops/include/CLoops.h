#ifndef C_LOOPS_H
#define C_LOOPS_H

// Loops over pixels and vertices that a C compiler vectorizes. On every machine they give the same results as the same
// arithmetic in Swift, to the last bit: nothing is fused, and no sum is reordered.

#include "PixelLoops.h"
#include "SkinLoops.h"
#include "Vectors.h"

#endif
