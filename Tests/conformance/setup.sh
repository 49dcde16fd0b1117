#!/usr/bin/env bash
# Creates the Python environment of run.py in a folder outside the repository.
# usage: setup.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: setup.sh FOLDER}
mkdir -p "$folder"
environment=$here/../../scripts/python-environment.sh
"$environment" "$folder/venv" -r "$here/requirements.txt"
# The detector: its wheel contains the models; its other requirements are for parts not used here.
"$environment" "$folder/venv" --no-deps mediapipe==0.10.14
if [ ! -d "$folder/cnaux/controlnet_aux" ]; then
  # Unzipped and never installed: installing it would also install torch.
  "$folder/venv/bin/pip" download --quiet --no-deps --dest "$folder" controlnet-aux==0.0.10
  "$folder/venv/bin/python" -m zipfile -e "$folder"/controlnet_aux-0.0.10-*.whl "$folder/cnaux"
fi
echo "ready: $folder/venv/bin/python $here/run.py --wheel $folder/cnaux/controlnet_aux"
