#ifndef RUN_DEFLATE_H
#define RUN_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

// A zlib stream that looks for nothing but runs of one byte, as zlib does by Z_RLE: filtered maps are mostly runs of
// zeros, and a run costs hardly any time however long it is. Same input, same bytes, on every machine.

enum {
  /// How many tokens share a Huffman code.
  RUN_DEFLATE_TOKENS = 1 << 14,
  /// The most bytes that such a block takes: 18 bits a token, and the code's description.
  RUN_DEFLATE_BLOCK = RUN_DEFLATE_TOKENS / 8 * 18 + 1024,
};

/// Takes what is ready of the stream. It may leave by longjmp.
typedef void (*run_deflate_writer)(void *context, const uint8_t *bytes, size_t count);

/// All the memory it takes, whatever goes through it.
typedef struct {
  run_deflate_writer write;
  void *context;
  /// The parts of Adler-32, reduced once a block.
  uint64_t sum, sum_of_sums;
  /// The byte before, or none, and how often it came again since the last token.
  int last;
  uint32_t run;
  /// Each a byte, or 256 and a run's length less the shortest.
  uint16_t tokens[RUN_DEFLATE_TOKENS];
  size_t token_count;
  /// What does not fill a byte of the output yet.
  uint64_t bits;
  uint32_t bit_count;
  size_t output_count;
  uint8_t output[3 * RUN_DEFLATE_BLOCK];
} run_deflate;

void run_deflate_begin(run_deflate *stream, run_deflate_writer write, void *context);

void run_deflate_add(run_deflate *stream, const uint8_t *bytes, size_t count);

/// Adds `byte` `count` times.
void run_deflate_repeat(run_deflate *stream, uint8_t byte, size_t count);

/// Writes the rest of the stream.
void run_deflate_finish(run_deflate *stream);

#endif
