#!/usr/bin/env bash
# Tests `posemap studio` in a real browser, and its server against hostile messages.
# usage: run.sh POSEMAP FOLDER [ARGUMENT…]    (FOLDER: of setup.sh, outside the repository; arguments of pytest, such as `--long` or `-k drag`)
set -euo pipefail
usage="usage: run.sh POSEMAP FOLDER [ARGUMENT…]"
here=$(cd "$(dirname "$0")" && pwd)
posemap=$(realpath "${1:?$usage}")
python=$(realpath "${2:?$usage}")/venv/bin/python
shift 2
work=$(mktemp -d /tmp/posemap-studio.XXXXXX)
trap 'rm -rf "$work"' EXIT
export POSEMAP=$posemap PYTHONDONTWRITEBYTECODE=1
cd "$here"
"$python" -m mypy --strict --cache-dir "$work/mypy" .
"$python" -m pytest -q -p no:cacheprovider --basetemp "$work/tests" "$@" .
