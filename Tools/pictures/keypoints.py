#!/usr/bin/env python3
"""Draws docs/keypoints.png: every keypoint with its number on the shaded mannequin.

usage: keypoints.py POSEMAP OUT.png   (in the environment of Tests/conformance; `make pictures` calls it)
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
PANELS = [("keypoints", "body", (("body_18", (210, 40, 40), 0), ("feet_6", (30, 90, 200), 0))),
          ("face", "face", (("face_70", (200, 30, 30), 0),)),
          ("hand", "hand", (("hand_right_21", (200, 30, 30), 0),))]


def main():
    posemap, out = sys.argv[1:]
    panels = []
    with tempfile.TemporaryDirectory() as folder:
        for scene, character, lists in PANELS:
            subprocess.run([posemap, "render", HERE / f"{scene}.scene.json", "-q", "-o", f"{folder}/{scene}",
                            "--maps", "shaded,openpose"], check=True)
            base = Path(folder) / scene / character
            image = Image.open(base / "shaded.png").convert("RGB")
            person = json.loads((base / "keypoints.json").read_text())["people"][0]
            panels.append(labelled(image, person, lists))
    sheet = Image.new("RGB", (sum(p.width for p in panels), panels[0].height), "white")
    left = 0
    for panel in panels:
        sheet.paste(panel, (left, 0))
        left += panel.width
    sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.LANCZOS).quantize(96, dither=Image.Dither.NONE).save(out, optimize=True)


def labelled(image, person, lists):
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(20)
    for name, color, first in lists:
        for index in range(len(person[name]) // 4):
            x, y, _, visibility = person[name][4 * index:4 * index + 4]
            fill = color if visibility == 2 else None
            draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=fill, outline=color, width=2)
            draw.text((x + 7, y - 20), str(index + first), fill=color, font=font, stroke_width=3, stroke_fill="white")
    return image


if __name__ == "__main__":
    main()
