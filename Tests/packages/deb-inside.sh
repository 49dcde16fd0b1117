#!/usr/bin/env bash
# Does what a user does with the Debian package; chroot.sh runs this in a minimal system.
# /work: the package, scene/, and expected/ with the maps that the build draws.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
# debootstrap leaves no package lists.
apt-get update -qq
dpkg --get-selections | sort >/tmp/before
start=$(date +%s%N)
apt-get install -qq --no-install-recommends /work/posemap_*.deb >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }
installed=$(date +%s%N)
posemap render /work/scene/scene.json -o /work/maps --quiet
drawn=$(date +%s%N)
echo "apt install $(((installed - start) / 1000000)) ms, first maps $(((drawn - installed) / 1000000)) ms"
diff -r /work/expected /work/maps
posemap --version
posemap poses >/tmp/poses
grep -q contrapposto /tmp/poses
[ -f /usr/share/posemap/docs/first-steps.md ]
[ -f /usr/share/man/man1/posemap-render.1.gz ]
bash -n /usr/share/bash-completion/completions/posemap
apt-get remove -qq --purge posemap >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }
left=$(find / -xdev -path '*posemap*' -not -path '/work/*' -not -path '/proc/*' -not -path '/var/cache/*' -not -path '/dev/*')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
echo "deb: installed, draws the same bytes, removed completely"
