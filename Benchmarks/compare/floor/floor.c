// usage: floor FILE FOLDER SIZE FRAMES PROCESSES
// Makes openpose, depth, normal and canny of each character and frame, as FOLDER/<character>/<map>/00000.png, and prints
// nothing. The poses are matrices, and the keypoints are points of the picture; frames beyond the last pose start again
// with the first.
#include "floor.h"

#include <fcntl.h>
#include <float.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[] = {"openpose", "depth", "normal", "canny"};

void fail(const char *what, const char *detail) {
  fprintf(stderr, "floor: %s: %s\n", what, detail);
  exit(1);
}

void *allocated(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (!memory) fail("memory", "there is too little");
  return memory;
}

static clip read_clip(const char *path) {
  int file = open(path, O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status)) fail(path, "cannot be read");
  const char *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) fail(path, "cannot be mapped");
  close(file);
  clip clip;
  memcpy(&clip.head, bytes, sizeof clip.head);
  const header *head = &clip.head;
  const size_t vertices = (size_t)head->vertices;
  // Each array begins at a multiple of 16 bytes, the first after 128.
  const char *next = bytes + 128;
#define TAKE(field, size) (clip.field = (const void *)next, next += ((size) + 15) / 16 * 16)
  TAKE(positions, vertices * 16);
  TAKE(weights, vertices * 16);
  TAKE(influences, vertices * 8);
  TAKE(corners, (size_t)head->triangles * 12);
  TAKE(labels, vertices * 4);
  TAKE(motions, (size_t)(head->poses * head->joints) * 64);
  TAKE(offsets, (size_t)head->characters * 16);
  TAKE(keypoints, (size_t)(head->poses * head->characters) * all_points * 8);
  if (next - bytes != status.st_size) fail(path, "has another length than its counts say");
  return clip;
}

static void skin(const clip *clip, int pose, v4 offset, v4 *positions) {
  const v4 *motions = clip->motions + (size_t)(pose * clip->head.joints) * 4;
  for (int i = 0; i < clip->head.vertices; i++) {
    const v4 p = clip->positions[i], w = clip->weights[i];
    const uint16_t *joints = clip->influences + 4 * (size_t)i;
    const v4 *m = motions + 4 * joints[0];
    v4 x = m[0] * w[0], y = m[1] * w[0], z = m[2] * w[0], t = m[3] * w[0];
    for (int k = 1; k < 4 && w[k] > 0; k++) {
      m = motions + 4 * joints[k];
      x += m[0] * w[k], y += m[1] * w[k], z += m[2] * w[k], t += m[3] * w[k];
    }
    positions[i] = x * p[0] + y * p[1] + z * p[2] + t + offset;
  }
}

static v4 turned(v4 a) { return __builtin_shuffle(a, (v4i){1, 2, 0, 3}); }

// Sums of the triangles' normals, weighted by area; the shader normalizes them.
static void sum_normals(const clip *clip, const v4 *positions, v4 *normals) {
  memset(normals, 0, (size_t)clip->head.vertices * sizeof *normals);
  const uint32_t *corner = clip->corners;
  for (int i = 0; i < clip->head.triangles; i++, corner += 3) {
    const v4 a = positions[corner[0]], u = positions[corner[1]] - a, v = positions[corner[2]] - a;
    const v4 n = turned(u) * turned(turned(v)) - turned(turned(u)) * turned(v);
    for (int k = 0; k < 3; k++) normals[corner[k]] += n;
  }
}

// The rectangle that contains the surface, with a small margin, and the surface's distances.
static rectangle bounds(const clip *clip, const v4 *positions, int width, int height, float *near, float *far) {
  const float *c = clip->head.camera;
  const v4 x = {c[0], c[4], c[8]}, y = {c[1], c[5], c[9]}, z = {c[2], c[6], c[10]}, t = {c[3], c[7], c[11]};
  float left = FLT_MAX, right = -FLT_MAX, low = FLT_MAX, high = -FLT_MAX;
  *near = FLT_MAX, *far = 0;
  for (int i = 0; i < clip->head.vertices; i++) {
    const v4 p = positions[i], seen = x * p[0] + y * p[1] + z * p[2] + t;
    const float distance = -seen[2], u = seen[0] / distance, v = seen[1] / distance;
    left = u < left ? u : left, right = u > right ? u : right;
    low = v < low ? v : low, high = v > high ? v : high;
    *near = distance < *near ? distance : *near, *far = distance > *far ? distance : *far;
  }
  const float scale = (float)height / 2 / clip->head.tangent, middle = (float)width / 2, center = (float)height / 2;
  return clipped(middle + left * scale - 2, center - high * scale - 2, middle + right * scale + 3,
                 center - low * scale + 3, width, height);
}

typedef struct {
  const clip *clip;
  int width, height;
  const char *folder;
  v4 *positions, *normals;
  pixels seen;
  uint8_t *picture;
  png *files[4];
} worker;

static void make_frame(worker *w, int frame, int character) {
  const clip *clip = w->clip;
  const int pose = frame % clip->head.poses;
  float near, far;
  skin(clip, pose, clip->offsets[character], w->positions);
  sum_normals(clip, w->positions, w->normals);
  const rectangle area = bounds(clip, w->positions, w->width, w->height, &near, &far);
  draw(clip, w->positions, w->normals, near, far, area, &w->seen);
  for (int map = 0; map < 4; map++) {
    rectangle inside = area;
    switch (map) {
    case 0:
      inside = draw_openpose(clip->keypoints + (size_t)(pose * clip->head.characters + character) * 2 * all_points,
                             w->width, w->height, w->picture);
      break;
    case 1: make_depth(&clip->head, &w->seen, area, w->picture); break;
    case 2: make_normal(&w->seen, area, w->picture); break;
    default: make_canny(&w->seen, area, w->picture);
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/%d/%s/%05d.png", w->folder, character, names[map], frame);
    write_png(w->files[map], path, inside, w->picture);
  }
}

static void work(worker *w, int frames, atomic_int *next) {
  const size_t count = (size_t)w->width * (size_t)w->height, vertices = (size_t)w->clip->head.vertices;
  // As in posemap: memory that is returned to the system would be mapped and cleared again in each frame.
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  char *heap = malloc(count * 60 + (32 << 20));
  if (heap) madvise((void *)(((uintptr_t)heap + 4095) & ~4095ul), count * 60, MADV_HUGEPAGE);
  free(heap);
  start_drawing(w->clip, w->width, w->height);
  w->positions = allocated(vertices * sizeof(v4));
  w->normals = allocated(vertices * sizeof(v4));
  w->seen = (pixels){allocated(count * 4), allocated(count * 8), allocated(count * 4)};
  w->picture = allocated(count * 3);
  const uint8_t black[3] = {0, 0, 0}, facing[3] = {127, 127, 255};
  for (int map = 0; map < 4; map++)
    w->files[map] = new_png(w->width, w->height, map % 2 ? 1 : 3, map == 2 ? facing : black);
  const int characters = w->clip->head.characters;
  for (int i; (i = atomic_fetch_add(next, 1)) < frames * characters;) make_frame(w, i / characters, i % characters);
}

int main(int count, char **arguments) {
  if (count != 6) fail("usage", "floor FILE FOLDER SIZE FRAMES PROCESSES");
  const clip clip = read_clip(arguments[1]);
  const int size = atoi(arguments[3]), frames = atoi(arguments[4]), processes = atoi(arguments[5]);
  worker worker = {.clip = &clip, .width = size, .height = size, .folder = arguments[2]};
  mkdir(worker.folder, 0777);
  for (int i = 0; i < clip.head.characters * 5; i++) {
    char path[4096];
    snprintf(path, sizeof path, i % 5 ? "%s/%d/%s" : "%s/%d", worker.folder, i / 5, names[(i + 4) % 5 % 4]);
    mkdir(path, 0777);
  }
  atomic_int *next = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (next == MAP_FAILED) fail("memory", "there is too little");
  // Before any OpenGL: a context does not survive a fork.
  for (int i = 0; i < processes; i++) {
    if (processes > 1 && fork()) continue;
    if (processes > 1) setenv("LP_NUM_THREADS", "0", 1);
    work(&worker, frames, next);
    // Not exit: shutting Mesa down costs milliseconds and has no benefit.
    _exit(0);
  }
  int status, worst = 0;
  while (wait(&status) > 0) worst |= status;
  return worst != 0;
}
