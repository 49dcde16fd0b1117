#!/usr/bin/env bash
# Installs the Debian packages that posemap needs and that are missing; `tests` adds those of the test suite, `gimp` GIMP, `editor` and `studio` Chromium,
# `compare` what the benchmarks' other programs are made with.
set -euo pipefail
# pip brings the parametric human.
wanted=(pkg-config libassimp-dev libdraco-dev libmeshoptimizer-dev libosmesa6-dev libpng-dev libssl-dev libwebp-dev zlib1g-dev python3 python3-pip)
if [ "${1:-}" = tests ]; then wanted+=(python3-venv strace); fi
# Any Node.js will do, such as one that is no Debian package.
if [ "${1:-}" = tests ] && ! command -v node >/dev/null; then wanted+=(nodejs); fi
if [ "${1:-}" = gimp ]; then wanted+=(gimp); fi
if [ "${1:-}" = compare ]; then wanted+=(gcc libisal-dev python3-venv); fi
case ${1:-} in editor | studio) wanted+=(chromium python3-venv) ;; esac
missing=()
for package in "${wanted[@]}"; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then missing+=("$package"); fi
done
# A Python of one's own brings venv and pip along.
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
  echo "Installing ${missing[*]}"
  ${sudo[@]+"${sudo[@]}"} apt-get update -qq
  DEBIAN_FRONTEND=noninteractive ${sudo[@]+"${sudo[@]}"} apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if ! command -v swift >/dev/null; then
  echo "posemap is built with Swift 6.2 or later; install it from https://www.swift.org/install/linux/" >&2
  exit 1
fi
