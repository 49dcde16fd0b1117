/// The files of Sources/Export/Resources, compiled in.
#pragma once
#include <stdint.h>

/// A file's bytes, which live as long as the program, under its path in Resources.
typedef struct {
  const char *path;
  const uint8_t *bytes;
  int64_t size;
} posemap_resource;

/// The resource with a number from 0; an empty one past the last.
posemap_resource posemap_generator_resource(int64_t number);
