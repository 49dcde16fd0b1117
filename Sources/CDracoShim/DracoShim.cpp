#include "CDracoShim.h"

#include <memory>

#include <draco/compression/decode.h>

struct posemap_draco_mesh {
  std::unique_ptr<draco::Mesh> mesh;
};

posemap_draco_mesh *posemap_draco_open(const uint8_t *bytes, size_t count, int64_t most) {
  // Draco allocates what a file claims before the claim can be checked, and exceptions must not
  // reach Swift.
  try {
    draco::DecoderBuffer buffer;
    buffer.Init(reinterpret_cast<const char *>(bytes), count);
    draco::Decoder decoder;
    auto decoded = decoder.DecodeMeshFromBuffer(&buffer);
    if (!decoded.ok()) return nullptr;
    std::unique_ptr<draco::Mesh> mesh = std::move(decoded).value();
    if (!mesh || mesh->num_points() > most || mesh->num_faces() > most) return nullptr;
    return new posemap_draco_mesh{std::move(mesh)};
  } catch (...) {
    return nullptr;
  }
}

void posemap_draco_close(posemap_draco_mesh *mesh) { delete mesh; }

int64_t posemap_draco_points(const posemap_draco_mesh *mesh) { return mesh->mesh->num_points(); }

int64_t posemap_draco_faces(const posemap_draco_mesh *mesh) { return mesh->mesh->num_faces(); }

void posemap_draco_corners(const posemap_draco_mesh *mesh, uint32_t *out) {
  for (draco::FaceIndex face(0); face < mesh->mesh->num_faces(); ++face) {
    for (int corner = 0; corner < 3; ++corner) *out++ = mesh->mesh->face(face)[corner].value();
  }
}

namespace {

template <typename Number>
int write(const posemap_draco_mesh *mesh, uint32_t id, int width, Number *out) {
  const draco::PointAttribute *attribute = mesh->mesh->GetAttributeByUniqueId(id);
  if (!attribute || attribute->num_components() != width) return 0;
  for (draco::PointIndex point(0); point < mesh->mesh->num_points(); ++point) {
    const auto value = attribute->mapped_index(point);
    if (!attribute->ConvertValue<Number>(value, static_cast<int8_t>(width), out)) return 0;
    out += width;
  }
  return 1;
}

}  // namespace

int posemap_draco_floats(const posemap_draco_mesh *mesh, uint32_t attribute, int width, float *out) {
  return write<float>(mesh, attribute, width, out);
}

int posemap_draco_integers(const posemap_draco_mesh *mesh, uint32_t attribute, int width,
                           uint32_t *out) {
  return write<uint32_t>(mesh, attribute, width, out);
}
