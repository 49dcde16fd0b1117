/// The GNU allocator's settings, which Swift's Glibc does not show.
#pragma once

/// Keeps freed memory for the next picture, instead of giving it back to the system, which maps and clears it anew each time.
void posemap_keep_memory(void);
