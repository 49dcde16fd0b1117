#ifndef RUN_DEFLATE_H
#define RUN_DEFLATE_H

#include "DeflateBlock.h"

// A zlib stream that finds only runs of one byte, like zlib with Z_RLE: filtered maps are mostly runs of zeros, and a
// run of any length costs hardly any time. The same input gives the same bytes on every machine.

/// Receives the finished part of the stream. It can leave by longjmp.
typedef void (*run_deflate_writer)(void *context, const uint8_t *bytes, size_t count);

/// All the memory of a stream, whatever its length.
typedef struct {
  run_deflate_writer write;
  void *context;
  /// The halves of Adler-32, reduced once per block.
  uint64_t sum, sum_of_sums;
  /// The previous byte, or -1, and the number of its repetitions that are not in a token yet.
  int last;
  uint32_t run;
  size_t token_count;
  uint16_t tokens[BLOCK_TOKENS];
  bit_writer writer;
  uint8_t output[4 * BLOCK_SIZE];
} run_deflate;

void run_deflate_begin(run_deflate *stream, run_deflate_writer write, void *context);

void run_deflate_add(run_deflate *stream, const uint8_t *bytes, size_t count);

/// Adds `byte` `count` times.
void run_deflate_repeat(run_deflate *stream, uint8_t byte, size_t count);

/// Writes the rest of the stream.
void run_deflate_finish(run_deflate *stream);

#endif
