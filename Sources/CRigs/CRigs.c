#include "CRigs.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t limits[] = {
#embed "../../Rigs/limits.json"
};

static const uint8_t female[] = {
#embed "../../Rigs/female.body"
};

static const uint8_t male[] = {
#embed "../../Rigs/male.body"
};

static const uint8_t scene_schema[] = {
#embed "../../docs/schema/scene.schema.json"
};

static const uint8_t pose_schema[] = {
#embed "../../docs/schema/pose.schema.json"
};

static const uint8_t clip_schema[] = {
#embed "../../docs/schema/clip.schema.json"
};

static const uint8_t bones_schema[] = {
#embed "../../docs/schema/bones.schema.json"
};

static const uint8_t prop_schema[] = {
#embed "../../docs/schema/prop.schema.json"
};

static const uint8_t hair_schema[] = {
#embed "../../docs/schema/hair.schema.json"
};

static const uint8_t garment_schema[] = {
#embed "../../docs/schema/garment.schema.json"
};

posemap_blob posemap_limits_json(void) { return (posemap_blob){limits, sizeof limits}; }
posemap_blob posemap_female_body(void) { return (posemap_blob){female, sizeof female}; }
posemap_blob posemap_male_body(void) { return (posemap_blob){male, sizeof male}; }
posemap_blob posemap_scene_schema(void) { return (posemap_blob){scene_schema, sizeof scene_schema}; }
posemap_blob posemap_pose_schema(void) { return (posemap_blob){pose_schema, sizeof pose_schema}; }
posemap_blob posemap_clip_schema(void) { return (posemap_blob){clip_schema, sizeof clip_schema}; }
posemap_blob posemap_bones_schema(void) { return (posemap_blob){bones_schema, sizeof bones_schema}; }
posemap_blob posemap_prop_schema(void) { return (posemap_blob){prop_schema, sizeof prop_schema}; }
posemap_blob posemap_hair_schema(void) { return (posemap_blob){hair_schema, sizeof hair_schema}; }
posemap_blob posemap_garment_schema(void) { return (posemap_blob){garment_schema, sizeof garment_schema}; }
