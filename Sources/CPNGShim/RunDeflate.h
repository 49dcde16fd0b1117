#ifndef RUN_DEFLATE_H
#define RUN_DEFLATE_H

#include "DeflateBlock.h"

// A zlib stream that looks for nothing but runs of one byte, as zlib does by Z_RLE: filtered maps are mostly runs of
// zeros, and a run costs hardly any time however long it is. Same input, same bytes, on every machine.

/// Takes what is ready of the stream. It may leave by longjmp.
typedef void (*run_deflate_writer)(void *context, const uint8_t *bytes, size_t count);

/// All the memory that it takes, whatever goes through it.
typedef struct {
  run_deflate_writer write;
  void *context;
  /// The halves of Adler-32, reduced once a block.
  uint64_t sum, sum_of_sums;
  /// The byte before, or -1, and how often it came again without being in a token yet.
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
