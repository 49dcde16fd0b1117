#include "CMalloc.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

void posemap_prepare_memory(size_t expected) {
  // Allocate everything from the one heap, and never return its end to the system.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  void *heap = malloc(expected);
  if (!heap) return;
  const uintptr_t page = 1 << 21;
  uintptr_t first = ((uintptr_t)heap + page - 1) & ~(page - 1);
  uintptr_t end = ((uintptr_t)heap + expected) & ~(page - 1);
  // Without large pages this fails, which does no harm.
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
  free(heap);
}
