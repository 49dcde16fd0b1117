#!/usr/bin/env python3
"""Draws the pictures of docs/hold.md: a thing for each way to hold, from three sides. usage: hold.py POSEMAP DOCS"""
import json
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
SIDE = 240
POINT = (-0.2, 1.2, 0.45)
# The thing of each way to hold, and where palm and fingers point.
WAYS = {"hammer": ("longsword", [1, 0, 0], [0, 0, 1]), "cup": ("cup", [1, 0, 0], [0, 0, 1]), "pen": ("pen", [0.3, -1, 0], [0.2, -0.3, 1]),
        "phone": ("phone", [0.2, 0.5, -0.8], [0.8, 0.5, 0.4]), "tray": ("tray.underside", [0, 1, 0], [0.2, 0, 1])}
EYES = [(0.33, 0.1, 0.26), (-0.36, 0.12, 0.2), (0.1, -0.22, 0.36)]


def view(way: str, eye: tuple[float, float, float], scratch: pathlib.Path) -> Image.Image:
    """A hand with a thing, seen from a point beside it."""
    thing, palm, fingers = WAYS[way]
    center = [POINT[0] + 0.02, POINT[1], POINT[2] + 0.03]
    scene = {
        "canvas": [SIDE, SIDE], "maps": {"props": True},
        "camera": {"position": [round(c + e, 4) for c, e in zip(center, eye)], "target": center, "fovY": 36},
        "characters": [{"id": "ana", "body": "female", "hold": {"rightHand": f"props.{thing.replace(thing.split('.')[0], 'it', 1)}"},
                        "pose": {"base": "stand", "reach": {"rightHand": {"at": POINT, "palm": palm, "fingers": fingers}}}}],
        "props": [{"id": "it", "shape": thing.split(".")[0]}]}
    file = scratch / "scene.json"
    file.write_text(json.dumps(scene))
    subprocess.run([posemap, "render", file, "-q", "-o", scratch / "out", "--maps", "shaded"], check=True)
    return Image.open(scratch / "out/ana/shaded.png").convert("RGB")


(docs / "hold").mkdir(exist_ok=True)
for way in WAYS:
    with tempfile.TemporaryDirectory() as folder:
        views = [view(way, eye, pathlib.Path(folder)) for eye in EYES]
    row = Image.new("RGB", (SIDE * len(views), SIDE))
    for index, picture in enumerate(views):
        row.paste(picture, (index * SIDE, 0))
    row.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(docs / f"hold/{way}.png", optimize=True)
