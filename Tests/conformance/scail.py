"""SCAIL's cylinders against a renderer that marches rays through distances, as SCAIL's own does, in numpy."""
import json
import subprocess

import cv2
import numpy as np
from PIL import Image

from oracle import LIMBS
from report import Row

COLOURS = [(255, 0, 0), (0, 255, 255), (255, 85, 0), (255, 170, 0), (0, 170, 255), (0, 85, 255), (180, 255, 0), (0, 255, 0),
           (0, 255, 85), (0, 0, 255), (85, 0, 255), (170, 0, 255), (150, 150, 150), (255, 0, 170), (50, 0, 255), (255, 0, 170),
           (50, 0, 255)]
RADIUS = 21.5


def rows(repository, posemap, folder):
    largest = differing = compared = count = 0
    for scene, size in (("window", "208x304"), ("dancer", "256x256"), ("table", "336x192")):
        out = folder / scene
        subprocess.run([posemap, "render", repository / f"Examples/{scene}/scene.json", "-q", "-o", out, "--maps", "openpose",
                        "--openpose", "scail", "--openpose-parts", "body", "--size", size], check=True)
        manifest = json.loads((out / "manifest.json").read_text())
        for character in manifest["characters"]:
            document = json.loads((out / character["id"] / "keypoints.json").read_text())
            expected = march(limbs(document, manifest["camera"]), manifest)
            actual = np.array(Image.open(out / character["id"] / "openpose.png")).astype(int)
            lit = (expected.max(-1) > 0).astype(np.uint8)
            # Where cylinders end or meet, a ray's last micrometre decides.
            inner = (cv2.erode(lit, np.ones((3, 3), np.uint8)) > 0) & ~seams(expected)
            distance = np.abs(actual - expected).max(-1)[inner]
            count, compared = count + 1, compared + inner.sum()
            differing, largest = differing + (distance > 0).sum(), max(largest, distance.max())
    return [Row("openpose scail, marched", count, int(compared), int(differing), int(largest), 2)]


def limbs(document, camera):
    """Starts, ends (millimetres, x right, y down, z ahead) and colours of the limbs that are there."""
    width, height = document["canvas_width"], document["canvas_height"]
    tangent = np.tan(np.radians(camera["fovY"]) / 2)
    points = np.array(document["people"][0]["body_18"]).reshape(-1, 4)
    x = (points[:, 0] / width * 2 - 1) * tangent * width / height
    y = (points[:, 1] / height * 2 - 1) * tangent
    space = np.stack([x, y, np.ones(18)], -1) * points[:, 2:3] * 1000
    there = [(a, b, c) for (a, b), c in zip(LIMBS, COLOURS) if points[a, 2] > 0 and points[b, 2] > 0]
    starts, ends, colours = (np.array(column) for column in zip(*[(space[a], space[b], c) for a, b, c in there]))
    return starts, ends, colours / 300 + 0.15


def march(parts, manifest):
    starts, ends, colours = parts
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
        return distance[every, best], best, axis[every, best]

    travelled, alive, image = np.full(len(ray), 0.1), np.arange(len(ray)), np.zeros((len(ray), 3))
    ends_z = np.concatenate([starts[:, 2], ends[:, 2]])
    near, far = max(ends_z.min(), 0.1), min(ends_z.max() + 6000, 20000)
    for _ in range(300):
        p = ray[alive] * travelled[alive, None]
        distance, best, axis = nearest(p)
        arrived = distance < 1e-3
        n = (p - axis)[arrived]
        n /= np.linalg.norm(n, axis=1, keepdims=True)
        half = np.array([0, 0, -1]) - ray[alive][arrived]
        half /= np.linalg.norm(half, axis=1, keepdims=True)
        gloss = 0.5 * np.maximum((n * half).sum(1), 0) ** 32
        depth = np.clip(1 - (p[arrived, 2] - near) / (far - 0.1), 0, 1)
        diffuse = 0.3 + 0.7 * np.maximum(-n[:, 2], 0)
        image[alive[arrived]] = (colours[best[arrived]] * diffuse[:, None] + gloss[:, None]) * depth[:, None]
        travelled[alive] += np.maximum(distance, 1e-4)
        alive = alive[~arrived & (travelled[alive] < 10000)]
    return (np.clip(image, 0, 1) * 255).astype(int).reshape(height, width, 3)


def seams(image):
    """Pixels whose neighbourhood holds more than one limb's hue."""
    hue = cv2.cvtColor(image.astype(np.uint8), cv2.COLOR_RGB2HSV)[..., 0]
    ring = np.ones((3, 3), np.uint8)
    return cv2.dilate(hue, ring).astype(int) - cv2.erode(hue, ring) > 6
