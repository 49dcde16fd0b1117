"""Light and shadow against physics: Lambert's cosine, the inverse square, and where rays are stopped, each from the scene's numbers alone.

A ball, a box and a floor are simple enough to intersect with rays by hand, here with NumPy. What is expected of a pixel is the light at
its center; light in the file is linear, so levels are taken back through sRGB's curve (IEC 61966-2-1).
"""
import json
import subprocess

import cv2
import numpy as np

from raycast import picture, toward_eye, trimesh
from report import Row

CANVAS = [512, 512]
CAMERA = {"position": [0.4, 2.2, 4], "target": [0, 0.35, 0], "fovY": 36}
# A figure has to be there: far to the side, and away from all that is looked at.
PERSON = {"id": "her", "body": "female", "position": [-1.9, 0, -2.6]}
BALL, BALL_AT = 0.4, np.array([0, 0.7, 0])
BOX = np.array([0.5, 0.6, 0.3])
FLOOR = {"id": "floor", "shape": "plane", "size": [12, 12], "class": "floor"}
# A pixel of the ball's mesh lies so far from a true ball's, in levels.
ROUND = 2
ROWS = {
    "light on a ball": (ROUND, "levels from Lambert's cosine"),
    "light falls off": (1, "levels from the inverse square"),
    "light adds up": (1, "levels from twice the strength"),
    "shadow of a box": (1, "pixels from where rays are stopped"),
    "shadow of a lamp": (1, "pixels from where rays are stopped"),
    "soft shadow": (15, "percent from the share of the light that is seen"),
    "ambient light by a wall": (6, "percent from the share of the sky that is seen"),
}


def rows(posemap, folder):
    folder.mkdir(parents=True, exist_ok=True)
    made = {"light on a ball": ball, "light falls off": lamp, "light adds up": strength, "shadow of a box": shadow,
            "shadow of a lamp": lamp_shadow, "soft shadow": soft, "ambient light by a wall": wall}
    return [row(name, *check(Render(posemap, folder / name.replace(" ", "-")))) for name, check in made.items()]


def row(name, distances, cases):
    allowed, note = ROWS[name]
    distances = np.concatenate([distance.ravel() for distance in distances])
    return Row(name, cases, distances.size, int((distances > allowed).sum()), round(float(distances.max()), 2), allowed, note)


class Render:
    """Draws props in some lights, and knows where each pixel looks."""

    def __init__(self, posemap, folder):
        self.posemap, self.folder = posemap, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.count = 0

    def __call__(self, props, lights, camera=CAMERA):
        self.count += 1
        scene, out = self.folder / f"{self.count}.json", self.folder / str(self.count)
        scene.write_text(json.dumps({"canvas": CANVAS, "camera": camera, "characters": [PERSON], "props": props,
                                     "lights": lights, "maps": {"props": ["shaded"]}}))
        subprocess.run([self.posemap, "render", scene, "-q", "-o", out, "--maps", "shaded,mask"], check=True)
        manifest = json.loads((out / "manifest.json").read_text())
        x, y, z, w = manifest["camera"]["quaternion"]
        turn = trimesh.transformations.quaternion_matrix([w, x, y, z])[:3, :3]
        self.ways = -toward_eye(manifest["canvas"], manifest["camera"]) @ turn.T
        self.eye = np.array(manifest["camera"]["position"])
        levels = picture(out, "her", "shaded").astype(float)
        # She and a margin around her are no matter here.
        self.free = cv2.dilate(picture(out, "her", "mask"), np.ones((9, 9), np.uint8)) == 0
        return levels[..., 1]

    def floor(self):
        """Where each pixel's ray meets the floor; not a number where it does not."""
        with np.errstate(divide="ignore"):
            t = -self.eye[1] / self.ways[..., 1]
        points = self.eye + self.ways * t[..., None]
        points[t < 0] = np.nan
        return points


def linear(levels):
    share = levels / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def levels_of(light):
    light = np.clip(light, 0, 1)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def direction(angle, height, render):
    """Toward a light at degrees from the camera, to the right of the picture."""
    heading = np.arctan2(render.eye[0] - CAMERA["target"][0], render.eye[2] - CAMERA["target"][2]) + np.radians(angle)
    height = np.radians(height)
    return np.array([np.sin(heading) * np.cos(height), np.sin(height), np.cos(heading) * np.cos(height)])


def scaled(expected, levels):
    """Expected light times what the surface gives back, which is the one thing unknown: by the brightest tenth."""
    bright = expected > np.quantile(expected, 0.9)
    return expected * np.median(linear(levels)[bright] / expected[bright])


def hits_ball(origins, ways):
    """The distances at which rays enter the ball; not a number for those that miss it."""
    toward = origins - BALL_AT
    b = (ways * toward).sum(-1)
    root = b * b - ((toward * toward).sum(-1) - BALL * BALL)
    with np.errstate(invalid="ignore"):
        return -b - np.sqrt(root)


def stopped(points, toward, low=(-0.25, 0, -0.15), high=(0.25, 0.6, 0.15)):
    """Whether a box stops the way from each point toward a light: a direction, or as far as to a place."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first, last = (np.array(low) - points) / toward, (np.array(high) - points) / toward
    enter, leave = np.fmin(first, last).max(-1), np.fmax(first, last).min(-1)
    return (enter < leave) & (leave > 0) & (enter < 1e9)


def border(mask):
    kernel = np.ones((3, 3), np.uint8)
    return cv2.dilate(mask.astype(np.uint8), kernel) != cv2.erode(mask.astype(np.uint8), kernel)


def apart(ours, theirs, where):
    """For each pixel that only one of two shadows has, how far it lies from the other's edge."""
    wrong, distance, reach, near = (ours ^ theirs) & where, np.zeros(ours.shape), 0, np.zeros_like(ours)
    while (wrong & ~near).any() and reach < 50:
        reach += 1
        kernel = np.ones((2 * reach + 1,) * 2, np.uint8)
        near = (cv2.dilate(theirs.astype(np.uint8), kernel) > 0) & ~(cv2.erode(theirs.astype(np.uint8), kernel) > 0)
        distance[wrong & (distance == 0) & near] = reach
    distance[wrong & ~near] = reach
    return distance[where]


# Far lights are measured hard, so that each is one direction, and alone.
FAR = [(-60, 40), (75, 20), (150, 55), (0, -30)]
BALL_PROP = {"id": "ball", "shape": "sphere", "radius": BALL, "position": [0, 0.3, 0]}
BOX_PROP = {"id": "box", "shape": "box", "size": BOX.tolist(), "position": [0, 0, 0], "class": "box"}


def ball(render):
    distances = []
    for angle, height in FAR:
        lights = {"key": {"angle": angle, "height": height, "size": 0, "strength": 0.9}, "ambient": 0}
        levels = render([BALL_PROP], lights)
        t = hits_ball(render.eye, render.ways)
        normal = (render.eye + render.ways * np.nan_to_num(t)[..., None] - BALL_AT) / BALL
        seen = cv2.erode((t > 0).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        cosine = np.clip(normal @ direction(angle, height, render), 0, None)[seen]
        # In the dark a level is so little light that the ball's facets would tell.
        lit = cosine > 0.08
        distances += [np.abs(levels[seen] - levels_of(scaled(cosine, levels[seen])))[lit], levels[seen][cosine == 0]]
    return distances, len(FAR)


def lamp(render):
    at = np.array([0.3, 0.8, 0.4])
    levels = render([FLOOR], {"lamps": {"lamp": {"at": at.tolist(), "strength": 0.5, "radius": 0}}, "ambient": 0})
    points = render.floor()
    where = render.free & (np.linalg.norm(points - at, axis=-1) < 2)
    away = np.linalg.norm(points - at, axis=-1)[where]
    return [np.abs(levels[where] - levels_of(scaled(at[1] / away**3, levels[where])))], 1


def strength(render):
    key = {"angle": 30, "height": 60, "size": 0}
    one, two = (render([FLOOR], {"key": {**key, "strength": s}, "ambient": 0}) for s in (0.25, 0.5))
    both = render([FLOOR], {"key": {**key, "strength": 0.25}, "fill": {**key, "strength": 0.25}, "ambient": 0})
    where = render.free & np.isfinite(render.floor()[..., 0]) & (np.abs(render.floor()) < 1.5).all(-1)
    return [np.abs(levels_of(2 * linear(one)) - other)[where] for other in (two, both)], 3


def shadow(render):
    distances = []
    for angle, height in ((-60, 40), (80, 25), (40, 65)):
        levels = render([FLOOR, BOX_PROP], {"key": {"angle": angle, "height": height, "size": 0, "strength": 0.9}, "ambient": 0.1})
        points = render.floor()
        toward = np.broadcast_to(direction(angle, height, render), points.shape)
        theirs = stopped(points, toward)
        distances.append(apart(levels < levels_between(levels, theirs, points, render), theirs, on_floor(points, render)))
    return distances, 3


def levels_between(levels, dark, points, render):
    """The level halfway between the floor in full light and in shadow."""
    where = on_floor(points, render)
    return (np.median(levels[where & ~dark]) + np.median(levels[where & dark])) / 2


def on_floor(points, render):
    """The pixels that show the floor near the box, and no box, with a pixel's margin."""
    covered = stopped(np.broadcast_to(render.eye, render.ways.shape), render.ways)
    covered = cv2.dilate(covered.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return render.free & ~covered & (np.abs(np.nan_to_num(points, nan=9)) < 1.4).all(-1)


def lamp_shadow(render):
    at = np.array([-0.6, 1.1, 0.5])
    levels = render([FLOOR, BOX_PROP], {"lamps": {"lamp": {"at": at.tolist(), "strength": 0.6, "radius": 0}}, "ambient": 0.02})
    points = render.floor()
    toward = at - points
    theirs = stopped(points, toward)
    where = on_floor(points, render)
    light = scaled(at[1] / np.linalg.norm(np.nan_to_num(toward, nan=9), axis=-1) ** 3, levels)
    return [apart(linear(levels) < light / 2, theirs, where)], 1


def soft(render):
    size, angle, height = 20, -60, 40
    levels = render([FLOOR, BOX_PROP], {"key": {"angle": angle, "height": height, "size": size, "strength": 0.9}, "ambient": 0})
    points = render.floor()
    middle = direction(angle, height, render)
    right = np.cross([0, 1, 0], middle)
    right /= np.linalg.norm(right)
    up = np.cross(middle, right)
    random = np.random.default_rng(1)
    share, total = np.zeros(CANVAS), 0
    for _ in range(600):
        radius, turn = np.sqrt(random.random()) * np.tan(np.radians(size / 2)), random.random() * 2 * np.pi
        toward = middle + (right * np.cos(turn) + up * np.sin(turn)) * radius
        toward /= np.linalg.norm(toward)
        share += toward[1] * ~stopped(points, np.broadcast_to(toward, points.shape))
        total += toward[1]
    # Within 6 cm of the box, light leaks in: a pixel of the shadow map is half a centimeter here, since she takes part in it.
    beside = (np.maximum(np.abs(points[..., 0]) - 0.25, np.abs(points[..., 2]) - 0.15) < 0.06)
    where = on_floor(points, render) & ~beside
    full = np.median(linear(levels)[where & (share == total)])
    return [100 * np.abs(linear(levels) / full - share / total)[where]], 1


def wall(render):
    # So long and high that its foot sees half of the sky, and a point 1 m before it more by a known share.
    # Of 96 directions a few more or fewer are behind the wall than half of them.
    prop = {"id": "side", "shape": "box", "size": [60, 30, 0.2], "position": [0, 0, -0.1], "class": "box"}
    levels = render([FLOOR, prop], {"ambient": 0.6})
    free = render([FLOOR], {"ambient": 0.6})
    points = render.floor()
    where = render.free & (points[..., 2] > 0.02) & (np.abs(points[..., 0]) < 1) & (points[..., 2] < 1.2)
    # Malley: a wall of infinite length hides the part of the unit disc beyond the chord that its top projects to.
    top = np.arctan2(30, points[..., 2])
    share = (1 + np.cos(top)) / 2
    return [100 * np.abs(linear(levels) / linear(free) - share)[where]], 2
