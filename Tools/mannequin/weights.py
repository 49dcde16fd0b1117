"""Skin weights: each vertex is given to a bone by the field's parts, then the borders are diffused over the surface,
as wide as the limb there is thick."""
from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix, diags, identity
from scipy.sparse.linalg import splu

from body import Mannequin
from names import SKIN, mirrored
from reference import FINGERS, finger_bones

# The distance that a border spreads to either side (standard deviation, meters) on each part of the
# body.
SPREAD = {"trunk": 0.034, "leg": 0.026, "arm": 0.020, "neck": 0.022, "head": 0.014, "foot": 0.015, "hand": 0.009, "finger": 0.0040}


def ramp(value: np.ndarray, low: float, high: float) -> np.ndarray:
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


class Skinner:
    def __init__(self, mannequin: Mannequin, vertices: np.ndarray):
        self.m = mannequin
        self.left = vertices[:, 0] >= 0
        self.p = np.abs(vertices * [1, 0, 0]) + vertices * [0, 1, 1]
        self.w = np.zeros((len(vertices), len(SKIN)))
        self.spread = np.zeros(len(vertices))

    def give(self, where: np.ndarray, joint: str, share: np.ndarray | float = 1.0) -> None:
        share = np.broadcast_to(share, where.shape)
        for side, name in ((self.left, joint), (~self.left, mirrored(joint))):
            chosen = where & side
            self.w[chosen, SKIN.index(name)] += share[chosen]

    def along(self, where: np.ndarray, bone: str, share: np.ndarray) -> None:
        """Return positions along a limb from its swing helper (share 0) to the joint itself (share 1)."""
        share = np.clip(share, 0, 1)
        self.give(where, bone + "Swing", 1 - share)
        self.give(where, bone, share)

    def assign(self) -> None:
        parts = self.m.parts
        groups = {"trunk": ["trunk", "trapezius"], "leg": ["leg"], "arm": ["arm"], "neck": ["neck"], "head": ["head", "eye"],
                  "foot": ["foot"] + [f"toe{i}" for i in range(1, 6)]}
        groups |= {finger: [finger, finger + "Tip"] for finger in FINGERS}
        distance = np.stack([np.min([parts[n](self.p) for n in names], 0) for names in groups.values()], 1)
        nearest = np.array(list(groups))[distance.argmin(1)]
        j = self.m.joints
        x, y, z = self.p.T
        hip, shoulder = j["leftUpperLeg"], j["leftUpperArm"]
        nearest = np.where((nearest == "neck") & (y < j["neck"][1] + 0.01), "trunk", nearest)
        nearest = np.where((nearest == "trunk") & (x > shoulder[0] - 0.005) & (y > shoulder[1] - 0.11), "arm", nearest)
        nearest = np.where((nearest == "arm") & (x < shoulder[0] - 0.02), "trunk", nearest)
        self._trunk(np.isin(nearest, ["trunk", "leg"]), nearest == "leg", hip, shoulder)
        self._neck(nearest)
        self._foot(nearest == "foot")
        self._arm(nearest == "arm")
        for finger in FINGERS:
            self._finger(nearest == finger, finger)

    def _trunk(self, where: np.ndarray, is_leg: np.ndarray, hip: np.ndarray, shoulder: np.ndarray) -> None:
        j = self.m.joints
        x, y, z = self.p.T
        # The groin extends from the hip bone down to the crotch; the fold of the buttock runs
        # horizontally across the back.
        front = hip[1] + 0.022 + (x - hip[0]) * 0.62
        back = hip[1] - 0.030 + (x - hip[0]) * 0.45
        border = back + (front - back) * ramp(z - hip[2], -0.05, 0.04)
        below = np.where(x < 0.012, y < self.m.crotch - 0.006, y < border)
        knee, ankle = j["leftLowerLeg"], j["leftFoot"]
        thigh = where & below & (y >= knee[1])
        self.along(thigh, "leftUpperLeg", (hip[1] - 0.05 - y) / (hip[1] - 0.05 - knee[1] - 0.05))
        shin = where & below & (y < knee[1])
        self.give(shin & (y >= ankle[1]), "leftLowerLeg")
        self.give(shin & (y < ankle[1]), "leftFoot")
        trunk = where & ~below
        # The collarbone carries everything above it.
        collar = ramp(x, 0.045, shoulder[0] * 0.72) * ramp(y, shoulder[1] - 0.10, shoulder[1] - 0.01)
        collar = np.where(trunk, collar, 0)
        self.give(trunk, "leftShoulder", collar)
        heights = [-np.inf, j["spine"][1], j["chest"][1], j["upperChest"][1], np.inf]
        for name, low, high in zip(("hips", "spine", "chest", "upperChest"), heights, heights[1:]):
            self.give(trunk & (y >= low) & (y < high), name, 1 - collar)
        self.spread[where] = SPREAD["trunk"]
        lower = ramp(hip[1] - y, 0.08, 0.22)
        # The flank stretches from the crest of the hip to below its joint when a leg moves sideways.
        outer = ramp(x, hip[0] * 0.9, hip[0] * 1.5) * ramp(0.12 - np.abs(y - hip[1]), 0, 0.08)
        self.spread[where] += (0.055 - SPREAD["trunk"]) * outer[where]
        self.spread[where & below] = (SPREAD["trunk"] * (1 - lower) + SPREAD["leg"] * lower)[where & below]
        self.spread[shin] *= np.interp(y[shin], [ankle[1], knee[1] - 0.05], [0.6, 1])

    def _neck(self, nearest: np.ndarray) -> None:
        y, z = self.p[:, 1], self.p[:, 2]
        # The skull sits on the neck along a line that rises from the jaw to the nape.
        head = self.m.joints["head"]
        on_skull = y > head[1] - 0.012 - (z - head[2]) * 0.45
        neck = np.isin(nearest, ["neck", "head"])
        self.give(neck & on_skull, "head")
        self.give(neck & ~on_skull, "neck")
        self.spread[neck] = SPREAD["neck"]
        self.spread[neck & (y > head[1] + 0.05)] = SPREAD["head"]

    def _foot(self, where: np.ndarray) -> None:
        y, z = self.p[:, 1], self.p[:, 2]
        ankle, ball = self.m.joints["leftFoot"], self.m.joints["leftToes"]
        toes = z > ball[2] + 0.004
        shin = y > ankle[1] + 0.004
        self.give(where & toes, "leftToes")
        self.give(where & ~toes & ~shin, "leftFoot")
        self.give(where & ~toes & shin, "leftLowerLeg")
        self.spread[where] = SPREAD["foot"]

    def _arm(self, where: np.ndarray) -> None:
        x = self.p[:, 0]
        shoulder, elbow, wrist = (self.m.joints[f"left{n}"][0] for n in ("UpperArm", "LowerArm", "Hand"))
        self.give(where & (x < shoulder), "leftShoulder")
        self.along(where & (x >= shoulder) & (x < elbow), "leftUpperArm", (x - shoulder - 0.06) / (elbow - shoulder - 0.10))
        self.along(where & (x >= elbow) & (x < wrist), "leftLowerArm", (x - elbow - 0.03) / (wrist - elbow - 0.05))
        self.give(where & (x >= wrist), "leftHand")
        self.spread[where] = np.interp(
            x[where], [shoulder, shoulder + 0.12, wrist - 0.06, wrist], [0.042, SPREAD["arm"], SPREAD["arm"], SPREAD["hand"]])

    def _finger(self, where: np.ndarray, finger: str) -> None:
        names = [f"left{finger}{bone}" for bone in finger_bones(finger)]
        starts = [self.m.joints[n] for n in names]
        direction = starts[1] - starts[0]
        direction = direction / np.linalg.norm(direction)
        t = (self.p - starts[0]) @ direction
        marks = [(s - starts[0]) @ direction for s in starts] + [np.inf]
        self.give(where & (t < 0), "leftHand")
        for name, low, high in zip(names, marks, marks[1:]):
            self.give(where & (t >= low) & (t < high), name)
        self.spread[where] = SPREAD["finger"] * (1.9 if finger == "Thumb" else 1.2)

    def diffuse(self, vertices: np.ndarray, faces: np.ndarray, steps: int = 4) -> np.ndarray:
        """Implicit diffusion over the surface for a time of half the spread squared at each vertex."""
        edges = np.unique(np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1), axis=0)
        count = len(vertices)
        squared = ((vertices[edges[:, 0]] - vertices[edges[:, 1]]) ** 2).sum(1)
        both = np.concatenate([edges, edges[:, ::-1]])
        # On an even mesh the mean over the neighbors differs from the vertex by a quarter edge² of the Laplacian.
        weight = 1 / np.maximum(np.concatenate([squared, squared]), 1e-8)
        degree = np.bincount(both[:, 0], minlength=count)
        values = 4 * weight / degree[both[:, 0]]
        adjacency = coo_matrix((values, (both[:, 0], both[:, 1])), (count, count)).tocsr()
        laplacian = diags(np.asarray(adjacency.sum(1)).ravel()) - adjacency
        spread = self.spread.copy()
        for _ in range(6):
            spread = (spread + np.bincount(both[:, 0], spread[both[:, 1]], count) / degree) / 2
        system = identity(count) + diags(spread**2 / 2 / steps) @ laplacian
        solve = splu(system.tocsc())
        w = self.w / self.w.sum(1, keepdims=True)
        for _ in range(steps):
            w = solve.solve(w)
        return np.maximum(w, 0)


def skin_weights(mannequin: Mannequin, vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Weights (vertices, skin joints) in the order of `names.SKIN`, rows summing to 1."""
    skinner = Skinner(mannequin, vertices)
    skinner.assign()
    missing = np.flatnonzero(skinner.w.sum(1) == 0)
    if len(missing):
        raise ValueError(f"{len(missing)} vertices belong to no bone, the first at {vertices[missing[0]]}")
    w = skinner.diffuse(vertices, faces)
    return w / w.sum(1, keepdims=True)
