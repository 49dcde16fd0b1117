#!/usr/bin/env python3
"""Draws docs/joints-body.png and docs/joints-hands.png: what each angle does, and which way its sign goes.

usage: joints.py POSEMAP FOLDER   (with Pillow, as in the environment of Tests/conformance; `make pictures` calls it)

The names and meanings are those of the JSON Schema of poses. An angle that is in the schema and not here is an error.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, Tuple

from PIL import Image, ImageDraw, ImageFont

INK, FAINT, PAPER = (35, 35, 40), (110, 112, 120), (255, 255, 255)
NEGATIVE, POSITIVE = (150, 78, 16), (24, 88, 160)
WIDTH, HEIGHT = 132, 150
FINGERS = ("Index", "Middle", "Ring", "Little")

Joints = Dict[str, Dict[str, float]]
#: A camera: where it is, what it looks at (meters), and its whole vertical field of view (degrees).
View = Tuple[List[float], List[float], float]


def view(target: List[float], way: List[float], height: float) -> View:
    """Return a camera four meters from a target, in a direction, that sees a number of meters in height."""
    length = sum(part * part for part in way) ** 0.5
    distance = 4.0
    place = [at + part / length * distance for at, part in zip(target, way)]
    # The field that sees `height` at that distance; a tangent is as good as its angle here.
    return place, target, height / distance * 57.29578


WHOLE, TRUNK, HEAD, FACE = [0, 0.82, 0], [0, 1.12, 0], [0, 1.42, 0.02], [0, 1.485, 0.05]
LEG, KNEE, FOOT = [0.08, 0.62, 0.05], [0.08, 0.4, -0.05], [0.09, 0.06, 0.07]
HAND, THUMB = [0.75, 1.29, 0.02], [0.72, 1.29, 0.03]
FRONT, LEFT, ASIDE, ABOVE, BELOW = [0, 0, 1], [1, 0, 0], [0.8, 0.2, 1], [0.25, 1, 0.45], [0.2, -1, 0.55]

HANGING: Joints = {"leftUpperArm": {"abduction": 8}, "rightUpperArm": {"abduction": 8}}
FORWARD: Joints = {**HANGING, "leftLowerArm": {"flexion": 90}}
#: The left arm straight out, palm down; what a hand does is seen best there.
OUT: Joints = {"rightUpperArm": {"abduction": 8}}
BENT: Joints = {**OUT, "leftLowerArm": {"flexion": 90}}

#: Joint and angle: how the rest stands, the camera, and the angles that are shown.
BODY: Dict[Tuple[str, str], Tuple[Joints, View, Tuple[float, float]]] = {
    ("hips", "flexion"): (HANGING, view(WHOLE, LEFT, 1.95), (-25, 40)),
    ("hips", "lateralFlexion"): (HANGING, view(WHOLE, FRONT, 1.95), (-25, 25)),
    ("hips", "rotation"): (HANGING, view(WHOLE, FRONT, 1.95), (-45, 45)),
    ("spine", "flexion"): (HANGING, view(TRUNK, LEFT, 1.25), (-20, 35)),
    ("spine", "lateralFlexion"): (HANGING, view(TRUNK, FRONT, 1.25), (-20, 20)),
    ("spine", "rotation"): (HANGING, view(TRUNK, FRONT, 1.25), (-15, 15)),
    ("head", "flexion"): (HANGING, view(HEAD, LEFT, 0.5), (-35, 35)),
    ("head", "lateralFlexion"): (HANGING, view(HEAD, FRONT, 0.5), (-25, 25)),
    ("head", "rotation"): (HANGING, view(HEAD, FRONT, 0.5), (-50, 50)),
    ("leftEye", "abduction"): (HANGING, view(FACE, FRONT, 0.13), (-35, 35)),
    ("leftEye", "elevation"): (HANGING, view(FACE, FRONT, 0.13), (-30, 30)),
    ("jaw", "opening"): (HANGING, view([0, 1.52, 0.05], FRONT, 0.24), (0, 28)),
    ("leftShoulder", "elevation"): (HANGING, view([0.05, 1.25, 0], FRONT, 0.75), (-15, 40)),
    ("leftShoulder", "protraction"): (HANGING, view([0.05, 1.25, 0], ABOVE, 0.75), (-30, 35)),
    ("leftShoulder", "rotation"): (BENT, view([0.2, 1.3, 0.1], [1, 0.1, 0.55], 0.85), (-15, 50)),
    ("leftUpperArm", "flexion"): (HANGING, view([0.2, 1.05, 0.12], LEFT, 1.55), (-50, 90)),
    ("leftUpperArm", "abduction"): (HANGING, view([0.25, 1.05, 0.05], FRONT, 1.55), (-15, 90)),
    ("leftUpperArm", "rotation"): (FORWARD, view([0.1, 1.15, 0.1], [0.25, 0.6, 1], 0.95), (-50, 50)),
    ("leftLowerArm", "flexion"): (HANGING, view([0.2, 1.05, 0.1], LEFT, 1.0), (0, 100)),
    ("leftLowerArm", "rotation"): (FORWARD, view([0.2, 1.02, 0.28], [0.6, 0.45, 1], 0.42), (-85, 85)),
    ("leftUpperLeg", "flexion"): (HANGING, view([0.08, 0.62, 0.12], LEFT, 1.65), (-30, 80)),
    ("leftUpperLeg", "abduction"): (HANGING, view([0.2, 0.62, 0.05], FRONT, 1.65), (-20, 45)),
    ("leftUpperLeg", "rotation"): (HANGING, view(LEG, FRONT, 1.5), (-50, 45)),
    ("leftLowerLeg", "flexion"): (HANGING, view(KNEE, LEFT, 1.1), (0, 100)),
    ("leftLowerLeg", "rotation"): (
        {**HANGING, "leftUpperLeg": {"flexion": 70}, "leftLowerLeg": {"flexion": 80}}, view([0.1, 0.6, 0.3], FRONT, 0.9), (-30, 30)),
    ("leftFoot", "flexion"): (HANGING, view(FOOT, LEFT, 0.42), (-45, 25)),
    ("leftFoot", "abduction"): (HANGING, view(FOOT, [0.1, 0.9, 1], 0.36), (-25, 25)),
    ("leftFoot", "inversion"): (HANGING, view(FOOT, [0, 0.1, 1], 0.36), (-25, 35)),
    ("leftToes", "flexion"): (HANGING, view([0.09, 0.04, 0.14], LEFT, 0.3), (-50, 35)),
}
HANDS: Dict[Tuple[str, str], Tuple[Joints, View, Tuple[float, float]]] = {
    ("leftHand", "flexion"): (OUT, view([0.7, 1.3, 0], [0.15, 0.15, 1], 0.4), (-60, 60)),
    ("leftHand", "abduction"): (OUT, view([0.71, 1.3, 0.03], ABOVE, 0.4), (-35, 25)),
    ("leftIndexProximal", "flexion"): (OUT, view(HAND, [0.3, 0.1, 1], 0.28), (-30, 70)),
    ("leftIndexProximal", "abduction"): (OUT, view(HAND, ABOVE, 0.28), (-15, 25)),
    ("leftIndexIntermediate", "flexion"): (OUT, view(HAND, [0.3, 0.1, 1], 0.28), (0, 90)),
    ("leftIndexDistal", "flexion"): (OUT, view(HAND, [0.3, 0.1, 1], 0.28), (0, 70)),
    ("leftThumbMetacarpal", "flexion"): (OUT, view(THUMB, BELOW, 0.25), (-25, 50)),
    ("leftThumbMetacarpal", "abduction"): (OUT, view(THUMB, [0.3, 0.1, 1], 0.24), (-15, 60)),
    ("leftThumbMetacarpal", "rotation"): (OUT, view(THUMB, BELOW, 0.25), (-30, 55)),
    ("leftThumbProximal", "flexion"): (OUT, view(THUMB, BELOW, 0.25), (-20, 60)),
    ("leftThumbDistal", "flexion"): (OUT, view(THUMB, BELOW, 0.25), (-30, 80)),
}


def kind(joint: str) -> str:
    """What joints of both sides, of trunk and neck, and of the four fingers have in common."""
    word = re.sub("^(left|right)", "", joint)
    for finger in FINGERS:
        word = word.replace(finger, "Index")
    return {"chest": "spine", "upperChest": "spine", "neck": "head"}.get(word, word)


def meanings(posemap: str) -> Dict[Tuple[str, str], str]:
    """What a positive angle does, of each kind of joint and angle in the schema."""
    schema = json.loads(subprocess.run([posemap, "schema", "pose"], check=True, capture_output=True, text=True).stdout)
    found = {}
    for joint, node in schema["properties"]["joints"]["properties"].items():
        angles = schema["$defs"][node["$ref"].rpartition("/")[2]]["anyOf"][0]["properties"]
        for angle, value in angles.items():
            found.setdefault((kind(joint), angle), re.sub(r"^Degrees; positive |[.;(].*$", "", value["description"]).strip())
    return found


class Studio:
    """Takes pictures of one figure at twice the size that is wanted."""

    def __init__(self, posemap: str, scratch: Path) -> None:
        self.posemap, self.scratch = posemap, scratch

    def take(self, joints: Joints, seen: View) -> Tuple[Image.Image, Image.Image]:
        """The shaded picture and the mask."""
        place, target, field = seen
        # A mannequin's mouth is too small to be seen open.
        body = "human" if "jaw" in joints else "female"
        scene = {
            "canvas": [WIDTH * 2, HEIGHT * 2], "camera": {"position": place, "target": target, "fovY": field},
            "characters": [{"id": "one", "body": body, "ground": False, "pose": {"joints": joints}}],
        }
        (self.scratch / "scene.json").write_text(json.dumps(scene))
        subprocess.run(
            [self.posemap, "render", self.scratch / "scene.json", "-q", "-o", self.scratch / "out", "--maps", "shaded,mask"],
            check=True,
        )
        size = (WIDTH, HEIGHT)
        shaded, mask = (Image.open(self.scratch / f"out/one/{name}.png").convert("L") for name in ("shaded", "mask"))
        return shaded.resize(size, Image.LANCZOS), mask.resize(size, Image.LANCZOS)

    def turned(self, joint: str, angle: str, ends: Tuple[float, float], base: Joints, seen: View) -> List[Image.Image]:
        """The joint turned each way, over a pale picture of it at zero."""
        shown = [
            self.take({**base, joint: {**base.get(joint, {}), angle: degrees}}, seen)
            for degrees in (self.zero(joint, angle, base), *ends)
        ]
        zero, mask = shown[0]
        pale = Image.new("L", (WIDTH, HEIGHT), 255)
        pale.paste(zero.point(lambda level: round(255 - (255 - level) * 0.3)), mask=mask)
        pictures = [pale.copy() for _ in ends]
        for picture, (shaded, mask) in zip(pictures, shown[1:]):
            picture.paste(shaded, mask=mask)
        return pictures

    @staticmethod
    def zero(joint: str, angle: str, base: Joints) -> float:
        return base.get(joint, {}).get(angle, 0) if joint == "leftUpperArm" else 0


def sheet(studio: Studio, shown: Dict[Tuple[str, str], Tuple[Joints, View, Tuple[float, float]]], words: Dict[Tuple[str, str], str], columns: int) -> Image.Image:
    name, small = ImageFont.load_default(15), ImageFont.load_default(13)
    wide, high, gap = WIDTH * 2 + 20, HEIGHT + 74, 10
    rows = -(-len(shown) // columns)
    picture = Image.new("RGB", (columns * wide + gap, rows * high + gap), PAPER)
    draw = ImageDraw.Draw(picture)
    for number, ((joint, angle), (base, seen, ends)) in enumerate(shown.items()):
        left, top = gap + number % columns * wide, gap + number // columns * high
        draw.text((left, top), f"{joint}  {angle}", INK, name)
        draw.text((left, top + 19), words[kind(joint), angle], FAINT, small)
        for side, (degrees, turned) in enumerate(zip(ends, studio.turned(joint, angle, ends, base, seen))):
            picture.paste(turned.convert("RGB"), (left + side * WIDTH, top + 36))
            color = POSITIVE if degrees > 0 else NEGATIVE if degrees < 0 else FAINT
            middle = left + side * WIDTH + WIDTH // 2
            draw.text((middle, top + 38 + HEIGHT), f"{degrees:+}°" if degrees else "0°", color, name, anchor="mt")
    return picture


def main() -> None:
    posemap, folder = sys.argv[1], Path(sys.argv[2])
    words = meanings(posemap)
    shown = {(kind(joint), angle) for joint, angle in [*BODY, *HANDS]}
    if shown != set(words):
        sys.exit(f"joints.py: not shown: {sorted(set(words) - shown)}; not in the schema: {sorted(shown - set(words))}")
    with tempfile.TemporaryDirectory() as scratch:
        studio = Studio(posemap, Path(scratch))
        for title, entries, columns in (("body", BODY, 5), ("hands", HANDS, 4)):
            drawn = sheet(studio, entries, words, columns)
            drawn.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(folder / f"joints-{title}.png", optimize=True)


if __name__ == "__main__":
    main()
