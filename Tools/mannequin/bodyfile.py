"""Writes the body file (docs/body-format.md)."""
from __future__ import annotations

import json
import struct

import numpy as np

from body import Mannequin
from names import HELPERS, JOINTS, PARTS, SKIN, mirrored, part_of

AXES = {"UpperArm": (1, 0, 0), "LowerArm": (1, 0, 0), "UpperLeg": (0, -1, 0)}


def joint_positions(mannequin: Mannequin) -> dict[str, list[float]]:
    positions = {}
    for name in JOINTS:
        known = mannequin.joints.get(name)
        place = known if known is not None else mannequin.joints[mirrored(name)] * [-1, 1, 1]
        positions[name] = [round(float(c), 6) + 0.0 for c in place]
    return positions


def helpers() -> list[dict]:
    entries = []
    for name in HELPERS:
        joint = name.removesuffix("Swing")
        side = "left" if name.startswith("left") else "right"
        axis = AXES[joint[len(side):]]
        sign = -1 if side == "right" and axis[0] else 1
        entries.append({"name": name, "joint": joint, "axis": [float(a * sign) for a in axis], "twist": 0.0})
    return entries


def quantised_weights(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the four strongest of each row, as bytes that sum to 255."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    kept = np.take_along_axis(weights, order, 1)
    kept = kept / kept.sum(1, keepdims=True)
    levels = np.floor(kept * 255 + 0.5).astype(int)
    levels[:, 0] += 255 - levels.sum(1)
    order = np.where(levels > 0, order, 0)
    return order.astype(np.uint8), levels.astype(np.uint8)


def triangle_parts(weights: np.ndarray, faces: np.ndarray) -> np.ndarray:
    owner = np.array([PARTS.index(part_of(name)) for name in SKIN])
    strength = np.zeros((len(weights), len(PARTS)))
    np.add.at(strength.T, owner, weights.T)
    return strength[faces].sum(1).argmax(1).astype(np.uint8)


def write(path: str, name: str, source: str, mannequin: Mannequin, vertices: np.ndarray, faces: np.ndarray,
          weights: np.ndarray, landmarks: list[dict]) -> None:
    low, high = vertices.min(0), vertices.max(0)
    positions = joint_positions(mannequin)
    header = json.dumps({
        "name": name, "sources": [source], "vertices": len(vertices), "triangles": len(faces),
        "bounds": {"min": low.tolist(), "max": high.tolist()}, "parts": PARTS,
        "joints": [{"name": n, "rest": positions[n]} for n in JOINTS], "helpers": helpers(), "landmarks": landmarks,
    }, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 4)
    influences, levels = quantised_weights(weights)
    steps = np.round((vertices - low) / (high - low) * 65535).astype("<u2")
    data = b"posebody" + struct.pack("<II", 1, len(header)) + header
    for block in (steps.tobytes(), influences.tobytes(), levels.tobytes(),
                  triangle_parts(weights, faces).tobytes(), faces.astype("<u2").tobytes()):
        data += b"\0" * (-len(data) % 4) + block
    with open(path, "wb") as file:
        file.write(data)
