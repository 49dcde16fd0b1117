#!/bin/sh
# Reviews the poses, clips and scenes of a branch: mistakes as annotations, and pictures before and
# after of every scene that it changes, with the hashes of the maps.
#
#   review.sh github|gitlab BASE OUT
#
# BASE: the commit at which the branch began. OUT: a folder to create, with
#   report.md      the changes in words, and the maps' hashes, scene by scene
#   sheets/        a picture of each scene before and after
#   hashes.txt     the hashes of the current maps, in the format of sha256sum
#   mistakes.txt   or mistakes.json, the code quality report, for gitlab
# For github, mistakes also go to standard output, from which GitHub reads a job's annotations.
# The exit code is that of posemap git check. Run it anywhere in a work tree. $POSEMAP: the command,
# if it is not posemap; $REVIEW_MAPS: the maps to hash, as for render --maps.
set -eu
usage="usage: review.sh github|gitlab BASE OUT"
format=${1:?$usage} base=${2:?$usage} out=${3:?$usage}
here=$(cd "$(dirname "$0")" && pwd)
POSEMAP=${POSEMAP:-posemap}
REVIEW_MAPS=${REVIEW_MAPS:-openpose,depth,normal,canny,mask}
case $format in github | gitlab) ;; *) echo "$usage" >&2; exit 64 ;; esac
if [ -e "$out" ]; then echo "$out already exists; name a folder to create" >&2; exit 73; fi
mkdir -p "$out/sheets"
out=$(cd "$out" && pwd)
cd "$(git rev-parse --show-toplevel)"

# All files are checked, since a change in one can break another.
code=0
if [ "$format" = gitlab ]; then
  "$POSEMAP" git check --all --format gitlab > "$out/mistakes.json" || code=$?
else
  "$POSEMAP" git check --all --format github > "$out/mistakes.txt" || code=$?
  cat "$out/mistakes.txt"
fi

# A shallow clone needs the commit to compare with.
if ! git cat-file -e "$base^{commit}" 2> /dev/null; then
  git fetch --quiet --depth=1 origin "$base" 2> /dev/null || {
    echo "the commit $base is not in this clone; fetch it, or clone with the whole history" >&2
    exit 66
  }
fi
base=$(git rev-parse --verify --end-of-options "$base^{commit}")

# The previous files, beside those that are checked out, until this script ends.
work=$(mktemp -d)
finish() {
  git worktree remove --force "$work/before" > /dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
git -c core.hooksPath=/dev/null worktree add --quiet --detach "$work/before" "$base" > /dev/null

echo "# Scenes that change" > "$out/report.md"
: > "$out/hashes.txt"
export POSEMAP REVIEW_MAPS base out work
# Names end in zero bytes, since they can contain every other character.
"$POSEMAP" git scenes --null "$base" > "$work/scenes"
if [ -s "$work/scenes" ]; then
  xargs -0 -n 1 sh "$here/scene.sh" < "$work/scenes"
else
  printf '\nNone: every map is as it was.\n' >> "$out/report.md"
fi
exit "$code"
