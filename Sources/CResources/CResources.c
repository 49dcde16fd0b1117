// Made by scripts/embed-resources.sh.
#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t file0[] = {
#embed "../../Sources/Export/Resources/a1111/sd15.json"
};

static const uint8_t file1[] = {
#embed "../../Sources/Export/Resources/a1111/sdxl-xinsir.json"
};

static const uint8_t file2[] = {
#embed "../../Sources/Export/Resources/comfyui/models/flux-union.json"
};

static const uint8_t file3[] = {
#embed "../../Sources/Export/Resources/comfyui/models/qwen.json"
};

static const uint8_t file4[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sd15.json"
};

static const uint8_t file5[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sdxl-xinsir.json"
};

static const uint8_t file6[] = {
#embed "../../Sources/Export/Resources/comfyui/models/z-image.json"
};

static const uint8_t file7[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/core.json"
};

static const uint8_t file8[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/detail-daemon.json"
};

static const uint8_t file9[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/impact-pack.json"
};

static const uint8_t file10[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/impact-subpack.json"
};

static const uint8_t file11[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/posemap.json"
};

static const uint8_t file12[] = {
#embed "../../Sources/Export/Resources/comfyui/recipe.json"
};

static const uint8_t file13[] = {
#embed "../../Sources/Export/Resources/diffusers/flux-union.py"
};

static const uint8_t file14[] = {
#embed "../../Sources/Export/Resources/diffusers/qwen.py"
};

static const uint8_t file15[] = {
#embed "../../Sources/Export/Resources/diffusers/sd15.py"
};

static const uint8_t file16[] = {
#embed "../../Sources/Export/Resources/diffusers/sdxl-xinsir.py"
};

static const uint8_t file17[] = {
#embed "../../Sources/Export/Resources/diffusers/wan-vace.py"
};

static const uint8_t file18[] = {
#embed "../../Sources/Export/Resources/diffusers/z-image.py"
};

static const uint8_t file19[] = {
#embed "../../Sources/RigImport/Resources/bone-words.json"
};

static const uint8_t file20[] = {
#embed "../../Sources/RigImport/Resources/bones/3ds-max-biped.json"
};

static const uint8_t file21[] = {
#embed "../../Sources/RigImport/Resources/bones/cmu.json"
};

static const uint8_t file22[] = {
#embed "../../Sources/RigImport/Resources/bones/collar-elbow-wrist.json"
};

static const uint8_t file23[] = {
#embed "../../Sources/RigImport/Resources/bones/godot-unity.json"
};

static const uint8_t file24[] = {
#embed "../../Sources/RigImport/Resources/bones/makehuman.json"
};

static const uint8_t file25[] = {
#embed "../../Sources/RigImport/Resources/bones/meebits.json"
};

static const uint8_t file26[] = {
#embed "../../Sources/RigImport/Resources/bones/mixamo.json"
};

static const uint8_t file27[] = {
#embed "../../Sources/RigImport/Resources/bones/poser-daz.json"
};

static const uint8_t file28[] = {
#embed "../../Sources/RigImport/Resources/bones/ready-player-me.json"
};

static const uint8_t file29[] = {
#embed "../../Sources/RigImport/Resources/bones/rigify-def.json"
};

static const uint8_t file30[] = {
#embed "../../Sources/RigImport/Resources/bones/rigify-metarig.json"
};

static const uint8_t file31[] = {
#embed "../../Sources/RigImport/Resources/bones/rocketbox.json"
};

static const uint8_t file32[] = {
#embed "../../Sources/RigImport/Resources/bones/smpl-x.json"
};

static const uint8_t file33[] = {
#embed "../../Sources/RigImport/Resources/bones/unreal.json"
};

static const uint8_t file34[] = {
#embed "../../Sources/RigImport/Resources/bones/valve-biped.json"
};

static const uint8_t file35[] = {
#embed "../../Sources/RigImport/Resources/bones/vrm-0.json"
};

static const uint8_t file36[] = {
#embed "../../Sources/RigImport/Resources/bones/vrm-1.json"
};

static const uint8_t file37[] = {
#embed "../../Sources/RigImport/Resources/bones/vroid.json"
};

static const uint8_t file38[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/flux-union.json"
};

static const uint8_t file39[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/qwen.json"
};

static const uint8_t file40[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sd15.json"
};

static const uint8_t file41[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sdxl-xinsir.json"
};

static const uint8_t file42[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/wan-vace.json"
};

static const uint8_t file43[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/z-image.json"
};

static const posemap_resource resources[] = {
    {"Sources/Export/Resources/a1111/sd15.json", file0, sizeof file0},
    {"Sources/Export/Resources/a1111/sdxl-xinsir.json", file1, sizeof file1},
    {"Sources/Export/Resources/comfyui/models/flux-union.json", file2, sizeof file2},
    {"Sources/Export/Resources/comfyui/models/qwen.json", file3, sizeof file3},
    {"Sources/Export/Resources/comfyui/models/sd15.json", file4, sizeof file4},
    {"Sources/Export/Resources/comfyui/models/sdxl-xinsir.json", file5, sizeof file5},
    {"Sources/Export/Resources/comfyui/models/z-image.json", file6, sizeof file6},
    {"Sources/Export/Resources/comfyui/nodes/core.json", file7, sizeof file7},
    {"Sources/Export/Resources/comfyui/nodes/detail-daemon.json", file8, sizeof file8},
    {"Sources/Export/Resources/comfyui/nodes/impact-pack.json", file9, sizeof file9},
    {"Sources/Export/Resources/comfyui/nodes/impact-subpack.json", file10, sizeof file10},
    {"Sources/Export/Resources/comfyui/nodes/posemap.json", file11, sizeof file11},
    {"Sources/Export/Resources/comfyui/recipe.json", file12, sizeof file12},
    {"Sources/Export/Resources/diffusers/flux-union.py", file13, sizeof file13},
    {"Sources/Export/Resources/diffusers/qwen.py", file14, sizeof file14},
    {"Sources/Export/Resources/diffusers/sd15.py", file15, sizeof file15},
    {"Sources/Export/Resources/diffusers/sdxl-xinsir.py", file16, sizeof file16},
    {"Sources/Export/Resources/diffusers/wan-vace.py", file17, sizeof file17},
    {"Sources/Export/Resources/diffusers/z-image.py", file18, sizeof file18},
    {"Sources/RigImport/Resources/bone-words.json", file19, sizeof file19},
    {"Sources/RigImport/Resources/bones/3ds-max-biped.json", file20, sizeof file20},
    {"Sources/RigImport/Resources/bones/cmu.json", file21, sizeof file21},
    {"Sources/RigImport/Resources/bones/collar-elbow-wrist.json", file22, sizeof file22},
    {"Sources/RigImport/Resources/bones/godot-unity.json", file23, sizeof file23},
    {"Sources/RigImport/Resources/bones/makehuman.json", file24, sizeof file24},
    {"Sources/RigImport/Resources/bones/meebits.json", file25, sizeof file25},
    {"Sources/RigImport/Resources/bones/mixamo.json", file26, sizeof file26},
    {"Sources/RigImport/Resources/bones/poser-daz.json", file27, sizeof file27},
    {"Sources/RigImport/Resources/bones/ready-player-me.json", file28, sizeof file28},
    {"Sources/RigImport/Resources/bones/rigify-def.json", file29, sizeof file29},
    {"Sources/RigImport/Resources/bones/rigify-metarig.json", file30, sizeof file30},
    {"Sources/RigImport/Resources/bones/rocketbox.json", file31, sizeof file31},
    {"Sources/RigImport/Resources/bones/smpl-x.json", file32, sizeof file32},
    {"Sources/RigImport/Resources/bones/unreal.json", file33, sizeof file33},
    {"Sources/RigImport/Resources/bones/valve-biped.json", file34, sizeof file34},
    {"Sources/RigImport/Resources/bones/vrm-0.json", file35, sizeof file35},
    {"Sources/RigImport/Resources/bones/vrm-1.json", file36, sizeof file36},
    {"Sources/RigImport/Resources/bones/vroid.json", file37, sizeof file37},
    {"Sources/SceneFiles/Resources/profiles/flux-union.json", file38, sizeof file38},
    {"Sources/SceneFiles/Resources/profiles/qwen.json", file39, sizeof file39},
    {"Sources/SceneFiles/Resources/profiles/sd15.json", file40, sizeof file40},
    {"Sources/SceneFiles/Resources/profiles/sdxl-xinsir.json", file41, sizeof file41},
    {"Sources/SceneFiles/Resources/profiles/wan-vace.json", file42, sizeof file42},
    {"Sources/SceneFiles/Resources/profiles/z-image.json", file43, sizeof file43},
};

int64_t posemap_resource_count(void) { return sizeof resources / sizeof *resources; }

posemap_resource posemap_resource_at(int64_t index) { return resources[index]; }
