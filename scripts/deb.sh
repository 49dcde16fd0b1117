#!/usr/bin/env bash
# Packs the command for this Debian release: program, library, pages, manual pages and completions.
# usage: deb.sh COMMAND FOLDER    (COMMAND: built with --static-swift-stdlib)
set -euo pipefail
cd "$(dirname "$0")/.."
command=$(realpath "${1:?usage: deb.sh COMMAND FOLDER}") output=${2:?usage: deb.sh COMMAND FOLDER}
version=$(scripts/version.py)
# GitHub's address for an account that hides its own.
maintainer="posemap <$(scripts/publisher.py)@users.noreply.github.com>"
work=$(mktemp -d /tmp/posemap-deb.XXXXXX)
trap 'rm -rf "$work"' EXIT
root=$work/root
usr=$root/usr
doc=$usr/share/doc/posemap

install -D -m 755 "$command" "$usr/bin/posemap"
strip "$usr/bin/posemap"
mkdir -p "$usr/share/posemap/docs" "$doc"
cp -R Rigs "$usr/share/posemap/"
cp docs/*.md "$usr/share/posemap/docs/"
"$command" --experimental-dump-help | scripts/manual.py "$usr/share/man/man1"
completion() { install -d "$(dirname "$usr/share/$2")" && "$command" --generate-completion-script "$1" >"$usr/share/$2"; }
completion bash bash-completion/completions/posemap
# The file is sourced, not run.
sed -i '1{/^#!/d}' "$usr/share/bash-completion/completions/posemap"
completion zsh zsh/vendor-completions/_posemap
completion fish fish/vendor_completions.d/posemap.fish

{
  printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: posemap\n\n'
  printf 'Files: *\nCopyright: %s\nLicense: Expat\n' "$(sed -n 's/^Copyright (c) //p' LICENSE)"
  printf 'Comment: Swift'"'"'s libraries, swift-argument-parser, swift-atomics, swift-collections, swift-nio and swift-system are compiled in.\n'
  printf ' Copyright Apple Inc. and the Swift project authors; Apache-2.0 with the runtime library exception, with which\n'
  printf ' programs that they are compiled into need not say so.\n\nLicense: Expat\n'
  sed -e '1,/^Copyright/d' LICENSE | sed -e '/./,$!d' -e 's/^$/./' -e 's/^/ /'
} >"$doc/copyright"
# With today's date, each package would be different.
printf 'posemap (%s) stable; urgency=medium\n\n  * See /usr/share/posemap/docs and CHANGELOG.md of the source.\n\n -- %s  Thu, 01 Jan 1970 00:00:00 +0000\n' \
  "$version" "$maintainer" >"$doc/changelog"
find "$usr/share/man" "$doc/changelog" -type f ! -name '*.gz' -exec gzip -9n {} +
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path '*/bin/*' -exec chmod 644 {} +

# dpkg-shlibdeps reads the package's name from a source package's control file.
mkdir "$work/debian" "$root/DEBIAN"
printf 'Source: posemap\n\nPackage: posemap\nArchitecture: any\n' >"$work/debian/control"
needed=$(cd "$work" && dpkg-shlibdeps -O -e"$usr/bin/posemap" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
cat >"$root/DEBIAN/control" <<CONTROL
Package: posemap
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$usr" | cut -f1)
Depends: $needed, libosmesa6 | libegl1, libosmesa6 | libgl1-mesa-dri
Recommends: python3-pip
Suggests: curl, git
Section: graphics
Priority: optional
Description: control maps for image models from scenes in text
 posemap draws the OpenPose, depth, normal and Canny maps of posed figures, one
 character at a time before one camera, from scenes in JSON, and lets you pose
 them by hand in a browser. It needs no display, GPU or network.
CONTROL
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -exec touch -h -d @315532800 {} +
mkdir -p "$output"
package=$output/posemap_${version}_$(dpkg --print-architecture).deb
SOURCE_DATE_EPOCH=315532800 dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package: $(($(stat -c %s "$package") / 1000)) kB, for $(. /etc/os-release && echo "$PRETTY_NAME")"
