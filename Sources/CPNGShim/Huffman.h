#ifndef HUFFMAN_H
#define HUFFMAN_H

#include <stdint.h>

/// The maximum number of symbols of a code.
enum { HUFFMAN_SYMBOLS = 288 };

/// Writes the lengths, at most `longest`, of a prefix code that is short for symbols with these counts, all below 65536.
/// Symbols with the count 0 have the length 0. The code is the shortest possible if no length had to be limited.
void huffman_lengths(const uint32_t *counts, int symbol_count, int longest, uint8_t *lengths);

/// Writes deflate's code with these lengths, first bit lowest.
void huffman_codes(const uint8_t *lengths, int symbol_count, uint16_t *codes);

#endif
