#ifndef DEFLATE_BLOCK_H
#define DEFLATE_BLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a word's low byte comes first");

enum {
  SHORTEST_RUN = 3,
  LONGEST_RUN = 258,
  /// A token is a byte, or this plus a run's length minus the shortest: a repetition of the previous byte.
  RUN_TOKEN = 256,
  TOKENS = RUN_TOKEN + LONGEST_RUN - SHORTEST_RUN + 1,
  /// The maximum number of tokens of a block, which share one Huffman code.
  BLOCK_TOKENS = 1 << 14,
  /// The space for any block: its tokens of at most 18 bits, and the description of its code.
  BLOCK_SIZE = BLOCK_TOKENS / 8 * 18 + 1024,
};

typedef struct {
  /// The bits that do not fill a byte yet, and their number.
  uint64_t bits;
  uint32_t count;
  uint8_t *next;
} bit_writer;

/// At most 64 bits can wait to be flushed, and at most 63 can be flushed.
static inline void put_bits(bit_writer *writer, uint32_t bits, uint32_t count) {
  writer->bits |= (uint64_t)bits << writer->count;
  writer->count += count;
}

/// Writes all complete bytes. The rest of the eight bytes at `next` is overwritten.
static inline void flush_bits(bit_writer *writer) {
  memcpy(writer->next, &writer->bits, sizeof writer->bits);
  writer->next += writer->count / 8;
  writer->bits >>= writer->count & ~7u;
  writer->count &= 7;
}

/// Writes tokens as a deflate block.
void put_block(bit_writer *writer, const uint16_t *tokens, size_t count, int is_last);

#endif
