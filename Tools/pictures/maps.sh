#!/usr/bin/env bash
# Draws the pictures of docs/ and the README with the program itself. usage: maps.sh POSEMAP PYTHON
set -euo pipefail
posemap=$1 python=$2
cd "$(dirname "$0")/../.."
scene=Examples/window/scene.json
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$posemap" sheet $scene -o docs/window.png --height 380 >/dev/null
"$posemap" render $scene -q --only female --maps all -o "$scratch/plain"
"$posemap" render $scene -q --only female --maps canny --canny geometry -o "$scratch/geometry"
"$posemap" poses --sheet "$scratch/poses.png" >/dev/null
"$python" -c 'import sys; from PIL import Image; sheet = Image.open(sys.argv[1]); sheet.resize((992, round(sheet.height * 992 / sheet.width)), 4).quantize(48).save(sys.argv[2], optimize=True)' \
  "$scratch/poses.png" docs/poses.png
mkdir -p docs/maps
cp "$scratch"/plain/female/*.png docs/maps/
cp "$scratch/geometry/female/canny.png" docs/maps/canny-geometry.png
for style in comfy core xinsir vace aapose scail; do
  "$posemap" render $scene -q --together --maps openpose --openpose $style -o "$scratch/$style"
done
"$python" Tools/pictures/row.py docs/maps/openpose-styles.png "$scratch"/{comfy,core,xinsir,vace,aapose,scail}/all/openpose.png
# Hands behind a back: the figure, all its points, and the points that a detector would find.
"$posemap" render Tools/pictures/hands-behind.scene.json -q --maps shaded,openpose --occluded draw -o "$scratch/draw"
"$posemap" render Tools/pictures/hands-behind.scene.json -q --maps openpose -o "$scratch/hide"
"$python" Tools/pictures/row.py docs/maps/occluded.png "$scratch"/draw/one/{shaded,openpose}.png "$scratch/hide/one/openpose.png"
# The same depth map with and without floor and wall in its range.
"$posemap" render $scene -q --only female --maps depth --depth-range scene -o "$scratch/scene"
"$python" Tools/pictures/row.py docs/maps/depth-range.png "$scratch"/{scene,plain}/female/depth.png
# A short lens from below, where normals face away from the camera's axis and not from the eye.
"$posemap" render Tools/pictures/low.scene.json -q --maps shaded,normal,canny -o "$scratch/low"
"$python" Tools/pictures/row.py docs/maps/low.png "$scratch"/low/one/{shaded,normal,canny}.png
"$posemap" render $scene -q --together --maps segmentation,canny --segmentation identities --lines dark-on-light -o "$scratch/identities"
"$posemap" render $scene -q --together --maps segmentation --segmentation identities --identity-ground white -o "$scratch/white"
"$python" Tools/pictures/row.py docs/maps/identities.png "$scratch"/{identities,white}/all/segmentation.png
cp "$scratch/identities/all/canny.png" docs/maps/canny-dark-on-light.png
# The example at the end of docs/agents.md.
"$python" -c 'import pathlib, re; print(re.findall("```json\n(.*?)```", pathlib.Path("docs/agents.md").read_text(), re.DOTALL)[-1])' >"$scratch/agents.scene.json"
"$posemap" sheet "$scratch/agents.scene.json" -o "$scratch/agents.png" --together --maps shaded,openpose --height 600 >/dev/null
"$python" Tools/pictures/row.py docs/agents.png "$scratch/agents.png"
"$python" Tools/pictures/joints.py "$posemap" docs
"$python" Tools/pictures/human.py "$posemap" docs
"$python" Tools/pictures/props.py "$posemap" docs
"$python" Tools/pictures/light.py "$posemap" docs
"$python" Tools/pictures/hold.py "$posemap" docs
"$python" Tools/pictures/hair.py "$posemap" docs
"$python" Tools/pictures/wear.py "$posemap" docs
"$python" Tools/pictures/keypoints.py "$posemap" docs/keypoints.png
