"""The posemap command, and boxes.json beside each keypoints.json, for commands that do not write it yet.

    command_with_boxes.py POSEMAP ARGUMENTS…
"""

import json
import subprocess
import sys
from pathlib import Path

GROUPS = {"face": "face_70", "head": "face_70", "leftHand": "hand_left_21", "rightHand": "hand_right_21", "body": "body_18"}


def box(numbers):
    """[x, y, width, height] around the points in the picture, or None."""
    points = [numbers[start : start + 4] for start in range(0, len(numbers or []), 4)]
    inside = [point for point in points if point[3] > 0]
    if not inside:
        return None
    left, top = (min(point[axis] for point in inside) for axis in (0, 1))
    return [left, top] + [max(point[axis] for point in inside) - least for axis, least in ((0, left), (1, top))]


def add_boxes(keypoints):
    document = json.loads(keypoints.read_text("utf-8"))
    document["people"] = [
        {"character": person["character"], **{name: box(person[group]) for name, group in GROUPS.items()}}
        for person in document["people"]
    ]
    if keypoints.name == "keypoints.json":
        target = keypoints.with_name("boxes.json")
    else:
        target = keypoints.parents[1] / "boxes" / keypoints.name
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(document), "utf-8")


if __name__ == "__main__":
    code = subprocess.run(sys.argv[1:]).returncode
    output = [argument for argument in sys.argv if argument.startswith("--output=")]
    if code == 0 and output:
        for file in Path(output[0].partition("=")[2]).rglob("*.json"):
            if file.name == "keypoints.json" or file.parent.name == "keypoints":
                add_boxes(file)
    sys.exit(code)
