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
"$python" -c 'import sys; from PIL import Image; Image.open(sys.argv[1]).convert("P", palette=1, colors=64).resize((992, 1280), 1).save(sys.argv[2], optimize=True)' \
  "$scratch/poses.png" docs/poses.png
mkdir -p docs/maps
cp "$scratch"/plain/female/*.png docs/maps/
cp "$scratch/geometry/female/canny.png" docs/maps/canny-geometry.png
for style in comfy xinsir vace aapose scail; do
  "$posemap" render $scene -q --together --maps openpose --openpose $style -o "$scratch/$style"
done
"$python" Tools/pictures/row.py docs/maps/openpose-styles.png "$scratch"/{comfy,xinsir,vace,aapose,scail}/all/openpose.png
"$python" Tools/pictures/human.py "$posemap" docs
"$python" Tools/pictures/keypoints.py "$posemap" docs/keypoints.png
