#!/usr/bin/env python3
"""Feed damaged and malicious files to posemap: each must yield a result or one sentence, within limits of time and
memory.

usage: fuzz.py --posemap COMMAND [--count 2000] [--seed 1] [--keep FOLDER]
Models: three corpus files (beside the checkout, or in $POSEMAP_CORPUS) and a made-up FBX, or made-up ones alone where there is no corpus, mutated, to
`posemap inspect`. Clips, a quarter as many: clip files, BVH and glTF with odd times, to `check`, `import --frames` and
`render --frames`. The human's cache, a twentieth as many: flipped, cut and forged copies of the installed one, to `render`.
"""
import argparse
import json
import os
import random
import struct
import sys
import tempfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from case import Case, run

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "Tests" / "conformance"))
import clips  # noqa: E402
import fbx  # noqa: E402
import human_cache  # noqa: E402
import humanoids  # noqa: E402

# The replacements for numbers and names in mutated JSON.
VALUES = [-1, 0, 1, 255, 65536, 2**31, 2**32 - 1, 10**9, 10**18, 1e308, -1e308, 0.5, None, True, "", "x", [], {}, [[]], "../../etc/passwd", "http://example.com/a.bin"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posemap", required=True, type=os.path.abspath)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="leave what failed in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        originals = sources()
        models = [Case(*case) for case in hostile()] + [Case(*mutation(originals, options.seed, number)) for number in range(options.count)]
        faults = check(options.posemap, folder, models, f"models ({len(list(hostile()))} hostile, {options.count} mutations of "
                       f"{', '.join(name for name, _ in originals)})")
        faults += check(options.posemap, folder, clips.cases(max(options.count // 4, 3), options.seed, bvh), "clips with odd times and rates")
        faults += check(options.posemap, folder, human_cache.cases(max(options.count // 20, 5), options.seed), "copies of the human's cache")
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(bool(faults))


def check(posemap, folder, cases, what):
    """Run all cases, print how they ended, and return the faults."""
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda case: run(posemap, folder, case), cases))
    if not results:
        print(f"no {what}: the human is not installed")
        return []
    print(f"{len(results)} {what}: {sum(r.code == 0 for r in results)} read, {sum(r.code in (65, 66) for r in results)} refused with a sentence; "
          f"at most {max(r.seconds for r in results):.1f} s and {max(r.kibibytes for r in results) >> 10} MiB", flush=True)
    return [r.fault for r in results if r.fault]


def sources():
    corpus = Path(os.environ.get("POSEMAP_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
    names = ["Example.vrm", "run.fbx", "AV_8Walk.bvh"]
    if all((corpus / name).exists() for name in names):
        return [(name, (corpus / name).read_bytes()) for name in names] + [("made-up.fbx", fbx.made_up())]
    return [("made-up.fbx", fbx.made_up()), ("made-up 3.glb", humanoids.glb(humanoids.np.random.default_rng(3), 3)),
            ("made-up 5.glb", humanoids.glb(humanoids.np.random.default_rng(5), 5)), ("made-up.bvh", bvh(4))]


# Mutations

def mutation(originals, seed, number):
    randomly = random.Random(seed * 1_000_003 + number)
    name, data = originals[number % len(originals)]
    stem, ending = name.replace(" ", "-").rsplit(".", 1)
    changed = None
    if randomly.random() < 0.6:
        changed = structural(data, randomly) if data[:4] == b"glTF" else fbx.mutated(data, randomly) if data.startswith(fbx.MAGIC) else None
    return f"{stem}-{number}.{ending}", changed or bytewise(data, randomly)


def bytewise(data, randomly):
    data = bytearray(data)
    way = randomly.randrange(5)
    if way == 0:
        return bytes(data[:randomly.randrange(len(data))])
    if way == 1:
        for _ in range(randomly.randrange(1, 40)):
            data[randomly.randrange(len(data))] ^= 1 << randomly.randrange(8)
    elif way == 2:
        at = randomly.randrange(len(data))
        data[at:at + 8] = struct.pack("<Q", randomly.choice([0, 2**32 - 1, 2**63, 10**9, 2**64 - 1]))[:len(data[at:at + 8])]
    elif way == 3:
        at, length = randomly.randrange(len(data)), randomly.randrange(1, 2000)
        del data[at:at + length]
    else:
        at, other = randomly.randrange(len(data)), randomly.randrange(len(data))
        data[at:at] = data[other:other + randomly.randrange(1, 2000)]
    return bytes(data)


def structural(data, randomly):
    """Return a GLB with up to five changes in its JSON."""
    length = struct.unpack("<I", data[12:16])[0]
    document = json.loads(data[20:20 + length])
    for _ in range(randomly.randrange(1, 6)):
        place = document
        while isinstance(place, (dict, list)) and place:
            key = randomly.choice(sorted(place)) if isinstance(place, dict) else randomly.randrange(len(place))
            if not isinstance(place[key], (dict, list)) or not place[key] or randomly.random() < 0.12:
                if randomly.random() < 0.2:
                    del place[key]
                else:
                    place[key] = randomly.choice(VALUES)
                break
            place = place[key]
    return container(document, data[20 + length:])


def container(document, rest=b""):
    text = (document if isinstance(document, bytes) else json.dumps(document).encode())
    text += b" " * (-len(text) % 4)
    return struct.pack("<4sII", b"glTF", 2, 20 + len(text) + len(rest)) + struct.pack("<I4s", len(text), b"JSON") + text + rest


# Malicious files

def hostile():
    asset = {"version": "2.0"}
    yield "deep.gltf", b'{"asset":{"version":"2.0"},"extras":' + b"[" * 10**6 + b"]" * 10**6 + b"}"
    yield "chain.gltf", json.dumps({"asset": asset, "nodes": [{"children": [n + 1]} for n in range(20_000)] + [{}]}).encode()
    yield "ring.gltf", json.dumps({"asset": asset, "nodes": [{"children": [1]}, {"children": [2]}, {"children": [0]}]}).encode()
    yield "self.gltf", json.dumps({"asset": asset, "nodes": [{"children": [0]}]}).encode()
    yield "nan.gltf", b'{"asset":{"version":"2.0"},"nodes":[{"translation":[NaN,0,0]}]}'
    yield "huge-number.gltf", b'{"asset":{"version":"2.0"},"nodes":[{"matrix":[1e999,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}]}'
    yield "flat-matrix.gltf", json.dumps({"asset": asset, "nodes": [{"matrix": [0] * 15 + [1]}]}).encode()
    for count in (10**9, 2**31, 2**62, -1):
        accessor = {"componentType": 5126, "type": "VEC3", "count": count}
        mesh = {"primitives": [{"attributes": {"POSITION": 0}}]}
        yield f"count{count}.gltf", json.dumps({"asset": asset, "nodes": [{"mesh": 0}], "meshes": [mesh], "accessors": [accessor]}).encode()
    # As many references to one large accessor as add up to terabytes.
    many = {"asset": asset, "nodes": [{"mesh": 0}] * 1000, "accessors": [{"componentType": 5126, "type": "VEC3", "count": 1 << 24}],
            "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}] * 1000}]}
    yield "sharers.gltf", json.dumps(many).encode()
    for name, uri in (("up", "../../../../etc/passwd"), ("root", "/etc/passwd"), ("web", "http://127.0.0.1/a.bin"), ("file", "file:///etc/passwd"),
                      ("encoded", "%2e%2e/%2e%2e/secret.bin"), ("device", "a/../../dev/zero"), ("gone", "gone.bin"), ("data", "data:;base64,@@@@")):
        yield f"uri-{name}.gltf", json.dumps({"asset": asset, "buffers": [{"uri": uri, "byteLength": 4}]}).encode()
    yield "long-chunk.glb", struct.pack("<4sIII4s", b"glTF", 2, 2**32 - 1, 2**32 - 1, b"JSON") + b"{}"
    yield "version1.glb", struct.pack("<4sII", b"glTF", 1, 12)
    yield "magic.glb", b"glTG" + b"\0" * 100
    yield "empty.vrm", b""
    yield "zip.vrm", b"PK\x03\x04" + zlib.compress(b"\0" * 10**7)
    yield "bomb.png.gltf", json.dumps({"asset": asset, "images": [{"uri": "data:image/png;base64," + "iVBORw0KGgo" * 10}], "textures": [{"source": 0}],
                                       "materials": [{"alphaMode": "MASK", "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]}).encode()
    yield "short-binds.glb", short_binds()
    yield "frames.bvh", bvh(1).replace(b"Frames: 1", b"Frames: 4000000000")
    yield "no-frames.bvh", bvh(0)
    yield "still-time.bvh", bvh(3).replace(b"0.033333", b"0")
    yield "bom.bvh", b"\xef\xbb\xbf" + bvh(3)
    yield "lower.bvh", bvh(3).replace(b"Xrotation", b"xrotation")
    yield "blank-names.bvh", bvh(3).replace(b"JOINT LeftLeg", b"JOINT Left Leg of him")
    for depth in (300, 20_000, 200_000):
        yield f"deep{depth}.bvh", deep_bvh(depth)
    yield "nan.bvh", bvh(2).replace(b"1.5", b"nan")
    yield from fbx.hostile()
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "x" * 100}">' for n in range(12))
    yield "entities.dae", f'<?xml version="1.0"?><!DOCTYPE c [{entities}]><COLLADA version="1.4.1">&e11;</COLLADA>'.encode()


def short_binds():
    data = humanoids.glb(humanoids.np.random.default_rng(1), 1)
    length = struct.unpack("<I", data[12:16])[0]
    document = json.loads(data[20:20 + length])
    document["accessors"][document["skins"][0]["inverseBindMatrices"]]["count"] = 1
    return container(document, data[20 + length:])


def bvh(frames):
    def joint(name, offset, children=(), kind="JOINT"):
        channels = "CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation" if kind == "ROOT" else "CHANNELS 3 Zrotation Xrotation Yrotation"
        inner = "\n".join(children) or "End Site\n{\nOFFSET 0 -5 0\n}"
        return f"{kind} {name}\n{{\nOFFSET {offset}\n{channels}\n{inner}\n}}"
    sides = []
    for side, sign in (("Left", 1), ("Right", -1)):
        sides.append(joint(side + "UpLeg", f"{9 * sign} -5 0", [joint(side + "Leg", "0 -42 0", [joint(side + "Foot", "0 -40 0", [joint(side + "ToeBase", "0 -5 12")])])]))
    arms = [joint(side + "Arm", f"{17 * sign} 12 0", [joint(side + "ForeArm", f"{26 * sign} 0 0", [joint(side + "Hand", f"{25 * sign} 0 0")])])
            for side, sign in (("Left", 1), ("Right", -1))]
    trunk = joint("Spine", "0 10 0", [joint("Spine1", "0 20 0", [joint("Neck", "0 18 0", [joint("Head", "0 9 0")])] + arms)])
    tree = joint("Hips", "0 0 0", [trunk] + sides, "ROOT")
    rows = "\n".join(" ".join(["0", "95", "0"] + ["1.5"] * (3 * tree.count("CHANNELS"))) for _ in range(frames))
    return f"HIERARCHY\n{tree}\nMOTION\nFrames: {frames}\nFrame Time: 0.033333\n{rows}\n".encode()


def deep_bvh(depth):
    open_ = "".join(f"JOINT j{n}\n{{\nOFFSET 0 1 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n" for n in range(depth))
    text = "HIERARCHY\nROOT r\n{\nOFFSET 0 0 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n" + open_ + "End Site\n{\nOFFSET 0 1 0\n}\n" + "}\n" * (depth + 1)
    return (text + "MOTION\nFrames: 1\nFrame Time: 0.1\n" + "0 " * (3 * depth + 3) + "\n").encode()


if __name__ == "__main__":
    main()
