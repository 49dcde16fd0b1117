#include "Huffman.h"

#include <string.h>

/// The symbols that occur, rarest first, then the tree's inner nodes in the order of their creation, which is also by
/// weight; the last is the root.
typedef struct {
  int leaf_count;
  uint16_t symbols[HUFFMAN_SYMBOLS];
  uint32_t weights[2 * HUFFMAN_SYMBOLS];
  uint16_t parents[2 * HUFFMAN_SYMBOLS];
  uint8_t depths[2 * HUFFMAN_SYMBOLS];
} tree;

static void sort_leaves(tree *own, const uint32_t *counts, int symbol_count) {
  uint16_t unsorted[HUFFMAN_SYMBOLS];
  own->leaf_count = 0;
  for (int symbol = 0; symbol < symbol_count; symbol++)
    if (counts[symbol] > 0) own->symbols[own->leaf_count++] = (uint16_t)symbol;
  // A stable sort by the low byte, then by the high byte.
  for (int shift = 0; shift < 16; shift += 8) {
    uint16_t places[257] = {0};
    memcpy(unsorted, own->symbols, (size_t)own->leaf_count * sizeof *unsorted);
    for (int i = 0; i < own->leaf_count; i++) places[(counts[unsorted[i]] >> shift & 255) + 1]++;
    for (int value = 0; value < 255; value++) places[value + 1] += places[value];
    for (int i = 0; i < own->leaf_count; i++)
      own->symbols[places[counts[unsorted[i]] >> shift & 255]++] = unsorted[i];
  }
  for (int i = 0; i < own->leaf_count; i++) own->weights[i] = counts[own->symbols[i]];
}

/// Joins the two lightest nodes until one is left.
static void join_nodes(tree *own) {
  int leaf = 0, inner = own->leaf_count, end = 2 * own->leaf_count - 1;
  for (int made = own->leaf_count; made < end; made++) {
    own->weights[made] = 0;
    for (int child = 0; child < 2; child++) {
      int takes_leaf = leaf < own->leaf_count &&
                       (inner == made || own->weights[leaf] <= own->weights[inner]);
      int taken = takes_leaf ? leaf++ : inner++;
      own->weights[made] += own->weights[taken];
      own->parents[taken] = (uint16_t)made;
    }
  }
}

/// Returns the depth of the rarest leaf, which is the deepest.
static int measure_depths(tree *own) {
  int root = 2 * own->leaf_count - 2;
  // Even a single symbol takes a bit.
  own->depths[root] = root == 0;
  for (int node = root - 1; node >= 0; node--)
    own->depths[node] = own->depths[own->parents[node]] + 1;
  return own->depths[0];
}

void huffman_lengths(const uint32_t *counts, int symbol_count, int longest, uint8_t *lengths) {
  memset(lengths, 0, (size_t)symbol_count);
  tree own;
  sort_leaves(&own, counts, symbol_count);
  if (own.leaf_count == 0) return;
  for (join_nodes(&own); measure_depths(&own) > longest; join_nodes(&own))
    // More similar weights make a flatter tree, and keep their order; if all are 1, it is as flat as possible.
    for (int leaf = 0; leaf < own.leaf_count; leaf++)
      own.weights[leaf] = (own.weights[leaf] + 1) / 2;
  for (int leaf = 0; leaf < own.leaf_count; leaf++)
    lengths[own.symbols[leaf]] = own.depths[leaf];
}

void huffman_codes(const uint8_t *lengths, int symbol_count, uint16_t *codes) {
  uint32_t counts[16] = {0}, next[16] = {0};
  for (int symbol = 0; symbol < symbol_count; symbol++) counts[lengths[symbol]]++;
  for (int length = 2; length < 16; length++)
    next[length] = (next[length - 1] + counts[length - 1]) << 1;
  for (int symbol = 0; symbol < symbol_count; symbol++) {
    uint32_t code = next[lengths[symbol]]++, reversed = 0;
    for (int bit = 0; bit < lengths[symbol]; bit++) reversed = reversed << 1 | (code >> bit & 1);
    codes[symbol] = (uint16_t)reversed;
  }
}
