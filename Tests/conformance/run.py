#!/usr/bin/env python3
"""Holds posemap's maps against the reference programs and prints a table; exits with 1 if anything differs.

usage: run.py CONFORMANCE_TOOL POSEMAP   (in the venv that setup.sh makes)
"""
from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import types
from pathlib import Path

import cv2
import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
SIZES = [(512, 512), (832, 1216), (1344, 768), (97, 203), (2048, 2048)]


def reference_drawing() -> types.ModuleType:
    """controlnet_aux's open_pose/util.py, loaded alone: its package would import torch."""
    path = next(Path(sys.prefix, "controlnet-aux").glob("controlnet_aux/open_pose/util.py"))
    package, body = types.ModuleType("reference"), types.ModuleType("reference.body")
    package.__path__ = []
    body.Keypoint = Keypoint
    body.BodyResult = object
    sys.modules |= {"reference": package, "reference.body": body}
    spec = importlib.util.spec_from_file_location("reference.util", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class Keypoint:
    def __init__(self, x: float, y: float):
        self.x, self.y, self.score, self.id = x, y, 1.0, -1


def random_person(rng: random.Random, width: int, height: int) -> dict:
    """Points anywhere, some missing, some far outside, some on top of each other."""
    kind = rng.choice(["spread", "spread", "figure", "outside", "coincident"])
    centre = rng.uniform(0, width), rng.uniform(0, height)

    def points(count: int, reach: float) -> list[float]:
        flat = []
        for _ in range(count):
            if rng.random() < 0.15:
                flat += [0.0, 0.0, 0.0]
                continue
            if kind == "spread":
                x, y = rng.uniform(0, width), rng.uniform(0, height)
            elif kind == "outside":
                x, y = rng.uniform(-2 * width, 3 * width), rng.uniform(-2 * height, 3 * height)
            elif kind == "coincident":
                x, y = centre
            else:
                x, y = centre[0] + rng.gauss(0, reach * width), centre[1] + rng.gauss(0, reach * height)
            flat += [round(x, 3) + 0.0003, round(y, 3) + 0.0003, 1.0]
        return flat

    return {
        "pose_keypoints_2d": points(18, 0.2),
        "hand_left_keypoints_2d": points(21, 0.03) if rng.random() < 0.8 else None,
        "hand_right_keypoints_2d": points(21, 0.03) if rng.random() < 0.8 else None,
        "face_keypoints_2d": points(70, 0.05) if rng.random() < 0.8 else None,
    }


def reference_openpose(util: types.ModuleType, document: dict) -> np.ndarray:
    width, height = document["canvas_width"], document["canvas_height"]
    image = np.zeros((height, width, 3), np.uint8)

    def points(flat: list[float] | None, missing):
        if flat is None:
            return None
        return [Keypoint(flat[i] / width, flat[i + 1] / height) if flat[i + 2] >= 1 else missing
                for i in range(0, len(flat), 3)]

    for person in document["people"]:
        image = util.draw_bodypose(image, points(person["pose_keypoints_2d"], None))
        for hand in ("hand_left_keypoints_2d", "hand_right_keypoints_2d"):
            image = util.draw_handpose(image, points(person[hand], Keypoint(-1, -1)))
        image = util.draw_facepose(image, points(person["face_keypoints_2d"], Keypoint(-1, -1)))
    return image


def compare(ours: Path, reference: np.ndarray) -> tuple[int, int]:
    """Differing pixels and the largest difference of a channel."""
    image = cv2.imread(str(ours))[:, :, ::-1].astype(int)
    if reference.ndim == 2:
        reference = np.repeat(reference[:, :, None], 3, 2)
    distance = np.abs(image - reference).max(2)
    return int((distance > 0).sum()), int(distance.max())


def openpose(tool: str, folder: Path) -> list[tuple[int, int]]:
    rng, util, documents = random.Random(1), reference_drawing(), {}
    for case in range(200):
        width, height = SIZES[case % len(SIZES)]
        people = [random_person(rng, width, height) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
        documents[f"random{case}"] = {"people": people, "canvas_width": width, "canvas_height": height}
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps([document]))
    subprocess.run([tool, "openpose", folder], check=True)
    return [compare(folder / f"{name}.ours.png", reference_openpose(util, d)) for name, d in documents.items()]


def canny(tool: str, folder: Path) -> list[tuple[int, int]]:
    rng, images = np.random.default_rng(2), {}
    for case, (width, height) in enumerate([(1, 1), (1, 9), (9, 1), (2, 2), (3, 5), (64, 64), (127, 33), (512, 301)]):
        images[f"noise{case}"] = rng.integers(0, 256, (height, width, 3), np.uint8)
    for case in range(20):
        noise = rng.integers(0, 256, (90 + case, 120, 3), np.uint8)
        images[f"blur{case}"] = cv2.GaussianBlur(noise, (0, 0), 0.6 + case * 0.15)
    for case in range(10):
        ramp = np.linspace(0, 25.5 * (case + 1), 160)[None, :, None]
        images[f"ramp{case}"] = np.tile(ramp, (40 + case, 1, 3)).astype(np.uint8) // (case + 1) * (case + 1)
    for name, image in images.items():
        cv2.imwrite(str(folder / f"{name}.input.png"), image[:, :, ::-1])
    subprocess.run([tool, "canny", folder, "100", "200"], check=True)
    return [compare(folder / f"{n}.ours.png", cv2.Canny(np.ascontiguousarray(i), 100, 200)) for n, i in images.items()]


def examples(posemap: str, folder: Path) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The maps of the examples as the command writes them: OpenPose from its JSON, Canny from its shaded picture."""
    util, skeletons, edges = reference_drawing(), [], []
    for scene in sorted(REPOSITORY.glob("Examples/*/scene.json")):
        out = folder / scene.parent.name
        subprocess.run([posemap, "render", scene, "-q", "-o", out, "--maps", "openpose,canny,shaded"], check=True)
        for character in sorted(p for p in out.iterdir() if p.is_dir()):
            document = json.loads((character / "openpose.json").read_text())[0]
            skeletons.append(compare(character / "openpose.png", reference_openpose(util, document)))
            shaded = cv2.imread(str(character / "shaded.png"))[:, :, ::-1]
            edges.append(compare(character / "canny.png", cv2.Canny(np.ascontiguousarray(shaded), 100, 200)))
    return skeletons, edges


def schemas() -> list[str]:
    """Every example valid under its JSON Schema, by a validator that is not ours."""
    import jsonschema
    import referencing

    pose = json.loads((REPOSITORY / "docs/schema/pose.schema.json").read_text())
    registry = referencing.Registry().with_resource(pose["$id"], referencing.Resource.from_contents(pose))

    faults = []
    for kind in ("scene", "pose"):
        schema = json.loads((REPOSITORY / f"docs/schema/{kind}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, registry=registry)
        found = sorted(REPOSITORY.glob("Examples/*/*scene.json" if kind == "scene" else "Examples/*/*.pose.json"))
        for path in found:
            faults += [f"{path}: {e.message}" for e in validator.iter_errors(json.loads(path.read_text()))]
        for broken in ({"canvas": "big"}, {"joints": {"leftElbow": {}}}, {"unknown": 1}):
            if validator.is_valid(broken):
                faults.append(f"{kind}.schema.json accepts {broken}")
        print(f"{'schema ' + kind:22} {len(found):6} files")
    return faults


def main() -> None:
    tool, posemap = sys.argv[1:3]
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("openpose", "canny", "examples"):
            Path(folder, name).mkdir()
        rows["openpose, random"] = openpose(tool, Path(folder, "openpose"))
        rows["canny, made-up"] = canny(tool, Path(folder, "canny"))
        rows["openpose, examples"], rows["canny, examples"] = examples(posemap, Path(folder, "examples"))
    print(f"{'map':22} {'cases':>6} {'differing pixels':>17} {'largest':>8}   (cv2 {cv2.__version__})")
    for name, results in rows.items():
        print(f"{name:22} {len(results):6} {sum(r[0] for r in results):17} {max(r[1] for r in results):8}")
    faults = schemas()
    print(*faults, sep="\n")
    if faults or any(r[0] for results in rows.values() for r in results):
        sys.exit("conformance: differences found")


if __name__ == "__main__":
    main()
