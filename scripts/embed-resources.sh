#!/usr/bin/env bash
# Writes the list of embedded files: the Resources folders of the Swift targets, the pairs that the studio offers, and its page. `make build` runs it, so
# that a new file needs no other change; a test compares the list with the folders.
set -euo pipefail
cd "$(dirname "$0")/.."
out=Sources/CResources/CResources.c
files=$({
  find Examples/pairs -type f -name '*.json'
  find Sources/*/Resources -type f \( -name '*.json' -o -name '*.py' \)
  [ ! -d Sources/Studio/Page ] || find Sources/Studio/Page -type f \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.svg' \)
} | LC_ALL=C sort)
new=$(
  echo '// Made by scripts/embed-resources.sh.'
  echo '#include "CResources.h"'
  echo
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  number=0
  for file in $files; do
    printf '\nstatic const uint8_t file%d[] = {\n#embed "../../%s"\n};\n' "$number" "$file"
    number=$((number + 1))
  done
  printf '\nstatic const posemap_resource resources[] = {\n'
  number=0
  for file in $files; do
    printf '    {"%s", file%d, sizeof file%d},\n' "$file" "$number" "$number"
    number=$((number + 1))
  done
  cat <<'C'
};

int64_t posemap_resource_count(void) { return sizeof resources / sizeof *resources; }

posemap_resource posemap_resource_at(int64_t index) { return resources[index]; }
C
)
# An unchanged list is not rewritten, since that would rebuild everything.
[ "$new" = "$(cat "$out" 2>/dev/null)" ] || printf '%s\n' "$new" >"$out"
