"""A batch that is killed repeatedly ends with the same files as one that is not.

Renders random scenes in one run, then again while the command is killed (SIGKILL, all its processes) or interrupted
(SIGINT) at random moments and restarted, and compares the two folders file by file with SHA-256. Finally, a worker
process is killed: its scene is retried, so that the run completes normally.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("posemap")
parser.add_argument("--count", type=int, default=40)
parser.add_argument("--size", type=int, default=192)
parser.add_argument("--stops", type=int, default=4)
parser.add_argument("--seed", type=int, default=7)
options = parser.parse_args()


def joint(random_numbers):
    return {axis: random_numbers.randint(-25, 50) for axis in random_numbers.sample(["flexion", "abduction"], 1)}


def scene(number):
    numbers = random.Random(options.seed * 100_003 + number)
    people = [
        {
            "id": name,
            "body": numbers.choice(["female", "male"]),
            "position": [numbers.uniform(-1, 1), 0, numbers.uniform(-1, 1)],
            "yaw": numbers.randint(-180, 180),
            "pose": {"joints": {
                name: joint(numbers)
                for name in numbers.sample(["leftUpperArm", "rightUpperArm", "leftUpperLeg", "rightUpperLeg"], 3)
            }},
        }
        for name in ["ana", "ben"][: numbers.randint(1, 2)]
    ]
    return {
        "canvas": [options.size, options.size + 64 * numbers.randint(0, 1)],
        "camera": {"frame": "all", "angle": numbers.randint(-180, 180), "elevation": numbers.randint(-10, 30)},
        "characters": people,
    }


def hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()
    }


def start(folder, output):
    return subprocess.Popen(
        [options.posemap, "render", "--list", f"{folder}/scenes.txt", "-o", output, "-q"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def write_scenes(folder):
    names = [f"random-{number:05}.json" for number in range(options.count)]
    for number, name in enumerate(names):
        pathlib.Path(folder, name).write_text(json.dumps(scene(number)))
    pathlib.Path(folder, "scenes.txt").write_text("# random scenes\n\n" + "\n".join(names) + "\n")


def run_undisturbed(folder):
    begun = time.monotonic()
    run = start(folder, f"{folder}/whole")
    errors = run.communicate()[1].decode()
    if run.returncode != 0:
        sys.exit(f"the undisturbed run failed: {errors}")
    return hashes(f"{folder}/whole"), time.monotonic() - begun


def stop(run, kills):
    if kills:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        return
    run.send_signal(signal.SIGINT)
    errors = run.communicate()[1].decode()
    # Before the first scene is started there is nothing to finish, and SIGINT ends the command at
    # once; after the last it is done.
    if run.returncode not in (0, -signal.SIGINT) and (
            run.returncode != 130 or "the same command renders the rest" not in errors):
        sys.exit(f"SIGINT ended with {run.returncode}: {errors}")


def run_with_stops(folder, output, took):
    """Return how often the batch was stopped before it was allowed to finish."""
    moments = random.Random(options.seed)
    for stops in range(options.stops):
        run = start(folder, output)
        try:
            run.wait(moments.uniform(0.1, 0.9) * took / options.stops)
        except subprocess.TimeoutExpired:
            stop(run, kills=stops % 2 == 0)
            continue
        return stops
    finish(folder, output)
    return options.stops


def finish(folder, output):
    run = start(folder, output)
    errors = run.communicate()[1].decode()
    if run.returncode != 0:
        sys.exit(f"the last run failed: {errors}")


def run_with_lost_worker(folder, output):
    run = start(folder, output)
    while not list(pathlib.Path(output).glob("*/manifest.json")):
        time.sleep(0.001)
    children = pathlib.Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    errors = run.communicate()[1].decode()
    if run.returncode != 0 or ": error: " in errors:
        sys.exit(f"a lost worker ended the run with {run.returncode}: {errors}")


def compare(expected, output, what):
    found = hashes(output)
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    print(f"{what}: {len(found)} files, {len(different)} different")
    if different:
        sys.exit("\n".join(different[:20]))


with tempfile.TemporaryDirectory() as folder:
    write_scenes(folder)
    expected, took = run_undisturbed(folder)
    print(f"{options.count} scenes in {took:.1f} s")
    stops = run_with_stops(folder, f"{folder}/stopped", took)
    if stops == 0:
        sys.exit("nothing was stopped: too few scenes")
    compare(expected, f"{folder}/stopped", f"stopped {stops} times")
    run_with_lost_worker(folder, f"{folder}/lost")
    compare(expected, f"{folder}/lost", "with a worker lost")
