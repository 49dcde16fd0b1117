#ifndef HUFFMAN_H
#define HUFFMAN_H

#include <stdint.h>

/// The most symbols a code may have.
enum { HUFFMAN_SYMBOLS = 288 };

/// Lengths, none above `longest`, of a prefix code that is short for symbols of these counts, all below 65536.
/// They are 0 where the count is 0. The code is the shortest, if no length had to be limited.
void huffman_lengths(const uint32_t *counts, int symbol_count, int longest, uint8_t *lengths);

/// Deflate's code of these lengths, first bit lowest.
void huffman_codes(const uint8_t *lengths, int symbol_count, uint16_t *codes);

#endif
