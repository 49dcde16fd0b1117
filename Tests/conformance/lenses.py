"""Check normals under short and long lenses, from below and from above, off the picture's center and close to the eye.

What is seen faces the eye, not the camera's axis: beside the middle of a picture a normal may well point behind the picture's plane.
Here the ray to each pixel's center decides. The reference is the ray caster's interpolated normal, turned to the ray's horizon where it
lies past it.
"""
import json
import subprocess

import cv2
import numpy as np

from raycast import cast_one, folds, picture, read_obj, toward_eye, truncated
from report import Row

CANVAS = [512, 512]
LENSES = (14, 24, 35, 50, 85, 135, 200)
SHORT = LENSES[:3]
# Eleven, so that lenses, views and bodies combine with different poses.
POSES = ("stand", "crouch", "jump-leap", "sit-floor", "kneel-one", "run-flight", "arms-raised", "lie-side", "squat", "disco", "sit-chair")
FRAMED = {"low": {"angle": 25, "elevation": -40}, "high": {"angle": -30, "elevation": 50}, "behind, low": {"angle": 160, "elevation": -25}}
# Where a camera near the floor looks, past the figure; it stands at the distance that makes the
# figure equally large under every lens.
ASIDE = {"edge": [1.1, 0.9, 0], "corner": [-0.95, 1.3, 0]}
DOLLY = 0.085  # Meters a millimeter of focal length.
CLOSE = {
    "foot": ("high-kick", {"position": [0.25, 0.9, 1.15], "target": [0.1, 0.75, 0], "roll": 8}),
    "toes": ("walk-contact", {"position": [0.15, 0.04, 0.75], "target": [0.05, 0.5, 0]}),
    "hand": ("reach-forward", {"position": [0.2, 1.25, 0.85], "target": [0.05, 1.2, 0]}),
}
PROPS = [
    {"id": "box", "shape": "box", "size": [0.5, 0.7, 0.4], "position": [-1.1, 0, 0.3], "rotation": [0, 30, 10]},
    {"id": "column", "shape": "cylinder", "radius": 0.15, "height": 2, "position": [1.0, 0, 0.3]},
    {"id": "floor", "shape": "plane", "size": [4, 3]},
    {"id": "ceiling", "shape": "plane", "size": [4, 3], "position": [0, 2.1, 0]},
]
# How far a normal can be past the horizon before 8 bits show it: half a level in each of three
# channels, as a cosine.
ROUNDING = 0.5 * np.sqrt(3) * 2 / 255 + 0.001
# The degrees allowed between posemap's normal and one past the horizon, in addition to those by
# which it is past.
TURN = 2
# Where a mean of corner normals is this short, it magnifies floating-point rounding.
AGREEMENT = 0.9
# A speck differs by this many degrees from the median of its surroundings, within these pixels and
# meters, and from the reference.
SPECK, REACH, SHEET, APART = 30, 3, 0.02, 15
# The share of the ray caster's pixels that must be compared for the rows to be meaningful.
ENOUGH = 0.9
# The maximum distance in meters between posemap and the ray caster where both see the same point.
SAME = 0.002
ROWS = {"normal, 14 to 200 mm": 1, "normal past the horizon": TURN, "normal faces the eye": 0, "specks of normals": 0}
UNITS = {"normal, 14 to 200 mm": "levels", "normal past the horizon": "degrees", "normal faces the eye": "pixels a picture",
         "specks of normals": "groups a picture"}


def rows(posemap, tool, folder, bodies):
    """Return a row for each property of normals, with the scene in which it holds least."""
    folder.mkdir(parents=True, exist_ok=True)
    made = scenes(bodies)
    paths = [folder / f"{name}.json" for name in made]
    for path, scene in zip(paths, made.values()):
        path.write_text(json.dumps(scene))
    subprocess.run([posemap, "render", *paths, "-q", "-o", folder, "--maps", "normal,metric", "--jobs", "1"], check=True)
    worst = {name: Row(name, 0, 0, 0, 0.0, allowed, UNITS[name]) for name, allowed in ROWS.items()}
    for path in paths:
        subprocess.run([tool, "mesh", path, path.with_suffix(".obj")], check=True)
        reference = Reference(path)
        out = path.with_suffix("")
        for name, measured in reference.measure(picture(out, "one", "normal"), picture(out, "one", "metric") / 1000).items():
            add(worst[name], path.stem, *measured)
    return list(worst.values())


def add(row, scene, compared, differing, largest):
    row.cases += 1
    row.compared += compared
    row.differing += differing
    if largest > row.largest:
        row.largest = round(float(largest), 1)
        row.note = f"{UNITS[row.name]}; worst: {scene}"


def scenes(bodies):
    """Return name → scene. Poses and bodies alternate."""
    made = {}

    def add_scene(lens, view, camera, pose=None, **more):
        body, pose = bodies[len(made) % len(bodies)], pose or POSES[len(made) % len(POSES)]
        look = {"phenotype": {"gender": ("female", "male")[len(made) % 2]}} if body == "human" else {}
        made[f"{lens} mm, {view}, {body}, {pose}"] = {
            "canvas": CANVAS, "camera": {**camera, "focalLength": lens},
            "characters": [{"id": "one", "body": body, "pose": {"base": pose}, **look}], **more}

    for lens in LENSES:
        for view, angles in FRAMED.items():
            add_scene(lens, view, {"frame": "all", "margin": 0.02, **angles})
        for view, target in ASIDE.items():
            add_scene(lens, view, {"position": [0, 0.12, DOLLY * lens], "target": target})
    for lens in SHORT:
        for view, (pose, camera) in CLOSE.items():
            add_scene(lens, view, camera, pose)
        add_scene(lens, "props", {"position": [0, 1, DOLLY * lens], "target": [0, 1, 0]}, "stand", props=PROPS, maps={"props": True})
    return made


class Reference:
    """What the ray caster sees of a scene, the nearest of all objects."""

    def __init__(self, path):
        manifest = json.loads((path.with_suffix("") / "manifest.json").read_text())
        canvas, camera = manifest["canvas"], manifest["camera"]
        layers = [cast_one(mesh, canvas, camera) for mesh in read_obj(path.with_suffix(".obj")).values()]
        first = np.where([layer[0] for layer in layers], [layer[1] for layer in layers], np.inf).argmin(0)
        row, column = np.indices(first.shape)
        self.hit, self.z, self.n, self.agreement = (np.array(part)[first, row, column] for part in zip(*layers))
        self.eye = toward_eye(canvas, camera)
        self.facing = dot(self.n, self.eye)
        self.turned = unit(self.n - np.minimum(self.facing, 0)[..., None] * self.eye)

    def measure(self, levels, meters):
        """How many pixels were compared, how many differ and how much the worst does, for each row, of a normal map and its distances."""
        ours, seen = decoded(levels), meters > 0
        # In folds shallower than `folds` detects, the two can see different sheets.
        same = seen & self.hit & (np.abs(meters - self.z) < SAME)
        sharp = same & (self.agreement > AGREEMENT)
        inner = (cv2.erode(self.hit.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & ~folds(self.z, self.hit)
        plain = sharp & inner & (self.facing > ROUNDING)
        levels_off = np.abs(levels.astype(int) - encoded(self.n)).max(-1)[plain]
        # Most normals past the horizon are at the very rim.
        past = sharp & (self.facing <= ROUNDING)
        if same.sum() < ENOUGH * self.hit.sum():
            levels_off = np.append(levels_off, np.inf)
        turn = degrees(ours, self.n)[past] - np.maximum(degrees(self.n, self.eye)[past] - 90, 0)
        away = seen & (dot(ours, self.eye) < -ROUNDING)
        specks = self.specks(ours, same)
        groups = cv2.connectedComponents(specks.astype(np.uint8), connectivity=8)[0] - 1
        return dict(zip(ROWS, [
            (plain.sum(), (levels_off > 0).sum(), levels_off.max(initial=0)), (past.sum(), (turn > TURN).sum(), turn.max(initial=0)),
            (seen.sum(), away.sum(), away.sum()), (same.sum(), specks.sum(), groups)]))

    def specks(self, ours, where):
        """Return where posemap deviates from the surface around a pixel and the reference does not. Creases deviate in
        both."""
        odd = np.argwhere(where & (degrees(ours, self.turned) > APART))
        steps = np.mgrid[-REACH:REACH + 1, -REACH:REACH + 1].reshape(2, -1)
        row, column = (np.clip(odd[:, axis, None] + steps[axis], 0, size - 1) for axis, size in enumerate(where.shape))
        around, here = self.turned[row, column], tuple(odd.T)
        sheet = self.hit[row, column] & (np.abs(self.z[row, column] - self.z[here][:, None]) < SHEET)
        middle = unit(np.nanmedian(np.where(sheet[..., None], around, np.nan), axis=1))
        # On a sharp edge, the two can see different sides of it.
        beside = np.abs(steps).max(0) <= 1
        strange = degrees(ours[here][:, None], around[:, beside]).min(1) > APART
        marked = np.zeros_like(where)
        marked[here] = strange & (degrees(ours[here], middle) > SPECK) & (degrees(self.turned[here], middle) <= SPECK)
        return marked


def encoded(normals):
    return truncated((normals * (-1, 1, 1) + 1) / 2, 255)


def decoded(levels):
    """Return unit normals of a map in the default style, with each level representing its center."""
    return unit(((levels + 0.5) / 255 * 2 - 1) * (-1, 1, 1))


def unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def dot(a, b):
    return (a * b).sum(-1)


def degrees(a, b):
    return np.degrees(np.arccos(np.clip(dot(a, b), -1, 1)))
