/// The files of the Swift targets' Resources folders, compiled in.
#pragma once
#include <stdint.h>

/// A file's bytes, which live as long as the program, under its path in the repository.
typedef struct {
  const char *path;
  const uint8_t *bytes;
  int64_t size;
} posemap_resource;

/// The number of files.
int64_t posemap_resource_count(void);

/// The file at an index below the number of files.
posemap_resource posemap_resource_at(int64_t index);
