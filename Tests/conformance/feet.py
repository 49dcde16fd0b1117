#!/usr/bin/env python3
"""Measure how far feet slide and float while they stand, before and after "ground", for motions on bodies.

usage: feet.py --tool .build/release/conformance-tool [--corpus ../shared/corpus] [--more FOLDER] [--only TEXT] [--rate 60]
When a foot stands is found here, from the file's own skeleton and by other rules than posemap's: a point of its heel or its toes' joint
is slower than 0.15 legs a second over a twentieth of a second, within 0.02 legs of the lowest tenth of its slow moments, and that within 0.1 legs of its
lowest, for a tenth of a second. It slides by the way of that point of its heel's or ball's skin that goes least: where it turns on the spot, one stands still.
Prints a table, with the worst accelerations of knees and pelvis, and exits with 1 if a foot slides or floats by more than a centimeter, or a sole is as
far under the floor.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

SLOW, NEAR, LEAST = 0.15, 0.02, 0.1
ALLOWED = 0.01
# (name, file, clip)
MOTIONS = [
    ("walk", "AV_8Walk.bvh", "-"), ("turning jump", "91_48.fbx", "-"), ("walk, robot", "RobotExpressive.glb", "Walking"),
    ("walk, cesium", "cesium_man.gltf", "-"), ("dance", "RobotExpressive.glb", "Dance"), ("YMCA", "human-addon-animations.glb", "-"),
    ("kick", "mannequiny.glb", "fight_kick"), ("punch", "mannequiny.glb", "fight_punch"), ("stance", "mannequiny.glb", "idle_to_fight"),
    ("run", "mannequiny.glb", "run"), ("jump", "RobotExpressive.glb", "Jump")]
BODIES = [
    ("mannequin", "female"), ("short human", "human:1.5"), ("tall human", "human:1.95"), ("arnaud", "arnaud.fbx"), ("mannequiny", "mannequiny.glb")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parents[3] / "shared/corpus")
    parser.add_argument("--more", type=Path, help="an additional folder of BVH files to measure")
    parser.add_argument("--only", default="")
    parser.add_argument("--rate", type=float, default=60)
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"skipped: {options.corpus} is not here")
        return
    motions = [(name, options.corpus / file, clip) for name, file, clip in MOTIONS]
    motions += [(path.stem, path, "-") for path in sorted(options.more.glob("*.bvh"))] if options.more else []
    print(f"{'motion':18}{'body':12}{'stands':>7}  {'slide cm':>17}  {'float cm':>17}  {'below cm':>13}  {'knee °/s²':>15}  {'pelvis m/s²':>13}")
    faults = []
    for name, path, clip in motions:
        for body, file in BODIES:
            if options.only not in f"{name} {body}":
                continue
            body_path = options.corpus / file if "." in file and not file.startswith("human") else file
            before, after = (measure(export(options, path, clip, body_path, kind)) for kind in ("free", "ground"))
            print(f"{name:18}{body:12}{before['stands']:7}" + "".join(
                f"  {before[key] * scale:{width}.{digits}f} → {after[key] * scale:{width}.{digits}f}" for key, scale, width, digits in (
                    ("slide", 100, 7, 1), ("float", 100, 7, 1), ("below", 100, 5, 1), ("knee", 1, 6, 0), ("pelvis", 1, 5, 1))), flush=True)
            faults += [f"{name} on {body}: {key} {after[key] * 100:.1f} cm" for key in ("slide", "float", "below") if after[key] > ALLOWED]
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


def export(options, motion, clip, body, kind):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "feet.json"
        subprocess.run([options.tool, "feet", motion, clip, str(body), kind, str(options.rate), out], check=True)
        return json.loads(out.read_text())


def measure(feet):
    rate = feet["rate"]
    # Without "ground", the lowest skin of all frames is placed on the floor.
    floor = 0 if feet["isGrounded"] else min(feet["lowest"])
    slides, floats, depths, knees = [0.0], [0.0], [max(0, floor - min(feet["lowest"]))], []
    stands = 0
    for foot, source in zip(feet["feet"], feet["source"]):
        for part in ("heel", "ball"):
            skin = np.array(foot[part])
            for first, last in contacts(np.array(source[part]) / feet["sourceLeg"], rate):
                stands += 1
                places = skin[first:last + 1][:, :, [0, 2]]
                slides.append(np.max([np.linalg.norm(places - place, axis=2).max(axis=0) for place in places], axis=0).min())
                floats.append(max(0, (skin[first:last + 1, :, 1].min(axis=1) - floor).max()))
        knees.append(np.abs(np.diff(bend(np.array(foot["leg"])), 2)).max() * rate ** 2)
    hips = np.array(feet["hips"])
    return {"stands": stands, "slide": max(slides), "float": max(floats), "below": max(depths), "knee": max(knees),
            "pelvis": np.linalg.norm(np.diff(hips, 2, axis=0), axis=1).max() * rate ** 2}


def contacts(points, rate):
    """Return the runs of frames in which a point stands."""
    half = max(1, round(0.025 * rate))
    padded = np.concatenate([np.repeat(points[:1], half, 0), points, np.repeat(points[-1:], half, 0)])
    speeds = np.linalg.norm(padded[2 * half:] - padded[:-2 * half], axis=1) * rate / (2 * half)
    slow = speeds < SLOW
    if not slow.any():
        return []
    ground = np.quantile(points[slow, 1], 0.1)
    if ground > points[:, 1].min() + 0.1:
        return []
    stands = slow & (points[:, 1] < ground + NEAR)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], stands.astype(int), [0]])))
    return [(first, end - 1) for first, end in zip(edges[::2], edges[1::2]) if end - first >= LEAST * rate]


def bend(legs):
    """Return the bend of a knee in degrees, frame by frame."""
    thigh, shin = legs[:, 1] - legs[:, 0], legs[:, 2] - legs[:, 1]
    cosine = (thigh * shin).sum(1) / np.linalg.norm(thigh, axis=1) / np.linalg.norm(shin, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


if __name__ == "__main__":
    main()
