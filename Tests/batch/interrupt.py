"""A batch that is killed again and again ends with the files of one that was not.

Renders random scenes in one go, then once more while the command is killed (SIGKILL, all its processes) or interrupted
(SIGINT) at random moments and started again, and compares the two folders file for file by SHA-256.
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


with tempfile.TemporaryDirectory() as folder:
    names = [f"random-{number:05}.json" for number in range(options.count)]
    for number, name in enumerate(names):
        pathlib.Path(folder, name).write_text(json.dumps(scene(number)))
    pathlib.Path(folder, "scenes.txt").write_text("# random scenes\n\n" + "\n".join(names) + "\n")

    begun = time.monotonic()
    whole = start(folder, f"{folder}/whole")
    errors = whole.communicate()[1].decode()
    took = time.monotonic() - begun
    if whole.returncode != 0:
        sys.exit(f"the undisturbed run failed: {errors}")
    expected = hashes(f"{folder}/whole")

    moments = random.Random(options.seed)
    stops = 0
    while True:
        run = start(folder, f"{folder}/stopped")
        if stops < options.stops:
            try:
                run.wait(moments.uniform(0.1, 0.9) * took / options.stops)
            except subprocess.TimeoutExpired:
                stops += 1
                if stops % 2:
                    os.killpg(run.pid, signal.SIGKILL)
                else:
                    run.send_signal(signal.SIGINT)
                errors = run.communicate()[1].decode()
                # Before the first scene is begun there is nothing to finish, and SIGINT ends the command at once.
                if stops % 2 == 0 and run.returncode != -signal.SIGINT and (
                        run.returncode != 130 or "the same command renders the rest" not in errors):
                    sys.exit(f"SIGINT ended with {run.returncode}: {errors}")
                continue
        errors = run.communicate()[1].decode()
        if run.returncode != 0:
            sys.exit(f"the last run failed: {errors}")
        break
    found = hashes(f"{folder}/stopped")
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    print(f"{options.count} scenes in {took:.1f} s; stopped {stops} times: {len(found)} files, {len(different)} different")
    if different or stops == 0:
        sys.exit("\n".join(different[:20]) or "nothing was stopped: too fast, or too few scenes")
