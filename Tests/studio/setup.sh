#!/usr/bin/env bash
# Creates the Python environment of the studio's tests in a folder outside the repository.
# usage: setup.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: setup.sh FOLDER}
mkdir -p "$folder"
"$here/../../scripts/python-environment.sh" "$folder/venv" -r "$here/requirements.txt"
