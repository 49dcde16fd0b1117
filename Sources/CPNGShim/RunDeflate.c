#include "RunDeflate.h"

enum {
  /// Runs of 3 to 5 zeros are shorter and faster as literals, since zeros have short codes.
  SHORTEST_WORTHWHILE = 6,
  /// The number of bytes to examine or repeat between checks of the space for tokens.
  PIECE = 1 << 12,
  REPEATED_PIECE = LONGEST_RUN << 12,
  ADLER_MODULUS = 65521,
};

// MARK: Tokens

static size_t ready_count(const run_deflate *stream) {
  return (size_t)(stream->writer.next - stream->output);
}

static void write_output(run_deflate *stream) {
  stream->write(stream->context, stream->output, ready_count(stream));
  stream->writer.next = stream->output;
}

static void end_block(run_deflate *stream, int is_last) {
  if (ready_count(stream) + BLOCK_SIZE > sizeof stream->output) write_output(stream);
  put_block(&stream->writer, stream->tokens, stream->token_count, is_last);
  stream->token_count = 0;
  stream->sum %= ADLER_MODULUS;
  stream->sum_of_sums %= ADLER_MODULUS;
}

static void make_room(run_deflate *stream, size_t count) {
  if (stream->token_count + count > BLOCK_TOKENS) end_block(stream, 0);
}

/// Repeats the last byte `count` times.
static void extend_run(run_deflate *stream, size_t count) {
  if (count == 0) return;
  make_room(stream, count / LONGEST_RUN + 1);
  stream->sum_of_sums += count * stream->sum + count * (count + 1) / 2 * (uint64_t)stream->last;
  stream->sum += count * (uint64_t)stream->last;
  for (count += stream->run; count >= LONGEST_RUN; count -= LONGEST_RUN)
    stream->tokens[stream->token_count++] = RUN_TOKEN + LONGEST_RUN - SHORTEST_RUN;
  stream->run = (uint32_t)count;
}

static void end_run(run_deflate *stream) {
  make_room(stream, SHORTEST_WORTHWHILE);
  if (stream->run >= SHORTEST_WORTHWHILE) {
    stream->tokens[stream->token_count++] = (uint16_t)(RUN_TOKEN + stream->run - SHORTEST_RUN);
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

// MARK: Runs

static uint64_t load(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/// Returns the number of leading bytes that are `byte`.
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

/// Returns the number of bytes up to and including the first of a worthwhile run; the last few bytes are not searched.
static size_t count_fresh(const uint8_t *bytes, size_t count) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  for (size_t i = 0; i + 8 + SHORTEST_WORTHWHILE <= count; i += 8) {
    uint64_t word = load(bytes + i), differences = 0;
    for (size_t ahead = 1; ahead <= SHORTEST_WORTHWHILE; ahead++)
      differences |= word ^ load(bytes + i + ahead);
    // The lowest set bit is in the first byte that is zero: borrows reach only bytes after it.
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
  stream->writer = (bit_writer){0, 0, stream->output};
  // Deflate with a window of 32 KB and the lowest level.
  put_bits(&stream->writer, 0x0178, 16);
  flush_bits(&stream->writer);
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
  bit_writer *writer = &stream->writer;
  if (writer->count > 0) put_bits(writer, 0, 8 - writer->count);
  flush_bits(writer);
  // Adler-32 is written with its high byte first.
  put_bits(writer, __builtin_bswap32((uint32_t)(stream->sum_of_sums << 16 | stream->sum)), 32);
  flush_bits(writer);
  write_output(stream);
}
