#!/usr/bin/env bash
# Tests the Python package, its MCP server, the Ray example and the ComfyUI nodes with a built command.
# usage: run.sh POSEMAP VENV    (VENV: a folder outside the repository; created if it does not exist)
set -euo pipefail
usage="usage: run.sh POSEMAP VENV"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
posemap=$(realpath "${1:?$usage}")
venv=$(realpath -m "${2:?$usage}")
work=$(mktemp -d /tmp/posemap-integrations.XXXXXX)
trap 'rm -rf "$work"' EXIT

"$root/scripts/python-environment.sh" "$venv" -r "$here/requirements.txt"
# Build from a copy, since building writes beside the sources and must not write into the repository.
cp -R "$root/Integrations/python" "$work/package"
"$venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$work/package"

export POSEMAP=$posemap PYTHONDONTWRITEBYTECODE=1 RAY_USAGE_STATS_ENABLED=0 RAY_TMPDIR=$work
cd "$work"
"$venv/bin/mypy" --strict --cache-dir "$work/mypy" "$work/package/src/posemap"
"$venv/bin/python" -m pytest -q -p no:cacheprovider --basetemp "$work/tests" "$here"
