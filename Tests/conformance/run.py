#!/usr/bin/env python3
"""Proves that posemap's maps equal the reference programs' pixel for pixel.

usage: run.py --tool .build/release/conformance-tool --posemap .build/release/posemap --wheel FOLDER/cnaux/controlnet_aux [--keep FOLDER]
Prints a table and exits with 1 if any pixel differs or any example breaks its schema. setup.sh makes the environment.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import cases
import oracle
import schemas

REPOSITORY = Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--wheel", required=True)
    parser.add_argument("--keep", help="leave inputs and outputs in this folder")
    parser.add_argument("--skeletons", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        rows = [openpose(options, folder / "openpose"), canny(options, folder / "canny")]
        rows += examples(options, folder / "examples")
    print(f"OpenCV {cv2.__version__}")
    print(f"{'map':20}{'cases':>7}{'lit pixels':>12}{'differing pixels':>18}{'largest difference':>20}")
    for name, count, lit, differing, largest in rows:
        print(f"{name:20}{count:7}{lit:12}{differing:18}{largest:20}")
    faults = schemas.faults(REPOSITORY)
    print(*faults, sep="\n")
    sys.exit(any(differing for *_, differing, _ in rows) or bool(faults))


def openpose(options, folder):
    source, target = make_folders(folder)
    reference = oracle.OpenPoseOracle(options.wheel)
    expected = {}
    for index, (width, height, people) in enumerate(cases.skeletons(options.skeletons)):
        name = f"{index:04}"
        expected[name] = reference.draw(people, width, height)
        document = [comfy_document(people, width, height)]
        (source / f"{name}.json").write_text(json.dumps(document))
    subprocess.run([options.tool, "openpose", source, target], check=True)
    return compare("openpose", expected, target)


def canny(options, folder):
    expected = {}
    for index, (image, low, high) in enumerate(cases.pictures(options.pictures)):
        # One folder for each pair of thresholds, since the tool takes one pair for a whole folder.
        source, target = make_folders(folder / f"{low}_{high}")
        Image.fromarray(image).save(source / f"{index:04}.png")
        expected[f"{low}_{high}/out/{index:04}"] = oracle.canny(image, low, high)
    for group in sorted(folder.iterdir()):
        low, high = group.name.split("_")
        subprocess.run([options.tool, "canny", group / "in", group / "out", low, high], check=True)
    return compare("canny", expected, folder)


def examples(options, folder):
    """The examples as the command writes them: OpenPose against its own JSON, Canny against its shaded picture."""
    reference = oracle.OpenPoseOracle(options.wheel)
    skeletons, edges = {}, {}
    for scene in sorted(REPOSITORY.glob("Examples/*/scene.json")):
        out = folder / scene.parent.name
        command = [options.posemap, "render", scene, "-q", "-o", out, "--maps", "openpose,canny,shaded"]
        subprocess.run(command, check=True)
        for character in sorted(path for path in out.iterdir() if path.is_dir()):
            name = str(character.relative_to(folder))
            document = json.loads((character / "openpose.json").read_text())[0]
            width, height = document["canvas_width"], document["canvas_height"]
            people = [person_of(person, width, height) for person in document["people"]]
            skeletons[f"{name}/openpose"] = reference.draw(people, width, height)
            edges[f"{name}/canny"] = oracle.canny(np.array(Image.open(character / "shaded.png")), 100, 200)
    return [compare("openpose, examples", skeletons, folder), compare("canny, examples", edges, folder)]


def person_of(document, width, height):
    """One person of an OpenPose document as `cases` makes them: points from 0 to 1, None for missing ones."""
    keys = {"body": "pose_keypoints_2d", "face": "face_keypoints_2d",
            "left_hand": "hand_left_keypoints_2d", "right_hand": "hand_right_keypoints_2d"}

    def points(flat):
        if flat is None:
            return None
        return [(x / width, y / height) if c >= 1 else None for x, y, c in zip(flat[::3], flat[1::3], flat[2::3])]

    return {part: points(document[key]) for part, key in keys.items()}


def make_folders(folder):
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True, exist_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    return source, target


def comfy_document(people, width, height):
    """ComfyUI's POSE_KEYPOINT in pixels: the very products that the reference draws at."""
    def flat(points):
        if points is None:
            return None
        triples = [(p[0] * width, p[1] * height, 1.0) if p else (0.0, 0.0, 0.0) for p in points]
        return [number for triple in triples for number in triple]
    keys = {"body": "pose_keypoints_2d", "face": "face_keypoints_2d",
            "left_hand": "hand_left_keypoints_2d", "right_hand": "hand_right_keypoints_2d"}
    return {"people": [{key: flat(person[part]) for part, key in keys.items()} for person in people],
            "canvas_height": height, "canvas_width": width}


def compare(name, expected, folder):
    lit = differing = largest = 0
    for case, reference in expected.items():
        actual = np.array(Image.open(folder / f"{case}.png"))
        if actual.shape != reference.shape:
            sys.exit(f"{name} {case}: {actual.shape} instead of {reference.shape}")
        distance = np.abs(actual.astype(int) - reference).reshape(*reference.shape[:2], -1).max(-1)
        lit += int((reference.reshape(*reference.shape[:2], -1).max(-1) > 0).sum())
        differing += int((distance > 0).sum())
        largest = max(largest, int(distance.max()))
        if distance.any():
            print(f"{name} {case}: {(distance > 0).sum()} pixels differ, at most by {distance.max()}")
    return name, len(expected), lit, differing, largest


if __name__ == "__main__":
    main()
