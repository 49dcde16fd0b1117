"""A folder in which a page's blocks run: a repository with the examples, and the files that pages refer to."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The parts of the repository that the pages' commands read.
COPIED = ("Examples", "Integrations", "Rigs", "docs", "Sources/RigImport/Resources")


def environment(home: Path, posemap: Path) -> dict[str, str]:
    """Return a separate home folder, with the human installed if the caller has it."""
    cache = home / ".cache"
    cache.mkdir(parents=True)
    installed = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "posemap"
    (cache / "posemap").mkdir()
    for body in installed.glob("human-*.body"):
        (cache / "posemap" / body.name).symlink_to(body)
    kept = {name: os.environ[name] for name in ("LANG", "LD_LIBRARY_PATH") if name in os.environ}
    git = {f"GIT_{who}_{what}": "docs@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {
        **kept, **git, "HOME": str(home), "XDG_CACHE_HOME": str(cache), "TMPDIR": str(home), "POSEMAP": str(posemap),
        "PATH": f"{posemap.parent}:{os.environ['PATH']}", "GIT_CONFIG_NOSYSTEM": "1", "NO_COLOR": "1",
    }


class Workplace:
    """The initial content for all pages; each page gets a copy, so that none depends on another."""

    def __init__(self, folder: Path, posemap: Path) -> None:
        self._model = folder / "model"
        self._folder = folder
        self.environment = environment(folder / "home", posemap)
        self.has_human = any((folder / "home/.cache/posemap").iterdir())
        self._fill(posemap)

    def copy(self, name: str) -> Path:
        """A folder for one page."""
        return Path(shutil.copytree(self._model, self._folder / name, symlinks=True))

    def _fill(self, posemap: Path) -> None:
        place = self._model
        place.mkdir()
        for name in COPIED:
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("*.png", "__pycache__"))
        (place / ".build/release").mkdir(parents=True)
        (place / ".build/release/posemap").symlink_to(posemap)
        (place / ".gitignore").write_text("/.build\n/Rigs\n/out\n/comfyui\n")
        write(place / "scene.json", SCENE)
        write(place / "wave.pose.json", {"base": "waving"})
        walker = {"id": "ana", "body": "female", "pose": "walk.bvh"}
        write(place / "walk.scene.json", {"canvas": [128, 192], "characters": [walker]})
        (place / "walk.bvh").write_text(walk(4, 30))
        self._models(place)
        self._run(place, "posemap", "fmt", "scene.json", "walk.scene.json", "wave.pose.json")
        self._pictures(place)
        self._commit(place)
        self._run(place, "posemap", "render", "-q", "scene.json", "-o", "out")
        shutil.copy(place / "out/ana/openpose.json", place / "openpose.json")

    def _models(self, place: Path) -> None:
        """Write hero.glb with a clip, and the same as a VRM; the pages' hero.fbx is recognized by its content."""
        props = [{"id": "Sword", "shape": "box", "size": [0.1, 0.1, 0.1]}, {"id": "Hat", "shape": "sphere", "radius": 0.1}]
        scene = {"canvas": [64, 64], "characters": [{"id": "hero", "body": "female"}], "props": props}
        write(place / "hero.json", scene)
        self._run(place, "posemap", "glb", "hero.json", "-o", "hero.glb")
        (place / "hero.json").unlink()
        as_vrm(place / "hero.glb", place / "hero.vrm")
        with_clip(place / "hero.glb", "Run")
        shutil.copy(place / "hero.glb", place / "hero.fbx")

    def _pictures(self, place: Path) -> None:
        """Write generated pictures; shaded maps suffice."""
        for scene, target in (("Examples/window/scene.json", "{}.png"), ("scene.json", "comfyui/{}/generated/face.png")):
            self._run(place, "posemap", "render", "-q", scene, "-o", "made", "--maps", "shaded")
            for folder in (folder for folder in (place / "made").iterdir() if folder.is_dir()):
                picture = place / target.format(folder.name)
                picture.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(folder / "shaded.png", picture)
            shutil.rmtree(place / "made")

    def _commit(self, place: Path) -> None:
        """Make two commits on main, and one more on the branch `wave`, which is checked out."""
        self._run(place, "git", "init", "-q", "-b", "main")
        for angle, branch in ((60, "main"), (70, "main"), (75, "wave")):
            if branch != "main":
                self._run(place, "git", "switch", "-q", "-c", branch)
            write(place / "wave.pose.json", {"base": "waving", "joints": {"leftLowerArm": {"flexion": angle}}})
            self._run(place, "posemap", "fmt", "wave.pose.json")
            self._run(place, "git", "add", "-A")
            self._run(place, "git", "commit", "-q", "-m", f"Bend the elbow by {angle}°")

    def _run(self, place: Path, *line: str) -> None:
        done = subprocess.run(line, cwd=place, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(line)}: {done.stderr}{done.stdout}")


SCENE = {
    "canvas": [384, 512],
    "camera": {"frame": "all", "angle": 20},
    "characters": [
        {"id": "ana", "body": "female", "pose": "wave.pose.json", "position": [-0.6, 0, 0]},
        {"id": "ben", "body": "male", "pose": {"base": "contrapposto", "look": "ana"}, "position": [0.6, 0, 0]},
    ],
}


def write(path: Path, document: object) -> None:
    """Writes JSON."""
    path.write_text(json.dumps(document, indent=2), "utf-8")


_JOINTS = [
    ("Hips", 0, (0, 90, 0)), ("Spine", 1, (0, 12, 0)), ("Chest", 2, (0, 22, 0)), ("Neck", 3, (0, 18, 0)), ("Head", 4, (0, 9, 0)),
    ("LeftArm", 3, (17, 13, 0)), ("LeftForeArm", 4, (27, 0, 0)), ("LeftHand", 5, (25, 0, 0)),
    ("RightArm", 3, (-17, 13, 0)), ("RightForeArm", 4, (-27, 0, 0)), ("RightHand", 5, (-25, 0, 0)),
    ("LeftUpLeg", 1, (9, -4, 0)), ("LeftLeg", 2, (0, -40, 0)), ("LeftFoot", 3, (0, -41, 0)),
    ("RightUpLeg", 1, (-9, -4, 0)), ("RightLeg", 2, (0, -40, 0)), ("RightFoot", 3, (0, -41, 0)),
]


def walk(seconds: int, rate: int) -> str:
    """Return a BVH of a person, in centimeters, with swinging legs and arms."""
    lines, depth = ["HIERARCHY"], -1
    for name, level, offset in _JOINTS:
        for closing in range(depth, level - 1, -1):
            lines += ["End Site", "{", "OFFSET 0 8 0", "}", "}"] if closing == depth and depth >= 0 else ["}"]
        channels = "6 Xposition Yposition Zposition" if level == 0 else "3"
        lines += [f"{'ROOT' if level == 0 else 'JOINT'} {name}", "{", f"OFFSET {' '.join(map(str, offset))}"]
        lines.append(f"CHANNELS {channels} Zrotation Xrotation Yrotation")
        depth = level
    lines += ["End Site", "{", "OFFSET 0 0 12", "}", *["}"] * (depth + 1)]
    frames = seconds * rate
    lines += ["MOTION", f"Frames: {frames}", f"Frame Time: {1 / rate:.6f}"]
    for frame in range(frames):
        swing = 30 * (1 - abs(frame % rate - rate / 2) / (rate / 4))
        row = [0, 90, 0]
        for name, _, _ in _JOINTS:
            side = 1 if name.startswith("Left") else -1
            # The right foot stands; "ground" holds it.
            bent = swing if name == "LeftUpLeg" else 0
            down = -70 * side if name in ("LeftArm", "RightArm") else 0
            row += [down, bent, 0]
        lines.append(" ".join(f"{value:g}" for value in row))
    return "\n".join(lines) + "\n"


def _glb(path: Path) -> tuple[dict, bytes]:
    data = path.read_bytes()
    length = struct.unpack_from("<I", data, 12)[0]
    return json.loads(data[20 : 20 + length]), data[20 + length + 8 :]


def _write_glb(path: Path, document: dict, binary: bytes) -> None:
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    path.write_bytes(struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks)


def as_vrm(source: Path, target: Path) -> None:
    """Write a GLB whose nodes are named after their joints as a VRM 1.0."""
    document, binary = _glb(source)
    joints = ["hips", "spine", "head"]
    joints += [f"{side}{limb}" for side in ("left", "right") for limb in (
        "UpperArm", "LowerArm", "Hand", "UpperLeg", "LowerLeg", "Foot",
    )]
    names = [node.get("name") for node in document["nodes"]]
    bones = {joint: {"node": names.index(joint)} for joint in joints}
    document["extensionsUsed"] = ["VRMC_vrm"]
    document["extensions"] = {"VRMC_vrm": {
        "specVersion": "1.0", "humanoid": {"humanBones": bones},
        "meta": {"name": "hero", "version": "1", "authors": ["posemap"], "licenseUrl": "https://vrm.dev/licenses/1.0/"},
    }}
    _write_glb(target, document, binary)


def with_clip(path: Path, name: str) -> None:
    """Add a one-second clip to a GLB, in which the head turns."""
    document, binary = _glb(path)
    binary += b"\0" * (-len(binary) % 4)
    values = struct.pack("<2f", 0, 1) + struct.pack("<8f", 0, 0, 0, 1, 0, 0.258819, 0, 0.965926)
    first = len(document["bufferViews"])
    document["bufferViews"] += [
        {"buffer": 0, "byteOffset": len(binary), "byteLength": 8}, {"buffer": 0, "byteOffset": len(binary) + 8, "byteLength": 32},
    ]
    accessor = len(document["accessors"])
    document["accessors"] += [
        {"bufferView": first, "componentType": 5126, "count": 2, "type": "SCALAR", "min": [0], "max": [1]},
        {"bufferView": first + 1, "componentType": 5126, "count": 2, "type": "VEC4"},
    ]
    head = [node.get("name") for node in document["nodes"]].index("head")
    document["animations"] = [{
        "name": name, "samplers": [{"input": accessor, "output": accessor + 1}],
        "channels": [{"sampler": 0, "target": {"node": head, "path": "rotation"}}],
    }]
    binary += values
    document["buffers"][0]["byteLength"] = len(binary)
    _write_glb(path, document, binary)
