#!/usr/bin/env bash
# Creates the Python environment of the generators' tests in a folder outside the repository; `editor` adds what editor.py needs.
# usage: setup.sh FOLDER [editor]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: setup.sh FOLDER [editor]}
mkdir -p "$folder"
environment=$here/../../scripts/python-environment.sh
"$environment" "$folder/venv" -r "$here/requirements.txt" -r "$here/requirements-diffusers.txt"

# A wheel, unzipped and never installed: installing it would also install torch, which is not needed. Its version is in a comment.
unzipped() {
  local package=$1 requirements=$here/$2 version
  version=$(sed -n "s/^# *$package==\([0-9.]*\).*/\1/p" "$requirements")
  if [ ! -d "$folder/$package-$version" ]; then
    "$folder/venv/bin/pip" download --quiet --no-deps --dest "$folder/wheels" "$package==$version"
    rm -rf "$folder/unzipping"
    "$folder/venv/bin/python" -m zipfile -e "$folder/wheels/${package//-/_}-$version"-*.whl "$folder/unzipping"
    mv "$folder/unzipping" "$folder/$package-$version"
  fi
  ln -sfn "$package-$version" "$folder/$package"
}

unzipped diffusers requirements-diffusers.txt
if [ "${2:-}" = editor ]; then
  "$environment" "$folder/venv" -r "$here/requirements-editor.txt"
  unzipped comfyui-frontend-package requirements-editor.txt
fi
