"""Writes what the floor program and the moderngl program draw: a surface, the matrices of its poses, keypoints, a camera.

usage: floor_file.py POSEMAP SCENE POSES OUT
SCENE is a scene whose characters all have one figure and one clip, a *.clip.json of at least POSES frames; those are its
poses. Matrices come from `posemap glb`, keypoints, camera and depth range from `posemap render`.
"""
import concurrent.futures
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy as np

from glb import Model, local

KEYPOINTS = ["pose", "hand_left", "hand_right", "face"]
POINTS = 18 + 21 + 21 + 70


def main(posemap, scene_path, count, target):
    scene_path, count = pathlib.Path(scene_path), int(count)
    scene = json.loads(scene_path.read_text())
    with tempfile.TemporaryDirectory(dir=scene_path.parent) as folder:
        folder = pathlib.Path(folder)
        models = posed_models(posemap, scene, scene_path.parent, count, folder)
        subprocess.run([posemap, "render", scene_path, "--frames", f"0..{count - 1}", "--maps", "openpose,depth",
                        "-o", folder / "maps", "-q"], check=True)
        manifest = json.loads((folder / "maps/manifest.json").read_text())
        keypoints = [[points(folder / "maps" / one["id"] / f"openpose/{pose:05}.json") for one in scene["characters"]]
                     for pose in range(count)]
    write(target, models, scene, manifest, keypoints)


def posed_models(posemap, scene, home, count, folder):
    """Return the first character's figure in each pose, at the origin."""
    one = {key: value for key, value in scene["characters"][0].items() if key != "position"}
    frames = json.loads((home / one["pose"]).read_text())["frames"]

    def model(number):
        # Beside the scene, since a model's path is relative to it.
        path = home / f"{folder.name}-{number}.json"
        path.write_text(json.dumps({**scene, "characters": [{**one, "pose": frames[number]}]}))
        subprocess.run([posemap, "glb", path, "-o", folder / f"{number}.glb"], check=True, stdout=subprocess.DEVNULL)
        path.unlink()
        found = Model.read(folder / f"{number}.glb")
        (folder / f"{number}.glb").unlink()
        return found

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(model, range(count)))


def points(path):
    """Return the one person's keypoints as shares of the canvas; −1 where they are missing."""
    picture = json.loads(path.read_text())[0]
    person = picture["people"][0]
    values = np.concatenate([np.reshape(person[f"{part}_keypoints_2d"], (-1, 3)) for part in KEYPOINTS])
    shares = values[:, :2] / (picture["canvas_width"], picture["canvas_height"])
    return np.where(values[:, 2:] > 0, shares, -1)


def write(target, models, scene, manifest, keypoints):
    surface, motions = models[0].surface(), np.array([model.motions() for model in models])
    vertices, joints = len(surface["POSITION"]), motions.shape[1]
    camera = manifest["camera"]
    placed = local({"rotation": camera["quaternion"], "translation": camera["position"]})
    ranges = [one["depthRange"] for one in manifest["characters"]]
    head = struct.pack(
        "<5i15f", vertices, len(surface["indices"]) // 3, joints, len(models), len(scene["characters"]),
        *np.linalg.inv(placed)[:3].ravel(), np.tan(np.radians(camera["fovY"]) / 2),
        min(one["near"] for one in ranges), max(one["far"] for one in ranges))
    strongest = surface["JOINTS_0"][np.arange(vertices), surface["WEIGHTS_0"].argmax(axis=1)]
    # Skinning stops at the first weight of 0.
    order = np.argsort(-surface["WEIGHTS_0"], axis=1, kind="stable")
    offsets = [[*one.get("position", (0, 0, 0)), 0] for one in scene["characters"]]
    arrays = [
        four(surface["POSITION"]), np.take_along_axis(surface["WEIGHTS_0"], order, 1).astype("f4"),
        np.take_along_axis(surface["JOINTS_0"], order, 1).astype("u2"), surface["indices"].astype("u4"),
        (strongest + 1).astype("f4"), motions.transpose(0, 1, 3, 2).astype("f4"), np.array(offsets, "f4"),
        np.array(keypoints, "f4")]
    with open(target, "wb") as file:
        file.write(head.ljust(128, b"\0"))
        for array in arrays:
            file.write(array.tobytes() + bytes(-array.nbytes % 16))


class Clip:
    """A floor file that was read."""

    def __init__(self, path):
        self.bytes, self.next = open(path, "rb").read(), 128
        vertices, triangles, joints, poses, characters = struct.unpack_from("<5i", self.bytes)
        numbers = struct.unpack_from("<15f", self.bytes, 20)
        self.camera = np.vstack([np.reshape(numbers[:12], (3, 4)), [0, 0, 0, 1]])
        self.tangent = numbers[12]
        self.positions = self.take("f4", vertices, 4)[:, :3]
        self.weights = self.take("f4", vertices, 4)
        self.influences = self.take("u2", vertices, 4)
        self.corners = self.take("u4", triangles, 3)
        self.take("f4", vertices)
        self.motions = self.take("f4", poses, joints, 4, 4).transpose(0, 1, 3, 2)
        self.offsets = self.take("f4", characters, 4)[:, :3]
        self.keypoints = self.take("f4", poses, characters, POINTS, 2)

    def take(self, kind, *shape):
        values = np.frombuffer(self.bytes, kind, int(np.prod(shape)), self.next)
        self.next += (values.nbytes + 15) // 16 * 16
        return values.reshape(shape)

    def first_pose(self):
        """Return the positions and normals of each vertex."""
        blended = np.einsum("vk,vkij->vij", self.weights, self.motions[0][self.influences])
        positions = np.einsum("vij,vj->vi", blended[:, :3, :3], self.positions) + blended[:, :3, 3]
        a, b, c = (positions[self.corners[:, k]] for k in range(3))
        normals = np.zeros_like(positions)
        for k in range(3):
            np.add.at(normals, self.corners[:, k], np.cross(b - a, c - a))
        return positions, normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def four(positions):
    return np.hstack([positions, np.zeros((len(positions), 1))]).astype("f4")


if __name__ == "__main__":
    main(*sys.argv[1:])
