#!/usr/bin/env bash
# Draws with the wheel and the EGL of a system newer than the wheel's libraries; chroot.sh runs this in Debian 13, with a network.
# /work: the wheel, the wheels it depends on, scene/, and expected/ with the maps that the build draws.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --no-install-recommends libegl1 libgl1-mesa-dri >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }
python3 -m venv /art
/art/bin/pip install --quiet --no-index --find-links /work /work/posemap-*.whl
/art/bin/posemap doctor --renderer egl --url 127.0.0.1:1 >/tmp/doctor
grep renderer /tmp/doctor
# Another Mesa can draw different pixels; the skeleton does not depend on them here.
/art/bin/posemap render /work/scene/scene.json -o /tmp/maps --renderer egl --quiet
for map in /work/expected/*/openpose.png; do cmp "$map" "/tmp/maps${map#/work/expected}"; done
if diff -rq --exclude manifest.json /work/expected /tmp/maps; then echo "wheel: the same bytes with the system's EGL"; fi
