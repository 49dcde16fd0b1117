#!/usr/bin/env -S python3 -B
"""Compare the maps drawn by a graphics card with the CPU's.

    Tests/conformance/gpu.py --posemap POSEMAP [--cpu osmesa] [--gpu gpu] [scene …]

Needs NumPy, Pillow, and a card whose driver has EGL (`posemap doctor --renderer gpu` names it). Without a scene it draws
all examples. A card rounds differently, so that a pixel at an edge can show the other surface. The rules are:

- openpose: equal; it is drawn from keypoints, and only what hides what depends on OpenGL
- depth and normal: at most 1 level apart wherever the silhouettes agree and no edge of depth is within 2 pixels
- mask: pixels differ only near an edge, and at most 1 in 1,000

Prints a line per picture, and exits with 1 if one of them breaks a rule.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MAPS = "openpose,depth,normal,mask"
#: The step between neighbors that counts as an edge, in levels of 255.
STEP = 8
REACH = 2


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--posemap", default=ROOT / ".build/release/posemap")
    parser.add_argument("--cpu", default="osmesa", help="the renderer to compare with (default: osmesa)")
    parser.add_argument("--gpu", default="gpu", help="the renderer to test (default: gpu)")
    parser.add_argument("scenes", nargs="*", type=Path)
    options = parser.parse_args()
    scenes = options.scenes or sorted(ROOT.glob("Examples/*/scene.json"))
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="posemap-gpu.") as folder:
        for scene in scenes:
            drawn = []
            for name in (options.cpu, options.gpu):
                output = Path(folder, name, scene.parent.name)
                subprocess.run(
                    [options.posemap, "render", scene, "-o", output, "--maps", MAPS, "--renderer", name, "--quiet"], check=True)
                drawn.append(output)
            for path in sorted(drawn[0].glob("*/mask.png")):
                wrong += compare(f"{scene.parent.name}/{path.parent.name}", path.parent, drawn[1] / path.parent.name)
    print(f"{len(scenes)} scenes, {wrong} pictures that differ too much")
    return 1 if wrong else 0


def compare(name: str, cpu: Path, gpu: Path) -> int:
    """Print the differences between two folders of maps; return how many maps differ too much."""
    one, two = ({map: picture(folder / f"{map}.png") for map in MAPS.split(",")} for folder in (cpu, gpu))
    edge = grown(edges(one["depth"]) | edges(one["mask"]) | edges(one["normal"]))
    wrong = 0
    for map in MAPS.split(","):
        apart = numpy.abs(one[map].astype(int) - two[map].astype(int)).reshape(*one[map].shape[:2], -1).max(axis=2)
        inside = apart[~edge]
        other = int((apart > 0).sum())
        allowed = {"openpose": other == 0, "mask": other <= edge.size / 1000 and not inside.any()}
        holds = allowed.get(map, not inside.size or inside.max() <= 1)
        wrong += not holds
        print(f"{'ok   ' if holds else 'WRONG'} {name}/{map}: {other} other pixels, at most {apart.max()} levels, "
              f"{inside.max() if inside.size else 0} away from edges")
    return wrong


def picture(path: Path) -> numpy.ndarray:
    with Image.open(path) as image:
        return numpy.asarray(image)


def edges(image: numpy.ndarray) -> numpy.ndarray:
    """Return the pixels that differ from a neighbor by a step."""
    levels = image.reshape(*image.shape[:2], -1).astype(int)
    found = numpy.zeros(levels.shape[:2], bool)
    down = (numpy.abs(numpy.diff(levels, axis=0)) > STEP).any(axis=2)
    across = (numpy.abs(numpy.diff(levels, axis=1)) > STEP).any(axis=2)
    found[1:] |= down
    found[:-1] |= down
    found[:, 1:] |= across
    found[:, :-1] |= across
    return found


def grown(marks: numpy.ndarray) -> numpy.ndarray:
    """Return the marks and all pixels near them."""
    for _ in range(REACH):
        wider = marks.copy()
        wider[1:] |= marks[:-1]
        wider[:-1] |= marks[1:]
        wider[:, 1:] |= marks[:, :-1]
        wider[:, :-1] |= marks[:, 1:]
        marks = wider
    return marks


if __name__ == "__main__":
    sys.exit(main())
