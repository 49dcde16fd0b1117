"""Measures posemap as its users run it: stages, one picture in a cold process, clips, batches, against other programs.

usage: run.py POSEMAP [--stages FILE] [--base OTHER_POSEMAP] [--compare] [--json FILE]
--stages takes the lines that the Swift benchmark prints; --base measures another build by turns with this one and prints
ratios; --compare runs moderngl and pyrender programs too (their packages go into a venv in ~/.cache/posemap/compare).
Figures are medians of nine runs, but for clips and batches: of three.
"""
import argparse
import glob
import json
import math
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
CORES = os.cpu_count()

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("posemap", type=os.path.abspath)
parser.add_argument("--stages")
parser.add_argument("--base", type=os.path.abspath)
parser.add_argument("--compare", action="store_true")
parser.add_argument("--frames", type=int, default=240)
parser.add_argument("--json")
options = parser.parse_args()


class Memory(threading.Thread):
    """The most memory that a process and its children had, each shared page counted once, in MB."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.most = process, 0

    def run(self):
        while self.process.poll() is None:
            self.most = max(self.most, sum(map(self.share, self.family(self.process.pid))) / 1024)
            time.sleep(0.05)

    def family(self, process):
        try:
            children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
        except OSError:
            children = []
        return [process] + [one for child in children for one in self.family(int(child))]

    @staticmethod
    def share(process):
        try:
            lines = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            return 0
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(command, environment=None, watches_memory=False):
    """Wall time in seconds, CPU time, and the memory watched, or the most of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    memory = Memory(process)
    if watches_memory:
        memory.start()
    output, errors = process.communicate()
    wall = time.perf_counter() - begun
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {errors.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": spent, "memory": memory.most, "output": output.decode()}


def median(count, work):
    results = [work(number) for number in range(count)]
    return {key: statistics.median(result[key] for result in results) for key in ("wall", "cpu", "memory")}


def side(build):
    return "base" if build == options.base else "own"


def by_turns(count, work):
    """The figures of the measured build, and with --base those of the other, in turns so that a busy machine is fair to both."""
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
    # By symmetry of no interest where: a batch of single pictures.
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


def peak(command):
    """The most memory of one process in MB, shared libraries included."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")
    return float(run([sys.executable, "-c", code, *command])["output"])


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


def others(folder):
    environment = pathlib.Path.home() / ".cache/posemap/compare"
    python = str(environment / "bin/python")
    if not (environment / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        pip = [python, "-m", "pip", "install", "-q"]
        subprocess.run([*pip, "numpy<2", "opencv-python-headless==4.10.0.84", "moderngl", "pyrender", "trimesh"], check=True)
        # pyrender names an older PyOpenGL that lacks what its own OSMesa part calls.
        subprocess.run([*pip, "--no-deps", "PyOpenGL==3.1.7"], check=True)
        (environment / "ready").touch()
    body, skeleton = f"{folder}/body.glb", f"{folder}/cold0/a/openpose.json"
    run([options.posemap, "glb", f"{folder}/one.json", "-o", body])
    programs = {
        "moderngl + OpenCV": ["moderngl_maps.py", body, skeleton, "60", "0"],
        "moderngl + OpenCV, threads": ["moderngl_maps.py", body, skeleton, "60", str(CORES)],
        "pyrender + OpenCV": ["pyrender_maps.py", body, skeleton, "40"],
    }
    results = {}
    for name, (script, *arguments) in programs.items():
        rates = []
        for number in range(3):
            output = run([python, str(HERE / "compare" / script), *arguments, f"{folder}/other{number}"],
                         {"PYOPENGL_PLATFORM": "osmesa"})["output"]
            done = json.loads(output.splitlines()[-1])
            rates.append(done["frames"] / done["seconds"])
        results[name] = {"rate": statistics.median(rates)}
    return results


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


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    write_scenes(folder)
    report = {"cores": CORES, "stages": []}
    if options.stages:
        report["stages"] = [json.loads(line) for line in open(options.stages)]
        print_stages(report["stages"])
    report["runs"] = {**picture_runs(folder), **many_runs(folder)}
    if options.compare:
        report["runs"].update(others(folder))
    print_runs(report["runs"])
    report["bytes to libpng's defaults"] = file_sizes(folder)
    print(f"\nbytes of a clip's maps to libpng's defaults: {report['bytes to libpng' + chr(39) + 's defaults']:.2f}")
    first, last = sorted(glob.glob(f"{folder}/clip1-*-own-*"))[0], sorted(glob.glob(f"{folder}/clip{CORES}-*-own-*"))[-1]
    same = subprocess.run(["diff", "-rq", first, last]).returncode == 0
    print(f"--jobs 1 and --jobs {CORES} wrote {'the same' if same else 'DIFFERENT'} bytes")
    if options.json:
        pathlib.Path(options.json).parent.mkdir(parents=True, exist_ok=True)
        pathlib.Path(options.json).write_text(json.dumps(report, indent=1))
    sys.exit(not same)
