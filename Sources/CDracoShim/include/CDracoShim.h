#ifndef POSEMAP_DRACO_SHIM_H
#define POSEMAP_DRACO_SHIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A mesh that libdraco decoded.
typedef struct posemap_draco_mesh posemap_draco_mesh;

/// Decodes a mesh; null for bytes without a mesh, or with more than `most` points or faces.
posemap_draco_mesh *posemap_draco_open(const uint8_t *bytes, size_t count, int64_t most);
void posemap_draco_close(posemap_draco_mesh *mesh);

int64_t posemap_draco_points(const posemap_draco_mesh *mesh);
int64_t posemap_draco_faces(const posemap_draco_mesh *mesh);

/// Writes three corners for each face.
void posemap_draco_corners(const posemap_draco_mesh *mesh, uint32_t *out);

/// Writes `width` numbers for each point of the attribute with a unique id; returns 0 if it does not exist.
int posemap_draco_floats(const posemap_draco_mesh *mesh, uint32_t attribute, int width, float *out);
int posemap_draco_integers(const posemap_draco_mesh *mesh, uint32_t attribute, int width,
                           uint32_t *out);

#ifdef __cplusplus
}
#endif

#endif
