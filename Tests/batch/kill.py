"""Commands that are killed (SIGKILL, all their processes) leave no partial set, and the next run cleans up after them.

Each of render, render --list, render --frames, merge, sheet, glb and comfyui is killed repeatedly at random moments, in
a folder that contains the files of an earlier run with other settings. After a kill, every file is complete, and
belongs either to the earlier run or to this one. Then a small command writes into the same folder, as the next run
does: leftovers are gone, and files that belong together are all from one run. At the end, the command itself runs to
completion, and its files equal those of a run that nobody killed.

    python3 Tests/batch/kill.py .build/release/posemap --count 200
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("posemap", type=pathlib.Path)
parser.add_argument("--count", type=int, default=200, help="kills in all")
parser.add_argument("--seed", type=int, default=7)
options = parser.parse_args()
posemap = str(options.posemap.resolve())

SIDE = 128
JOBS = ["--jobs", "2"]


class Case:
    """A command in two versions; the second is killed while it overwrites the first's files."""

    def __init__(self, name, words, change, is_set=True):
        self.name = name
        self.words = words
        # Options that change the content of every file.
        self.change = change
        # Whether all files belong together; those of a list or a clip appear one by one.
        self.is_set = is_set


CASES = [
    Case("render", ["render", "scene.json", "-o", "out"], ["--maps", "openpose,depth,mask", "--size", f"{SIDE * 2}x{SIDE * 2}"]),
    Case("list", ["render", "--list", "list.txt", "-o", "out", *JOBS], ["--size", f"{SIDE * 2}x{SIDE * 2}"], is_set=False),
    Case("frames", ["render", "clip.json", "-o", "out", "--frames", "all", "--maps", "mask,openpose", *JOBS],
         ["--size", f"{SIDE * 2}x{SIDE * 2}"], is_set=False),
    Case("merge", ["merge", "scene.json", "ben=ben.png", "--base", "ana.png", "-o", "out/merged.png", "--ora", "out/merged.ora",
                   "--xcf", "out/merged.xcf"], ["--grow", "20"]),
    Case("sheet", ["sheet", "scene.json", "-o", "out/sheet.png"], ["--height", "200"]),
    Case("glb", ["glb", "scene.json", "-o", "out/scene.glb"], ["--only", "ana"]),
    Case("comfyui", ["comfyui", "scene.json", "-o", "out", "--stages", "none"], ["--seed", "9", "--size", "256x256"]),
]


def png(color):
    """A picture of the canvas' size, all of one color."""
    rows = (b"\0" + bytes(color) * SIDE) * SIDE
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)


def write_inputs(folder):
    people = [
        {"id": "ana", "body": "female", "position": [-0.3, 0, 0]},
        {"id": "ben", "body": "male", "position": [0.3, 0, 0.2]},
    ]
    scene = {"canvas": [SIDE, SIDE], "camera": {"frame": "all"}, "characters": people}
    (folder / "scene.json").write_text(json.dumps(scene))
    for number in range(4):
        turned = {**scene, "camera": {"frame": "all", "angle": number * 20}}
        (folder / f"s{number}.json").write_text(json.dumps(turned))
    (folder / "list.txt").write_text("".join(f"s{number}.json\n" for number in range(4)))
    frames = [{"base": "stand"}] + [{"base": "squat"}] * 5
    (folder / "squat.clip.json").write_text(json.dumps({"frameRate": 30, "frames": frames}))
    moving = {**scene, "characters": [{**people[0], "pose": "squat.clip.json"}]}
    (folder / "clip.json").write_text(json.dumps(moving))
    for name, color in [("ana", (200, 120, 90)), ("ben", (40, 90, 160))]:
        (folder / f"{name}.png").write_bytes(png(color))


def hashes(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def run(folder, words):
    done = subprocess.run([posemap, *words], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")


def names(folder):
    """Return the entries of a folder and of its subfolders."""
    for entry in os.scandir(folder):
        yield entry.name
        if entry.is_dir() and not is_own(entry.name):
            yield from (inner.name for inner in os.scandir(entry))


def kill(folder, words, seconds, is_staging):
    """Return whether the command was still running when it was killed, some time after its start or after its first
    files."""
    process = subprocess.Popen(
        [posemap, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        if is_staging:
            while process.poll() is None and not any(is_own(name) for name in names(folder / "out")):
                pass
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        # Its workers too, which would otherwise finish their pieces.
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def is_own(name):
    return any(part.startswith(".posemap-") for part in pathlib.PurePath(name).parts)


class Trial:
    """The files of a case's two versions, and the duration of the second."""

    def __init__(self, folder, case):
        self.folder, self.case, self.out = folder, case, folder / "out"
        self.second = case.words + case.change
        run(folder, case.words)
        self.old = hashes(self.out)
        shutil.copytree(self.out, folder / "old")
        begun = time.monotonic()
        run(folder, self.second)
        self.took = time.monotonic() - begun
        self.both = hashes(self.out)
        # Once more into an empty folder, to find out which files belong to the second.
        shutil.rmtree(self.out)
        run(folder, self.second)
        self.new = hashes(self.out)
        if self.both != {**self.old, **self.new}:
            sys.exit(f"{case.name}: the files of two runs depend on one another")

    def reset(self):
        shutil.rmtree(self.out)
        shutil.copytree(self.folder / "old", self.out)

    def fail(self, fault, names=()):
        sys.exit(f"{self.case.name}: {fault}\n" + "\n".join(sorted(names)[:20]))

    def check_whole(self):
        """Check that every file belongs to one of the two runs."""
        found = {name: hash for name, hash in hashes(self.out).items() if not is_own(name)}
        torn = [name for name, hash in found.items() if hash not in (self.old.get(name), self.new.get(name))]
        if torn:
            self.fail("files of neither run are seen", torn)
        return found

    def check_next(self):
        """Check that the next run of any command cleans up, and that a set belongs to one run."""
        folders = [self.out] + ([path for path in self.out.iterdir() if path.is_dir()] if self.case.name == "list" else [])
        for place in folders:
            if is_own(place.name):
                continue
            run(self.folder, ["fmt", str(self.unformatted(place))])
            (place / "next.scene.json").unlink()
        found = hashes(self.out)
        left = [str(path.relative_to(self.out)) for path in self.out.rglob("*") if is_own(path.relative_to(self.out))]
        if left:
            self.fail("the next run has not cleared up", left)
        if self.case.is_set and found not in (self.old, self.both):
            self.fail("a half set is seen", [name for name in found if found[name] != self.old.get(name)])

    def unformatted(self, folder):
        path = folder / "next.scene.json"
        path.write_text('{ "characters" : [ ] }')
        return path

    def check_end(self):
        run(self.folder, self.second)
        if hashes(self.out) != self.both:
            self.fail("after a kill, the command's files are others")


def main():
    moments = random.Random(options.seed)
    left = 0
    with tempfile.TemporaryDirectory(prefix="posemap-kill-") as top:
        trials = []
        for case in CASES:
            folder = pathlib.Path(top, case.name)
            folder.mkdir()
            write_inputs(folder)
            trials.append(Trial(folder, case))
        kills = {case.name: 0 for case in CASES}
        for number in range(options.count):
            trial = trials[number % len(trials)]
            # A command spends most of its time reading and drawing; every second kill comes when
            # files appear.
            is_staging = number // len(trials) % 2 == 1
            longest = 0.02 if is_staging else trial.took
            while True:
                trial.reset()
                if kill(trial.folder, trial.second, moments.uniform(0.0, longest), is_staging):
                    break
                # It ended before it was killed.
                longest *= 0.9
            kills[trial.case.name] += 1
            trial.check_whole()
            left += any(is_own(path.relative_to(trial.out)) for path in trial.out.rglob("*"))
            trial.check_next()
            trial.check_end()
    print(", ".join(f"{name} {count}" for name, count in kills.items()))
    print(f"{sum(kills.values())} kills, {left} of which left files that the next run cleared up; no half set, no stray file")


main()
