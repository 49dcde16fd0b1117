#!/usr/bin/env bash
# Installs missing Debian packages that posemap needs. `tests` adds those of the test suite, `gimp` GIMP, `editor` and `studio` Chromium,
# `packages` those that make the wheel and the Debian package, `systems` those that test them, `compare` those that build the programs for comparison.
set -euo pipefail
# pip downloads the parametric human.
wanted=(pkg-config libassimp-dev libdraco-dev libmeshoptimizer-dev libpng-dev libssl-dev libwebp-dev zlib1g-dev python3 python3-pip)
if [ "${1:-}" = tests ]; then wanted+=(curl libegl1 libgl1-mesa-dri libosmesa6 openssl python3-venv strace); fi
# Any Node.js is sufficient, even one that is not a Debian package.
if [ "${1:-}" = tests ] && ! command -v node >/dev/null; then wanted+=(nodejs); fi
if [ "${1:-}" = gimp ]; then wanted+=(gimp); fi
if [ "${1:-}" = packages ]; then wanted+=(advancecomp binutils dpkg-dev libosmesa6 python3-venv); fi
if [ "${1:-}" = systems ]; then wanted+=(debootstrap lintian); fi
if [ "${1:-}" = compare ]; then wanted+=(gcc libisal-dev libosmesa6-dev python3-venv); fi
case ${1:-} in editor | studio) wanted+=(chromium python3-venv) ;; esac
is_there() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
missing=()
for package in "${wanted[@]}"; do
  is_there "$package" || missing+=("$package")
done
# Either library can draw, and both draw the same bytes; Mesa 25.1 dropped OSMesa.
is_there libosmesa6 || { is_there libegl1 && is_there libgl1-mesa-dri; } || missing+=(renderer)
# A Python that is not Debian's includes venv and pip.
if python3 -c 'import venv, ensurepip, pip' 2>/dev/null; then
  kept=()
  for package in ${missing[@]+"${missing[@]}"}; do
    case $package in python3*) ;; *) kept+=("$package") ;; esac
  done
  missing=(${kept[@]+"${kept[@]}"})
fi
if [ ${#missing[@]} -gt 0 ]; then
  sudo=()
  if [ "$(id -u)" != 0 ]; then sudo=(sudo); fi
  ${sudo[@]+"${sudo[@]}"} apt-get update -qq
  if apt-cache show libosmesa6 >/dev/null 2>&1; then renderer=libosmesa6; else renderer="libegl1 libgl1-mesa-dri"; fi
  # shellcheck disable=SC2206 # Two packages are two words.
  missing=(${missing[@]/#renderer/$renderer})
  echo "Installing ${missing[*]}"
  DEBIAN_FRONTEND=noninteractive ${sudo[@]+"${sudo[@]}"} apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if ! command -v swift >/dev/null; then
  echo "posemap is built with Swift 6.2 or later; install it from https://www.swift.org/install/linux/" >&2
  exit 1
fi
