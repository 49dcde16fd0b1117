#!/usr/bin/env python3
"""Check that posemap's maps equal the reference programs' pixel for pixel, and an independent renderer's level for
level.

usage: run.py --tool .build/release/conformance-tool --posemap .build/release/posemap --wheel FOLDER/cnaux/controlnet_aux [--keep FOLDER]
Prints a table and exits with 1 if anything differs that must not. setup.sh makes the environment.
"""
import argparse
import json
import subprocess
import tempfile
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import case_files
import cases
import detector
import faces
import garments
import glb
import grips
import hands
import lenses
import levels
import lift
import lights
import lines
import models
import ora
import oracle
import parallel
import raycast
import scail
import schemas
from report import Row, compare, conclude, print_table

# All of them take minutes: `--only grips` and `--only lines`.
SHARE_OF_GRIPS = 5
REPOSITORY = Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--wheel", required=True)
    parser.add_argument("--keep", help="leave inputs and outputs in this folder")
    parser.add_argument("--only", nargs="+", metavar="PART", help="run these parts, such as raycast or glb")
    parser.add_argument("--skeletons", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=50)
    options = parser.parse_args()
    bodies = ["female", "male"] + (["human"] if has_human(options.posemap) else [])
    with tempfile.TemporaryDirectory() as temporary:
        all_parts = parts(options, bodies, Path(options.keep or temporary))
        if unknown := set(options.only or []) - set(all_parts):
            parser.error(f"no part is called {', '.join(sorted(unknown))}; there are: {', '.join(all_parts)}")
        rows = parallel.run({name: all_parts[name] for name in options.only or all_parts})
    print(f"OpenCV {cv2.__version__}")
    print_table(rows)
    conclude(rows, schemas.faults(REPOSITORY))


def parts(options, bodies, folder):
    """Return the comparisons by name; the longest come first, so that no core waits for one at the end."""
    posemap, tool = options.posemap, options.tool
    return {
        "lines": partial(lines.rows, REPOSITORY, posemap, folder / "lines", bodies, all_bodies=bool(options.only)),
        "lift": partial(lift.rows, posemap, folder / "lift"),
        "case files": partial(case_files.rows, REPOSITORY, posemap, folder / "case files"),
        "detector": partial(detector.rows, posemap, bodies, folder / "detector"),
        **({"faces": partial(faces.rows, posemap, folder / "faces")} if "human" in bodies else {}),
        "grips": partial(grips.rows, REPOSITORY, tool, folder / "grips", bodies, every=1 if options.only else SHARE_OF_GRIPS),
        "hands": partial(hands.rows, posemap, folder / "hands"),
        "openpose": partial(openpose, options, folder / "openpose"),
        "canny": partial(canny, options, folder / "canny"),
        "masks": partial(masks, options, folder / "masks"),
        "examples": partial(examples, options, folder / "examples"),
        "scail": partial(scail.rows, REPOSITORY, posemap, folder / "scail"),
        "raycast": partial(raycast.rows, REPOSITORY, posemap, tool, folder / "raycast"),
        "lenses": partial(lenses.rows, posemap, tool, folder / "lenses", bodies),
        "levels": partial(levels.rows, REPOSITORY, posemap, folder / "levels"),
        "models": partial(models.rows, REPOSITORY, posemap, tool, folder / "models"),
        "lights": partial(lights.rows, posemap, folder / "lights"),
        "glb": partial(glb.rows, REPOSITORY, posemap, folder / "glb"),
        **({"garments": partial(garments.rows, REPOSITORY, tool, folder / "garments")} if "human" in bodies else {}),
        "ora": partial(ora.rows, REPOSITORY, posemap, folder / "ora"),
    }


def has_human(posemap):
    """Return whether the parametric human is installed; if so, print its measures beside people's."""
    measures = subprocess.run([posemap, "body", "measure"], stdout=subprocess.PIPE, text=True)
    print(measures.stdout)
    return measures.returncode != 66


def openpose(options, folder):
    """Compare every style on the same skeletons; the default one and the most different one on all of them, the others
    on a third."""
    reference = oracle.OpenPoseOracle(options.wheel)
    skeletons = list(enumerate(cases.skeletons(options.skeletons)))
    rows = []
    for style in oracle.STYLES:
        source, target = make_folders(folder / style)
        expected = {}
        for index, (width, height, people) in skeletons[::1 if style in ("comfy", "core") else 3]:
            expected[f"{index:04}"] = reference.draw(people, width, height, style)
            document = [comfy_document(people, width, height)]
            (source / f"{index:04}.json").write_text(json.dumps(document))
        subprocess.run([options.tool, "openpose", source, target, style], check=True)
        rows.append(compare(f"openpose {style}", expected, target))
    return rows


def canny(options, folder):
    rows = []
    for detector in cases.DETECTORS:
        aperture, norm, gray = detector
        name = f"{aperture}_{norm}_{'gray' if gray else 'color'}"
        expected = {}
        for index, (image, low, high) in enumerate(cases.pictures(options.pictures)):
            # Larger kernels give larger gradients.
            low, high = (t * {3: 1, 5: 12, 7: 150}[aperture] for t in (low, high))
            # One folder for each pair of thresholds, since the tool uses one pair for a whole
            # folder.
            source, _ = make_folders(folder / name / f"{low}_{high}")
            Image.fromarray(image).save(source / f"{index:04}.png")
            expected[f"{low}_{high}/out/{index:04}"] = oracle.canny(image, low, high, *detector)
        for group in sorted((folder / name).iterdir()):
            arguments = [*group.name.split("_"), str(aperture), norm, "gray" if gray else "color"]
            subprocess.run([options.tool, "canny", group / "in", group / "out", *arguments], check=True)
        rows.append(compare(f"canny {name.replace('_', ' ')}", expected, folder / name))
    return rows


def masks(options, folder):
    """Compare grown, shrunk and feathered masks with OpenCV's exact distances."""
    expected = {}
    for grow, feather in cases.EDGES:
        source, target = make_folders(folder / f"{grow}_{feather}")
        for index, picture in enumerate(cases.masks(options.pictures)):
            Image.fromarray(picture).save(source / f"{index:04}.png")
            expected[f"{grow}_{feather}/out/{index:04}"] = oracle.mask(picture, grow, feather)
        subprocess.run([options.tool, "mask", source, target, str(grow), str(feather)], check=True)
    return [compare("mask grow feather", expected, folder)]


def examples(options, folder):
    """Compare the examples as written by the command: OpenPose with its own JSON, Canny with its shaded picture."""
    def rendered(run, *arguments):
        """Return the folder name of every character in a separate run, and the skeletons there."""
        for scene in sorted(REPOSITORY.glob("Examples/*/scene.json")):
            out = folder / run / scene.parent.name
            for together in ([], ["--together"]):
                command = [options.posemap, "render", scene, "-q", "-o", out, *arguments, *together]
                subprocess.run(command, check=True)
            for character in sorted(path for path in out.iterdir() if path.is_dir()):
                document = json.loads((character / "openpose.json").read_text())[0]
                yield character.relative_to(folder), document, (document["canvas_width"], document["canvas_height"])

    reference = oracle.OpenPoseOracle(options.wheel)
    skeletons, edges, core, xinsir = {}, {}, {}, {}
    for name, document, size in rendered("comfy", "--maps", "openpose,canny,shaded"):
        skeletons[f"{name}/openpose"] = reference.draw(oracle.decode(document), *size)
        edges[f"{name}/canny"] = oracle.canny(np.array(Image.open(folder / name / "shaded.png")), 100, 200)
    parts = ["--openpose-parts", "body,feet,hands,face"]
    for name, document, size in rendered("core", "--maps", "openpose", "--openpose", "core", *parts):
        core[f"{name}/openpose"] = reference.draw(oracle.parse(document), *size, "core")
    discs = ["--openpose-discs", "scaled"]
    for name, document, size in rendered("xinsir", "--maps", "openpose", "--openpose", "xinsir", *discs):
        xinsir[f"{name}/openpose"] = reference.draw(oracle.decode(document), *size, "xinsir", scaled_discs=True)
    return [compare("openpose, examples", skeletons, folder), compare("openpose core, examples", core, folder),
            compare("openpose xinsir, scaled discs", xinsir, folder), compare("canny, examples", edges, folder)]


def make_folders(folder):
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True, exist_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    return source, target


def comfy_document(people, width, height):
    """Return ComfyUI's POSE_KEYPOINT in pixels: exactly the products that the reference draws at."""
    def flat(points):
        if points is None:
            return None
        triples = [(p[0] * width, p[1] * height, 1.0) if p else (0.0, 0.0, 0.0) for p in points]
        return [number for triple in triples for number in triple]
    keys = {"body": "pose_keypoints_2d", "face": "face_keypoints_2d", "feet": "foot_keypoints_2d",
            "left_hand": "hand_left_keypoints_2d", "right_hand": "hand_right_keypoints_2d"}
    return {"people": [{key: flat(person[part]) for part, key in keys.items()} for person in people],
            "canvas_height": height, "canvas_width": width}


if __name__ == "__main__":
    main()
