#!/usr/bin/env bash
# Creates or updates a Python environment in a folder.
# usage: python-environment.sh FOLDER ARGUMENT…    (arguments of `pip install`)
# uv takes seconds where pip computes for a minute. If uv is unavailable or fails, pip does the work.
set -euo pipefail
folder=${1:?usage: python-environment.sh FOLDER ARGUMENT…}
shift
tool=$HOME/.cache/posemap/uv
uv=$tool/bin/uv
[ -x "$uv" ] || { python3 -m venv "$tool" && "$tool/bin/pip" install --quiet --disable-pip-version-check 'uv>=0.5'; } >/dev/null 2>&1 || true

# uv has different names for the environment variables that configure pip.
export UV_CACHE_DIR=${UV_CACHE_DIR:-$tool/cache}
export UV_FIND_LINKS=${UV_FIND_LINKS:-${PIP_FIND_LINKS:-}}
[ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}
[ -z "${PIP_CERT:-}" ] || export SSL_CERT_FILE=${SSL_CERT_FILE:-$PIP_CERT}

[ -x "$folder/bin/python" ] || "$uv" venv --quiet --seed "$folder" 2>/dev/null || python3 -m venv --clear "$folder"
"$uv" pip install --quiet --python "$folder/bin/python" "$@" 2>/dev/null ||
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
