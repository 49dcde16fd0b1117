// A program that makes the maps of a clip and does nothing else, to measure how fast posemap could be.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef float v4 __attribute__((vector_size(16)));
typedef int32_t v4i __attribute__((vector_size(16)));

enum { body_points = 18, hand_points = 21, face_points = 70 };
enum { all_points = body_points + 2 * hand_points + face_points };

// A file of floor_file.py: the counts, then the arrays.
typedef struct {
  int32_t vertices, triangles, joints, poses, characters;
  // The matrix from the world to the camera, row by row; the tangent of half the height.
  float camera[12], tangent;
  // The distances that become white and the darkest level.
  float near, far;
} header;

typedef struct {
  header head;
  const v4 *positions;        // in the T-pose
  const v4 *weights;          // of four joints for each vertex
  const uint16_t *influences; // four joints for each vertex
  const uint32_t *corners;    // three vertices for each triangle
  const float *labels;        // of each vertex, from 1
  const v4 *motions;          // four columns of a matrix, for each pose and joint
  const v4 *offsets;          // the position of each character
  const float *keypoints;     // x and y as shares of the canvas, for each pose and character; negative: missing
} clip;

// The pixels of a picture that are not background.
typedef struct {
  int left, top, width, height;
} rectangle;

static inline rectangle clipped(float left, float top, float right, float bottom, int width, int height) {
  int x0 = left > 0 ? (int)left : 0, y0 = top > 0 ? (int)top : 0;
  int x1 = right < (float)width ? (int)right : width, y1 = bottom < (float)height ? (int)bottom : height;
  if (x0 >= x1 || y0 >= y1) return (rectangle){0, 0, 1, 1};
  return (rectangle){x0, y0, x1 - x0, y1 - y0};
}

void *allocated(size_t bytes);
void fail(const char *what, const char *detail);

// floor_gl.c: distances, packed normals and shading of a posed surface within a rectangle.
typedef struct {
  float *distances;
  float *normals;
  uint8_t *shading;
} pixels;

void start_drawing(const clip *clip, int width, int height);
void draw(const clip *clip, const v4 *positions, const v4 *normals, float near, float far, rectangle area, pixels *into);

// floor_maps.c: each function fills its own rectangle.
rectangle draw_openpose(const float *keypoints, int width, int height, uint8_t *into);
void make_depth(const header *head, const pixels *seen, rectangle area, uint8_t *into);
void make_normal(const pixels *seen, rectangle area, uint8_t *into);
void make_canny(const pixels *seen, rectangle area, uint8_t *into);

// floor_png.c: a picture's file, kept from frame to frame so that only the rectangle is filtered again.
typedef struct png png;
png *new_png(int width, int height, int channels, const uint8_t *background);
void write_png(png *png, const char *path, rectangle area, const uint8_t *picture);
