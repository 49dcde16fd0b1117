#!/usr/bin/env bash
# Makes the Python environment of the generators' tests in a folder outside the repository.
# usage: setup.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: setup.sh FOLDER}
mkdir -p "$folder"
[ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet -r "$here/requirements.txt" -r "$here/requirements-diffusers.txt"
version=$(sed -n 's/^# *diffusers==\([0-9.]*\).*/\1/p' "$here/requirements-diffusers.txt")
if [ ! -d "$folder/diffusers-$version" ]; then
  # Unzipped and never installed: installing it would pull torch.
  "$folder/venv/bin/pip" download --quiet --no-deps --dest "$folder" "diffusers==$version"
  "$folder/venv/bin/python" -m zipfile -e "$folder"/diffusers-"$version"-*.whl "$folder/unzipping"
  mv "$folder/unzipping" "$folder/diffusers-$version"
fi
ln -sfn "diffusers-$version" "$folder/diffusers"
