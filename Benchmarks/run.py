"""Measures posemap as its users run it: stages, one picture in a cold process, clips, batches, against other programs.

usage: run.py POSEMAP [--stages FILE] [--base OTHER_POSEMAP] [--compare [--rows FIGURES]] [--json FILE]
--stages takes the lines that the Swift benchmark prints; --base measures another build alternating with this one and prints
ratios; --compare measures a floor, moderngl and pyrender programs too (comparison.py; their packages go into a venv in
~/.cache/posemap/compare), with --rows only a picture and a clip of these figures beside the floor and moderngl: some of
mannequin, human, foreign30k, foreign110k, separated by commas.
Figures are medians of nine runs; of three for clips and batches.
"""
import argparse
import glob
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import comparison
from measure import CORES, peak, run

HERE = pathlib.Path(__file__).resolve().parent

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("posemap", type=os.path.abspath)
parser.add_argument("--stages")
parser.add_argument("--base", type=os.path.abspath)
parser.add_argument("--compare", action="store_true")
parser.add_argument("--rows", type=lambda text: text.split(","), default=[])
parser.add_argument("--frames", type=int, default=240)
parser.add_argument("--json")
options = parser.parse_args()


def side(build):
    return "base" if build == options.base else "own"


def by_turns(count, work):
    """Return the figures of the measured build, and with --base those of the other, alternating so that a busy machine
    is fair to both."""
    builds = [options.posemap] + ([options.base] if options.base else [])
    results = {build: [] for build in builds}
    for number in range(count):
        for build in builds:
            results[build].append(work(build, number))
    own = {key: statistics.median(r[key] for r in results[options.posemap]) for key in ("wall", "cpu", "memory")}
    if options.base:
        own["ratio"] = own["wall"] / statistics.median(r["wall"] for r in results[options.base])
    return own


def frame(number):
    swing = math.sin(number / 30 * 2 * math.pi)
    return {"joints": {
        "leftUpperArm": {"abduction": 12, "flexion": round(25 * swing, 3)},
        "rightUpperArm": {"abduction": 12, "flexion": round(-25 * swing, 3)},
        "leftUpperLeg": {"flexion": round(-22 * swing, 3)}, "rightUpperLeg": {"flexion": round(22 * swing, 3)},
        "leftLowerLeg": {"flexion": round(20 + 18 * swing, 3)}, "rightLowerLeg": {"flexion": round(20 - 18 * swing, 3)},
    }}


def write_scenes(folder):
    one = {"canvas": [1024, 1024], "camera": {"frame": "all", "angle": 40},
           "characters": [{"id": "a", "body": "female", "pose": frame(4)}]}
    (folder / "one.json").write_text(json.dumps(one))
    (folder / "large.json").write_text(json.dumps({**one, "canvas": [4096, 4096]}))
    (folder / "walk.clip.json").write_text(
        json.dumps({"frameRate": 30, "frames": [frame(number) for number in range(options.frames)]}))
    two = {**one, "characters": [
        {"id": "a", "body": "female", "pose": "walk.clip.json", "position": [-0.5, 0, 0]},
        {"id": "b", "body": "male", "pose": "walk.clip.json", "position": [0.5, 0, 0]}]}
    (folder / "two.json").write_text(json.dumps(two))
    # Of no interest for this row: a batch of single pictures.
    names = []
    for number in range(options.frames):
        scene = {**one, "characters": [{"id": "a", "body": "female", "pose": frame(number)}]}
        (folder / f"s{number:04}.json").write_text(json.dumps(scene))
        names.append(f"s{number:04}.json")
    (folder / "list.txt").write_text("\n".join(names))


def picture_runs(folder):
    def cold(build, number):
        return run([build, "render", f"{folder}/one.json", "-o", f"{folder}/cold{number}", "-q"], watches_memory=False)

    def first(build, number):
        cache = f"{folder}/shaders-{side(build)}-{number}-{time.monotonic_ns()}"
        return run([build, "render", f"{folder}/one.json", "-o", f"{folder}/first{number}", "-q"],
                   {"MESA_SHADER_CACHE_DIR": cache})

    def large(build, number):
        return run([build, "render", f"{folder}/large.json", "-o", f"{folder}/large", "-q"])

    cold_result = by_turns(9, cold)
    cold_result["memory"] = peak([options.posemap, "render", f"{folder}/one.json", "-o", f"{folder}/cold0", "-q"])
    return {"one picture, cold process": cold_result,
            "one picture, no shader cached": by_turns(9, first), "one picture of 4096²": by_turns(9, large)}


def many_runs(folder):
    def clip(jobs):
        def work(build, number):
            output = f"{folder}/clip{jobs}-{number}-{side(build)}-{time.monotonic_ns()}"
            return run([build, "render", f"{folder}/two.json", "--frames", "all", "--jobs", str(jobs), "-o", output, "-q"],
                       watches_memory=True)
        return work

    def batch(build, number):
        output = f"{folder}/batch{number}-{side(build)}-{time.monotonic_ns()}"
        return run([build, "render", "--list", f"{folder}/list.txt", "-o", output, "-q"], watches_memory=True)

    results = {}
    for jobs in [1, CORES]:
        result = by_turns(3, clip(jobs))
        result["rate"] = 2 * options.frames / result["wall"]
        results[f"clip, 2 characters × {options.frames} frames, --jobs {jobs}"] = result
    result = by_turns(3, batch)
    result["rate"] = options.frames / result["wall"]
    results[f"batch of {options.frames} scenes, a character each"] = result
    return results


def file_sizes(folder):
    tool = f"{folder}/libpng_default"
    subprocess.run(["cc", "-O2", str(HERE / "compare/libpng_default.c"), "-o", tool, "-lpng"], check=True)
    clip = sorted(glob.glob(f"{folder}/clip*"))[0]
    pictures = [path for number in (10, 40, 70) for path in glob.glob(f"{clip}/*/*/{number:05}.png")]
    ours, theirs = map(int, run([tool, *sorted(pictures)])["output"].split())
    return ours / theirs


def print_stages(lines):
    stages = {}
    for line in lines:
        stages.setdefault((line["example"], line["stage"]), {})[line.get("side")] = line
    print(f"\n{'stage, milliseconds':44}{'512²':>10}{'1024²':>10}{'2048²':>10}{'bytes at 1024²':>18}")
    for (example, stage), sides in stages.items():
        cells = [sides.get(side) for side in (512, 1024, 2048)]
        if None in sides:
            cells = [None, sides[None], None]
        texts = "".join(f"{cell['milliseconds']:10.2f}" if cell else " " * 10 for cell in cells)
        size = (cells[1] or {}).get("bytes")
        print(f"{example + ', ' + stage:44}{texts}{size if size else '':>18}")


def print_runs(results):
    print(f"\n{'run':52}{'seconds':>9}{'a second':>10}{'cores busy':>12}{'memory, MB':>12}"
          + (f"{'time to base':>14}" if options.base else ""))
    for name, result in results.items():
        busy = f"{100 * result['cpu'] / result['wall'] / CORES:.0f} %" if "cpu" in result else ""
        print(f"{name:52}"
              + (f"{result['wall']:9.3f}" if "wall" in result else " " * 9)
              + (f"{result['rate']:10.1f}" if "rate" in result else " " * 10) + f"{busy:>12}"
              + (f"{result['memory']:12.0f}" if result.get("memory") else " " * 12)
              + (f"{result['ratio']:14.2f}" if "ratio" in result else ""))


def measure_all(folder):
    """Return everything except the comparison with the floor, and whether one process and many wrote the same bytes."""
    write_scenes(folder)
    report = {"stages": []}
    if options.stages:
        report["stages"] = [json.loads(line) for line in open(options.stages)]
        print_stages(report["stages"])
    report["runs"] = {**picture_runs(folder), **many_runs(folder)}
    if options.compare:
        report["runs"].update(comparison.others(options.posemap, folder))
    print_runs(report["runs"])
    report["bytes to libpng's defaults"] = file_sizes(folder)
    print(f"\nbytes of a clip's maps to libpng's defaults: {report['bytes to libpng' + chr(39) + 's defaults']:.2f}")
    first, last = sorted(glob.glob(f"{folder}/clip1-*-own-*"))[0], sorted(glob.glob(f"{folder}/clip{CORES}-*-own-*"))[-1]
    same = subprocess.run(["diff", "-rq", first, last]).returncode == 0
    print(f"--jobs 1 and --jobs {CORES} wrote {'the same' if same else 'DIFFERENT'} bytes")
    return report, same


unknown = set(options.rows) - set(comparison.FIGURES)
if unknown or options.rows and not options.compare:
    parser.error(f"--rows goes with --compare and takes some of {', '.join(comparison.FIGURES)}")
with tempfile.TemporaryDirectory() as temporary:
    report, same = ({}, True) if options.rows else measure_all(pathlib.Path(temporary))
    report["cores"] = CORES
    if options.compare:
        clip = {"frameRate": 30, "frames": [frame(number) for number in range(comparison.FRAMES)]}
        report["comparison"] = comparison.compare(options.posemap, temporary, clip, options.rows)
    if options.json:
        pathlib.Path(options.json).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(options.json).write_text(json.dumps(report, indent=1))
    sys.exit(not same)
