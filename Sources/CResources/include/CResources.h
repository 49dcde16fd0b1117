/// The embedded files of the Swift targets' Resources folders.
#pragma once
#include <stdint.h>

/// A file's path in the repository, and its bytes, which exist as long as the program runs.
typedef struct {
  const char *path;
  const uint8_t *bytes;
  int64_t size;
} posemap_resource;

/// The number of files.
int64_t posemap_resource_count(void);

/// The file at an index below the number of files.
posemap_resource posemap_resource_at(int64_t index);
