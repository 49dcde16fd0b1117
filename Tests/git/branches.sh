#!/bin/sh
# Two people work on one scene and one pose, each on a branch; git merges their work.
#
#   Tests/git/branches.sh POSEMAP FOLDER      POSEMAP: the command; FOLDER: where to create the repository
#
# Prints the output of git and posemap, and keeps the repository for inspection. Exits with 1 if a
# merge is not as it should be.
set -eu
posemap=$1
folder=$2
export HOME="$folder" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org GIT_AUTHOR_DATE=2020-01-01T12:00:00Z
export GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org GIT_COMMITTER_DATE=2020-01-01T12:00:00Z
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir -p "$folder/studio"
cd "$folder/studio"
git init -q -b main
git config merge.posemap.name "posemap: by what values mean"
git config merge.posemap.driver "'$posemap' merge-driver --base %O --ours %A --theirs %B --marker-size %L --path %P --base-label %S --ours-label %X --theirs-label %Y"
echo '*.json merge=posemap' > .gitattributes

cat > wave.pose.json <<'POSE'
{
  "joints": {
    "leftUpperArm": {"flexion": 20, "abduction": 60},
    "leftLowerArm": {"flexion": 30},

    "rightUpperArm": {"flexion": 10, "abduction": 12}
  }
}
POSE
cat > scene.json <<'SCENE'
{
  "canvas": [768, 768],
  "camera": {"frame": "all", "angle": 10},
  "characters": [
    {
      "id": "ana",
      "body": "female",
      "pose": "wave.pose.json"
    }
  ],
  "props": [
    {"id": "floor", "shape": "plane", "size": [6, 4]}
  ]
}
SCENE
git add -A
git commit -qm "A wave"

change() { sed "s|$2|$3|" "$1" > .changed && mv .changed "$1"; }

git checkout -qb hers
change wave.pose.json '"leftUpperArm": {"flexion": 20' '"leftUpperArm": {"flexion": 45'
change wave.pose.json '"rightUpperArm": {"flexion": 10' '"rightUpperArm": {"flexion": 25'
change scene.json '"angle": 10' '"angle": 30'
change scene.json '^  "characters": \[' '  "characters": [\n    {"id": "cleo", "body": "female", "position": [-1.2, 0, 0]},'
"$posemap" fmt scene.json wave.pose.json > /dev/null
git commit -qam "Raise the upper arm, flex the right one, turn the camera, add Cleo"

git checkout -qb his main
change wave.pose.json '"leftLowerArm": {"flexion": 30' '"leftLowerArm": {"flexion": 80'
change wave.pose.json '"abduction": 12' '"abduction": 12, "rotation": 15'
change scene.json '^  "characters": \[' '  "characters": [\n    {"id": "ben", "body": "male", "position": [1.2, 0, 0]},'
change scene.json '^  "props": \[' '  "props": [\n    {"id": "crate", "shape": "box", "size": [0.4, 0.4, 0.4], "position": [0, 0, -1]},'
"$posemap" fmt scene.json wave.pose.json > /dev/null
git commit -qam "Bend the forearm, rotate the right arm, add Ben and a crate"

echo "== forearm against upper arm, flexion against rotation, two characters, camera against prop"
git merge -q --no-edit hers
git --no-pager diff --stat HEAD~1 HEAD
for wanted in '"leftUpperArm": {"flexion": 45, "abduction": 60}' '"leftLowerArm": {"flexion": 80}' \
  '"rightUpperArm": {"flexion": 25, "abduction": 12, "rotation": 15}'; do
  grep -qF "$wanted" wave.pose.json || { echo "missing: $wanted"; exit 1; }
done
for wanted in '"angle": 30' '"id": "ana"' '"id": "ben"' '"id": "cleo"' '"id": "crate"' '"id": "floor"'; do
  grep -qF "$wanted" scene.json || { echo "missing: $wanted"; exit 1; }
done
"$posemap" fmt --check scene.json wave.pose.json
"$posemap" check scene.json wave.pose.json
cat scene.json wave.pose.json

echo "== the same number changed twice"
git checkout -qb higher
change wave.pose.json '"leftLowerArm": {"flexion": 80' '"leftLowerArm": {"flexion": 95'
git commit -qam "Bend it more"
git checkout -qb lower HEAD~1
change wave.pose.json '"leftLowerArm": {"flexion": 80' '"leftLowerArm": {"flexion": 60'
git commit -qam "Bend it less"
if git merge -q --no-edit higher 2> ../said; then echo "this should be a conflict"; exit 1; fi
cat ../said
rm ../said
grep -n -A 4 '<<<<<<<' wave.pose.json
[ "$(grep -c '<<<<<<<' wave.pose.json)" = 1 ]
