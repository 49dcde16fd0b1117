"""Compare SCAIL's cylinders with a numpy renderer that marches rays through distances, like SCAIL's own."""
import json
import subprocess

import numpy as np
from PIL import Image

from oracle import LIMBS
from report import Row

COLORS = [(255, 0, 0), (0, 255, 255), (255, 85, 0), (255, 170, 0), (0, 170, 255), (0, 85, 255), (180, 255, 0), (0, 255, 0),
           (0, 255, 85), (0, 0, 255), (85, 0, 255), (170, 0, 255), (150, 150, 150), (255, 0, 170), (50, 0, 255), (255, 0, 170),
           (50, 0, 255)]
# The first and the second of two people (render_multi_nlf_as_images in SCAIL-Pose's NLFPoseExtract/nlf_render.py).
PALE = [(255, 150, 150), (180, 230, 240), (255, 180, 140), (255, 215, 150), (160, 200, 255), (100, 120, 255), (200, 255, 100),
        (100, 255, 100), (140, 255, 180), (120, 140, 255), (180, 90, 255), (190, 120, 255), (210, 210, 210), (255, 120, 200),
        (130, 80, 255), (255, 120, 200), (130, 80, 255)]
SATURATED = [(255, 20, 20), (0, 230, 255), (255, 60, 0), (255, 110, 0), (0, 130, 255), (0, 70, 255), (160, 255, 40),
             (0, 255, 50), (0, 255, 100), (0, 0, 255), (80, 0, 255), (160, 0, 255), (130, 130, 130), (255, 0, 150),
             (60, 0, 255), (255, 0, 150), (60, 0, 255)]
RADIUS = 21.5
SCENES = {"one person": [("Examples/dancer/scene", "256x256"), ("Tools/pictures/low.scene", "256x256")],
          "two people": [("Examples/window/scene", "208x304"), ("Examples/pairs/hug.scene", "156x228")],
          "three people": [("Examples/table/scene", "336x192")]}


def rows(repository, posemap, folder):
    result = []
    for count, scenes in SCENES.items():
        scenes = [(repository / f"{name}.json", size) for name, size in scenes]
        if count == "two people":
            scenes.append((from_behind(repository / "Examples/pairs/handshake.scene.json", folder), "156x228"))
        pictures = [picture for index, (scene, size) in enumerate(scenes)
                    for picture in drawn(posemap, scene, folder / count / str(index), size)]
        levels = np.concatenate([differences(*picture) for picture in pictures])
        result.append(Row(f"openpose scail, {count}", len(pictures), len(levels), int((levels > 0).sum()),
                          int(levels.max()), 1))
    return result


def from_behind(scene, folder):
    """Return the same scene with the leftmost person last in the file and by name."""
    document = json.loads(scene.read_text())
    document["camera"]["angle"] += 180
    folder.mkdir(parents=True, exist_ok=True)
    (folder / scene.name).write_text(json.dumps(document))
    return folder / scene.name


def drawn(posemap, scene, folder, size):
    """Yield picture, people, palettes and manifest for all characters in one picture, then for each alone."""
    arguments = [posemap, "render", scene, "-q", "--maps", "openpose", "--openpose", "scail", "--openpose-parts", "body",
                 "--size", size, "-o"]
    subprocess.run([*arguments, folder / "together", "--together"], check=True)
    subprocess.run([*arguments, folder / "alone"], check=True)
    manifest = json.loads((folder / "alone/manifest.json").read_text())
    every = json.loads((folder / "together/all/keypoints.json").read_text())["people"]
    # SCAIL orders people by its tracker, posemap from left to right.
    every.sort(key=lambda person: person["body_18"][8 * 4] + person["body_18"][11 * 4])
    for out in [folder / "together/all"] + [folder / "alone" / person["character"] for person in every]:
        people = json.loads((out / "keypoints.json").read_text())["people"]
        colors = [COLORS] if len(people) == 1 else [PALE, SATURATED] * len(people)
        # A person alone in a picture is SCAIL's single person.
        palettes = {person["character"]: palette for person, palette in zip(people if len(people) == 1 else every, colors)}
        yield np.array(Image.open(out / "openpose.png")).astype(int), people, palettes, manifest


def differences(actual, people, palettes, manifest):
    """Return the differences between pixels that are lit in either picture."""
    expected, decided = march(*limbs(people, palettes, manifest), manifest)
    lit = (actual.max(-1) > 0) | (expected.max(-1) > 0)
    return np.abs(actual - expected).max(-1)[lit & decided]


def limbs(people, palettes, manifest):
    """Starts, ends (millimeters, x right, y down, z ahead) and colors of the limbs that are there."""
    width, height = manifest["canvas"]["width"], manifest["canvas"]["height"]
    tangent = np.tan(np.radians(manifest["camera"]["fovY"]) / 2)
    there = []
    for person in people:
        points = np.array(person["body_18"]).reshape(-1, 4)
        x = (points[:, 0] / width * 2 - 1) * tangent * width / height
        y = (points[:, 1] / height * 2 - 1) * tangent
        space = np.stack([x, y, np.ones(18)], -1) * points[:, 2:3] * 1000
        there += [(space[a], space[b], c) for (a, b), c in zip(LIMBS, palettes[person["character"]])
                  if points[a, 2] > 0 and points[b, 2] > 0]
    starts, ends, colors = (np.array(column) for column in zip(*there))
    return starts, ends, colors / 300 + 0.15


def march(starts, ends, colors, manifest):
    """Return the picture, and the pixels that do not depend on rounding."""
    width, height = manifest["canvas"]["width"], manifest["canvas"]["height"]
    tangent = np.tan(np.radians(manifest["camera"]["fovY"]) / 2)
    row, column = np.mgrid[0:height, 0:width]
    ray = np.stack([(column / width * 2 - 1) * tangent * width / height, (row / height * 2 - 1) * tangent,
                    np.ones((height, width))], -1).reshape(-1, 3)
    ray /= np.linalg.norm(ray, axis=1, keepdims=True)
    run = ends - starts
    length = (run ** 2).sum(1)

    def nearest(p):
        along = np.clip(((p[:, None] - starts) * run).sum(-1) / length, 0, 1)
        axis = starts + along[..., None] * run
        distance = np.linalg.norm(p[:, None] - axis, axis=-1) - RADIUS
        best = distance.argmin(1)
        every = np.arange(len(p))
        return distance[every, best], best, axis[every, best], np.partition(distance, 1)[:, 1]

    travelled, alive, image = np.full(len(ray), 0.1), np.arange(len(ray)), np.zeros((len(ray), 3))
    decided = np.ones(len(ray), bool)
    # The range of all people in the picture, not of each.
    ends_z = np.concatenate([starts[:, 2], ends[:, 2]])
    near, far = max(ends_z.min(), 0.1), min(ends_z.max() + 6000, 20000)
    for _ in range(300):
        p = ray[alive] * travelled[alive, None]
        distance, best, axis, second = nearest(p)
        arrived = distance < 1e-3
        n = (p - axis)[arrived]
        n /= np.linalg.norm(n, axis=1, keepdims=True)
        half = np.array([0, 0, -1]) - ray[alive][arrived]
        half /= np.linalg.norm(half, axis=1, keepdims=True)
        gloss = 0.5 * np.maximum((n * half).sum(1), 0) ** 32
        depth = np.clip(1 - (p[arrived, 2] - near) / (far - 0.1), 0, 1)
        diffuse = 0.3 + 0.7 * np.maximum(-n[:, 2], 0)
        image[alive[arrived]] = (colors[best[arrived]] * diffuse[:, None] + gloss[:, None]) * depth[:, None]
        # Limbs are equally near around a joint that they share, and a grazing ray can hit or miss.
        decided[alive[arrived]] = (second - distance > 1e-3)[arrived] & ((n * ray[alive][arrived]).sum(1) < -0.01)
        travelled[alive] += np.maximum(distance, 1e-4)
        alive = alive[~arrived & (travelled[alive] < 10000)]
    decided[alive] = False
    return (np.clip(image, 0, 1) * 255).astype(int).reshape(height, width, 3), decided.reshape(height, width)
