/// The GNU allocator's settings, which Swift's Glibc does not expose.
#pragma once

#include <stddef.h>

/// Allocates the memory that is about to be used at once, in large pages if the system has them, and keeps freed memory for the next
/// picture, instead of returning it to the system, which would map and clear it again each time.
///
/// Call it before other threads start. A wrong estimate only costs time.
void posemap_prepare_memory(size_t expected);
