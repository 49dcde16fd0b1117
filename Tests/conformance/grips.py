"""Check hands around props: how deep skin is inside them, and which fingers touch, computed in numpy from the exported
triangles.

Every grip of the library, in hands of mannequins and the human, and things that two hands hold. A point is inside a closed part
of a thing if a ray from it leaves the part once more than it enters it; how far it is from the surface is the least distance to a
triangle. None of that is our code.
"""
import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import raycast
from report import Row

DEEPEST = 1.0  # The allowed depth of skin inside a prop, in millimeters.
TOUCHES = 2.0  # The distance within which a finger counts as touching, in millimeters.
OVER = 4.0  # Millimeters between vertices within which a thumb lies on fingers: their skin's mesh is about as wide.
FINGERS = ("thumb", "index", "middle", "ring", "little")
BODIES = {"female": {"body": "female"}, "male": {"body": "male"}, "human": {"body": "human"},
          "small": {"body": "female", "proportions": {"height": 1.5, "build": 0.9}}}
# Printed, but not counted: 3 mm of a sharply bent wrist are in the staff.
KNOWN = {"human-both-staff"}
# Arms in front of the body, so that no prop is in anyone's way.
ARMS = {f"{side}{joint}": angles for side in ("left", "right") for joint, angles in (
    ("UpperArm", {"flexion": 35, "abduction": 20}), ("LowerArm", {"flexion": 70}))}
# Props that both hands of one person hold.
PAIRS = [("longsword", "grip", "grip2"), ("steering-wheel", "rightGrip", "leftGrip"), ("tray", "rightGrip", "leftGrip"),
         ("axe", "grip", "upperGrip"), ("rifle", "grip", "foregrip"), ("staff", "lowerGrip", "grip"), ("spear", "lowerGrip", "grip"),
         ("bow", "string", "grip")]


def grips(repository):
    """Return the prop and point of every grip in the library, with the hands that it is for."""
    for path in sorted((repository / "Rigs/props").glob("*.prop.json")):
        for place, value in json.loads(path.read_text()).get("places", {}).items():
            sides = [side for side in ("left", "right") if place.lower().startswith(side)] or ["left", "right"]
            name = path.name.split(".")[0]
            if "axis" in value:
                yield name, place, value.get("as", "hammer"), sides


def scenes(repository, bodies):
    """Return (name, scene, [(side, kind)]) for each case."""
    def scene(body, props, hold):
        return {"canvas": [256, 256], "props": props,
                "characters": [{"id": "ana", **BODIES[body], "pose": {"base": "stand", "joints": ARMS}, "hold": hold}]}
    for number, body in enumerate(bodies):
        for count, (name, place, kind, sides) in enumerate(grips(repository)):
            # One body has every prop in both hands; the others in one hand each, the fourth body
            # only every third prop.
            if number == 3 and count % 3:
                continue
            for side in sides if number == 0 else [sides[(count + number) % len(sides)]]:
                hold = {f"{side}Hand": f"props.it.{place}"}
                yield f"{body}-{side}-{name}-{place}", scene(body, [{"id": "it", "shape": name}], hold), [(side, kind)]
        for name, right, left in PAIRS:
            hold = {"rightHand": f"props.it.{right}", "leftHand": f"props.it.{left}"}
            yield f"{body}-both-{name}", scene(body, [{"id": "it", "shape": name}], hold), [("right", "hammer"), ("left", "hammer")]


def rows(repository, tool, folder, bodies, every=1):
    """Return a row for the deepest skin, and one for fingers that do not touch."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = list(scenes(repository, [body for body in BODIES if body in bodies or body == "small"]))[::every]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda case: measure([tool], folder, *case), cases))
    counted = [result for (name, *_), result in zip(cases, results) if name not in KNOWN]
    deepest = [depth for result in counted for depth, _, _ in result]
    missing = [short for result in counted for _, short, _ in result]
    for (name, *_), result in zip(cases, results):
        for depth, short, text in result:
            if depth > DEEPEST or short:
                print(f"grip {name}: {depth:.2f} mm inside; {text}")
    return [Row("grips, skin inside", len(deepest), len(deepest), sum(depth > DEEPEST for depth in deepest), max(deepest), DEEPEST, "millimeters"),
            Row("grips, fingers off", len(missing), len(missing), sum(short > 0 for short in missing), max(missing), 0, "of thumb and two fingers")]


def measure(tool, folder, name, scene, hands):
    """Return, for each hand, the deepest skin in millimeters, the number of required fingers that are off, and the
    distances as text."""
    path = folder / f"{name}.scene.json"
    path.write_text(json.dumps(scene))
    try:
        subprocess.run([*tool, "mesh", path, path.with_suffix(".obj")], check=True, stderr=subprocess.PIPE)
    except subprocess.CalledProcessError:
        return [(0.0, 3, "refused")]
    subprocess.run([*tool, "hands", path, path.with_suffix(".hands")], check=True)
    vertices = json.loads(path.with_suffix(".hands").read_text())["ana"]
    objects = raycast.read_obj(path.with_suffix(".obj"))
    path.with_suffix(".obj").unlink()
    skin = objects["ana"][0]
    thing = Thing(*[mesh for key, mesh in objects.items() if ".held." in key][0])
    results = []
    for side, kind in hands:
        parts = {part: skin[vertices[f"{side} {part}"]] for part in (*FINGERS, "palm")}
        near = {part: thing.signed(points) for part, points in parts.items()}
        gaps = {part: max(0, near[part].min()) * 1000 for part in FINGERS}
        # A fist around a thin rod has its thumb on the fingers.
        locked = kind == "hammer" and apart(parts["thumb"], np.concatenate([parts["index"], parts["middle"]])) <= OVER
        touching = [gaps[finger] <= TOUCHES for finger in FINGERS]
        short = max(0, 3 - sum(touching)) if kind == "tray" else int(not (touching[0] or locked)) + max(0, 2 - sum(touching[1:]))
        depth = max(0, -min(values.min() for values in near.values())) * 1000
        results.append((depth, short, ", ".join(f"{finger} {gap:.1f}" for finger, gap in gaps.items())))
    return results


def apart(points, others):
    """Return the smallest distance between two sets of points, in millimeters."""
    return np.sqrt(((points[:, None] - others[None]) ** 2).sum(-1).min()) * 1000


class Thing:
    """Separate closed parts: a point is inside the prop if it is inside one of them."""

    def __init__(self, positions, _, triangles):
        # Coincident corners are merged; corners connected by triangles form a part.
        _, place = np.unique(np.round(positions, 7), axis=0, return_inverse=True)
        corners = place.reshape(-1)[triangles]
        label = np.arange(corners.max() + 1)
        while True:
            least = label[corners].min(1)
            before = label.copy()
            for corner in range(3):
                np.minimum.at(label, corners[:, corner], least)
            label = label[label]
            if (label == before).all():
                break
        owner = label[corners[:, 0]]
        self.parts = [positions[triangles[owner == part]] for part in np.unique(owner)]

    def signed(self, points):
        """Return each point's distance from the nearest surface in meters, negative inside; accurate only near the
        prop."""
        least = np.full(len(points), np.inf)
        for part in self.parts:
            low, high = part.reshape(-1, 3).min(0), part.reshape(-1, 3).max(0)
            close = ((points > low - 0.004) & (points < high + 0.004)).all(-1)
            if not close.any():
                continue
            near = points[close]
            # Nothing is deeper than a fist; triangles farther away are not the nearest of any
            # point.
            margin = 0.03
            around = ((part.max(1) > near.min(0) - margin) & (part.min(1) < near.max(0) + margin)).all(-1)
            distance = nearest(near, part[around]) if around.any() else np.full(len(near), margin)
            inside = winding(near, part) > 0.5
            least[close] = np.minimum(least[close], np.where(inside, -distance, distance))
        return np.where(np.isfinite(least), least, 0.01)


# Any direction works that no edge of a prop is parallel to.
WAY = np.linalg.qr(np.array([[0.31, 0.74, -0.52], [-0.66, 0.23, 0.61], [0.48, -0.39, 0.83]]))[0]


def winding(points, triangles, chunk=64):
    """Return how often a closed surface encloses each point: the difference between exits and entries along a ray."""
    points, corners = points @ WAY, triangles @ WAY
    low, high = corners.min(1), corners.max(1)
    turns = np.zeros(len(points))
    for start in range(0, len(points), chunk):
        p = points[start:start + chunk]
        crossed = ((p[:, None, :2] >= low[None, :, :2]) & (p[:, None, :2] <= high[None, :, :2])).all(-1) & (p[:, None, 2] <= high[None, :, 2])
        which, face = np.nonzero(crossed)
        a, b, c = (corners[face, corner] - p[which] for corner in range(3))
        shares = np.stack([cross(b, c), cross(c, a), cross(a, b)], -1)
        area = shares.sum(-1)
        hit = (area != 0) & ((shares * np.sign(area)[:, None]) >= 0).all(-1)
        height = (shares * np.stack([a[:, 2], b[:, 2], c[:, 2]], -1)).sum(-1) / np.where(area == 0, 1, area)
        np.add.at(turns, start + which, np.where(hit & (height > 0), np.sign(area), 0))
    return turns


def cross(a, b):
    """Return twice the area between vectors, projected along the ray."""
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def nearest(points, triangles, chunk=200):
    """Return the distance of each point from the nearest triangle."""
    a, b, c = triangles[:, 0], triangles[:, 1], triangles[:, 2]
    normal = np.cross(b - a, c - a)
    area = np.maximum((normal * normal).sum(-1), 1e-30)
    found = []
    for start in range(0, len(points), chunk):
        p = points[start:start + chunk, None]
        least = np.minimum(np.minimum(segment(p, a, b), segment(p, b, c)), segment(p, c, a))
        over = np.ones(least.shape, bool)
        for one, other in ((a, b), (b, c), (c, a)):
            over &= (np.cross(other - one, p - one) * normal).sum(-1) >= 0
        height = np.abs(((p - a) * normal).sum(-1)) / np.sqrt(area)
        found.append(np.where(over, height, least).min(-1))
    return np.concatenate(found)


def segment(p, a, b):
    """Return the distance of points from segments."""
    way = b - a
    share = np.clip(((p - a) * way).sum(-1) / np.maximum((way * way).sum(-1), 1e-30), 0, 1)
    return np.linalg.norm(p - a - share[..., None] * way, axis=-1)
