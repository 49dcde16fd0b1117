#!/usr/bin/env bash
# Tests the wheel in minimal systems of Debian 12 and 13 without a network, then with the EGL of Debian 13; needs root and a network.
# usage: wheel.sh WHEEL POSEMAP VENV CACHE    (POSEMAP: the build whose maps must equal the wheel's)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wheel=${1:?usage: wheel.sh WHEEL POSEMAP VENV CACHE} posemap=$2 venv=$3 cache=$4
work=$(mktemp -d /tmp/posemap-wheel-test.XXXXXX)
trap 'rm -rf "$work"' EXIT

cp -R "$here/../../Examples/window" "$work/scene"
"$posemap" render "$work/scene/scene.json" -o "$work/expected" --quiet
cp "$here"/wheel-*.sh "$work/"
for suite in bookworm trixie; do
  folder=$work/$suite
  mkdir -p "$folder" "$cache/wheels/$suite"
  cp -R "$work/scene" "$work/expected" "$work"/wheel-*.sh "$wheel" "$folder/"
  # Ask the system's Python which wheels fit it.
  python=$("$here/chroot.sh" "$suite" "$cache" "$folder" python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' | tail -1)
  "$venv/bin/pip" download --quiet --disable-pip-version-check --only-binary :all: --python-version "$python" \
    --platform manylinux_2_28_x86_64 --platform manylinux2014_x86_64 --dest "$cache/wheels/$suite" numpy pillow
  cp "$cache/wheels/$suite"/*.whl "$folder/"
  chmod -R a+rX "$folder"
  echo "== $suite"
  "$here/chroot.sh" "$suite" "$cache" "$folder" /work/wheel-inside.sh
done

NETWORK=1 "$here/chroot.sh" trixie "$cache" "$work/trixie" bash /work/wheel-egl.sh

# With an older glibc, pip refuses the wheel in one sentence.
tag=$(basename "$wheel" | grep -o 'manylinux_2_[0-9]*')
older=${tag%_*}_$((${tag##*_} - 1))
said=$("$venv/bin/pip" install --no-index --no-deps --target "$work/none" --only-binary :all: --platform "${older}_x86_64" "$wheel" 2>&1) && exit 1
grep -q "is not a supported wheel on this platform" <<<"$said" || { echo "$said"; exit 1; }
echo "wheel: refused by pip where glibc is older than ${tag#manylinux_}"
