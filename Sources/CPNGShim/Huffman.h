#ifndef HUFFMAN_H
#define HUFFMAN_H

#include <stdint.h>

/// The most symbols a code may have.
enum { HUFFMAN_SYMBOLS = 288 };

/// The lengths, at most `longest`, of a good prefix code for symbols of these counts; 0 where a count is 0.
void huffman_lengths(const uint32_t *counts, int symbol_count, int longest, uint8_t *lengths);

/// Deflate's code of these lengths, first bit lowest.
void huffman_codes(const uint8_t *lengths, int symbol_count, uint16_t *codes);

#endif
