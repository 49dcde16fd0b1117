/// Embedded data of Rigs/ and schemas of docs/ that the program always needs.
#pragma once
#include <stdint.h>

/// Bytes that exist as long as the program runs.
typedef struct {
  const uint8_t *bytes;
  int64_t size;
} posemap_blob;

posemap_blob posemap_limits_json(void);
posemap_blob posemap_female_body(void);
posemap_blob posemap_male_body(void);
posemap_blob posemap_scene_schema(void);
posemap_blob posemap_pose_schema(void);
posemap_blob posemap_clip_schema(void);
posemap_blob posemap_bones_schema(void);
posemap_blob posemap_prop_schema(void);
posemap_blob posemap_hair_schema(void);
posemap_blob posemap_garment_schema(void);
