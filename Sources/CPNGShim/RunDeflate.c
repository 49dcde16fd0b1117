#include "RunDeflate.h"

#include <string.h>

#include "Huffman.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are read and written as bytes in order");

enum {
  SHORTEST_RUN = 3,
  RUN_WORTH = 6,
  LONGEST_RUN = 258,
  TOKENS = 256 + LONGEST_RUN - SHORTEST_RUN + 1,
  END_OF_BLOCK = 256,
  /// Those of fixed codes; the last two are never written.
  SYMBOLS = 288,
  LENGTH_SYMBOLS = 19,
  /// With 5 bits of a length and 1 of the distance a token takes 18; three of them fit behind 7 bits.
  LONGEST_CODE = 12,
};

// MARK: Bits

typedef struct {
  uint64_t bits;
  uint32_t count;
  uint8_t *next;
} bit_writer;

static inline void put_bits(bit_writer *writer, uint32_t bits, uint32_t count) {
  writer->bits |= (uint64_t)bits << writer->count;
  writer->count += count;
}

/// Keeps only what does not fill a byte. Bytes behind the last whole one are written too.
static inline void flush_bits(bit_writer *writer) {
  memcpy(writer->next, &writer->bits, sizeof writer->bits);
  writer->next += writer->count / 8;
  writer->bits >>= writer->count & ~7u;
  writer->count &= 7;
}

// MARK: Codes

/// What a block's tokens are written in, and how that is told: lengths of codes, coded in turn.
typedef struct {
  uint8_t lengths[SYMBOLS];
  uint32_t distance_length;
  uint32_t symbol_count;
  /// A length, or 16 to 18 for repeating one; its extra bits from bit 5 on.
  uint16_t items[SYMBOLS + 1];
  uint32_t item_count;
  uint8_t item_lengths[LENGTH_SYMBOLS];
  uint32_t item_length_count;
} block_code;

static const uint8_t item_extras[LENGTH_SYMBOLS] = {[16] = 2, [17] = 3, [18] = 7};
static const uint8_t item_order[LENGTH_SYMBOLS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                   11, 4,  12, 3, 13, 2, 14, 1, 15};

static void add_items(block_code *code, uint32_t length, uint32_t count) {
  // Zeros are repeated from nothing, other lengths from one before.
  uint32_t written = length != 0;
  for (uint32_t left = count; left > 0; left -= written) {
    uint32_t item = length;
    if (left == count && length != 0) written = 1;
    else if (left < 3) written = 1;
    else if (length != 0) written = left < 6 ? left : 6, item = 16 | (written - 3) << 5;
    else if (left < 11) written = left, item = 17 | (written - 3) << 5;
    else written = left < 138 ? left : 138, item = 18 | (written - 11) << 5;
    code->items[code->item_count++] = (uint16_t)item;
  }
}

/// The best code for these counts, and its description. Returns the description's bits.
static uint64_t make_own_code(const uint32_t *counts, block_code *code) {
  huffman_lengths(counts, SYMBOLS, LONGEST_CODE, code->lengths);
  code->distance_length = 1;
  code->symbol_count = SYMBOLS;
  while (code->lengths[code->symbol_count - 1] == 0) code->symbol_count--;
  code->item_count = 0;
  for (uint32_t symbol = 0, next; symbol < code->symbol_count; symbol = next) {
    for (next = symbol + 1; next < code->symbol_count;) {
      if (code->lengths[next] != code->lengths[symbol]) break;
      next++;
    }
    add_items(code, code->lengths[symbol], next - symbol);
  }
  add_items(code, code->distance_length, 1);

  uint32_t item_counts[LENGTH_SYMBOLS] = {0};
  for (uint32_t i = 0; i < code->item_count; i++) item_counts[code->items[i] & 31]++;
  huffman_lengths(item_counts, LENGTH_SYMBOLS, 7, code->item_lengths);
  code->item_length_count = LENGTH_SYMBOLS;
  while (code->item_lengths[item_order[code->item_length_count - 1]] == 0)
    code->item_length_count--;
  uint64_t bits = 14 + 3 * code->item_length_count;
  for (int item = 0; item < LENGTH_SYMBOLS; item++)
    bits += item_counts[item] * (uint64_t)(code->item_lengths[item] + item_extras[item]);
  return bits;
}

static void make_fixed_code(block_code *code) {
  for (int symbol = 0; symbol < SYMBOLS; symbol++)
    code->lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8;
  code->distance_length = 5;
}

static void put_description(bit_writer *writer, const block_code *code) {
  put_bits(writer, code->symbol_count - 257, 5);
  put_bits(writer, 0, 5);
  put_bits(writer, code->item_length_count - 4, 4);
  flush_bits(writer);
  for (uint32_t i = 0; i < code->item_length_count; i++) {
    put_bits(writer, code->item_lengths[item_order[i]], 3);
    flush_bits(writer);
  }
  uint16_t codes[LENGTH_SYMBOLS];
  huffman_codes(code->item_lengths, LENGTH_SYMBOLS, codes);
  for (uint32_t i = 0; i < code->item_count; i++) {
    uint32_t item = code->items[i] & 31;
    put_bits(writer, codes[item], code->item_lengths[item]);
    put_bits(writer, code->items[i] >> 5, item_extras[item]);
    flush_bits(writer);
  }
}

// MARK: Blocks

/// How a run's length is written: a symbol, and the bits that it leaves open.
typedef struct {
  uint32_t symbol, extra, extra_count;
} length_symbol;

static length_symbol symbol_of_length(uint32_t length) {
  if (length == LONGEST_RUN) return (length_symbol){285, 0, 0};
  uint32_t above = length - SHORTEST_RUN;
  uint32_t open = above < 8 ? 0 : 29 - (uint32_t)__builtin_clz(above);
  return (length_symbol){257 + 4 * open + (above >> open), above & ((1u << open) - 1), open};
}

/// How often each symbol is written.
static void count_symbols(const run_deflate *stream, uint32_t *counts) {
  // Counted in two tables by turns, since equal tokens follow each other and would wait for one another.
  uint32_t tokens[2][TOKENS] = {0};
  for (size_t i = 0; i < stream->token_count; i++) tokens[i & 1][stream->tokens[i]]++;
  memset(counts, 0, SYMBOLS * sizeof *counts);
  for (uint32_t token = 0; token < TOKENS; token++) {
    uint32_t symbol = token < 256 ? token : symbol_of_length(token - 256 + SHORTEST_RUN).symbol;
    counts[symbol] += tokens[0][token] + tokens[1][token];
  }
  counts[END_OF_BLOCK] = 1;
}

/// The bits of all symbols and distances, without those that symbols leave open.
static uint64_t bits_in(const block_code *code, const uint32_t *counts) {
  uint64_t bits = 0;
  for (uint32_t symbol = 0; symbol < SYMBOLS; symbol++)
    bits += (uint64_t)counts[symbol] *
            (code->lengths[symbol] + (symbol > END_OF_BLOCK ? code->distance_length : 0));
  return bits;
}

static void put_tokens(bit_writer *kept, const run_deflate *stream, const block_code *code) {
  uint16_t codes[SYMBOLS];
  huffman_codes(code->lengths, SYMBOLS, codes);
  // A token's bits whole, so that a run is written like a byte. Distance 1 is all zeros.
  struct { uint32_t bits, count; } entries[TOKENS];
  for (uint32_t token = 0; token < TOKENS; token++) {
    length_symbol own = {token, 0, 0};
    if (token >= 256) own = symbol_of_length(token - 256 + SHORTEST_RUN);
    uint32_t length = code->lengths[own.symbol];
    entries[token].bits = codes[own.symbol] | own.extra << length;
    entries[token].count = length + own.extra_count + (token < 256 ? 0 : code->distance_length);
  }
  bit_writer writer = *kept;
  const uint16_t *token = stream->tokens, *end = token + stream->token_count;
  for (; end - token >= 3; token += 3) {
    for (int i = 0; i < 3; i++) put_bits(&writer, entries[token[i]].bits, entries[token[i]].count);
    flush_bits(&writer);
  }
  for (; token < end; token++) put_bits(&writer, entries[*token].bits, entries[*token].count);
  flush_bits(&writer);
  put_bits(&writer, codes[END_OF_BLOCK], code->lengths[END_OF_BLOCK]);
  flush_bits(&writer);
  *kept = writer;
}

static void write_output(run_deflate *stream) {
  stream->write(stream->context, stream->output, stream->output_count);
  stream->output_count = 0;
}

static void end_block(run_deflate *stream, int is_last) {
  if (stream->output_count + RUN_DEFLATE_BLOCK > sizeof stream->output) write_output(stream);
  uint32_t counts[SYMBOLS];
  count_symbols(stream, counts);
  block_code own, fixed;
  make_fixed_code(&fixed);
  uint64_t description = make_own_code(counts, &own);
  // A code of its own pays but for the shortest blocks. Even noise takes next to nothing more than it would stored.
  int is_own = description + bits_in(&own, counts) < bits_in(&fixed, counts);
  bit_writer writer = {stream->bits, stream->bit_count, stream->output + stream->output_count};
  put_bits(&writer, is_last != 0, 1);
  put_bits(&writer, is_own ? 2 : 1, 2);
  if (is_own) put_description(&writer, &own);
  flush_bits(&writer);
  put_tokens(&writer, stream, is_own ? &own : &fixed);
  stream->bits = writer.bits;
  stream->bit_count = writer.count;
  stream->output_count = (size_t)(writer.next - stream->output);
  stream->token_count = 0;
  stream->sum %= 65521;
  stream->sum_of_sums %= 65521;
}

// MARK: Tokens

/// How many bytes are looked at, or repeated, between looks at the room for tokens.
enum { PIECE = 1 << 12, REPEATED_PIECE = LONGEST_RUN << 12 };

static uint64_t load(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

static void make_room(run_deflate *stream, size_t count) {
  if (stream->token_count + count > RUN_DEFLATE_TOKENS) end_block(stream, 0);
}

/// Adds the last byte `count` times more.
static void extend_run(run_deflate *stream, size_t count) {
  if (count == 0) return;
  make_room(stream, count / LONGEST_RUN + 1);
  stream->sum_of_sums += count * stream->sum + count * (count + 1) / 2 * (uint64_t)stream->last;
  stream->sum += count * (uint64_t)stream->last;
  for (count += stream->run; count >= LONGEST_RUN; count -= LONGEST_RUN)
    stream->tokens[stream->token_count++] = 256 + LONGEST_RUN - SHORTEST_RUN;
  stream->run = (uint32_t)count;
}

static void end_run(run_deflate *stream) {
  make_room(stream, RUN_WORTH);
  if (stream->run >= RUN_WORTH) {
    stream->tokens[stream->token_count++] = (uint16_t)(256 + stream->run - SHORTEST_RUN);
    stream->run = 0;
  }
  for (; stream->run > 0; stream->run--)
    stream->tokens[stream->token_count++] = (uint16_t)stream->last;
}

static void add_literals(run_deflate *stream, const uint8_t *bytes, size_t count) {
  end_run(stream);
  make_room(stream, count);
  uint16_t *tokens = stream->tokens + stream->token_count;
  uint64_t sum = stream->sum, sum_of_sums = stream->sum_of_sums;
  for (size_t i = 0; i < count; i++) {
    tokens[i] = bytes[i];
    sum += bytes[i];
    sum_of_sums += sum;
  }
  stream->sum = sum;
  stream->sum_of_sums = sum_of_sums;
  stream->token_count += count;
  stream->last = bytes[count - 1];
}

/// How many of the bytes, from the first on, are `byte`.
static size_t count_equal(const uint8_t *bytes, size_t count, uint8_t byte) {
  uint64_t wanted = byte * UINT64_C(0x0101010101010101);
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    uint64_t differences = load(bytes + i) ^ wanted;
    if (differences != 0) return i + (size_t)__builtin_ctzll(differences) / 8;
  }
  while (i < count && bytes[i] == byte) i++;
  return i;
}

/// How many of the bytes come before a run or begin one. Runs in the last few are not seen.
static size_t count_fresh(const uint8_t *bytes, size_t count) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  for (size_t i = 0; i + 8 + RUN_WORTH <= count; i += 8) {
    uint64_t word = load(bytes + i), differences = 0;
    for (size_t ahead = 1; ahead <= RUN_WORTH; ahead++)
      differences |= word ^ load(bytes + i + ahead);
    // The lowest bit set is that of the first byte that is 0.
    uint64_t zeros = (differences - ones) & ~differences & ones << 7;
    if (zeros != 0) return i + (size_t)__builtin_ctzll(zeros) / 8 + 1;
  }
  return count;
}

// MARK: The stream

void run_deflate_begin(run_deflate *stream, run_deflate_writer write, void *context) {
  stream->write = write;
  stream->context = context;
  stream->sum = 1;
  stream->sum_of_sums = 0;
  stream->last = -1;
  stream->run = 0;
  stream->token_count = 0;
  stream->bits = stream->bit_count = 0;
  // Deflate, a window of 32 KB, the fastest way of compressing.
  stream->output[0] = 0x78;
  stream->output[1] = 0x01;
  stream->output_count = 2;
}

void run_deflate_add(run_deflate *stream, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    size_t piece = count < PIECE ? count : PIECE, taken = 0;
    if (stream->last >= 0) taken = count_equal(bytes, piece, (uint8_t)stream->last);
    extend_run(stream, taken);
    if (taken < piece) {
      size_t fresh = count_fresh(bytes + taken, piece - taken);
      add_literals(stream, bytes + taken, fresh);
      taken += fresh;
    }
    bytes += taken;
    count -= taken;
  }
}

void run_deflate_repeat(run_deflate *stream, uint8_t byte, size_t count) {
  if (count > 0 && stream->last != byte) {
    add_literals(stream, &byte, 1);
    count--;
  }
  while (count > 0) {
    size_t piece = count < REPEATED_PIECE ? count : REPEATED_PIECE;
    extend_run(stream, piece);
    count -= piece;
  }
}

void run_deflate_finish(run_deflate *stream) {
  end_run(stream);
  end_block(stream, 1);
  bit_writer writer = {stream->bits, stream->bit_count, stream->output + stream->output_count};
  if (writer.count > 0) put_bits(&writer, 0, 8 - writer.count);
  flush_bits(&writer);
  uint32_t adler = (uint32_t)(stream->sum_of_sums << 16 | stream->sum);
  put_bits(&writer, __builtin_bswap32(adler), 32);
  flush_bits(&writer);
  stream->output_count = (size_t)(writer.next - stream->output);
  write_output(stream);
}
