"""Clips with unusual times, rates and numbers of frames: as clip files, BVH and glTF."""
import json
import random
import struct

import humanoids

from case import Case

# The replacements for numbers and names in a mutated clip.
VALUES = [-1, 0, -0.0, 1, 0.01, 1000, 1e-12, 1e-300, 2**31, 2**53 + 1, 922337203685477, 2**63, 1e15, 1e300, -1e300, 90, 360.5, None, True, "", "x",
          "\x1b[31m\nposemap: error: x", [], {}, [[]], [0, 0, 1e308], {"flexion": 1e9}, {"quaternion": [0, 0, 0, 0]}]
TIMES = ["0", "-1", "1e-300", "1e-45", "0.0000099", "0.00001", "0.0000101", "0.0002", "0.033333", "59.9", "60", "1e6", "1e30", "1e300", "1e400", "nan",
         "inf", "x", ""]
SECONDS = [-1.0, 0.0, 1e-45, 1e-30, 1e-6, 0.5, 3.0, 1e6, 1e7, 1.1e7, 1e9, 1e15, 1e20, 1e30, 3.4e38, float("inf"), float("nan")]
# Few frames, or more than a clip may have; the numbers in between take too long.
RATES = ["0.01", "0.5", "1"]
# A scene whose clip is unreadable lacks an input.
CODES = (0, 65, 66)


def cases(count, seed, bvh):
    """Yield `count` clips; `bvh` makes a BVH file with a number of frames."""
    model = humanoids.glb(humanoids.np.random.default_rng(seed), seed)
    for number in range(count):
        randomly = random.Random(seed * 3_000_003 + number)
        yield (clip_file, bvh_file, gltf_file)[number % 3](f"clip-{number}", randomly, bvh, model)


# Clip files

def clip_file(name, randomly, bvh, model):
    document = {"frameRate": 30, "name": "made up", "frames": [
        {"translation": [0, 0, 0.1 * n], "joints": {"leftLowerArm": {"flexion": 10 * n}, "head": [0, n, 0]}, "face": {"smile": 0.5}} for n in range(3)]}
    for _ in range(randomly.randrange(0, 4)):
        mutate(document, randomly)
    if randomly.random() < 0.1:
        document["frames"] = [{}] * randomly.choice([0, 1, 100_000, 100_001, 300_000])
    data = json.dumps(document).encode()
    way = randomly.randrange(4)
    if way == 0:
        return Case(f"{name}.clip.json", data, lambda path: ["check", str(path)], maybe_silent=True)
    if way == 1:
        return Case(f"{name}.clip.json", data, lambda path: ["textconv", str(path)])
    return Case(f"{name}.clip.json", data, lambda path: frames(path, randomly, few=way == 2), CODES)


def mutate(document, randomly):
    place = document
    while isinstance(place, (dict, list)) and place:
        key = randomly.choice(sorted(place)) if isinstance(place, dict) else randomly.randrange(len(place))
        if not isinstance(place[key], (dict, list)) or not place[key] or randomly.random() < 0.12:
            place[key] = randomly.choice(VALUES)
            return
        place = place[key]


def frames(path, randomly, few=True):
    """Return arguments that render frames of a clip, or one moment of it."""
    scene = path.parent / "scene.txt"
    pose = {"file": path.name, "time": randomly.choice([0, 0.04, 1, 86400])} if randomly.random() < 0.3 else path.name
    scene.write_text(json.dumps({"canvas": [64, 64], "characters": [{"id": "a", "body": "male", "pose": pose}]}))
    line = ["render", str(scene), "-o", str(path.parent / "out"), "--maps", "mask", "--jobs", "1"]
    # All frames are drawn only of clips that have few.
    return line + ["--frames", "0..1" if few else "all"] if randomly.random() < 0.8 else line


# BVH

def bvh_file(name, randomly, bvh, model):
    data = bvh(randomly.choice([1, 2, 3, 30])).replace(b"0.033333", randomly.choice(TIMES).encode())
    if randomly.random() < 0.3:
        data = data.replace(b" 1.5", b" " + randomly.choice(TIMES).encode(), randomly.randrange(1, 9))
    return Case(f"{name}.bvh", data, lambda path: taking(path, randomly), CODES)


def taking(path, randomly):
    """Return arguments that import a clip, with or without a rate, or draw it."""
    if randomly.random() < 0.3:
        return frames(path, randomly)
    line = ["import", str(path), "-o", str(path.parent / "taken.json")]
    if randomly.random() < 0.8:
        line += ["--frames"]
        return line + (["--fps", randomly.choice(RATES)] if randomly.random() < 0.4 else [])
    return line + (["--ground"] if randomly.random() < 0.3 else [])


# glTF

def gltf_file(name, randomly, bvh, model):
    """Return a model with keys at unusual times."""
    length = struct.unpack("<I", model[12:16])[0]
    document = json.loads(model[20:20 + length])
    accessor = document["accessors"][randomly.choice(document["animations"][0]["samplers"])["input"]]
    view = document["bufferViews"][accessor["bufferView"]]
    at = 20 + length + 8 + view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    data = bytearray(model)
    last = randomly.choice(SECONDS)
    for key in range(randomly.choice([1, accessor["count"]])):
        # From the last key backward, so that the times still increase.
        place = at + 4 * (accessor["count"] - 1 - key)
        struct.pack_into("<f", data, place, last if key == 0 else min(last, struct.unpack_from("<f", data, place)[0]))
    return Case(f"{name}.glb", bytes(data), lambda path: taking(path, randomly), CODES)
