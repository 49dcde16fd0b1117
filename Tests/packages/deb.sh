#!/usr/bin/env bash
# The Debian package: lintian, then installed, run and removed in a bare system of its release; needs root and the network.
# usage: deb.sh PACKAGE POSEMAP CACHE    (POSEMAP: the build whose maps the package's are held against)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=${1:?usage: deb.sh PACKAGE POSEMAP CACHE} posemap=$2 cache=$3
work=$(mktemp -d /tmp/posemap-deb-test.XXXXXX)
trap 'rm -rf "$work"' EXIT

lintian --fail-on error --tag-display-limit 0 "$package"
cp -R "$here/../../Examples/window" "$work/scene"
"$posemap" render "$work/scene/scene.json" -o "$work/expected" --quiet
cp "$here/deb-inside.sh" "$package" "$work/"
chmod -R a+rX "$work"
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
NETWORK=1 "$here/chroot.sh" "$suite" "$cache" "$work" /work/deb-inside.sh
