// PNG files by Intel's ISA-L: each row minus the row above, deflated at level 1.
#include "floor.h"

#include <fcntl.h>
#include <isa-l.h>
#include <string.h>
#include <unistd.h>

struct png {
  int width, height, channels;
  uint8_t background[3];
  // The rows to deflate, each after its filter's number; zeros outside `dirty`.
  uint8_t *rows;
  rectangle dirty;
  uint8_t *file, *level_memory;
  size_t capacity;
};

enum { up = 2, before_data = 8 + 25 + 8, after_data = 4 + 12 };

static size_t row_size(const png *png) { return (size_t)(png->width * png->channels) + 1; }

static void put32(uint8_t *into, uint32_t value) {
  for (int i = 0; i < 4; i++) into[i] = (uint8_t)(value >> (24 - 8 * i));
}

// Ends a chunk whose name and data start at `name`.
static void put_checksum(uint8_t *name, size_t data) { put32(name + 4 + data, crc32_gzip_refl(0, name, data + 4)); }

static void put_head(png *png) {
  static const uint8_t signature[16] = {137, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
  memcpy(png->file, signature, 16);
  put32(png->file + 16, (uint32_t)png->width);
  put32(png->file + 20, (uint32_t)png->height);
  const uint8_t rest[5] = {8, png->channels == 3 ? 2 : 0, 0, 0, 0};
  memcpy(png->file + 24, rest, 5);
  put_checksum(png->file + 12, 13);
}

// The first row has nothing above it.
static void put_first_row(png *png) {
  for (int x = 0; x < png->width * png->channels; x++) png->rows[1 + x] = png->background[x % png->channels];
}

png *new_png(int width, int height, int channels, const uint8_t *background) {
  png *png = allocated(sizeof *png);
  *png = (struct png){.width = width, .height = height, .channels = channels};
  memcpy(png->background, background, (size_t)channels);
  const size_t bytes = row_size(png) * (size_t)height;
  png->rows = allocated(bytes);
  memset(png->rows, 0, bytes);
  for (int y = 0; y < height; y++) png->rows[row_size(png) * (size_t)y] = up;
  put_first_row(png);
  png->capacity = bytes + bytes / 1000 + (1 << 16);
  png->file = allocated(png->capacity);
  png->level_memory = allocated(ISAL_DEF_LVL1_DEFAULT);
  put_head(png);
  return png;
}

static void filter(png *png, rectangle area, const uint8_t *picture) {
  const size_t length = (size_t)(area.width * png->channels);
  const rectangle old = png->dirty;
  for (int y = old.top; y < old.top + old.height; y++)
    memset(png->rows + row_size(png) * (size_t)y + 1 + old.left * png->channels, 0, (size_t)(old.width * png->channels));
  if (old.top == 0) put_first_row(png);
  uint8_t edge[length];
  for (size_t x = 0; x < length; x++) edge[x] = area.top ? png->background[x % (size_t)png->channels] : 0;
  const uint8_t *above = edge;
  int y = area.top;
  uint8_t *row = png->rows + row_size(png) * (size_t)y + 1 + area.left * png->channels;
  for (; y < area.top + area.height; y++, row += row_size(png), above = picture, picture += length)
    for (size_t x = 0; x < length; x++) row[x] = (uint8_t)(picture[x] - above[x]);
  png->dirty = area;
  if (y == png->height) return;
  for (size_t x = 0; x < length; x++) row[x] = (uint8_t)(png->background[x % (size_t)png->channels] - above[x]);
  png->dirty.height++;
}

void write_png(png *png, const char *path, rectangle area, const uint8_t *picture) {
  filter(png, area, picture);
  struct isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.level = 1;
  stream.level_buf = png->level_memory;
  stream.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
  stream.gzip_flag = IGZIP_ZLIB;
  stream.end_of_stream = 1;
  stream.next_in = png->rows;
  stream.avail_in = (uint32_t)(row_size(png) * (size_t)png->height);
  stream.next_out = png->file + before_data;
  stream.avail_out = (uint32_t)(png->capacity - before_data - after_data);
  if (isal_deflate_stateless(&stream) != COMP_OK) fail(path, "ISA-L cannot deflate it");
  uint8_t *name = png->file + before_data - 4;
  put32(name - 4, stream.total_out);
  memcpy(name, "IDAT", 4);
  put_checksum(name, stream.total_out);
  uint8_t *end = name + 4 + stream.total_out + 4;
  memcpy(end, "\0\0\0\0IEND", 8);
  put_checksum(end + 4, 0);
  const ssize_t size = end + 12 - png->file;
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0 || write(file, png->file, (size_t)size) != size || close(file)) fail(path, "cannot be written");
}
