#!/usr/bin/env bash
# Makes the venv of the reference programs in FOLDER: OpenCV, and the drawing code of the controlnet-aux wheel, which is
# unpacked beside it and never installed (installing would pull torch).
set -euo pipefail
folder=$1
here=$(cd "$(dirname "$0")" && pwd)
if [ ! -e "$folder/ready" ]; then
  if ! python3 -m venv "$folder" 2>/dev/null; then
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get install -y -qq python3-venv
    python3 -m venv "$folder"
  fi
  "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  "$folder/bin/pip" download --quiet --disable-pip-version-check --no-deps --dest "$folder/wheels" controlnet-aux==0.0.10
  "$folder/bin/python" -m zipfile -e "$folder"/wheels/controlnet_aux-*.whl "$folder/controlnet-aux"
  touch "$folder/ready"
fi
