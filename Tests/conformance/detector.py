#!/usr/bin/env python3
"""A detector that has never seen us finds a person: mediapipe's pose, hand and face models on shaded renders.

usage: detector.py --posemap COMMAND [--body human|female|male …] [--keep FOLDER]
Prints a line a case and a table. Distances are from our own keypoints, as shares of the body's height (or of the hand's length) in pixels.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import types
from pathlib import Path

import cv2
import numpy as np

from report import Row, print_table

for absent in ("sounddevice", "jax", "jaxlib"):  # mediapipe names them at import and needs them elsewhere
    try:
        __import__(absent)
    except ImportError:
        sys.modules[absent] = types.ModuleType(absent)
import mediapipe  # noqa: E402

BODIES = {
    "human": [{"body": "human", "phenotype": {"gender": "female", "height": 1.63}},
              {"body": "human", "phenotype": {"gender": "male", "height": 1.76}}],
    "female": [{"body": "female"}],
    "male": [{"body": "male"}],
}
ARMS = {"leftUpperArm": {"abduction": 12}, "rightUpperArm": {"abduction": 12}}
POSES = {
    "standing": ARMS,
    "walking": {"leftUpperLeg": {"flexion": 28}, "leftLowerLeg": {"flexion": 10}, "rightUpperLeg": {"flexion": -14},
                "rightLowerLeg": {"flexion": 18}, "leftUpperArm": {"flexion": -22}, "rightUpperArm": {"flexion": 26},
                "rightLowerArm": {"flexion": 25}, "leftLowerArm": {"flexion": 12}},
    "arms raised": {"leftUpperArm": {"abduction": 150}, "rightUpperArm": {"abduction": 140}, "rightLowerArm": {"flexion": 40}},
    "reaching": {"leftUpperArm": {"flexion": 85}, "rightUpperArm": {"abduction": 14}, "leftUpperLeg": {"flexion": 20}},
    "sitting": {**ARMS, "leftUpperLeg": {"flexion": 88, "abduction": 8}, "rightUpperLeg": {"flexion": 88, "abduction": 8},
                "leftLowerLeg": {"flexion": 88}, "rightLowerLeg": {"flexion": 88}, "leftLowerArm": {"flexion": 50},
                "rightLowerArm": {"flexion": 50}, "leftUpperArm": {"flexion": 25}, "rightUpperArm": {"flexion": 25}},
    "kneeling": {**ARMS, "leftUpperLeg": {"flexion": 90}, "leftLowerLeg": {"flexion": 90}, "rightLowerLeg": {"flexion": 95},
                 "rightFoot": {"flexion": -40}},
    "lying": {"hips": {"flexion": -90}, "leftUpperArm": {"abduction": 35}, "rightUpperArm": {"abduction": 50},
              "leftUpperLeg": {"abduction": 10}, "rightUpperLeg": {"flexion": 30}, "rightLowerLeg": {"flexion": 60}},
}
CAMERAS = {"front": (0, 5), "three-quarter": (40, 10), "side": (85, 5), "back": (180, 5), "high": (20, 40), "low": (-25, -25)}
CASES = [(pose, camera) for pose in ("standing", "walking", "arms raised", "sitting") for camera in CAMERAS] + [
    ("reaching", "front"), ("reaching", "three-quarter"), ("kneeling", "front"), ("kneeling", "three-quarter"),
    ("kneeling", "high"), ("lying", "high"), ("lying", "side")]
HANDS = {
    "open": {},
    "spread": {"{}IndexProximal": {"abduction": 10}, "{}LittleProximal": {"abduction": 12}, "{}RingProximal": {"abduction": 5}},
    "relaxed": {f"{{}}{finger}{bone}": {"flexion": 25} for finger in ("Index", "Middle", "Ring", "Little")
                for bone in ("Proximal", "Intermediate", "Distal")},
    "pointing": {f"{{}}{finger}{bone}": {"flexion": 75} for finger in ("Middle", "Ring", "Little") for bone in ("Proximal", "Intermediate")},
}
# Our COCO-18 points and mediapipe's 33: shoulders, elbows, wrists, hips, knees, ankles; right, then left.
OURS = [2, 3, 4, 8, 9, 10, 5, 6, 7, 11, 12, 13]
THEIRS = [12, 14, 16, 24, 26, 28, 11, 13, 15, 23, 25, 27]


def rows(posemap, bodies, folder):
    found = []
    for body in bodies:
        found += [bodies_row(posemap, body, folder), hands_row(posemap, body, folder), faces_row(posemap, body, folder)]
    return found


def render(posemap, folder, name, scene):
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(scene))
    subprocess.run([posemap, "render", path, "--strict", "-q", "-o", folder / name, "--maps", "shaded,openpose"], check=True)
    image = cv2.cvtColor(cv2.imread(str(folder / name / "one" / "shaded.png")), cv2.COLOR_BGR2RGB)
    return image, json.loads((folder / name / "one" / "keypoints.json").read_text())["people"][0]


def points(person, key):
    """(x, y, visibility) of each point."""
    return np.array(person[key]).reshape(-1, 4)[:, [0, 1, 3]]


def scene(character, pose, camera, canvas=(640, 640), yaw=0):
    return {"canvas": list(canvas), "camera": camera,
            "characters": [{"id": "one", **character, "yaw": yaw, "pose": {"joints": pose}}]}


def bodies_row(posemap, body, folder):
    pose = mediapipe.solutions.pose.Pose(static_image_mode=True, model_complexity=1, min_detection_confidence=0.5)
    distances, missed, offsets = [], 0, []
    cases = [(character, *case) for character in BODIES[body] for case in CASES]
    for number, (character, name, view) in enumerate(cases):
        angle, elevation = CAMERAS[view]
        camera = {"frame": "all", "angle": angle, "elevation": elevation, "margin": 0.12, "focalLength": 60}
        image, person = render(posemap, folder / body, f"pose{number}", scene(character, POSES[name], camera))
        seen = pose.process(image).pose_landmarks
        if seen is None:
            missed += 1
            print(f"{body:8}{name:14}{view:15} not found")
            continue
        theirs = np.array([(p.x * 640, p.y * 640) for p in seen.landmark])[THEIRS]
        ours = points(person, "body_18")[OURS]
        there = ours[:, 2] > 0
        gap = ((theirs - ours[:, :2]) / height(person))[there]
        # Seen from straight behind, left and right are anyone's guess: the nearer reading counts.
        if view == "back":
            swapped = ((theirs[[6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5]] - ours[:, :2]) / height(person))[there]
            gap = min(gap, swapped, key=lambda g: np.linalg.norm(g, axis=1).mean())
        distance = np.linalg.norm(gap, axis=1).mean()
        distances.append(distance)
        if there.all():
            offsets.append(np.linalg.norm(gap, axis=1))
        print(f"{body:8}{name:14}{view:15}{distance * 100:6.1f} %")
    share = 1 - missed / len(cases)
    by_joint = np.mean(offsets, 0).reshape(2, 6).mean(0) * 100
    print("by joint (shoulder elbow wrist hip knee ankle), %: " + " ".join(f"{v:.1f}" for v in by_joint))
    mean = round(float(np.mean(distances)) * 100, 1)
    return Row(f"pose found, {body}", len(cases), 12 * len(distances), missed, mean if share >= 0.9 else 100, 5,
               f"found in {share:.0%}, at least 90 %; largest: mean distance in % of the height")


def height(person):
    """The stature in pixels where the person is: a leg from hip to ankle is 0.48 of it, whatever the pose."""
    p = np.array(person["body_18"]).reshape(-1, 4)
    space = np.column_stack([(p[:, :2] - 320) * p[:, 2:3] / FOCAL, p[:, 2]])

    def length(*joints):
        return sum(np.linalg.norm(space[a] - space[b]) for a, b in zip(joints, joints[1:]))
    return length(8, 9, 10) / 0.48 * FOCAL / p[:, 2].mean()


# Pixels at one metre: 60 mm on a square picture of 640 pixels with 43.27 mm of film across the diagonal.
FOCAL = 60 / 43.27 * 640 * 2 ** 0.5


def hands_row(posemap, body, folder):
    finder = mediapipe.solutions.hands.Hands(static_image_mode=True, max_num_hands=1, min_detection_confidence=0.4)
    distances, missed, cases = [], 0, 0
    for character in BODIES[body]:
        for name, joints in HANDS.items():
            for view, offset in (("above", (0, 0.75, 0.1)), ("in front", (0.05, 0.25, 0.75)), ("below", (0, -0.72, 0.2))):
                cases += 1
                fingers = {key.format("right"): value for key, value in joints.items()}
                tall = 1.63 if character.get("body") == "female" or character.get("phenotype", {}).get("gender") == "female" else 1.76
                hand = np.array([-0.46 * tall, 0.815 * tall, 0.01 * tall])
                camera = {"position": [round(float(v), 3) for v in hand + offset], "target": [round(float(v), 3) for v in hand], "fovY": 26}
                image, person = render(posemap, folder / body, f"hand{cases}", scene(character, fingers, camera))
                seen = finder.process(image).multi_hand_landmarks
                if not seen:
                    missed += 1
                    print(f"{body:8}hand {name:9}{view:15} not found")
                    continue
                theirs = np.array([(p.x * 640, p.y * 640) for p in seen[0].landmark])
                ours = points(person, "hand_right_21")[:, :2]
                size = max(np.linalg.norm(ours[12] - ours[0]), np.linalg.norm(ours[5] - ours[17]) * 2)
                distance = np.linalg.norm(theirs - ours, axis=1).mean() / size
                distances.append(distance)
                print(f"{body:8}hand {name:9}{view:15}{distance * 100:6.1f} %")
    mean = round(float(np.mean(distances)) * 100, 1) if distances else 100
    return Row(f"hand found, {body}", cases, 21 * len(distances), missed, mean if missed <= cases * 0.25 else 100, 8,
               "largest: mean distance in % of the hand")


def faces_row(posemap, body, folder):
    finder = mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=True, min_detection_confidence=0.5)
    distances, missed, cases = [], 0, 0
    for character in BODIES[body]:
        tall = 1.63 if character.get("body") == "female" or character.get("phenotype", {}).get("gender") == "female" else 1.76
        for angle in (-25, 0, 20):
            cases += 1
            camera = {"position": [0, round(0.925 * tall, 3), 1.5], "target": [0, round(0.925 * tall, 3), 0], "fovY": 14}
            image, person = render(posemap, folder / body, f"face{cases}", scene(character, {}, camera, yaw=angle))
            seen = finder.process(image).multi_face_landmarks
            if not seen:
                missed += 1
                print(f"{body:8}face {angle:4}° not found")
                continue
            theirs = np.array([(p.x * 640, p.y * 640) for p in seen[0].landmark])[FACE]
            ours = points(person, "face_70")
            gap = np.linalg.norm(theirs - ours[:68, :2], axis=1) / np.linalg.norm(ours[36, :2] - ours[45, :2])
            groups = {"jaw": slice(0, 17), "brows": slice(17, 27), "nose": slice(27, 36), "eyes": slice(36, 48), "mouth": slice(48, 68)}
            print(f"{body:8}face {angle:4}° " + " ".join(f"{name} {gap[part].mean() * 100:.0f}" for name, part in groups.items())
                  + " % of the outer corners' distance")
            distances.append(gap[17:].mean())
    mean = round(float(np.mean(distances)) * 100, 1) if distances else 100
    return Row(f"face found, {body}", cases, 51 * len(distances), missed, mean if missed == 0 else 100, 12,
               "largest: mean distance of brows, nose, eyes, mouth in % of the eyes' outer corners")


# mediapipe's points for 300-W's 0 to 67.
FACE = [162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389,
        71, 63, 105, 66, 107, 336, 296, 334, 293, 301, 168, 197, 5, 4, 75, 97, 2, 326, 305,
        33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380,
        61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--body", action="append", choices=BODIES)
    parser.add_argument("--keep", help="leave pictures in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        found = rows(options.posemap, options.body or ["human"], Path(options.keep or temporary))
    print_table(found)
    sys.exit(any(row.fault for row in found))


if __name__ == "__main__":
    main()
