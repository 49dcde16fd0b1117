"""Check how many depth levels a figure gets in a room: enough to show its shape, since floor and wall that are not
drawn take none.

Counted in the picture itself, from a character's darkest to its brightest pixel.
"""
import json
import subprocess

import numpy as np

from raycast import picture
from report import Row

LEAST = 100
ROOM = [
    {"id": "wall", "shape": "box", "class": "wall", "size": [6, 3, 0.1], "position": [0, 0, -2]},
    {"id": "floor", "shape": "plane", "size": [6, 6]},
]
POSES = ("stand", "sit-floor", "walk-contact", "arms-crossed")
LENSES = (24, 50, 135)


def rows(repository, posemap, folder):
    """Return the levels that each figure gets, and in the note those with floor and wall included in the range."""
    paths = scenes(repository, folder)
    own, shared = (levels(posemap, paths, folder / depth_range, settings) for depth_range, settings in
                   (("default", []), ("scene", ["--depth-range", "scene"])))
    few = {name: count for name, count in own.items() if count < LEAST}
    least = min(own, key=own.get)
    note = (f"{min(own.values())} to {max(own.values())} levels a figure, fewest {least}; with the scene's range "
            f"{min(shared.values())} to {max(shared.values())}")
    # A row states an excess: here, of missing levels.
    return [Row("depth levels, floor and wall", len(own), sum(own.values()), len(few), max(0, LEAST - own[least]), 0, note)]


def scenes(repository, folder):
    folder.mkdir(parents=True, exist_ok=True)
    paths = [repository / "Examples/window/scene.json"]
    for pose in POSES:
        for lens in LENSES:
            path = folder / f"{pose}-{lens}.json"
            path.write_text(json.dumps({
                "canvas": [512, 512], "camera": {"frame": "all", "focalLength": lens, "angle": 25}, "props": ROOM,
                "characters": [{"id": "one", "body": "female", "pose": {"base": pose}}]}))
            paths.append(path)
    return paths


def levels(posemap, paths, out, settings):
    """Scene and character → the count."""
    subprocess.run([posemap, "render", *paths, "-q", "-o", out, "--maps", "depth", *settings], check=True, stderr=subprocess.DEVNULL)
    counts = {}
    for manifest in sorted(out.glob("*/manifest.json")):
        for character in json.loads(manifest.read_text())["characters"]:
            depth = picture(manifest.parent, character["id"], "depth")
            counts[f"{manifest.parent.name} {character['id']}"] = int(depth.max()) - int(depth[depth > 0].min()) + 1
    return counts
