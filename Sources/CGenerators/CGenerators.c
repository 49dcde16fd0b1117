// Made by scripts/embed-generators.sh.
#include "CGenerators.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t file0[] = {
#embed "../Export/Resources/a1111/sd15.json"
};

static const uint8_t file1[] = {
#embed "../Export/Resources/a1111/sdxl-xinsir.json"
};

static const uint8_t file2[] = {
#embed "../Export/Resources/comfyui/models/flux-union.json"
};

static const uint8_t file3[] = {
#embed "../Export/Resources/comfyui/models/qwen.json"
};

static const uint8_t file4[] = {
#embed "../Export/Resources/comfyui/models/sd15.json"
};

static const uint8_t file5[] = {
#embed "../Export/Resources/comfyui/models/sdxl-xinsir.json"
};

static const uint8_t file6[] = {
#embed "../Export/Resources/comfyui/models/z-image.json"
};

static const uint8_t file7[] = {
#embed "../Export/Resources/comfyui/nodes/core.json"
};

static const uint8_t file8[] = {
#embed "../Export/Resources/comfyui/nodes/detail-daemon.json"
};

static const uint8_t file9[] = {
#embed "../Export/Resources/comfyui/nodes/impact-pack.json"
};

static const uint8_t file10[] = {
#embed "../Export/Resources/comfyui/nodes/impact-subpack.json"
};

static const uint8_t file11[] = {
#embed "../Export/Resources/comfyui/nodes/posemap.json"
};

static const uint8_t file12[] = {
#embed "../Export/Resources/comfyui/recipe.json"
};

static const uint8_t file13[] = {
#embed "../Export/Resources/diffusers/flux-union.py"
};

static const uint8_t file14[] = {
#embed "../Export/Resources/diffusers/qwen.py"
};

static const uint8_t file15[] = {
#embed "../Export/Resources/diffusers/sd15.py"
};

static const uint8_t file16[] = {
#embed "../Export/Resources/diffusers/sdxl-xinsir.py"
};

static const uint8_t file17[] = {
#embed "../Export/Resources/diffusers/wan-vace.py"
};

static const uint8_t file18[] = {
#embed "../Export/Resources/diffusers/z-image.py"
};

static const posemap_resource resources[] = {
    {"a1111/sd15.json", file0, sizeof file0},
    {"a1111/sdxl-xinsir.json", file1, sizeof file1},
    {"comfyui/models/flux-union.json", file2, sizeof file2},
    {"comfyui/models/qwen.json", file3, sizeof file3},
    {"comfyui/models/sd15.json", file4, sizeof file4},
    {"comfyui/models/sdxl-xinsir.json", file5, sizeof file5},
    {"comfyui/models/z-image.json", file6, sizeof file6},
    {"comfyui/nodes/core.json", file7, sizeof file7},
    {"comfyui/nodes/detail-daemon.json", file8, sizeof file8},
    {"comfyui/nodes/impact-pack.json", file9, sizeof file9},
    {"comfyui/nodes/impact-subpack.json", file10, sizeof file10},
    {"comfyui/nodes/posemap.json", file11, sizeof file11},
    {"comfyui/recipe.json", file12, sizeof file12},
    {"diffusers/flux-union.py", file13, sizeof file13},
    {"diffusers/qwen.py", file14, sizeof file14},
    {"diffusers/sd15.py", file15, sizeof file15},
    {"diffusers/sdxl-xinsir.py", file16, sizeof file16},
    {"diffusers/wan-vace.py", file17, sizeof file17},
    {"diffusers/z-image.py", file18, sizeof file18},
};

posemap_resource posemap_generator_resource(int64_t number) {
  if (number < 0 || number >= (int64_t)(sizeof resources / sizeof *resources)) return (posemap_resource){0};
  return resources[number];
}
