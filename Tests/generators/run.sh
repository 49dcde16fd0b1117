#!/usr/bin/env bash
# Tests what posemap writes for generators, for the window scene and every profile, against the readers beside this file.
# usage: run.sh POSEMAP FOLDER    (FOLDER: of setup.sh, outside the repository)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
posemap=$(realpath "${1:?usage: run.sh POSEMAP FOLDER}")
folder=$(realpath "${2:?usage: run.sh POSEMAP FOLDER}")
python=$folder/venv/bin/python
work=$(mktemp -d /tmp/posemap-generators.XXXXXX)
trap 'rm -rf "$work"' EXIT
cd "$here/../.."
scene=Examples/window/scene.json
export POSEMAP=$posemap PYTHONDONTWRITEBYTECODE=1

mkdir "$work/workflows"
families=$(cd Sources/Export/Resources/comfyui/models && ls | sed "s/\.json$//")
for family in $families; do
  for face in box detector posemap; do
    "$posemap" comfyui "$scene" -q -o "$work/comfyui" --profile $family --lora ink.safetensors:0.8 --set faceBy=$face
    for character in female male; do
      cp "$work/comfyui/$character/workflow_api.json" "$work/workflows/$family-$face-$character.api.json"
      cp "$work/comfyui/$character/workflow.json" "$work/workflows/$family-$face-$character.json"
    done
  done
done
# One pass for both characters, and pictures of them if a family takes any.
cp -r Examples/window "$work/window"
"$posemap" render "$work/window/scene.json" -q -o "$work/window/maps" --maps shaded
"$python" - "$work/window/scene.json" <<'PYTHON'
import json, sys
scene = json.load(open(sys.argv[1]))
for character in scene["characters"]:
    character["reference"] = f"maps/{character['id']}/shaded.png"
json.dump(scene, open(sys.argv[1], "w"))
PYTHON
for family in $families; do
  "$posemap" comfyui "$work/window/scene.json" -q -o "$work/pictured" --profile $family
  for character in female male; do
    cp "$work/pictured/$character/workflow_api.json" "$work/workflows/$family-pictured-$character.api.json"
    cp "$work/pictured/$character/workflow.json" "$work/workflows/$family-pictured-$character.json"
  done
  if grep -q '"regions": true' "Sources/Export/Resources/comfyui/models/$family.json"; then
    "$posemap" comfyui "$work/window/scene.json" -q -o "$work/one-pass" --profile $family --one-pass
    cp "$work/one-pass/all/workflow_api.json" "$work/workflows/$family-one-pass.api.json"
    cp "$work/one-pass/all/workflow.json" "$work/workflows/$family-one-pass.json"
  fi
done
# Loaders, LoRAs and stages that are there only if asked for.
for family in $families; do
  file=Sources/Export/Resources/comfyui/models/$family.json
  options=(--stages face,hands --base-lora first.safetensors:0.8)
  ! grep -q '"ownVAE"' "$file" || options+=(--set vae=own.safetensors)
  ! grep -q '"UNETLoader"' "$file" || options+=(--set model=small-Q4_K_S.gguf --set clip=small-Q8_0.gguf)
  ! grep -q '"into"' "$file" || options+=(--into "$work/window/maps/female/shaded.png")
  "$posemap" comfyui "$scene" -q -o "$work/asked" --profile $family --only male --seeds 2 "${options[@]}"
  for seed in "$work"/asked/male/seed-*; do
    cp "$seed/workflow_api.json" "$work/workflows/$family-asked-$(basename "$seed").api.json"
    cp "$seed/workflow.json" "$work/workflows/$family-asked-$(basename "$seed").json"
  done
  rm -r "$work/asked"
done
"$python" "$here/lint.py" "$work/workflows"

for family in $(cd Sources/Export/Resources/diffusers && ls | sed "s/\.py$//"); do
  "$posemap" diffusers "$scene" -q -o "$work/diffusers/$family" --profile $family
done
"$python" "$here/diffusers_check.py" --wheel "$folder/diffusers" --self-test "$work"/diffusers/*
for family in sd15 sdxl-xinsir; do
  "$posemap" a1111 "$scene" -q -o "$work/a1111/$family" --profile $family
  mkdir -p "$work/payloads/$family"
  for character in female male; do
    cp "$work/a1111/$family/$character/txt2img.json" "$work/payloads/$family/$character.json"
  done
done
"$python" "$here/a1111_check.py" --self-test --resources "$work"/payloads/*

# Most of them wait, for servers that start again, so more run at once than there are cores.
"$python" -m pytest -q -n 6 -p no:cacheprovider --basetemp "$work/tests" "$here"
