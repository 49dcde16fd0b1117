// Measures how large PNG files would be with libpng's defaults: prints "bytes as they are" and "bytes by the defaults" in total.
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void count_bytes(png_structp png, png_bytep bytes, png_size_t count) {
  (void)bytes;
  *(size_t *)png_get_io_ptr(png) += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static size_t default_size(const uint8_t *pixels, png_image image, int channels) {
  size_t size = 0;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &size, count_bytes, flush_nothing);
  png_set_IHDR(png, info, image.width, image.height, 8,
               channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, 0, 0, 0);
  png_write_info(png, info);
  for (size_t y = 0; y < image.height; y++)
    png_write_row(png, pixels + y * image.width * (size_t)channels);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  return size;
}

int main(int count, char **paths) {
  size_t ours = 0, theirs = 0;
  for (int i = 1; i < count; i++) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&image, paths[i])) return 1;
    int channels = image.format & PNG_FORMAT_FLAG_COLOR ? 3 : 1;
    image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    uint8_t *pixels = malloc(PNG_IMAGE_SIZE(image));
    if (!pixels || !png_image_finish_read(&image, NULL, pixels, 0, NULL)) return 1;
    theirs += default_size(pixels, image, channels);
    free(pixels);
    FILE *file = fopen(paths[i], "rb");
    fseek(file, 0, SEEK_END);
    ours += (size_t)ftell(file);
    fclose(file);
  }
  printf("%zu %zu\n", ours, theirs);
  return 0;
}
