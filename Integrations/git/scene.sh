#!/bin/sh
# Reviews one scene: review.sh calls it with the scene's path relative to the top of the work tree.
set -eu
scene=$1
LC_ALL=C
export LC_ALL
count=$(($(cat "$work/count" 2> /dev/null || echo 0) + 1))
echo "$count" > "$work/count"
# Names of sheets are plain and unique; names in the report fit on one line and in one cell.
plain=$(printf '%s' "$scene" | tr -c 'A-Za-z0-9._-' '-')
sheet=$(printf '%03d-%s.png' "$count" "$(printf '%s' "$plain" | tail -c 80)")
shown=$(printf '%s' "$scene" | tr '\000-\037`|' '?')

# Draws a scene, if it exists, and writes its maps' names and hashes; prints to standard error if it
# cannot be drawn.
hashes() { # FOLDER NAME
  : > "$work/$2.hashes"
  [ -f "$1/$scene" ] || return 0
  rm -rf "$work/maps"
  "$POSEMAP" render --maps "$REVIEW_MAPS" -q -o "$work/maps" -- "$1/$scene" > /dev/null \
    2> "$work/$2.errors" || { sed -n '/error: /p' "$work/$2.errors" | sed "s|^$work/before/||" >&2; return 0; }
  (cd "$work/maps" && find . -name '*.png' | sort | sed 's|^\./||' | while read -r map; do
    sum=$(sha256sum < "$map")
    printf '%s  %s\n' "${sum%% *}" "$map"
  done) > "$work/$2.hashes"
}
hashes "$work/before" before
hashes . after

while read -r sum map; do
  printf '%s  %s/%s\n' "$sum" "$shown" "$map"
done < "$work/after.hashes" >> "$out/hashes.txt"

printf '\n## `%s`\n\n' "$shown" >> "$out/report.md"
if [ -s "$work/after.hashes" ] && cmp -s "$work/before.hashes" "$work/after.hashes"; then
  echo 'Its files changed, but its maps did not.' >> "$out/report.md"
  exit 0
fi
{
  if [ ! -f "$work/before/$scene" ]; then echo 'This scene is new.'; fi
  if [ ! -f "./$scene" ]; then echo 'This scene was deleted.'; fi
  echo '```'
  "$POSEMAP" diff --color never --sheet "$out/sheets/$sheet" "$base" -- ":(top,literal)$scene" 2>&1 || true
  echo '```'
  if [ -f "$out/sheets/$sheet" ]; then printf '\n![before and after](sheets/%s)\n' "$sheet"; fi
  printf '\n| map | before | now |\n| --- | --- | --- |\n'
  # The first file's hashes by map, with the second's beside them.
  awk '
    FILENAME == ARGV[1] { before[$2] = $1; next }
    { now[$2] = $1; order[++count] = $2 }
    END {
      for (i = 1; i <= count; i++) {
        map = order[i]
        old = (map in before) ? substr(before[map], 1, 12) : "-"
        print "| " map " | " old " | " (before[map] == now[map] ? "the same" : substr(now[map], 1, 12)) " |"
      }
      for (map in before) if (!(map in now)) gone[++lost] = map
      for (i = 1; i <= lost; i++) for (j = i + 1; j <= lost; j++)
        if (gone[j] < gone[i]) { swap = gone[i]; gone[i] = gone[j]; gone[j] = swap }
      for (i = 1; i <= lost; i++) print "| " gone[i] " | " substr(before[gone[i]], 1, 12) " | - |"
    }' "$work/before.hashes" "$work/after.hashes"
} >> "$out/report.md"
