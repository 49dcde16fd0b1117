#include "DeflateBlock.h"

#include "Huffman.h"

enum {
  END_OF_BLOCK = 256,
  LAST_LENGTH_SYMBOL = 285,
  /// The symbols of the fixed code; the last two are never written.
  SYMBOLS = 288,
  /// With 5 bits of a length and 1 of the distance, a token has 18 bits: three of them fit after 7 waiting bits.
  LONGEST_CODE = 12,
};

// MARK: Codes

/// A Huffman code, defined by its lengths. All distances are 1, and are written as zeros.
typedef struct {
  uint8_t lengths[SYMBOLS];
  uint32_t distance_length;
} symbol_code;

static void make_own_code(const uint32_t *counts, symbol_code *code) {
  huffman_lengths(counts, SYMBOLS, LONGEST_CODE, code->lengths);
  code->distance_length = 1;
}

static void make_fixed_code(symbol_code *code) {
  for (int symbol = 0; symbol < SYMBOLS; symbol++)
    code->lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
  code->distance_length = 5;
}

/// Returns the bits of all symbols and distances, without the symbols' extra bits.
static uint64_t bits_by(const symbol_code *code, const uint32_t *counts) {
  uint64_t bits = 0;
  for (uint32_t symbol = 0; symbol < SYMBOLS; symbol++)
    bits += (uint64_t)counts[symbol] *
            (code->lengths[symbol] + (symbol > END_OF_BLOCK ? code->distance_length : 0));
  return bits;
}

// MARK: Descriptions of codes

enum { REPEAT = 16, ZEROS = 17, MANY_ZEROS = 18, ITEMS = 19 };

/// Deflate stores the lengths in this order, up to the last that is used.
static const uint8_t item_order[ITEMS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                          11, 4,  12, 3, 13, 2, 14, 1, 15};
static const uint8_t item_extras[ITEMS] = {[REPEAT] = 2, [ZEROS] = 3, [MANY_ZEROS] = 7};

/// The description of a block's code: the codes' lengths in items, which have a Huffman code in turn.
typedef struct {
  uint32_t symbol_count;
  /// Each item is a length, or a repetition of one with its extra bits above the lowest 5.
  uint16_t items[SYMBOLS + 1];
  uint32_t item_count;
  uint8_t item_lengths[ITEMS];
  uint32_t item_length_count;
  uint64_t bit_count;
} description;

static void add_item(description *own, uint32_t item, uint32_t extra) {
  own->items[own->item_count++] = (uint16_t)(item | extra << 5);
}

/// Describes `count` codes of one length.
static void add_lengths(description *own, uint32_t length, uint32_t count) {
  // Zeros can be repeated immediately, other lengths only after one of them.
  if (length != 0) {
    add_item(own, length, 0);
    count--;
  }
  while (count >= 3) {
    uint32_t most = length != 0 ? 6 : count < 11 ? 10 : 138;
    uint32_t taken = count < most ? count : most;
    if (length != 0) add_item(own, REPEAT, taken - 3);
    else if (count < 11) add_item(own, ZEROS, taken - 3);
    else add_item(own, MANY_ZEROS, taken - 11);
    count -= taken;
  }
  for (; count > 0; count--) add_item(own, length, 0);
}

static void describe(const symbol_code *code, description *own) {
  own->symbol_count = SYMBOLS;
  while (code->lengths[own->symbol_count - 1] == 0) own->symbol_count--;
  own->item_count = 0;
  for (uint32_t symbol = 0, next; symbol < own->symbol_count; symbol = next) {
    uint8_t length = code->lengths[symbol];
    for (next = symbol + 1; next < own->symbol_count && code->lengths[next] == length;) next++;
    add_lengths(own, length, next - symbol);
  }
  add_lengths(own, code->distance_length, 1);

  uint32_t counts[ITEMS] = {0};
  for (uint32_t i = 0; i < own->item_count; i++) counts[own->items[i] & 31]++;
  huffman_lengths(counts, ITEMS, 7, own->item_lengths);
  own->item_length_count = ITEMS;
  while (own->item_lengths[item_order[own->item_length_count - 1]] == 0) own->item_length_count--;
  own->bit_count = 14 + 3 * own->item_length_count;
  for (int item = 0; item < ITEMS; item++)
    own->bit_count += counts[item] * (uint64_t)(own->item_lengths[item] + item_extras[item]);
}

static void put_description(bit_writer *writer, const description *own) {
  put_bits(writer, own->symbol_count - 257, 5);
  put_bits(writer, 0, 5);
  put_bits(writer, own->item_length_count - 4, 4);
  flush_bits(writer);
  for (uint32_t i = 0; i < own->item_length_count; i++) {
    put_bits(writer, own->item_lengths[item_order[i]], 3);
    flush_bits(writer);
  }
  uint16_t codes[ITEMS];
  huffman_codes(own->item_lengths, ITEMS, codes);
  for (uint32_t i = 0; i < own->item_count; i++) {
    uint32_t item = own->items[i] & 31;
    put_bits(writer, codes[item], own->item_lengths[item]);
    put_bits(writer, own->items[i] >> 5, item_extras[item]);
    flush_bits(writer);
  }
}

// MARK: Tokens

/// The form of a token in deflate: a symbol and its extra bits.
typedef struct {
  uint32_t symbol, extra, extra_count;
} token_symbol;

static token_symbol symbol_of(uint32_t token) {
  if (token < RUN_TOKEN) return (token_symbol){token, 0, 0};
  uint32_t length = token - RUN_TOKEN;
  if (length == LONGEST_RUN - SHORTEST_RUN) return (token_symbol){LAST_LENGTH_SYMBOL, 0, 0};
  // Four symbols share each number of extra bits: the first 3 bits of a length select the symbol, the others are extra.
  uint32_t open = length < 8 ? 0 : 29 - (uint32_t)__builtin_clz(length);
  uint32_t symbol = END_OF_BLOCK + 1 + 4 * open + (length >> open);
  return (token_symbol){symbol, length & ((1u << open) - 1), open};
}

/// Counts how often each symbol is written.
static void count_symbols(const uint16_t *tokens, size_t count, uint32_t *counts) {
  // Equal tokens follow each other: counting in two alternating tables avoids waiting for the previous count.
  uint32_t by_token[2][TOKENS] = {0};
  for (size_t i = 0; i < count; i++) by_token[i & 1][tokens[i]]++;
  memset(counts, 0, SYMBOLS * sizeof *counts);
  for (uint32_t token = 0; token < TOKENS; token++)
    counts[symbol_of(token).symbol] += by_token[0][token] + by_token[1][token];
  counts[END_OF_BLOCK] = 1;
}

static void put_tokens(bit_writer *kept, const uint16_t *tokens, size_t count,
                       const symbol_code *code) {
  uint16_t codes[SYMBOLS];
  huffman_codes(code->lengths, SYMBOLS, codes);
  // A token's bits are combined once, so that a run is written like a byte.
  struct {
    uint32_t bits, count;
  } entries[TOKENS];
  for (uint32_t token = 0; token < TOKENS; token++) {
    token_symbol own = symbol_of(token);
    uint32_t length = code->lengths[own.symbol];
    entries[token].bits = codes[own.symbol] | own.extra << length;
    entries[token].count =
        length + own.extra_count + (token < RUN_TOKEN ? 0 : code->distance_length);
  }
  // A copy, which can stay in registers.
  bit_writer writer = *kept;
  size_t i = 0;
  for (; i + 3 <= count; i += 3) {
    for (size_t next = i; next < i + 3; next++)
      put_bits(&writer, entries[tokens[next]].bits, entries[tokens[next]].count);
    flush_bits(&writer);
  }
  for (; i < count; i++) put_bits(&writer, entries[tokens[i]].bits, entries[tokens[i]].count);
  put_bits(&writer, codes[END_OF_BLOCK], code->lengths[END_OF_BLOCK]);
  flush_bits(&writer);
  *kept = writer;
}

// MARK: The block

void put_block(bit_writer *writer, const uint16_t *tokens, size_t count, int is_last) {
  uint32_t counts[SYMBOLS];
  count_symbols(tokens, count, counts);
  symbol_code own, fixed;
  make_own_code(counts, &own);
  make_fixed_code(&fixed);
  description told;
  describe(&own, &told);
  // Only a short block is smaller without its own code. Storing is never worthwhile: even noise takes hardly more.
  int is_own = told.bit_count + bits_by(&own, counts) < bits_by(&fixed, counts);
  put_bits(writer, is_last != 0, 1);
  put_bits(writer, is_own ? 2 : 1, 2);
  flush_bits(writer);
  if (is_own) put_description(writer, &told);
  put_tokens(writer, tokens, count, is_own ? &own : &fixed);
}
