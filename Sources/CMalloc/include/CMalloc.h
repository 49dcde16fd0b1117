/// The GNU allocator's settings, which Swift's Glibc does not show.
#pragma once

#include <stddef.h>

/// Takes as much memory at once as is about to be used, in large pages where the system has them, and keeps what is freed for the next
/// picture, instead of giving it back to the system, which maps and clears it anew each time.
///
/// To be called before other threads are. Asking for too little or too much only costs time.
void posemap_prepare_memory(size_t expected);
