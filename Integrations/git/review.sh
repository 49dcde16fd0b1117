#!/bin/sh
# Reviews the poses, clips and scenes of a branch: mistakes as annotations, and before and after of
# every scene that it changes, with the hashes of their maps.
#
#   review.sh github|gitlab BASE OUT
#
# BASE: the commit that the branch began at. OUT: a folder to make, with
#   report.md      what changed in words, and the maps' hashes, scene by scene
#   sheets/        a picture of before and after for each scene
#   hashes.txt     the hashes of the maps as they are now, as sha256sum writes them
#   mistakes.txt   or mistakes.json, the code quality report, for gitlab
# For github, mistakes go to standard output as well, where a job's annotations are read from.
# Exits as posemap git check does. Run it anywhere in a work tree. $POSEMAP: the command, if it is
# not posemap; $REVIEW_MAPS: the maps to hash, as render --maps takes them.
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

# All files, since a change of one can spoil another.
code=0
if [ "$format" = gitlab ]; then
  "$POSEMAP" git check --all --format gitlab > "$out/mistakes.json" || code=$?
else
  "$POSEMAP" git check --all --format github > "$out/mistakes.txt" || code=$?
  cat "$out/mistakes.txt"
fi

# A clone that was cut off needs the commit to compare with.
if ! git cat-file -e "$base^{commit}" 2> /dev/null; then
  git fetch --quiet --depth=1 origin "$base" 2> /dev/null || {
    echo "the commit $base is not in this clone; fetch it, or clone with the whole history" >&2
    exit 66
  }
fi
base=$(git rev-parse --verify --end-of-options "$base^{commit}")

# The files as they were, beside those that are checked out, until this ends.
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
# Names end in zero bytes, since they may have everything else in them.
"$POSEMAP" git scenes --null "$base" > "$work/scenes"
if [ -s "$work/scenes" ]; then
  xargs -0 -n 1 sh "$here/scene.sh" < "$work/scenes"
else
  printf '\nNone: every map is as it was.\n' >> "$out/report.md"
fi
exit "$code"
