"""Poses files from other programs with the command and measures them: the positions of joints and skin, through
`posemap glb` and `inspect`."""
import json
import subprocess

import numpy as np

import bvh
from gltf import Document

# Every limb is bent by a different amount, so that no two mix-ups look alike.
PROBE = {"joints": {
    "spine": {"flexion": 10}, "head": {"rotation": 20}, "leftUpperArm": {"abduction": 0}, "rightUpperArm": {"abduction": 40, "flexion": 30},
    "leftLowerArm": {"flexion": 30}, "rightLowerArm": {"flexion": 60}, "leftUpperLeg": {"flexion": 35}, "leftLowerLeg": {"flexion": 50},
    "rightUpperLeg": {"abduction": 15}}}
# The ends of everything that has a direction in a pose.
BONES = {"trunk": ("hips", "neck"), "shoulders": ("rightUpperArm", "leftUpperArm"), "pelvis": ("rightUpperLeg", "leftUpperLeg")} | {
    f"{side} {bone}": (side + start, side + end) for side in ("left", "right") for bone, start, end in (
        ("upper arm", "UpperArm", "LowerArm"), ("forearm", "LowerArm", "Hand"), ("thigh", "UpperLeg", "LowerLeg"), ("shin", "LowerLeg", "Foot"))}


class Posing:
    """Runs the command in its own folder."""

    def __init__(self, posemap, folder):
        self.posemap, self.folder = str(posemap), folder
        folder.mkdir(parents=True, exist_ok=True)

    def run(self, *arguments):
        """Return (exit status, all output)."""
        done = subprocess.run([self.posemap, *map(str, arguments)], capture_output=True, text=True, errors="replace", timeout=120)
        return done.returncode, done.stdout + done.stderr

    def inspect(self, path, *more):
        status, said = self.run("inspect", "--json", path, *more)
        if status:
            raise Refusal(said.strip())
        return json.loads(said)

    def scene(self, character, **more):
        path = self.folder / "scene.json"
        path.write_text(json.dumps({"canvas": [512, 768], "characters": [{"id": "one", "ground": False, **character}], **more}))
        return path

    def posed(self, character):
        """A written character: joints by name, and the vertices of its skin."""
        out = self.folder / "posed.glb"
        out.unlink(missing_ok=True)
        status, said = self.run("glb", self.scene(character), "-o", out)
        if status:
            raise Refusal(said.strip())
        document = Document(out)
        worlds = document.worlds()
        names = [node.get("name") for node in document.nodes]
        joints = {name: worlds[index][:3, 3] for index, name in enumerate(names)}
        return joints, document.vertices(worlds, {})

    def model(self, path, pose=None, **more):
        return self.posed({"model": str(path), "pose": PROBE if pose is None else pose, **more})

    def motion(self, path, time=0.0, clip=None, bones=None, body="female"):
        """Return the joints of a mannequin that moves according to a file."""
        pose = {"file": str(path), "time": time} | ({"clip": clip} if clip else {}) | ({"bones": str(bones)} if bones else {})
        return self.posed({"body": body, "pose": pose})[0]

    def keypoints(self, character, layout, camera=None):
        """Return the character's points as [x, y, distance, visibility], and the manifest's camera."""
        out = self.folder / "render"
        status, said = self.run("render", self.scene(character, **({"camera": camera} if camera else {})), "-o", out, "--maps", "openpose", "-q")
        if status:
            raise Refusal(said.strip())
        person = json.loads((out / "one/keypoints.json").read_text())["people"][0]
        return np.array(person[layout]).reshape(-1, 4)

    def mask(self, path):
        """Return a model's mask as it stands."""
        import cv2
        out = self.folder / "render"
        status, said = self.run("render", self.scene({"model": str(path)}, camera=FRONT), "-o", out, "--maps", "mask", "-q")
        if status:
            raise Refusal(said.strip())
        return cv2.imread(str(out / "one/mask.png"), cv2.IMREAD_GRAYSCALE) > 127

    def white(self, path):
        """Return the white pixels of a model's mask as it stands."""
        return int(self.mask(path).sum())


FRONT = {"position": [0, 0.9, 4], "target": [0, 0.9, 0], "focalLength": 50}
# In pixels: 36 mm of film span the longer side.
FOCAL = 50 / 36 * 768


class Refusal(Exception):
    """A file that the command rejected, with its message."""


def directions(joints):
    """Return the direction of each bone."""
    return {bone: way / np.linalg.norm(way) for bone, (start, end) in BONES.items() for way in [np.array(joints[end]) - joints[start]]}


def turned(found, right):
    """Return (degrees, bone) for the bone that deviates most from its expected direction."""
    return max((np.degrees(np.arccos(np.clip(found[bone] @ right[bone], -1, 1))), bone) for bone in right)


def upright(joints, up="Y"):
    """Return a file's joints rotated to stand along +Y."""
    return {name: np.array([p[0], p[2], -p[1]]) for name, p in joints.items()} if up == "Z" else joints


def by_joint(places, names):
    """Return positions by the file's own names → by joint, as far as the file has them."""
    return {joint: places[name] for joint, name in names.items() if name in places}


def bvh_joints(path, frame, names, up="Y"):
    return upright(by_joint(bvh.joints(path.read_text(), frame), names), up)


def gltf_joints(path, clip, time, names):
    document = Document(path)
    moving = document.clip(clip) if clip is not None else None
    if moving:
        moving["channels"] = [channel for channel in moving["channels"] if document.json["accessors"][moving["samplers"][channel["sampler"]]["input"]]["count"]]
    worlds = document.worlds(moving, time)
    return by_joint({node.get("name", ""): worlds[index][:3, 3] for index, node in enumerate(document.nodes)}, names)


def farthest(one, other):
    """Return the largest distance, in millimeters, of a vertex of either surface from the other surface's vertices."""
    away = np.linalg.norm(one[:, None] - other[None], axis=2)
    return 1000 * max(away.min(0).max(), away.min(1).max())
