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
#embed "../../Sources/Export/Resources/comfyui/models/anima.json"
};

static const uint8_t file8[] = {
#embed "../../Sources/Export/Resources/comfyui/models/flux-union.json"
};

static const uint8_t file9[] = {
#embed "../../Sources/Export/Resources/comfyui/models/flux2-fun.json"
};

static const uint8_t file10[] = {
#embed "../../Sources/Export/Resources/comfyui/models/flux2-klein.json"
};

static const uint8_t file11[] = {
#embed "../../Sources/Export/Resources/comfyui/models/krea2.json"
};

static const uint8_t file12[] = {
#embed "../../Sources/Export/Resources/comfyui/models/noobai.json"
};

static const uint8_t file13[] = {
#embed "../../Sources/Export/Resources/comfyui/models/qwen-edit.json"
};

static const uint8_t file14[] = {
#embed "../../Sources/Export/Resources/comfyui/models/qwen-fun.json"
};

static const uint8_t file15[] = {
#embed "../../Sources/Export/Resources/comfyui/models/qwen.json"
};

static const uint8_t file16[] = {
#embed "../../Sources/Export/Resources/comfyui/models/qwen21-fun.json"
};

static const uint8_t file17[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sd15.json"
};

static const uint8_t file18[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sd35.json"
};

static const uint8_t file19[] = {
#embed "../../Sources/Export/Resources/comfyui/models/sdxl-xinsir.json"
};

static const uint8_t file20[] = {
#embed "../../Sources/Export/Resources/comfyui/models/z-image-base.json"
};

static const uint8_t file21[] = {
#embed "../../Sources/Export/Resources/comfyui/models/z-image.json"
};

static const uint8_t file22[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/core.json"
};

static const uint8_t file23[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/detail-daemon.json"
};

static const uint8_t file24[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/flux2-fun.json"
};

static const uint8_t file25[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/gguf.json"
};

static const uint8_t file26[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/impact-pack.json"
};

static const uint8_t file27[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/impact-subpack.json"
};

static const uint8_t file28[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/ipadapter-plus.json"
};

static const uint8_t file29[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/krea2-edit.json"
};

static const uint8_t file30[] = {
#embed "../../Sources/Export/Resources/comfyui/nodes/posemap.json"
};

static const uint8_t file31[] = {
#embed "../../Sources/Export/Resources/comfyui/recipe.json"
};

static const uint8_t file32[] = {
#embed "../../Sources/Export/Resources/diffusers/flux-union.py"
};

static const uint8_t file33[] = {
#embed "../../Sources/Export/Resources/diffusers/flux2-klein.py"
};

static const uint8_t file34[] = {
#embed "../../Sources/Export/Resources/diffusers/noobai.py"
};

static const uint8_t file35[] = {
#embed "../../Sources/Export/Resources/diffusers/qwen-edit.py"
};

static const uint8_t file36[] = {
#embed "../../Sources/Export/Resources/diffusers/qwen.py"
};

static const uint8_t file37[] = {
#embed "../../Sources/Export/Resources/diffusers/sd15.py"
};

static const uint8_t file38[] = {
#embed "../../Sources/Export/Resources/diffusers/sdxl-xinsir.py"
};

static const uint8_t file39[] = {
#embed "../../Sources/Export/Resources/diffusers/wan-vace.py"
};

static const uint8_t file40[] = {
#embed "../../Sources/Export/Resources/diffusers/z-image.py"
};

static const uint8_t file41[] = {
#embed "../../Sources/RigImport/Resources/bone-words.json"
};

static const uint8_t file42[] = {
#embed "../../Sources/RigImport/Resources/bones/3ds-max-biped.json"
};

static const uint8_t file43[] = {
#embed "../../Sources/RigImport/Resources/bones/advanced-skeleton.json"
};

static const uint8_t file44[] = {
#embed "../../Sources/RigImport/Resources/bones/asf-amc.json"
};

static const uint8_t file45[] = {
#embed "../../Sources/RigImport/Resources/bones/auto-rig-pro.json"
};

static const uint8_t file46[] = {
#embed "../../Sources/RigImport/Resources/bones/azure-kinect.json"
};

static const uint8_t file47[] = {
#embed "../../Sources/RigImport/Resources/bones/character-creator.json"
};

static const uint8_t file48[] = {
#embed "../../Sources/RigImport/Resources/bones/cmu.json"
};

static const uint8_t file49[] = {
#embed "../../Sources/RigImport/Resources/bones/collar-elbow-wrist.json"
};

static const uint8_t file50[] = {
#embed "../../Sources/RigImport/Resources/bones/deepmotion.json"
};

static const uint8_t file51[] = {
#embed "../../Sources/RigImport/Resources/bones/genesis-8.json"
};

static const uint8_t file52[] = {
#embed "../../Sources/RigImport/Resources/bones/genesis-9.json"
};

static const uint8_t file53[] = {
#embed "../../Sources/RigImport/Resources/bones/godot-unity.json"
};

static const uint8_t file54[] = {
#embed "../../Sources/RigImport/Resources/bones/kinect.json"
};

static const uint8_t file55[] = {
#embed "../../Sources/RigImport/Resources/bones/makehuman.json"
};

static const uint8_t file56[] = {
#embed "../../Sources/RigImport/Resources/bones/meebits.json"
};

static const uint8_t file57[] = {
#embed "../../Sources/RigImport/Resources/bones/meshy.json"
};

static const uint8_t file58[] = {
#embed "../../Sources/RigImport/Resources/bones/mixamo.json"
};

static const uint8_t file59[] = {
#embed "../../Sources/RigImport/Resources/bones/mmd-english.json"
};

static const uint8_t file60[] = {
#embed "../../Sources/RigImport/Resources/bones/mmd.json"
};

static const uint8_t file61[] = {
#embed "../../Sources/RigImport/Resources/bones/optitrack.json"
};

static const uint8_t file62[] = {
#embed "../../Sources/RigImport/Resources/bones/poser-daz.json"
};

static const uint8_t file63[] = {
#embed "../../Sources/RigImport/Resources/bones/ready-player-me.json"
};

static const uint8_t file64[] = {
#embed "../../Sources/RigImport/Resources/bones/rigify-def.json"
};

static const uint8_t file65[] = {
#embed "../../Sources/RigImport/Resources/bones/rigify-metarig.json"
};

static const uint8_t file66[] = {
#embed "../../Sources/RigImport/Resources/bones/roblox.json"
};

static const uint8_t file67[] = {
#embed "../../Sources/RigImport/Resources/bones/rocketbox.json"
};

static const uint8_t file68[] = {
#embed "../../Sources/RigImport/Resources/bones/rokoko.json"
};

static const uint8_t file69[] = {
#embed "../../Sources/RigImport/Resources/bones/smpl-x.json"
};

static const uint8_t file70[] = {
#embed "../../Sources/RigImport/Resources/bones/smpl.json"
};

static const uint8_t file71[] = {
#embed "../../Sources/RigImport/Resources/bones/synty.json"
};

static const uint8_t file72[] = {
#embed "../../Sources/RigImport/Resources/bones/unreal-5.json"
};

static const uint8_t file73[] = {
#embed "../../Sources/RigImport/Resources/bones/unreal.json"
};

static const uint8_t file74[] = {
#embed "../../Sources/RigImport/Resources/bones/valve-biped.json"
};

static const uint8_t file75[] = {
#embed "../../Sources/RigImport/Resources/bones/vrchat.json"
};

static const uint8_t file76[] = {
#embed "../../Sources/RigImport/Resources/bones/vrm-0.json"
};

static const uint8_t file77[] = {
#embed "../../Sources/RigImport/Resources/bones/vrm-1.json"
};

static const uint8_t file78[] = {
#embed "../../Sources/RigImport/Resources/bones/vroid.json"
};

static const uint8_t file79[] = {
#embed "../../Sources/RigImport/Resources/bones/xsens.json"
};

static const uint8_t file80[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/animate.json"
};

static const uint8_t file81[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/controlnet.json"
};

static const uint8_t file82[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/edit.json"
};

static const uint8_t file83[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/fun.json"
};

static const uint8_t file84[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/lines-dark.json"
};

static const uint8_t file85[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/noobai.json"
};

static const uint8_t file86[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/scail.json"
};

static const uint8_t file87[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/vace.json"
};

static const uint8_t file88[] = {
#embed "../../Sources/SceneFiles/Resources/conventions/xinsir.json"
};

static const uint8_t file89[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/anima.json"
};

static const uint8_t file90[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/flux-union.json"
};

static const uint8_t file91[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/flux2-fun.json"
};

static const uint8_t file92[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/flux2-klein.json"
};

static const uint8_t file93[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/krea2.json"
};

static const uint8_t file94[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/noobai.json"
};

static const uint8_t file95[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/qwen-edit.json"
};

static const uint8_t file96[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/qwen-fun.json"
};

static const uint8_t file97[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/qwen.json"
};

static const uint8_t file98[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/qwen21-fun.json"
};

static const uint8_t file99[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/scail.json"
};

static const uint8_t file100[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sd15.json"
};

static const uint8_t file101[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sd35.json"
};

static const uint8_t file102[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/sdxl-xinsir.json"
};

static const uint8_t file103[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/wan-animate.json"
};

static const uint8_t file104[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/wan-fun.json"
};

static const uint8_t file105[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/wan-vace-fun.json"
};

static const uint8_t file106[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/wan-vace.json"
};

static const uint8_t file107[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/z-image-base.json"
};

static const uint8_t file108[] = {
#embed "../../Sources/SceneFiles/Resources/profiles/z-image.json"
};

static const uint8_t file109[] = {
#embed "../../Sources/Studio/Page/actions.js"
};

static const uint8_t file110[] = {
#embed "../../Sources/Studio/Page/connection.js"
};

static const uint8_t file111[] = {
#embed "../../Sources/Studio/Page/controls.css"
};

static const uint8_t file112[] = {
#embed "../../Sources/Studio/Page/controls.js"
};

static const uint8_t file113[] = {
#embed "../../Sources/Studio/Page/dialog.js"
};

static const uint8_t file114[] = {
#embed "../../Sources/Studio/Page/dom.js"
};

static const uint8_t file115[] = {
#embed "../../Sources/Studio/Page/guides.js"
};

static const uint8_t file116[] = {
#embed "../../Sources/Studio/Page/icon.svg"
};

static const uint8_t file117[] = {
#embed "../../Sources/Studio/Page/icons.svg"
};

static const uint8_t file118[] = {
#embed "../../Sources/Studio/Page/index.html"
};

static const uint8_t file119[] = {
#embed "../../Sources/Studio/Page/joints.js"
};

static const uint8_t file120[] = {
#embed "../../Sources/Studio/Page/keys.js"
};

static const uint8_t file121[] = {
#embed "../../Sources/Studio/Page/main.js"
};

static const uint8_t file122[] = {
#embed "../../Sources/Studio/Page/menu.js"
};

static const uint8_t file123[] = {
#embed "../../Sources/Studio/Page/notices.js"
};

static const uint8_t file124[] = {
#embed "../../Sources/Studio/Page/nudge.js"
};

static const uint8_t file125[] = {
#embed "../../Sources/Studio/Page/overlay.js"
};

static const uint8_t file126[] = {
#embed "../../Sources/Studio/Page/panels.css"
};

static const uint8_t file127[] = {
#embed "../../Sources/Studio/Page/panels/body-picker.js"
};

static const uint8_t file128[] = {
#embed "../../Sources/Studio/Page/panels/body.js"
};

static const uint8_t file129[] = {
#embed "../../Sources/Studio/Page/panels/camera.js"
};

static const uint8_t file130[] = {
#embed "../../Sources/Studio/Page/panels/completion-list.js"
};

static const uint8_t file131[] = {
#embed "../../Sources/Studio/Page/panels/completion.js"
};

static const uint8_t file132[] = {
#embed "../../Sources/Studio/Page/panels/drag-out.js"
};

static const uint8_t file133[] = {
#embed "../../Sources/Studio/Page/panels/export.js"
};

static const uint8_t file134[] = {
#embed "../../Sources/Studio/Page/panels/face.js"
};

static const uint8_t file135[] = {
#embed "../../Sources/Studio/Page/panels/figure-menu.js"
};

static const uint8_t file136[] = {
#embed "../../Sources/Studio/Page/panels/figures.js"
};

static const uint8_t file137[] = {
#embed "../../Sources/Studio/Page/panels/full-map.js"
};

static const uint8_t file138[] = {
#embed "../../Sources/Studio/Page/panels/gestures.js"
};

static const uint8_t file139[] = {
#embed "../../Sources/Studio/Page/panels/goals.js"
};

static const uint8_t file140[] = {
#embed "../../Sources/Studio/Page/panels/hands.js"
};

static const uint8_t file141[] = {
#embed "../../Sources/Studio/Page/panels/highlight.js"
};

static const uint8_t file142[] = {
#embed "../../Sources/Studio/Page/panels/history.js"
};

static const uint8_t file143[] = {
#embed "../../Sources/Studio/Page/panels/index.js"
};

static const uint8_t file144[] = {
#embed "../../Sources/Studio/Page/panels/issues.js"
};

static const uint8_t file145[] = {
#embed "../../Sources/Studio/Page/panels/joint-sliders.js"
};

static const uint8_t file146[] = {
#embed "../../Sources/Studio/Page/panels/library.js"
};

static const uint8_t file147[] = {
#embed "../../Sources/Studio/Page/panels/maps.js"
};

static const uint8_t file148[] = {
#embed "../../Sources/Studio/Page/panels/phenotype.js"
};

static const uint8_t file149[] = {
#embed "../../Sources/Studio/Page/panels/pose.js"
};

static const uint8_t file150[] = {
#embed "../../Sources/Studio/Page/panels/props.js"
};

static const uint8_t file151[] = {
#embed "../../Sources/Studio/Page/panels/save-pose.js"
};

static const uint8_t file152[] = {
#embed "../../Sources/Studio/Page/panels/strip.js"
};

static const uint8_t file153[] = {
#embed "../../Sources/Studio/Page/panels/text.js"
};

static const uint8_t file154[] = {
#embed "../../Sources/Studio/Page/panels/timeline.js"
};

static const uint8_t file155[] = {
#embed "../../Sources/Studio/Page/pointer.js"
};

static const uint8_t file156[] = {
#embed "../../Sources/Studio/Page/presets.js"
};

static const uint8_t file157[] = {
#embed "../../Sources/Studio/Page/rail.js"
};

static const uint8_t file158[] = {
#embed "../../Sources/Studio/Page/receiver.js"
};

static const uint8_t file159[] = {
#embed "../../Sources/Studio/Page/stamps.js"
};

static const uint8_t file160[] = {
#embed "../../Sources/Studio/Page/state.js"
};

static const uint8_t file161[] = {
#embed "../../Sources/Studio/Page/status.js"
};

static const uint8_t file162[] = {
#embed "../../Sources/Studio/Page/style.css"
};

static const uint8_t file163[] = {
#embed "../../Sources/Studio/Page/texts.js"
};

static const uint8_t file164[] = {
#embed "../../Sources/Studio/Page/tools.js"
};

static const uint8_t file165[] = {
#embed "../../Sources/Studio/Page/topbar.js"
};

static const uint8_t file166[] = {
#embed "../../Sources/Studio/Page/view.css"
};

static const uint8_t file167[] = {
#embed "../../Sources/Studio/Page/view.js"
};

static const uint8_t file168[] = {
#embed "../../Sources/Studio/Resources/library/props.json"
};

static const uint8_t file169[] = {
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
    {"Sources/Export/Resources/comfyui/models/anima.json", file7, sizeof file7},
    {"Sources/Export/Resources/comfyui/models/flux-union.json", file8, sizeof file8},
    {"Sources/Export/Resources/comfyui/models/flux2-fun.json", file9, sizeof file9},
    {"Sources/Export/Resources/comfyui/models/flux2-klein.json", file10, sizeof file10},
    {"Sources/Export/Resources/comfyui/models/krea2.json", file11, sizeof file11},
    {"Sources/Export/Resources/comfyui/models/noobai.json", file12, sizeof file12},
    {"Sources/Export/Resources/comfyui/models/qwen-edit.json", file13, sizeof file13},
    {"Sources/Export/Resources/comfyui/models/qwen-fun.json", file14, sizeof file14},
    {"Sources/Export/Resources/comfyui/models/qwen.json", file15, sizeof file15},
    {"Sources/Export/Resources/comfyui/models/qwen21-fun.json", file16, sizeof file16},
    {"Sources/Export/Resources/comfyui/models/sd15.json", file17, sizeof file17},
    {"Sources/Export/Resources/comfyui/models/sd35.json", file18, sizeof file18},
    {"Sources/Export/Resources/comfyui/models/sdxl-xinsir.json", file19, sizeof file19},
    {"Sources/Export/Resources/comfyui/models/z-image-base.json", file20, sizeof file20},
    {"Sources/Export/Resources/comfyui/models/z-image.json", file21, sizeof file21},
    {"Sources/Export/Resources/comfyui/nodes/core.json", file22, sizeof file22},
    {"Sources/Export/Resources/comfyui/nodes/detail-daemon.json", file23, sizeof file23},
    {"Sources/Export/Resources/comfyui/nodes/flux2-fun.json", file24, sizeof file24},
    {"Sources/Export/Resources/comfyui/nodes/gguf.json", file25, sizeof file25},
    {"Sources/Export/Resources/comfyui/nodes/impact-pack.json", file26, sizeof file26},
    {"Sources/Export/Resources/comfyui/nodes/impact-subpack.json", file27, sizeof file27},
    {"Sources/Export/Resources/comfyui/nodes/ipadapter-plus.json", file28, sizeof file28},
    {"Sources/Export/Resources/comfyui/nodes/krea2-edit.json", file29, sizeof file29},
    {"Sources/Export/Resources/comfyui/nodes/posemap.json", file30, sizeof file30},
    {"Sources/Export/Resources/comfyui/recipe.json", file31, sizeof file31},
    {"Sources/Export/Resources/diffusers/flux-union.py", file32, sizeof file32},
    {"Sources/Export/Resources/diffusers/flux2-klein.py", file33, sizeof file33},
    {"Sources/Export/Resources/diffusers/noobai.py", file34, sizeof file34},
    {"Sources/Export/Resources/diffusers/qwen-edit.py", file35, sizeof file35},
    {"Sources/Export/Resources/diffusers/qwen.py", file36, sizeof file36},
    {"Sources/Export/Resources/diffusers/sd15.py", file37, sizeof file37},
    {"Sources/Export/Resources/diffusers/sdxl-xinsir.py", file38, sizeof file38},
    {"Sources/Export/Resources/diffusers/wan-vace.py", file39, sizeof file39},
    {"Sources/Export/Resources/diffusers/z-image.py", file40, sizeof file40},
    {"Sources/RigImport/Resources/bone-words.json", file41, sizeof file41},
    {"Sources/RigImport/Resources/bones/3ds-max-biped.json", file42, sizeof file42},
    {"Sources/RigImport/Resources/bones/advanced-skeleton.json", file43, sizeof file43},
    {"Sources/RigImport/Resources/bones/asf-amc.json", file44, sizeof file44},
    {"Sources/RigImport/Resources/bones/auto-rig-pro.json", file45, sizeof file45},
    {"Sources/RigImport/Resources/bones/azure-kinect.json", file46, sizeof file46},
    {"Sources/RigImport/Resources/bones/character-creator.json", file47, sizeof file47},
    {"Sources/RigImport/Resources/bones/cmu.json", file48, sizeof file48},
    {"Sources/RigImport/Resources/bones/collar-elbow-wrist.json", file49, sizeof file49},
    {"Sources/RigImport/Resources/bones/deepmotion.json", file50, sizeof file50},
    {"Sources/RigImport/Resources/bones/genesis-8.json", file51, sizeof file51},
    {"Sources/RigImport/Resources/bones/genesis-9.json", file52, sizeof file52},
    {"Sources/RigImport/Resources/bones/godot-unity.json", file53, sizeof file53},
    {"Sources/RigImport/Resources/bones/kinect.json", file54, sizeof file54},
    {"Sources/RigImport/Resources/bones/makehuman.json", file55, sizeof file55},
    {"Sources/RigImport/Resources/bones/meebits.json", file56, sizeof file56},
    {"Sources/RigImport/Resources/bones/meshy.json", file57, sizeof file57},
    {"Sources/RigImport/Resources/bones/mixamo.json", file58, sizeof file58},
    {"Sources/RigImport/Resources/bones/mmd-english.json", file59, sizeof file59},
    {"Sources/RigImport/Resources/bones/mmd.json", file60, sizeof file60},
    {"Sources/RigImport/Resources/bones/optitrack.json", file61, sizeof file61},
    {"Sources/RigImport/Resources/bones/poser-daz.json", file62, sizeof file62},
    {"Sources/RigImport/Resources/bones/ready-player-me.json", file63, sizeof file63},
    {"Sources/RigImport/Resources/bones/rigify-def.json", file64, sizeof file64},
    {"Sources/RigImport/Resources/bones/rigify-metarig.json", file65, sizeof file65},
    {"Sources/RigImport/Resources/bones/roblox.json", file66, sizeof file66},
    {"Sources/RigImport/Resources/bones/rocketbox.json", file67, sizeof file67},
    {"Sources/RigImport/Resources/bones/rokoko.json", file68, sizeof file68},
    {"Sources/RigImport/Resources/bones/smpl-x.json", file69, sizeof file69},
    {"Sources/RigImport/Resources/bones/smpl.json", file70, sizeof file70},
    {"Sources/RigImport/Resources/bones/synty.json", file71, sizeof file71},
    {"Sources/RigImport/Resources/bones/unreal-5.json", file72, sizeof file72},
    {"Sources/RigImport/Resources/bones/unreal.json", file73, sizeof file73},
    {"Sources/RigImport/Resources/bones/valve-biped.json", file74, sizeof file74},
    {"Sources/RigImport/Resources/bones/vrchat.json", file75, sizeof file75},
    {"Sources/RigImport/Resources/bones/vrm-0.json", file76, sizeof file76},
    {"Sources/RigImport/Resources/bones/vrm-1.json", file77, sizeof file77},
    {"Sources/RigImport/Resources/bones/vroid.json", file78, sizeof file78},
    {"Sources/RigImport/Resources/bones/xsens.json", file79, sizeof file79},
    {"Sources/SceneFiles/Resources/conventions/animate.json", file80, sizeof file80},
    {"Sources/SceneFiles/Resources/conventions/controlnet.json", file81, sizeof file81},
    {"Sources/SceneFiles/Resources/conventions/edit.json", file82, sizeof file82},
    {"Sources/SceneFiles/Resources/conventions/fun.json", file83, sizeof file83},
    {"Sources/SceneFiles/Resources/conventions/lines-dark.json", file84, sizeof file84},
    {"Sources/SceneFiles/Resources/conventions/noobai.json", file85, sizeof file85},
    {"Sources/SceneFiles/Resources/conventions/scail.json", file86, sizeof file86},
    {"Sources/SceneFiles/Resources/conventions/vace.json", file87, sizeof file87},
    {"Sources/SceneFiles/Resources/conventions/xinsir.json", file88, sizeof file88},
    {"Sources/SceneFiles/Resources/profiles/anima.json", file89, sizeof file89},
    {"Sources/SceneFiles/Resources/profiles/flux-union.json", file90, sizeof file90},
    {"Sources/SceneFiles/Resources/profiles/flux2-fun.json", file91, sizeof file91},
    {"Sources/SceneFiles/Resources/profiles/flux2-klein.json", file92, sizeof file92},
    {"Sources/SceneFiles/Resources/profiles/krea2.json", file93, sizeof file93},
    {"Sources/SceneFiles/Resources/profiles/noobai.json", file94, sizeof file94},
    {"Sources/SceneFiles/Resources/profiles/qwen-edit.json", file95, sizeof file95},
    {"Sources/SceneFiles/Resources/profiles/qwen-fun.json", file96, sizeof file96},
    {"Sources/SceneFiles/Resources/profiles/qwen.json", file97, sizeof file97},
    {"Sources/SceneFiles/Resources/profiles/qwen21-fun.json", file98, sizeof file98},
    {"Sources/SceneFiles/Resources/profiles/scail.json", file99, sizeof file99},
    {"Sources/SceneFiles/Resources/profiles/sd15.json", file100, sizeof file100},
    {"Sources/SceneFiles/Resources/profiles/sd35.json", file101, sizeof file101},
    {"Sources/SceneFiles/Resources/profiles/sdxl-xinsir.json", file102, sizeof file102},
    {"Sources/SceneFiles/Resources/profiles/wan-animate.json", file103, sizeof file103},
    {"Sources/SceneFiles/Resources/profiles/wan-fun.json", file104, sizeof file104},
    {"Sources/SceneFiles/Resources/profiles/wan-vace-fun.json", file105, sizeof file105},
    {"Sources/SceneFiles/Resources/profiles/wan-vace.json", file106, sizeof file106},
    {"Sources/SceneFiles/Resources/profiles/z-image-base.json", file107, sizeof file107},
    {"Sources/SceneFiles/Resources/profiles/z-image.json", file108, sizeof file108},
    {"Sources/Studio/Page/actions.js", file109, sizeof file109},
    {"Sources/Studio/Page/connection.js", file110, sizeof file110},
    {"Sources/Studio/Page/controls.css", file111, sizeof file111},
    {"Sources/Studio/Page/controls.js", file112, sizeof file112},
    {"Sources/Studio/Page/dialog.js", file113, sizeof file113},
    {"Sources/Studio/Page/dom.js", file114, sizeof file114},
    {"Sources/Studio/Page/guides.js", file115, sizeof file115},
    {"Sources/Studio/Page/icon.svg", file116, sizeof file116},
    {"Sources/Studio/Page/icons.svg", file117, sizeof file117},
    {"Sources/Studio/Page/index.html", file118, sizeof file118},
    {"Sources/Studio/Page/joints.js", file119, sizeof file119},
    {"Sources/Studio/Page/keys.js", file120, sizeof file120},
    {"Sources/Studio/Page/main.js", file121, sizeof file121},
    {"Sources/Studio/Page/menu.js", file122, sizeof file122},
    {"Sources/Studio/Page/notices.js", file123, sizeof file123},
    {"Sources/Studio/Page/nudge.js", file124, sizeof file124},
    {"Sources/Studio/Page/overlay.js", file125, sizeof file125},
    {"Sources/Studio/Page/panels.css", file126, sizeof file126},
    {"Sources/Studio/Page/panels/body-picker.js", file127, sizeof file127},
    {"Sources/Studio/Page/panels/body.js", file128, sizeof file128},
    {"Sources/Studio/Page/panels/camera.js", file129, sizeof file129},
    {"Sources/Studio/Page/panels/completion-list.js", file130, sizeof file130},
    {"Sources/Studio/Page/panels/completion.js", file131, sizeof file131},
    {"Sources/Studio/Page/panels/drag-out.js", file132, sizeof file132},
    {"Sources/Studio/Page/panels/export.js", file133, sizeof file133},
    {"Sources/Studio/Page/panels/face.js", file134, sizeof file134},
    {"Sources/Studio/Page/panels/figure-menu.js", file135, sizeof file135},
    {"Sources/Studio/Page/panels/figures.js", file136, sizeof file136},
    {"Sources/Studio/Page/panels/full-map.js", file137, sizeof file137},
    {"Sources/Studio/Page/panels/gestures.js", file138, sizeof file138},
    {"Sources/Studio/Page/panels/goals.js", file139, sizeof file139},
    {"Sources/Studio/Page/panels/hands.js", file140, sizeof file140},
    {"Sources/Studio/Page/panels/highlight.js", file141, sizeof file141},
    {"Sources/Studio/Page/panels/history.js", file142, sizeof file142},
    {"Sources/Studio/Page/panels/index.js", file143, sizeof file143},
    {"Sources/Studio/Page/panels/issues.js", file144, sizeof file144},
    {"Sources/Studio/Page/panels/joint-sliders.js", file145, sizeof file145},
    {"Sources/Studio/Page/panels/library.js", file146, sizeof file146},
    {"Sources/Studio/Page/panels/maps.js", file147, sizeof file147},
    {"Sources/Studio/Page/panels/phenotype.js", file148, sizeof file148},
    {"Sources/Studio/Page/panels/pose.js", file149, sizeof file149},
    {"Sources/Studio/Page/panels/props.js", file150, sizeof file150},
    {"Sources/Studio/Page/panels/save-pose.js", file151, sizeof file151},
    {"Sources/Studio/Page/panels/strip.js", file152, sizeof file152},
    {"Sources/Studio/Page/panels/text.js", file153, sizeof file153},
    {"Sources/Studio/Page/panels/timeline.js", file154, sizeof file154},
    {"Sources/Studio/Page/pointer.js", file155, sizeof file155},
    {"Sources/Studio/Page/presets.js", file156, sizeof file156},
    {"Sources/Studio/Page/rail.js", file157, sizeof file157},
    {"Sources/Studio/Page/receiver.js", file158, sizeof file158},
    {"Sources/Studio/Page/stamps.js", file159, sizeof file159},
    {"Sources/Studio/Page/state.js", file160, sizeof file160},
    {"Sources/Studio/Page/status.js", file161, sizeof file161},
    {"Sources/Studio/Page/style.css", file162, sizeof file162},
    {"Sources/Studio/Page/texts.js", file163, sizeof file163},
    {"Sources/Studio/Page/tools.js", file164, sizeof file164},
    {"Sources/Studio/Page/topbar.js", file165, sizeof file165},
    {"Sources/Studio/Page/view.css", file166, sizeof file166},
    {"Sources/Studio/Page/view.js", file167, sizeof file167},
    {"Sources/Studio/Resources/library/props.json", file168, sizeof file168},
    {"Sources/Studio/Resources/library/tags.json", file169, sizeof file169},
};

int64_t posemap_resource_count(void) { return sizeof resources / sizeof *resources; }

posemap_resource posemap_resource_at(int64_t index) { return resources[index]; }
