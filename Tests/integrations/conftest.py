"""Shared fixtures: the command, and scenes generated from a seed."""

import hashlib
import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def command():
    """The command under test."""
    path = os.environ.get("POSEMAP")
    assert path, "run.sh sets $POSEMAP"
    return path


@pytest.fixture
def scene_folder(tmp_path):
    """Two people in 128 by 192 pixels: ana, with a pose file that refers to another, and ben, who moves."""
    write(tmp_path / "base.pose.json", {"joints": {"leftUpperArm": {"abduction": 30}}})
    write(tmp_path / "ana.pose.json", {"base": "base.pose.json", "joints": {"rightUpperArm": {"abduction": 60}}})
    frames = [{"joints": {"leftUpperArm": {"abduction": angle}}} for angle in (10, 50, 90, 120)]
    write(tmp_path / "ben.clip.json", {"frameRate": 8, "frames": frames})
    write(tmp_path / "scene.json", SCENE)
    return tmp_path


SCENE = {
    "canvas": [128, 192],
    "camera": {"frame": "all", "angle": 15},
    "characters": [
        {"id": "ben", "body": "male", "pose": "ben.clip.json", "position": [0.45, 0, 0]},
        {"id": "ana", "body": "female", "pose": "ana.pose.json", "position": [-0.45, 0, 0]},
    ],
}


def write(path, document):
    path.write_text(json.dumps(document), "utf-8")


def run(command, *arguments):
    """Run the command itself, for comparison."""
    return subprocess.run(
        [command, *map(str, arguments)], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
    ).stdout


def hashes(folder):
    """Return the SHA-256 of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def make_scenes(folder, count, seed=7):
    """Write a list file of random scenes of 128 by 128 pixels; equal for equal seeds."""
    numbers = random.Random(seed)
    names = []
    for number in range(count):
        people = [
            {
                "id": name,
                "body": numbers.choice(["female", "male"]),
                "position": [numbers.uniform(-0.6, 0.6), 0, numbers.uniform(-0.6, 0.6)],
                "yaw": numbers.randint(-180, 180),
                "pose": {"joints": {
                    joint: {"flexion": numbers.randint(-20, 50)}
                    for joint in numbers.sample(["leftUpperArm", "rightUpperArm", "leftUpperLeg", "head"], 2)
                }},
            }
            for name in ["ana", "ben"][: numbers.randint(1, 2)]
        ]
        names.append(f"{number:03d}.scene.json")
        camera = {"frame": "all", "angle": numbers.randint(-180, 180)}
        write(folder / names[-1], {"canvas": [128, 128], "camera": camera, "characters": people})
    list_file = folder / "scenes.txt"
    list_file.write_text("# made by conftest.py\n\n" + "\n".join(names) + "\n", "utf-8")
    return list_file


@pytest.fixture
def examples(tmp_path):
    """Return a copy of the repository's examples, so that nothing is ever written beside them."""
    return Path(shutil.copytree(ROOT / "Examples", tmp_path / "Examples"))
