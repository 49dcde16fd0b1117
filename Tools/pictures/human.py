#!/usr/bin/env python3
"""Draws docs/human-body.png, human-face.png and human-expressions.png: what each parameter of the human does.

usage: human.py POSEMAP FOLDER   (in the environment of Tests/conformance; `make pictures` calls it)
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SHARES = ["muscle", "weight", "proportions", "cup", "firmness"]
BODY = SHARES[:3] + ["shoulders", "chest", "cup", "firmness", "waist", "hips", "belly", "buttocks", "vShape", "neckLength", "neckGirth",
                     "upperArmLength", "lowerArmLength", "upperArmGirth", "wristGirth", "upperLegLength", "lowerLegLength", "thighGirth",
                     "calfGirth", "ankleGirth", "handSize", "footSize", "headSize"]
FACE = ["headWidth", "headHeight", "faceFat", "cheekbones", "jawWidth", "chinHeight", "chinProminence", "eyeSize", "noseSize",
        "noseLength", "noseWidth", "noseHump", "mouthWidth", "lips", "browHeight", "forehead", "earSize"]
EXPRESSIONS = ["blinkLeft", "eyeWideLeft", "eyeSquintLeft", "browDownLeft", "browInnerUp", "browOuterUpLeft", "jawOpen", "mouthPucker",
               "mouthFunnel", "mouthPress", "mouthStretch", "mouthFrown", "mouthUpperUp", "mouthSmile", "noseSneerLeft", "smile", "happy",
               "angry", "sad", "relaxed", "surprised"]
ARMS = {"leftUpperArm": {"abduction": 22}, "rightUpperArm": {"abduction": 22}}
WHOLE = ((120, 230), {"position": [0.9, 0.95, 5.2], "target": [0, 0.86, 0], "fovY": 20.5})
HEAD = ((150, 180), {"position": [0.42, 1.52, 1.5], "target": [0, 1.49, 0.03], "fovY": 11.5})


def main():
    posemap, folder = sys.argv[1], Path(sys.argv[2])
    base = {"gender": "female", "height": 1.63}
    man = {"gender": "male", "height": 1.63}
    macros = [("gender", base, man), ("age 25, 80", base, {**base, "age": 80}),
              ("hair", {**base, "hair": "short"}, {**base, "hair": "long"}), ("hair", {**base, "hair": "bun"}, base)]
    body = macros + [(name, {**base, name: 0 if name in SHARES else -1}, {**base, name: 1}) for name in BODY]
    face = [(name, {**base, name: -1}, {**base, name: 1}) for name in FACE]
    face += [(f"ethnicity {a}, {b}", {**base, "ethnicity": {a: 1}}, {**base, "ethnicity": {b: 1}}) for a, b in (("african", "asian"), ("caucasian", "asian"))]
    with tempfile.TemporaryDirectory() as scratch:
        shoot = lambda *view: Camera(posemap, Path(scratch), *view)
        sheet([(name, [shoot(*WHOLE).take(low), shoot(*WHOLE).take(high)]) for name, low, high in body], 8).save(folder / "human-body.png", optimize=True)
        sheet([(name, [shoot(*HEAD).take(low), shoot(*HEAD).take(high)]) for name, low, high in face], 6).save(folder / "human-face.png", optimize=True)
        sheet([(name, [shoot(*HEAD).take(base, {name: 1})]) for name in EXPRESSIONS], 11).save(folder / "human-expressions.png", optimize=True)


class Camera:
    """Takes pictures of one human twice as large as they are wanted, and shrinks them."""

    def __init__(self, posemap, scratch, size, camera):
        self.posemap, self.scratch, self.size, self.camera = posemap, scratch, size, camera

    def take(self, phenotype, face=None):
        scene = {"canvas": [side * 2 for side in self.size], "camera": self.camera, "characters": [
            {"id": "one", "body": "human", "phenotype": phenotype, "pose": {"joints": ARMS, "face": face or {}}}]}
        (self.scratch / "scene.json").write_text(json.dumps(scene))
        subprocess.run([self.posemap, "render", self.scratch / "scene.json", "-q", "-o", self.scratch / "out", "--maps", "shaded"], check=True)
        return Image.open(self.scratch / "out/one/shaded.png").convert("L").resize(self.size, Image.LANCZOS)


def sheet(entries, columns):
    font = ImageFont.load_default(13)
    width, height = entries[0][1][0].size
    width *= len(entries[0][1])
    rows = -(-len(entries) // columns)
    picture = Image.new("L", (columns * (width + 6), rows * (height + 22)), 255)
    draw = ImageDraw.Draw(picture)
    for index, (name, images) in enumerate(entries):
        left, top = index % columns * (width + 6), index // columns * (height + 22)
        for number, image in enumerate(images):
            picture.paste(image, (left + number * image.width, top + 20))
        draw.text((left + 4, top + 3), name, fill=0, font=font)
    return picture.quantize(48, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
