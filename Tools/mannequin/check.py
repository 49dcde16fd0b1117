"""Check a baked body's properties, and print its measures beside the rig file's."""
from __future__ import annotations

import numpy as np
import trimesh

from body import Mannequin


def report(name: str, rig: dict, mannequin: Mannequin, vertices: np.ndarray, faces: np.ndarray, landmarks: list[dict]) -> None:
    mesh = trimesh.Trimesh(vertices, faces, process=False)
    if not mesh.is_watertight or mesh.euler_number != 2 or mesh.volume <= 0:
        raise SystemExit(f"{name}: not one closed surface (Euler number {mesh.euler_number}, volume {mesh.volume:.4f})")
    if not 15_000 <= len(faces) <= 40_000 or len(vertices) > 65_535:
        raise SystemExit(f"{name}: {len(faces)} triangles; 15,000 to 40,000 are wanted")
    print(f"{name}: {len(vertices)} vertices, {len(faces)} triangles, {len(landmarks)} landmarks, {mesh.volume * 1000:.1f} litres")
    j = mannequin.joints
    x, y, z = vertices.T
    measured = {
        "stature": np.ptp(y),
        "crotchHeight": mannequin.crotch,
        "hipBreadth": np.ptp(x[(np.abs(y - j["leftUpperLeg"][1]) < 0.06)]),
        "footLength": np.ptp(z[(y < 0.05) & (x > 0)]),
        "handLength": x.max() - j["leftHand"][0],
        "headBreadth": np.ptp(x[y > mannequin.face["eye"][1] + 0.03]),
        "kneeHeightMidpatella": j["leftLowerLeg"][1],
        "shoulderToElbow": j["leftLowerArm"][0] - j["leftUpperArm"][0],
        "elbowToWrist": j["leftHand"][0] - j["leftLowerArm"][0],
    }
    for key, value in measured.items():
        wanted = rig["millimetres"].get(key)
        note = f"  rig file {wanted}  {100 * (value * 1000 / wanted - 1):+.1f} %" if wanted else ""
        print(f"  {key:22} {value * 1000:6.0f} mm{note}")
