// Made by scripts/embed-resources.sh.
#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t file0[] = {
#embed "../../Examples/pairs/back-to-back.scene.json"
};

static const uint8_t file1[] = {
#embed "../../Examples/pairs/bridal-carry.scene.json"
};

static const uint8_t file2[] = {
#embed "../../Examples/pairs/handshake.scene.json"
};

static const uint8_t file3[] = {
#embed "../../Examples/pairs/hug.scene.json"
};

static const uint8_t file4[] = {
#embed "../../Examples/pairs/waltz.scene.json"
};

static const uint8_t file5[] = {
#embed "../../Sources/Export/Resources/a1111/sd15.json"
};

static const uint8_t file6[] = {
#embed "../../Sources/Export/Resources/a1111/sdxl-xinsir.json"
};

static const uint8_t file7[] = {
#embed "../../Sources/Export/Resources/comfyui/models/flux-union.json"
};

static const uint8_t file8[] = {
#embed "../../Sources/Export/Resources/comfyui/models/qwen.json"
};

static const uint8_t file9[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sd15.json"
};

static const uint8_t file10[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sdxl-xinsir.json"
};

static const uint8_t file11[] = {
#embed "../../Sources/Export/Resources/comfyui/models/z-image.json"
};

static const uint8_t file12[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/core.json"
};

static const uint8_t file13[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/detail-daemon.json"
};

static const uint8_t file14[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/impact-pack.json"
};

static const uint8_t file15[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/impact-subpack.json"
};

static const uint8_t file16[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/posemap.json"
};

static const uint8_t file17[] = {
#embed "../../Sources/Export/Resources/comfyui/recipe.json"
};

static const uint8_t file18[] = {
#embed "../../Sources/Export/Resources/diffusers/flux-union.py"
};

static const uint8_t file19[] = {
#embed "../../Sources/Export/Resources/diffusers/qwen.py"
};

static const uint8_t file20[] = {
#embed "../../Sources/Export/Resources/diffusers/sd15.py"
};

static const uint8_t file21[] = {
#embed "../../Sources/Export/Resources/diffusers/sdxl-xinsir.py"
};

static const uint8_t file22[] = {
#embed "../../Sources/Export/Resources/diffusers/wan-vace.py"
};

static const uint8_t file23[] = {
#embed "../../Sources/Export/Resources/diffusers/z-image.py"
};

static const uint8_t file24[] = {
#embed "../../Sources/RigImport/Resources/bone-words.json"
};

static const uint8_t file25[] = {
#embed "../../Sources/RigImport/Resources/bones/3ds-max-biped.json"
};

static const uint8_t file26[] = {
#embed "../../Sources/RigImport/Resources/bones/advanced-skeleton.json"
};

static const uint8_t file27[] = {
#embed "../../Sources/RigImport/Resources/bones/asf-amc.json"
};

static const uint8_t file28[] = {
#embed "../../Sources/RigImport/Resources/bones/auto-rig-pro.json"
};

static const uint8_t file29[] = {
#embed "../../Sources/RigImport/Resources/bones/azure-kinect.json"
};

static const uint8_t file30[] = {
#embed "../../Sources/RigImport/Resources/bones/character-creator.json"
};

static const uint8_t file31[] = {
#embed "../../Sources/RigImport/Resources/bones/cmu.json"
};

static const uint8_t file32[] = {
#embed "../../Sources/RigImport/Resources/bones/collar-elbow-wrist.json"
};

static const uint8_t file33[] = {
#embed "../../Sources/RigImport/Resources/bones/deepmotion.json"
};

static const uint8_t file34[] = {
#embed "../../Sources/RigImport/Resources/bones/genesis-8.json"
};

static const uint8_t file35[] = {
#embed "../../Sources/RigImport/Resources/bones/genesis-9.json"
};

static const uint8_t file36[] = {
#embed "../../Sources/RigImport/Resources/bones/godot-unity.json"
};

static const uint8_t file37[] = {
#embed "../../Sources/RigImport/Resources/bones/kinect.json"
};

static const uint8_t file38[] = {
#embed "../../Sources/RigImport/Resources/bones/makehuman.json"
};

static const uint8_t file39[] = {
#embed "../../Sources/RigImport/Resources/bones/meebits.json"
};

static const uint8_t file40[] = {
#embed "../../Sources/RigImport/Resources/bones/meshy.json"
};

static const uint8_t file41[] = {
#embed "../../Sources/RigImport/Resources/bones/mixamo.json"
};

static const uint8_t file42[] = {
#embed "../../Sources/RigImport/Resources/bones/mmd-english.json"
};

static const uint8_t file43[] = {
#embed "../../Sources/RigImport/Resources/bones/mmd.json"
};

static const uint8_t file44[] = {
#embed "../../Sources/RigImport/Resources/bones/optitrack.json"
};

static const uint8_t file45[] = {
#embed "../../Sources/RigImport/Resources/bones/poser-daz.json"
};

static const uint8_t file46[] = {
#embed "../../Sources/RigImport/Resources/bones/ready-player-me.json"
};

static const uint8_t file47[] = {
#embed "../../Sources/RigImport/Resources/bones/rigify-def.json"
};

static const uint8_t file48[] = {
#embed "../../Sources/RigImport/Resources/bones/rigify-metarig.json"
};

static const uint8_t file49[] = {
#embed "../../Sources/RigImport/Resources/bones/roblox.json"
};

static const uint8_t file50[] = {
#embed "../../Sources/RigImport/Resources/bones/rocketbox.json"
};

static const uint8_t file51[] = {
#embed "../../Sources/RigImport/Resources/bones/rokoko.json"
};

static const uint8_t file52[] = {
#embed "../../Sources/RigImport/Resources/bones/smpl-x.json"
};

static const uint8_t file53[] = {
#embed "../../Sources/RigImport/Resources/bones/smpl.json"
};

static const uint8_t file54[] = {
#embed "../../Sources/RigImport/Resources/bones/synty.json"
};

static const uint8_t file55[] = {
#embed "../../Sources/RigImport/Resources/bones/unreal-5.json"
};

static const uint8_t file56[] = {
#embed "../../Sources/RigImport/Resources/bones/unreal.json"
};

static const uint8_t file57[] = {
#embed "../../Sources/RigImport/Resources/bones/valve-biped.json"
};

static const uint8_t file58[] = {
#embed "../../Sources/RigImport/Resources/bones/vrchat.json"
};

static const uint8_t file59[] = {
#embed "../../Sources/RigImport/Resources/bones/vrm-0.json"
};

static const uint8_t file60[] = {
#embed "../../Sources/RigImport/Resources/bones/vrm-1.json"
};

static const uint8_t file61[] = {
#embed "../../Sources/RigImport/Resources/bones/vroid.json"
};

static const uint8_t file62[] = {
#embed "../../Sources/RigImport/Resources/bones/xsens.json"
};

static const uint8_t file63[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/controlnet.json"
};

static const uint8_t file64[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/fun.json"
};

static const uint8_t file65[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/vace.json"
};

static const uint8_t file66[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/xinsir.json"
};

static const uint8_t file67[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/flux-union.json"
};

static const uint8_t file68[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/qwen.json"
};

static const uint8_t file69[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sd15.json"
};

static const uint8_t file70[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sdxl-xinsir.json"
};

static const uint8_t file71[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/wan-vace.json"
};

static const uint8_t file72[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/z-image.json"
};

static const uint8_t file73[] = {
#embed "../../Sources/Studio/Page/actions.js"
};

static const uint8_t file74[] = {
#embed "../../Sources/Studio/Page/connection.js"
};

static const uint8_t file75[] = {
#embed "../../Sources/Studio/Page/controls.css"
};

static const uint8_t file76[] = {
#embed "../../Sources/Studio/Page/controls.js"
};

static const uint8_t file77[] = {
#embed "../../Sources/Studio/Page/dialog.js"
};

static const uint8_t file78[] = {
#embed "../../Sources/Studio/Page/dom.js"
};

static const uint8_t file79[] = {
#embed "../../Sources/Studio/Page/guides.js"
};

static const uint8_t file80[] = {
#embed "../../Sources/Studio/Page/icon.svg"
};

static const uint8_t file81[] = {
#embed "../../Sources/Studio/Page/icons.svg"
};

static const uint8_t file82[] = {
#embed "../../Sources/Studio/Page/index.html"
};

static const uint8_t file83[] = {
#embed "../../Sources/Studio/Page/joints.js"
};

static const uint8_t file84[] = {
#embed "../../Sources/Studio/Page/keys.js"
};

static const uint8_t file85[] = {
#embed "../../Sources/Studio/Page/main.js"
};

static const uint8_t file86[] = {
#embed "../../Sources/Studio/Page/menu.js"
};

static const uint8_t file87[] = {
#embed "../../Sources/Studio/Page/notices.js"
};

static const uint8_t file88[] = {
#embed "../../Sources/Studio/Page/nudge.js"
};

static const uint8_t file89[] = {
#embed "../../Sources/Studio/Page/overlay.js"
};

static const uint8_t file90[] = {
#embed "../../Sources/Studio/Page/panels.css"
};

static const uint8_t file91[] = {
#embed "../../Sources/Studio/Page/panels/body-picker.js"
};

static const uint8_t file92[] = {
#embed "../../Sources/Studio/Page/panels/body.js"
};

static const uint8_t file93[] = {
#embed "../../Sources/Studio/Page/panels/camera.js"
};

static const uint8_t file94[] = {
#embed "../../Sources/Studio/Page/panels/completion-list.js"
};

static const uint8_t file95[] = {
#embed "../../Sources/Studio/Page/panels/completion.js"
};

static const uint8_t file96[] = {
#embed "../../Sources/Studio/Page/panels/drag-out.js"
};

static const uint8_t file97[] = {
#embed "../../Sources/Studio/Page/panels/export.js"
};

static const uint8_t file98[] = {
#embed "../../Sources/Studio/Page/panels/face.js"
};

static const uint8_t file99[] = {
#embed "../../Sources/Studio/Page/panels/figure-menu.js"
};

static const uint8_t file100[] = {
#embed "../../Sources/Studio/Page/panels/figures.js"
};

static const uint8_t file101[] = {
#embed "../../Sources/Studio/Page/panels/full-map.js"
};

static const uint8_t file102[] = {
#embed "../../Sources/Studio/Page/panels/goals.js"
};

static const uint8_t file103[] = {
#embed "../../Sources/Studio/Page/panels/hands.js"
};

static const uint8_t file104[] = {
#embed "../../Sources/Studio/Page/panels/highlight.js"
};

static const uint8_t file105[] = {
#embed "../../Sources/Studio/Page/panels/history.js"
};

static const uint8_t file106[] = {
#embed "../../Sources/Studio/Page/panels/index.js"
};

static const uint8_t file107[] = {
#embed "../../Sources/Studio/Page/panels/issues.js"
};

static const uint8_t file108[] = {
#embed "../../Sources/Studio/Page/panels/joint-sliders.js"
};

static const uint8_t file109[] = {
#embed "../../Sources/Studio/Page/panels/library.js"
};

static const uint8_t file110[] = {
#embed "../../Sources/Studio/Page/panels/maps.js"
};

static const uint8_t file111[] = {
#embed "../../Sources/Studio/Page/panels/phenotype.js"
};

static const uint8_t file112[] = {
#embed "../../Sources/Studio/Page/panels/pose.js"
};

static const uint8_t file113[] = {
#embed "../../Sources/Studio/Page/panels/props.js"
};

static const uint8_t file114[] = {
#embed "../../Sources/Studio/Page/panels/save-pose.js"
};

static const uint8_t file115[] = {
#embed "../../Sources/Studio/Page/panels/strip.js"
};

static const uint8_t file116[] = {
#embed "../../Sources/Studio/Page/panels/text.js"
};

static const uint8_t file117[] = {
#embed "../../Sources/Studio/Page/panels/timeline.js"
};

static const uint8_t file118[] = {
#embed "../../Sources/Studio/Page/pointer.js"
};

static const uint8_t file119[] = {
#embed "../../Sources/Studio/Page/presets.js"
};

static const uint8_t file120[] = {
#embed "../../Sources/Studio/Page/rail.js"
};

static const uint8_t file121[] = {
#embed "../../Sources/Studio/Page/receiver.js"
};

static const uint8_t file122[] = {
#embed "../../Sources/Studio/Page/stamps.js"
};

static const uint8_t file123[] = {
#embed "../../Sources/Studio/Page/state.js"
};

static const uint8_t file124[] = {
#embed "../../Sources/Studio/Page/status.js"
};

static const uint8_t file125[] = {
#embed "../../Sources/Studio/Page/style.css"
};

static const uint8_t file126[] = {
#embed "../../Sources/Studio/Page/texts.js"
};

static const uint8_t file127[] = {
#embed "../../Sources/Studio/Page/tools.js"
};

static const uint8_t file128[] = {
#embed "../../Sources/Studio/Page/topbar.js"
};

static const uint8_t file129[] = {
#embed "../../Sources/Studio/Page/view.css"
};

static const uint8_t file130[] = {
#embed "../../Sources/Studio/Page/view.js"
};

static const uint8_t file131[] = {
#embed "../../Sources/Studio/Resources/library/props.json"
};

static const uint8_t file132[] = {
#embed "../../Sources/Studio/Resources/library/tags.json"
};

static const posemap_resource resources[] = {
    {"Examples/pairs/back-to-back.scene.json", file0, sizeof file0},
    {"Examples/pairs/bridal-carry.scene.json", file1, sizeof file1},
    {"Examples/pairs/handshake.scene.json", file2, sizeof file2},
    {"Examples/pairs/hug.scene.json", file3, sizeof file3},
    {"Examples/pairs/waltz.scene.json", file4, sizeof file4},
    {"Sources/Export/Resources/a1111/sd15.json", file5, sizeof file5},
    {"Sources/Export/Resources/a1111/sdxl-xinsir.json", file6, sizeof file6},
    {"Sources/Export/Resources/comfyui/models/flux-union.json", file7, sizeof file7},
    {"Sources/Export/Resources/comfyui/models/qwen.json", file8, sizeof file8},
    {"Sources/Export/Resources/comfyui/models/sd15.json", file9, sizeof file9},
    {"Sources/Export/Resources/comfyui/models/sdxl-xinsir.json", file10, sizeof file10},
    {"Sources/Export/Resources/comfyui/models/z-image.json", file11, sizeof file11},
    {"Sources/Export/Resources/comfyui/nodes/core.json", file12, sizeof file12},
    {"Sources/Export/Resources/comfyui/nodes/detail-daemon.json", file13, sizeof file13},
    {"Sources/Export/Resources/comfyui/nodes/impact-pack.json", file14, sizeof file14},
    {"Sources/Export/Resources/comfyui/nodes/impact-subpack.json", file15, sizeof file15},
    {"Sources/Export/Resources/comfyui/nodes/posemap.json", file16, sizeof file16},
    {"Sources/Export/Resources/comfyui/recipe.json", file17, sizeof file17},
    {"Sources/Export/Resources/diffusers/flux-union.py", file18, sizeof file18},
    {"Sources/Export/Resources/diffusers/qwen.py", file19, sizeof file19},
    {"Sources/Export/Resources/diffusers/sd15.py", file20, sizeof file20},
    {"Sources/Export/Resources/diffusers/sdxl-xinsir.py", file21, sizeof file21},
    {"Sources/Export/Resources/diffusers/wan-vace.py", file22, sizeof file22},
    {"Sources/Export/Resources/diffusers/z-image.py", file23, sizeof file23},
    {"Sources/RigImport/Resources/bone-words.json", file24, sizeof file24},
    {"Sources/RigImport/Resources/bones/3ds-max-biped.json", file25, sizeof file25},
    {"Sources/RigImport/Resources/bones/advanced-skeleton.json", file26, sizeof file26},
    {"Sources/RigImport/Resources/bones/asf-amc.json", file27, sizeof file27},
    {"Sources/RigImport/Resources/bones/auto-rig-pro.json", file28, sizeof file28},
    {"Sources/RigImport/Resources/bones/azure-kinect.json", file29, sizeof file29},
    {"Sources/RigImport/Resources/bones/character-creator.json", file30, sizeof file30},
    {"Sources/RigImport/Resources/bones/cmu.json", file31, sizeof file31},
    {"Sources/RigImport/Resources/bones/collar-elbow-wrist.json", file32, sizeof file32},
    {"Sources/RigImport/Resources/bones/deepmotion.json", file33, sizeof file33},
    {"Sources/RigImport/Resources/bones/genesis-8.json", file34, sizeof file34},
    {"Sources/RigImport/Resources/bones/genesis-9.json", file35, sizeof file35},
    {"Sources/RigImport/Resources/bones/godot-unity.json", file36, sizeof file36},
    {"Sources/RigImport/Resources/bones/kinect.json", file37, sizeof file37},
    {"Sources/RigImport/Resources/bones/makehuman.json", file38, sizeof file38},
    {"Sources/RigImport/Resources/bones/meebits.json", file39, sizeof file39},
    {"Sources/RigImport/Resources/bones/meshy.json", file40, sizeof file40},
    {"Sources/RigImport/Resources/bones/mixamo.json", file41, sizeof file41},
    {"Sources/RigImport/Resources/bones/mmd-english.json", file42, sizeof file42},
    {"Sources/RigImport/Resources/bones/mmd.json", file43, sizeof file43},
    {"Sources/RigImport/Resources/bones/optitrack.json", file44, sizeof file44},
    {"Sources/RigImport/Resources/bones/poser-daz.json", file45, sizeof file45},
    {"Sources/RigImport/Resources/bones/ready-player-me.json", file46, sizeof file46},
    {"Sources/RigImport/Resources/bones/rigify-def.json", file47, sizeof file47},
    {"Sources/RigImport/Resources/bones/rigify-metarig.json", file48, sizeof file48},
    {"Sources/RigImport/Resources/bones/roblox.json", file49, sizeof file49},
    {"Sources/RigImport/Resources/bones/rocketbox.json", file50, sizeof file50},
    {"Sources/RigImport/Resources/bones/rokoko.json", file51, sizeof file51},
    {"Sources/RigImport/Resources/bones/smpl-x.json", file52, sizeof file52},
    {"Sources/RigImport/Resources/bones/smpl.json", file53, sizeof file53},
    {"Sources/RigImport/Resources/bones/synty.json", file54, sizeof file54},
    {"Sources/RigImport/Resources/bones/unreal-5.json", file55, sizeof file55},
    {"Sources/RigImport/Resources/bones/unreal.json", file56, sizeof file56},
    {"Sources/RigImport/Resources/bones/valve-biped.json", file57, sizeof file57},
    {"Sources/RigImport/Resources/bones/vrchat.json", file58, sizeof file58},
    {"Sources/RigImport/Resources/bones/vrm-0.json", file59, sizeof file59},
    {"Sources/RigImport/Resources/bones/vrm-1.json", file60, sizeof file60},
    {"Sources/RigImport/Resources/bones/vroid.json", file61, sizeof file61},
    {"Sources/RigImport/Resources/bones/xsens.json", file62, sizeof file62},
    {"Sources/SceneFiles/Resources/conventions/controlnet.json", file63, sizeof file63},
    {"Sources/SceneFiles/Resources/conventions/fun.json", file64, sizeof file64},
    {"Sources/SceneFiles/Resources/conventions/vace.json", file65, sizeof file65},
    {"Sources/SceneFiles/Resources/conventions/xinsir.json", file66, sizeof file66},
    {"Sources/SceneFiles/Resources/profiles/flux-union.json", file67, sizeof file67},
    {"Sources/SceneFiles/Resources/profiles/qwen.json", file68, sizeof file68},
    {"Sources/SceneFiles/Resources/profiles/sd15.json", file69, sizeof file69},
    {"Sources/SceneFiles/Resources/profiles/sdxl-xinsir.json", file70, sizeof file70},
    {"Sources/SceneFiles/Resources/profiles/wan-vace.json", file71, sizeof file71},
    {"Sources/SceneFiles/Resources/profiles/z-image.json", file72, sizeof file72},
    {"Sources/Studio/Page/actions.js", file73, sizeof file73},
    {"Sources/Studio/Page/connection.js", file74, sizeof file74},
    {"Sources/Studio/Page/controls.css", file75, sizeof file75},
    {"Sources/Studio/Page/controls.js", file76, sizeof file76},
    {"Sources/Studio/Page/dialog.js", file77, sizeof file77},
    {"Sources/Studio/Page/dom.js", file78, sizeof file78},
    {"Sources/Studio/Page/guides.js", file79, sizeof file79},
    {"Sources/Studio/Page/icon.svg", file80, sizeof file80},
    {"Sources/Studio/Page/icons.svg", file81, sizeof file81},
    {"Sources/Studio/Page/index.html", file82, sizeof file82},
    {"Sources/Studio/Page/joints.js", file83, sizeof file83},
    {"Sources/Studio/Page/keys.js", file84, sizeof file84},
    {"Sources/Studio/Page/main.js", file85, sizeof file85},
    {"Sources/Studio/Page/menu.js", file86, sizeof file86},
    {"Sources/Studio/Page/notices.js", file87, sizeof file87},
    {"Sources/Studio/Page/nudge.js", file88, sizeof file88},
    {"Sources/Studio/Page/overlay.js", file89, sizeof file89},
    {"Sources/Studio/Page/panels.css", file90, sizeof file90},
    {"Sources/Studio/Page/panels/body-picker.js", file91, sizeof file91},
    {"Sources/Studio/Page/panels/body.js", file92, sizeof file92},
    {"Sources/Studio/Page/panels/camera.js", file93, sizeof file93},
    {"Sources/Studio/Page/panels/completion-list.js", file94, sizeof file94},
    {"Sources/Studio/Page/panels/completion.js", file95, sizeof file95},
    {"Sources/Studio/Page/panels/drag-out.js", file96, sizeof file96},
    {"Sources/Studio/Page/panels/export.js", file97, sizeof file97},
    {"Sources/Studio/Page/panels/face.js", file98, sizeof file98},
    {"Sources/Studio/Page/panels/figure-menu.js", file99, sizeof file99},
    {"Sources/Studio/Page/panels/figures.js", file100, sizeof file100},
    {"Sources/Studio/Page/panels/full-map.js", file101, sizeof file101},
    {"Sources/Studio/Page/panels/goals.js", file102, sizeof file102},
    {"Sources/Studio/Page/panels/hands.js", file103, sizeof file103},
    {"Sources/Studio/Page/panels/highlight.js", file104, sizeof file104},
    {"Sources/Studio/Page/panels/history.js", file105, sizeof file105},
    {"Sources/Studio/Page/panels/index.js", file106, sizeof file106},
    {"Sources/Studio/Page/panels/issues.js", file107, sizeof file107},
    {"Sources/Studio/Page/panels/joint-sliders.js", file108, sizeof file108},
    {"Sources/Studio/Page/panels/library.js", file109, sizeof file109},
    {"Sources/Studio/Page/panels/maps.js", file110, sizeof file110},
    {"Sources/Studio/Page/panels/phenotype.js", file111, sizeof file111},
    {"Sources/Studio/Page/panels/pose.js", file112, sizeof file112},
    {"Sources/Studio/Page/panels/props.js", file113, sizeof file113},
    {"Sources/Studio/Page/panels/save-pose.js", file114, sizeof file114},
    {"Sources/Studio/Page/panels/strip.js", file115, sizeof file115},
    {"Sources/Studio/Page/panels/text.js", file116, sizeof file116},
    {"Sources/Studio/Page/panels/timeline.js", file117, sizeof file117},
    {"Sources/Studio/Page/pointer.js", file118, sizeof file118},
    {"Sources/Studio/Page/presets.js", file119, sizeof file119},
    {"Sources/Studio/Page/rail.js", file120, sizeof file120},
    {"Sources/Studio/Page/receiver.js", file121, sizeof file121},
    {"Sources/Studio/Page/stamps.js", file122, sizeof file122},
    {"Sources/Studio/Page/state.js", file123, sizeof file123},
    {"Sources/Studio/Page/status.js", file124, sizeof file124},
    {"Sources/Studio/Page/style.css", file125, sizeof file125},
    {"Sources/Studio/Page/texts.js", file126, sizeof file126},
    {"Sources/Studio/Page/tools.js", file127, sizeof file127},
    {"Sources/Studio/Page/topbar.js", file128, sizeof file128},
    {"Sources/Studio/Page/view.css", file129, sizeof file129},
    {"Sources/Studio/Page/view.js", file130, sizeof file130},
    {"Sources/Studio/Resources/library/props.json", file131, sizeof file131},
    {"Sources/Studio/Resources/library/tags.json", file132, sizeof file132},
};

int64_t posemap_resource_count(void) { return sizeof resources / sizeof *resources; }

posemap_resource posemap_resource_at(int64_t index) { return resources[index]; }
