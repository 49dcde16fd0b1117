#!/usr/bin/env python3
"""Draws the poses of extremes.json from three sides: sheet.py POSEMAP FOLDER [MAP …] makes FOLDER/POSE-MAP.png.

Rows are female, male, woman and man. Needs pillow (the conformance environment has it)."""
from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

from PIL import Image

SIDE, DISTANCE = 448, 4.6
VIEWS = {"front": 0, "three-quarter": 55, "back": 180}
FIGURES = {
    "female": {"body": "female"}, "male": {"body": "male"},
    "woman": {"body": "human", "phenotype": {"gender": "female", "height": 1.63}},
    "man": {"body": "human", "phenotype": {"gender": "male", "height": 1.76}},
}
# The height of the view's center and its extent, in meters, by the first word of the pose's name.
AIMS = {
    "arms": (1.45, 1.2), "elbow": (1.2, 1.0), "forearm": (1.35, 1.7), "wrist": (1.3, 1.7), "shrug": (1.35, 0.9),
    "fist": (1.3, 1.7), "neck": (1.5, 0.65), "waist": (1.15, 1.3), "knee": (0.75, 1.2), "deep": (0.5, 1.2),
    "leg": (0.9, 1.3), "splits": (0.55, 1.5), "ankle": (0.3, 0.8),
}


def joints(entry: dict) -> dict:
    sides = {"both": ("left", "right"), "left": ("left",), "right": ("right",), "middle": ("",)}
    result: dict = {}
    for part, angles in entry.items():
        for side in sides[part]:
            for joint, values in angles.items():
                result[side + joint] = values
    return result


def scene(pose: str, figure: str, entry: dict, yaw: int) -> dict:
    angle = math.radians(yaw)
    height, extent = AIMS[pose.split("-")[0]]
    camera = {
        "position": [DISTANCE * math.sin(angle), height + 0.1, DISTANCE * math.cos(angle)], "target": [0, height, 0],
        "fovY": 2 * math.degrees(math.atan(extent / 2 / DISTANCE)),
    }
    character = {"id": "figure", **FIGURES[figure], "pose": {"joints": joints(entry)}}
    return {"canvas": [SIDE, SIDE], "camera": camera, "characters": [character]}


def main() -> None:
    posemap, folder, maps = sys.argv[1], Path(sys.argv[2]), sys.argv[3:] or ["shaded"]
    poses = json.loads(Path(__file__).with_name("extremes.json").read_text())
    folder.mkdir(parents=True, exist_ok=True)
    names = [(pose, figure, view) for pose in poses for figure in FIGURES for view in VIEWS]
    for pose, figure, view in names:
        (folder / f"{pose}+{figure}+{view}.json").write_text(json.dumps(scene(pose, figure, poses[pose], VIEWS[view])))
    (folder / "list").write_text("\n".join(f"{'+'.join(name)}.json" for name in names))
    out = folder / "out"
    subprocess.run([posemap, "render", "--list", folder / "list", "-o", out, "--maps", ",".join(maps)], check=True)
    for pose in poses:
        for name in maps:
            sheet = Image.new("RGB", (SIDE * len(VIEWS), SIDE * len(FIGURES)))
            for row, figure in enumerate(FIGURES):
                for column, view in enumerate(VIEWS):
                    picture = Image.open(out / f"{pose}+{figure}+{view}" / "figure" / f"{name}.png")
                    sheet.paste(picture.convert("RGB"), (column * SIDE, row * SIDE))
            sheet.save(folder / f"{pose}-{name}.png")


if __name__ == "__main__":
    main()
