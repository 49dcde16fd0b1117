"""Named points of the surface: faces after 300-W, tips of fingers and toes, heels, ears, eyes, nose."""
from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree
from trimesh.triangles import closest_point, points_to_barycentric

from body import Mannequin
from measure import hits

# Millimeters from the center of the left eye (outward, up): corner, lids, corner.
EYE = {"inner": (-13.0, -1), "upperInner": (-5, 4.5), "upperOuter": (5.5, 5), "outer": (14.0, 0.5),
       "lowerOuter": (5.5, -4.5), "lowerInner": (-5, -4.5)}
# Millimeters from the center of the mouth, from the subject's right corner over the upper lip and
# back.
OUTER_LIP = [(-24, 0), (-15, 5.5), (-6, 8.5), (0, 7), (6, 8.5), (15, 5.5), (24, 0), (15, -7), (6, -10.5), (0, -11), (-6, -10.5), (-15, -7)]
INNER_LIP = [(-19, 0), (-7, 1.5), (0, 2), (7, 1.5), (19, 0), (7, -2.5), (0, -3), (-7, -2.5)]
# The left brow from the nose outward, in millimeters from the eye's center.
BROW = [(-20, 17), (-10, 21), (0, 23), (10, 21.5), (19, 15)]
# The right half of the jaw: the share of the way from eye height to chin, and degrees from the side
# to the front.
JAW = [(0.03, 16), (0.18, 17), (0.34, 19), (0.50, 22), (0.65, 30), (0.78, 43), (0.88, 58), (0.95, 74), (0.985, 90)]


class Landmarks:
    def __init__(self, mannequin: Mannequin, vertices: np.ndarray, faces: np.ndarray):
        self.m, self.vertices, self.faces = mannequin, vertices, faces
        self.corners = vertices[faces]
        self.tree = cKDTree(self.corners.mean(1))
        self.head = self.corners[(self.corners[:, :, 1] > mannequin.face["chin"][1] - 0.04).all(1)]
        self.result: list[dict] = []

    def add(self, name: str, point: np.ndarray) -> None:
        """Bind a landmark to the point of the surface nearest to `point`."""
        near = self.tree.query(point, 40)[1]
        places = closest_point(self.corners[near], np.repeat(point[None], len(near), 0))
        best = np.linalg.norm(places - point, axis=1).argmin()
        triangle = int(near[best])
        barycentric = points_to_barycentric(self.corners[[triangle]], places[[best]])[0]
        barycentric = np.clip(barycentric, 0, 1) / np.clip(barycentric, 0, 1).sum()
        self.result.append({"name": name, "triangle": triangle, "barycentric": [round(float(b), 5) for b in barycentric]})

    def from_front(self, x: float, y: float) -> np.ndarray:
        origin = np.array([x, y, self.m.face["center"][2]])
        distance = hits(origin[None], np.array([[0.0, 0, 1]]), self.head, last=True)[0]
        return origin + [0, 0, distance]

    def outwards(self, origin: np.ndarray, direction: np.ndarray) -> np.ndarray:
        return origin + direction * hits(origin[None], direction[None], self.head, last=True)[0]

    def all(self) -> list[dict]:
        self._face()
        self._ears()
        for side, sign in (("left", 1), ("right", -1)):
            mirror = np.array([sign, 1, 1])
            for finger in ("Thumb", "Index", "Middle", "Ring", "Little"):
                self.add(f"{side}{finger}Tip", self.m.tips[finger] * mirror)
            self.add(f"{side}BigToe", self.m.tips["toe1"] * mirror)
            self.add(f"{side}SmallToe", self.m.tips["toe5"] * mirror)
            self.add(f"{side}Heel", self.m.tips["heel"] * mirror)
        return self.result

    def _face(self) -> None:
        eye, nose = self.m.face["eye"], self.m.face["nose"]
        chin = self.m.face["chin"][1]
        mouth = self._mouth(nose[1], chin)
        k = eye[0] / 0.0305 / 1000

        def at_eye(offset: tuple[float, float], sign: int) -> np.ndarray:
            return self.from_front(sign * (eye[0] + offset[0] * k), eye[1] + offset[1] * k)

        points: list[np.ndarray] = []
        right_jaw = []
        for share, degrees in JAW:
            y = eye[1] + (chin + 0.004 - eye[1]) * share
            angle = np.radians(degrees)
            origin = np.array([0, y, self.m.face["center"][2] + 0.012])
            right_jaw.append(self.outwards(origin, np.array([-np.cos(angle), 0, np.sin(angle)])))
        points += right_jaw + [p * [-1, 1, 1] for p in right_jaw[-2::-1]]
        points += [at_eye(b, -1) for b in BROW[::-1]] + [at_eye(b, 1) for b in BROW]
        points += [self.from_front(0, eye[1] + (nose[1] - eye[1]) * t) for t in (0.02, 0.36, 0.68, 1)]
        points += [self.from_front(x * k, nose[1] - (10 + (1.5 if x == 0 else 0)) * k) for x in (-14, -7.5, 0, 7.5, 14)]
        right = ("outer", "upperOuter", "upperInner", "inner", "lowerInner", "lowerOuter")
        left = ("inner", "upperInner", "upperOuter", "outer", "lowerOuter", "lowerInner")
        points += [at_eye(EYE[n], -1) for n in right] + [at_eye(EYE[n], 1) for n in left]
        points += [self.from_front(x * k, mouth + y * k) for x, y in OUTER_LIP + INNER_LIP]
        for index, point in enumerate(points):
            self.add(f"face{index}", point)
        self.add("nose", self.from_front(0, nose[1]))
        for name, sign in (("left", 1), ("right", -1)):
            self.add(name + "Eye", at_eye((0, 0), sign))
            self.add(name + "Pupil", at_eye((0, 0), sign))

    def _mouth(self, nose: float, chin: float) -> float:
        """Return the height at which the lips meet: between them, the profile recedes most steeply."""
        heights = nose + (chin - nose) * np.linspace(0.25, 0.6, 71)
        profile = np.array([self.from_front(0.0005, y)[2] for y in heights])
        slope = np.convolve(np.gradient(profile), np.ones(7) / 7, "same")
        # Below is the groove above the chin, which recedes even more steeply.
        between = slice(16, 51)
        return heights[between][slope[between].argmin()]

    def _ears(self) -> None:
        eye = self.m.face["eye"]
        points = self.head.reshape(-1, 3)
        level = points[(np.abs(points[:, 1] - eye[1] + 0.012) < 0.008)]
        ear = level[level[:, 0].argmax()]
        for name, sign in (("left", 1), ("right", -1)):
            origin = np.array([0, eye[1] - 0.014, ear[2] + 0.014])
            self.add(name + "Ear", self.outwards(origin, np.array([float(sign), 0, 0])))
