#!/usr/bin/env bash
# Checks the Debian package with lintian, then installs, runs and removes it in a minimal system of its release; needs root and a network.
# usage: deb.sh PACKAGE POSEMAP CACHE    (POSEMAP: the build whose maps must equal the package's)
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
