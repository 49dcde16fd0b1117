"""Compare models from other programs with an independent evaluation: joints and skinned vertices to a millimeter."""
import json
import os
import subprocess
from pathlib import Path

import numpy as np

import bvh
import humanoids
from gltf import Document
from report import Row

# Corpus files and times; "-" is the pose in which the file stands.
MOMENTS = {
    "mannequiny.glb": [("idle", 0.5), ("run", 0.3), ("fight_kick", 0.61)],
    "human-addon-animations.glb": [("YMCA", 0.4), ("YMCA", 1.1)],
    "cesium_man.gltf": [("", 0.7), ("", 1.63)],
    "Example.vrm": [("-", 0)], "custom_normal.vrm": [("-", 0)], "debug_robot.vrm": [("-", 0)], "riggedMesh.glb": [("-", 0)],
    "RobotExpressive.glb": [("-", 0), ("Jump", 0.4), ("Dance", 1.7)],
}


def rows(repository, posemap, tool, folder):
    """Check generated models through their joints' rotations, like any body; and as themselves, together with those of
    the corpus if it exists."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [(humanoids.write(folder / f"{seed}.glb", seed), [("move", t) for t in (0.0, 0.31, 0.77, 1.0)]) for seed in range(12)]
    corpus = Path(os.environ.get("POSEMAP_CORPUS", repository.parent / "shared" / "corpus"))
    real = [(corpus / name, moments) for name, moments in MOMENTS.items() if (corpus / name).exists()]
    return [motion_capture(tool, folder, corpus), round_trip(posemap, folder / "round-trip")] + [row("models by their joints", "joints", tool, folder, made), row("models as themselves", "own", tool, folder, made + real)]


def row(name, way, tool, folder, models):
    compared = cases = 0
    largest = 0.0
    for path, moments in models:
        document = Document(path)
        for clip, time in moments:
            out = folder / "model.json"
            subprocess.run([tool, "model", path, clip, str(time), way, out], check=True)
            report = json.loads(out.read_text())
            joints, vertices = distances(document, report, document.clip(clip), time, way == "own")
            print(f"{way:8}{path.name:32}{clip:12}{time:5.2f} s  joints {joints.max():.4f} mm, vertices "
                  + (f"{vertices.max():.4f} mm" if len(vertices) else "none"))
            compared += len(joints) + len(vertices)
            largest = max(largest, joints.max(), vertices.max() if len(vertices) else 0)
            cases += 1
    return Row(name, cases, compared, 0, round(float(largest), 4), 1, "largest: millimeters, joints and vertices against numpy")


def distances(document, report, clip, time, own):
    """Return distances in millimeters; the hips coincide, since the scene determines where a character stands."""
    worlds = document.worlds(clip, time)
    turn = np.array(report["modelFromFile"]).reshape(4, 4).T[:3, :3]
    theirs = {joint: turn @ worlds[node][:3, 3] for joint, node in report["bones"].items()}
    offset = np.array(report["joints"]["hips"]) - theirs["hips"]
    joints = np.array([np.linalg.norm(theirs[joint] + offset - place) for joint, place in report["joints"].items()])
    ours = np.array(report["vertices"]).reshape(-1, 3)
    expected = document.vertices(worlds, document.shapes(clip, time) if own else {}) @ turn.T + offset
    assert ours.shape == expected.shape, f"{len(ours)} vertices instead of {len(expected)}"
    return joints * 1000, np.linalg.norm(ours - expected, axis=1) * 1000


def motion_capture(tool, folder, corpus):
    """Compare BVH files' joints with the text's own meaning."""
    random = np.random.default_rng(9)
    files = []
    for case in range(4):
        files.append(folder / f"{case}.bvh")
        files[-1].write_text(bvh.made_up(random, 12))
    files += [path for path in [corpus / "AV_8Walk.bvh"] if path.exists()]
    largest, compared, cases = 0.0, 0, 0
    for path in files:
        text = path.read_text()
        rate = 1 / float(text.split("Frame Time:")[1].split()[0])
        for frame in (0, 5, 11):
            subprocess.run([tool, "model", path, "Motion", str(frame / rate), "joints", folder / "bvh.json"], check=True)
            report = json.loads((folder / "bvh.json").read_text())
            expected = bvh.joints(text, frame)
            matrix = np.array(report["modelFromFile"]).reshape(4, 4).T[:3, :3]
            offset = np.array(report["joints"]["hips"]) - matrix @ expected["Hips"]
            for joint, place in report["joints"].items():
                theirs = matrix @ expected[report["names"][joint]] + offset
                largest = max(largest, 1000 * np.linalg.norm(theirs - place))
                compared += 1
            cases += 1
    return Row("motion capture's joints", cases, compared, 0, round(largest, 4), 1, "largest: millimeters against BVH's own text")


def round_trip(posemap, folder):
    """Check random poses of every joint, exported as glTF and imported again."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(5)
    largest, compared, cases = 0.0, 0, 8
    for case in range(cases):
        turns = {joint: turn / np.linalg.norm(turn) for joint in JOINTS
                 for turn in [np.append(random.normal(0, 0.25, 3), 1)]}
        pose = {"translation": random.normal(0, 0.2, 3).round(4).tolist(),
                "joints": {joint: {"quaternion": turn.tolist()} for joint, turn in turns.items()}}
        scene = {"canvas": [64, 64], "characters": [{"id": "one", "body": ("female", "male")[case % 2], "yaw": float(random.uniform(-180, 180)),
                                                     "position": random.normal(0, 1, 3).round(3).tolist(), "pose": pose}]}
        (folder / "scene.json").write_text(json.dumps(scene))
        subprocess.run([posemap, "glb", folder / "scene.json", "-o", folder / "one.glb"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([posemap, "import", folder / "one.glb", "-o", folder / "one.pose.json"], check=True, stdout=subprocess.DEVNULL)
        read = json.loads((folder / "one.pose.json").read_text())["joints"]
        for joint, turn in turns.items():
            back = np.array(read[joint]["quaternion"])
            largest = max(largest, np.degrees(2 * np.arccos(min(1, abs(turn @ back) / np.linalg.norm(back)))))
            compared += 1
    return Row("pose to glTF and back", cases, compared, 0, round(float(largest), 4), 0.1, "largest: degrees a joint")


JOINTS = ["hips", "spine", "chest", "upperChest", "neck", "head", "leftEye", "rightEye", "jaw"] + [
    side + bone for side in ("left", "right") for bone in ["UpperLeg", "LowerLeg", "Foot", "Toes", "Shoulder", "UpperArm", "LowerArm", "Hand"] + [
        finger + part for finger, parts in (("Thumb", ("Metacarpal", "Proximal", "Distal")), *((f, ("Proximal", "Intermediate", "Distal")) for f in ("Index", "Middle", "Ring", "Little")))
        for part in parts]]
