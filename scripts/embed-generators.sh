#!/usr/bin/env bash
# Writes the list of files of Sources/Export/Resources that are compiled in. Run it after adding or removing one.
set -euo pipefail
cd "$(dirname "$0")/../Sources/Export/Resources"
out=../../CGenerators/CGenerators.c
files=$(find . -type f \( -name '*.json' -o -name '*.py' \) | sed 's|^\./||' | LC_ALL=C sort)
{
  echo '// Made by scripts/embed-generators.sh.'
  echo '#include "CGenerators.h"'
  echo
  echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
  number=0
  for file in $files; do
    printf '\nstatic const uint8_t file%d[] = {\n#embed "../Export/Resources/%s"\n};\n' "$number" "$file"
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

posemap_resource posemap_generator_resource(int64_t number) {
  if (number < 0 || number >= (int64_t)(sizeof resources / sizeof *resources)) return (posemap_resource){0};
  return resources[number];
}
C
} >"$out"
