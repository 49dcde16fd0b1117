"""Builds the mannequin's parts and joints in the T-pose from a measured reference and a rig file's lengths."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gray_closing

from field import Ball, Capsule, Grid, Loft, Polar
from measure import angles, filled, hits, mirror_symmetric, sections, smoothed, triangles_of
from reference import FINGERS, Reference, finger_bones

X, Y, Z = np.eye(3)
# Along +Y: angle 0 to the left, a quarter turn forward; along +X: angle 0 up, a quarter turn
# forward.
UPRIGHT = np.stack([Y, X, Z], 1)
SIDEWAYS = np.stack([X, Y, Z], 1)
HAND_BONES = {"LeftHand"} | {f"LeftHand{f}{n}" for f in FINGERS.values() for n in (1, 2, 3)}
PALM_BONES = {"LeftHand", "LeftHandThumb1"} | {f"LeftHand{f}1" for f in FINGERS.values() if f != "Thumb"}
TRUNK = {"Hips", "Spine", "Spine1", "Spine2", "Neck", "LeftShoulder", "RightShoulder", "LeftUpLeg", "RightUpLeg"}


@dataclass
class Mannequin:
    """Parts by name, and left-side and middle joints, in meters, in the T-pose."""

    parts: dict[str, object]
    joints: dict[str, np.ndarray]
    tips: dict[str, np.ndarray]
    crotch: float
    face: dict[str, np.ndarray]


def unit(v: np.ndarray) -> np.ndarray:
    return v / np.linalg.norm(v)


def centred_section(
    center: np.ndarray, up: np.ndarray, forward: np.ndarray, corners: np.ndarray, count: int, limit: float, reach: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return a section around its own center, at most `reach` from `center`, and that center's offset (up, forward)."""
    def ring(at: np.ndarray) -> np.ndarray:
        radii = sections(at[None], up[None], forward[None], corners, count)[0]
        return np.where(radii > limit, np.nan, radii)

    shift = np.zeros(2)
    if reach:
        first = ring(center)
        quarter = count // 4
        for axis, (there, back) in enumerate(((first[0], first[2 * quarter]), (first[quarter], first[3 * quarter]))):
            if not np.isnan(there + back):
                shift[axis] = np.clip((there - back) / 2, -reach, reach)
    return ring(center + up * shift[0] + forward * shift[1]), shift


def across(direction: np.ndarray, forward: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the axes perpendicular to a bone: up and forward as they are when it points along +X."""
    v = unit(forward - direction * (forward @ direction))
    return np.cross(v, direction), v


class Builder:
    def __init__(self, reference: Reference, rig: dict):
        self.rig = {k: v / 1000 for k, v in rig["millimetres"].items()}
        body = reference.vertices[: reference.triangles.max() + 1]
        self.scale = self.rig["stature"] / np.ptp(body[:, 1])
        reference.vertices *= self.scale
        for points in (reference.joints, reference.tips):
            for name in points:
                points[name] = points[name] * self.scale
        self.r = reference
        self._fit_heights()
        self.joints: dict[str, np.ndarray] = {}
        self.tips: dict[str, np.ndarray] = {}
        self.parts: dict[str, object] = {}

    def _fit_heights(self) -> None:
        """Move knees and crotch to the rig file's heights; neck and head keep their size."""
        r = self.r
        pelvis = triangles_of(r, {"Hips", "LeftUpLeg", "RightUpLeg"}).reshape(-1, 3)
        crotch = pelvis[np.abs(pelvis[:, 0]) < 0.008][:, 1].min()
        knee, neck, top = r.joints["leftLowerLeg"][1], r.joints["neck"][1], self.rig["stature"]
        measured = [0, 0.09, knee, crotch, neck, top]
        # The knee's axis is a finger's breadth below the center of its cap.
        wanted = [0, 0.09, self.rig["kneeHeightMidpatella"] - 0.012, self.rig["crotchHeight"], neck, top]
        for points in [r.vertices, *r.joints.values(), *r.tips.values()]:
            points[..., 1] = np.interp(points[..., 1], measured, wanted)

    def build(self) -> Mannequin:
        for name in ("hips", "spine", "chest", "upperChest", "neck", "head", "jaw"):
            self.joints[name] = self.r.joints[name] * [0, 1, 1]
        self._straighten_spine()
        self._trunk()
        self._leg()
        self._foot()
        self._arm()
        self._fingers()
        self._trapezius()
        self._head()
        return Mannequin(self.parts, self.joints, self.tips, self.crotch, self.face)

    def _straighten_spine(self) -> None:
        """Return spine joints that rise evenly inside the trunk; MakeHuman's wander."""
        low, high = self.r.joints["hips"], self.joints["neck"]
        hip = self.r.joints["leftUpperLeg"]
        self.joints["hips"] = np.array([0, hip[1] + 0.03, hip[2]])
        for name, share in (("spine", 0.2), ("chest", 0.45), ("upperChest", 0.72)):
            self.joints[name] = self.joints["hips"] * (1 - share) + self.joints["neck"] * share
        self.joints["head"] = self.r.joints["head"] * [0, 1, 1] + [0, 0.035, 0]

    # Trunk and neck

    def _trunk(self) -> None:
        # The hips are as wide as where the thighs begin.
        corners = triangles_of(self.r, TRUNK | {"Head", "LeftUpLeg", "RightUpLeg"})
        body = triangles_of(self.r, {"Hips", "LeftUpLeg", "RightUpLeg"}).reshape(-1, 3)
        middle = body[np.abs(body[:, 0]) < 0.008]
        self.crotch = float(middle[:, 1].min())
        shoulder = self.r.joints["leftUpperArm"]
        top = self.joints["neck"][1] + 0.015
        heights = np.linspace(self.crotch + 0.012, top, 40)
        guess = np.interp(heights, [p[1] for p in (self.joints["hips"], self.joints["chest"], self.joints["neck"])],
                          [p[2] for p in (self.joints["hips"], self.joints["chest"], self.joints["neck"])])
        centers = np.stack([0 * heights, heights, guess], 1)
        ones = np.ones((len(heights), 1))
        front_back = sections(centers, ones * Z, ones * X, corners, 2)
        shift = np.nan_to_num((front_back[:, 0] - front_back[:, 1]) / 2)
        centers[:, 2] += np.clip(smoothed(shift[:, None], 1.5, 0)[:, 0], -0.06, 0.06)
        radii = sections(centers, ones * X, ones * Z, corners, 32)
        theta = angles(32)
        lateral = np.abs(np.cos(theta))[None] * radii
        above = heights[:, None] > shoulder[1] - 0.15
        radii = np.where(above & (lateral > shoulder[0] - 0.020), np.nan, radii)
        radii = smoothed(mirror_symmetric(filled(radii)), 0.8, 0.5)
        # The shoulders slope up to the neck (the trapezius), instead of ending in a shelf.
        slope = np.interp(heights, [shoulder[1] + 0.025, top], [shoulder[0] - 0.02, self.rig["neckBreadth"] / 2])
        sloped = np.minimum(radii, slope[:, None] / np.maximum(np.abs(np.cos(theta))[None], 0.35))
        radii = np.where(heights[:, None] > shoulder[1] - 0.2, sloped, radii)
        # As smooth below as under a bodysuit.
        seat = np.clip((self.crotch + 0.20 - heights) / 0.10, 0, 1)[:, None] * np.sin(theta)[None] ** 4
        radii = radii * (1 - seat) + smoothed(radii, 0.8, 1.6) * seat
        # Trunk and leg merge where each shrinks under the other.
        radii = radii - 0.012 * np.clip((self.crotch + 0.055 - heights) / 0.045, 0, 1)[:, None] ** 2
        self.parts["trunk"] = Loft(np.zeros(3), UPRIGHT, heights, centers[:, [0, 2]], radii, cap=0.03)
        self._neck()

    def _neck(self) -> None:
        corners = triangles_of(self.r, {"Neck", "Head", "Spine2", "LeftShoulder", "RightShoulder"})
        base, skull = self.joints["neck"], self.joints["head"]
        heights = np.linspace(base[1] - 0.045, skull[1] + 0.03, 14)
        low, high = base + [0, 0, 0.002], skull + [0, 0, -0.008]
        t = (heights - low[1]) / (high[1] - low[1])
        centers = low * (1 - t[:, None]) + high * t[:, None]
        ones = np.ones((len(heights), 1))
        radii = filled(sections(centers, ones * X, ones * Z, corners, 24), limit=0.085)
        radii = np.minimum(smoothed(mirror_symmetric(radii), 1.2, 0.6), self.rig["neckBreadth"] / 2 * 1.12)
        radii = radii * np.interp(heights, [heights[-5], heights[-1]], [1, 0.75])[:, None]
        self.parts["neck"] = Loft(np.zeros(3), UPRIGHT, heights, centers[:, [0, 2]], radii, cap=0.01)

    # Legs

    def _leg(self) -> None:
        hip, knee, ankle = (self.r.joints[f"left{n}"] for n in ("UpperLeg", "LowerLeg", "Foot"))
        target_x = np.array([hip[0], hip[0] + 0.012, hip[0] + 0.018])
        target_z = np.array([hip[2], (hip[2] + ankle[2]) / 2 + 0.004, ankle[2]])
        ys = np.array([hip[1], knee[1], ankle[1]])
        corners = triangles_of(self.r, {"Hips", "LeftUpLeg", "LeftLeg", "LeftFoot"})
        heights = np.linspace(0.05, self.crotch + 0.17, 54)
        ref = np.stack([self._chain(heights, ys, [hip[0], knee[0], ankle[0]]), heights,
                        self._chain(heights, ys, [hip[2], knee[2], ankle[2]])], 1)
        ones = np.ones((len(heights), 1))
        radii = sections(ref, ones * X, ones * Z, corners, 24)
        radii = smoothed(filled(radii, limit=0.14), 0.7, 0.4)
        centers = np.stack([self._chain(heights, ys, target_x), self._chain(heights, ys, target_z)], 1)
        inner = np.cos(angles(24))[None] * radii
        room = centers[:, :1] - 0.004
        radii = np.where(-inner > room, radii * room / np.maximum(-inner, 1e-6), radii)
        # The hip's flank belongs to the leg; it recedes under the trunk gradually, so that it does
        # not end in a shelf.
        radii = radii - 0.05 * np.clip((heights - self.crotch - 0.03) / 0.14, 0, 1)[:, None] ** 2
        self.parts["leg"] = Loft(np.zeros(3), UPRIGHT, heights, centers, radii, cap=0.006)
        for name, y, x, z in zip(("UpperLeg", "LowerLeg", "Foot"), ys, target_x, target_z):
            self.joints[f"left{name}"] = np.array([x, y, z])
        self.foot_shift = np.array([target_x[2] - ankle[0], 0, target_z[2] - ankle[2]])

    @staticmethod
    def _chain(heights: np.ndarray, ys: np.ndarray, values) -> np.ndarray:
        """Return a joint polyline by height, with its corner at the knee rounded off."""
        line = np.interp(heights, ys[::-1], np.asarray(values)[::-1])
        wide = np.interp(heights[:, None] + np.linspace(-0.04, 0.04, 9), ys[::-1], np.asarray(values)[::-1]).mean(1)
        return np.where(np.abs(heights - ys[1]) < 0.08, wide, line)

    def _foot(self) -> None:
        """Return the foot rotated to point straight ahead, with sections stacked from heel to toes, and toes as
        capsules."""
        ankle, ball = self.r.joints["leftFoot"], self.r.joints["leftToes"]
        bones = {"LeftFoot", "LeftToeBase", "LeftLeg"}
        corners = triangles_of(self.r, bones)
        corners = corners[(corners[:, :, 1] < ankle[1] + 0.035).all(1)]
        points = corners.reshape(-1, 3)
        sole = points[points[:, 1] < ankle[1]]
        heel_z, toe_z = sole[:, 2].min(), sole[:, 2].max()
        stretch = self.rig["footLength"] / (toe_z - heel_z)
        place = self.joints["leftFoot"] * [1, 0, 1] - ankle * [1, 0, 1] * [1, 0, stretch]
        stations = np.linspace(heel_z + 0.003, ball[2] + 0.018, 26)
        centers = np.zeros((len(stations), 3))
        for i, z in enumerate(stations):
            near = points[(np.abs(points[:, 2] - z) < 0.012) & (points[:, 1] < ankle[1] * 0.9)]
            centers[i] = [near[:, 0].min() / 2 + near[:, 0].max() / 2, min(0.028, near[:, 1].max() * 0.5), z]
        centers[:, 0] = smoothed(centers[:, :1], 1.5, 0)[:, 0]
        ones = np.ones((len(stations), 1))
        radii = sections(centers, ones * X, ones * Y, corners, 24)
        height = np.sin(angles(24))[None] * radii + centers[:, 1:2]
        radii = np.where(height > ankle[1] + 0.02, np.nan, radii)
        radii = smoothed(filled(radii, limit=0.1), 0.7, 0.4)
        # The sole stands flat on the floor.
        down = -np.sin(angles(24))[None]
        floor = centers[:, 1:2] / np.maximum(down, 1e-6)
        radii = np.where(down > 0.25, np.minimum(radii, floor), radii)
        basis = np.stack([Z, X, Y], 1)
        self.parts["foot"] = Loft(
            place * [1, 1, 1] , basis, stations * stretch, centers[:, :2], radii, cap=0.010)
        for toe in range(1, 6):
            chain = [self.r.tips[k] for k in sorted(self.r.tips) if k.startswith(f"toe{toe}")]
            width = (0.0125, 0.0088, 0.0082, 0.0078, 0.0082)[toe - 1] * self.scale * (self.rig["footLength"] / 0.25) ** 0.5
            tip = chain[-1].copy()
            start = chain[0] * 0.5 + chain[1] * 0.5
            tip[1], start[1] = width, max(start[1] * 0.8, width * 1.15)
            tip[2] -= width * 0.9
            to = np.array([1, 1, stretch])
            self.parts[f"toe{toe}"] = Capsule(start * to + place, tip * to + place, width * 1.05, width)
            self.tips[f"toe{toe}"] = tip * to + place + Z * width
        self.joints["leftToes"] = ball * [1, 1, stretch] + place
        self.tips["heel"] = np.array([self.joints["leftFoot"][0], 0.03, (heel_z * stretch) + place[2]])

    # Arms and hands

    def _arm(self) -> None:
        r = self.r.joints
        shoulder, elbow, wrist = r["leftUpperArm"], r["leftLowerArm"], r["leftHand"]
        upper = self.rig["acromionRadialeLength"] - 0.035
        lower = self.rig["radialeStylionLength"] + 0.002
        knuckles = np.mean([r[f"left{f}Proximal"] for f in ("Index", "Middle", "Ring", "Little")], 0)
        tip = self.r.tips["leftMiddle"]
        chain = [wrist, r["leftMiddleProximal"], r["leftMiddleIntermediate"], r["leftMiddleDistal"], tip]
        hand_length = sum(np.linalg.norm(b - a) for a, b in zip(chain, chain[1:]))
        self.hand_scale = self.rig["handLength"] * 1.03 / hand_length
        self.hand_axis = unit(r["leftMiddleProximal"] - wrist)
        radial = r["leftIndexProximal"] - r["leftLittleProximal"]
        self.hand_up, self.hand_radial = across(self.hand_axis, radial)
        origin = np.array([self.rig["biacromialBreadth"] / 2 - 0.021, shoulder[1], shoulder[2]])
        stations, radii, offsets = [], [], []
        segments = [
            (shoulder, elbow, np.linspace(-0.14, 1, 18)[:-1], upper, 1.0,
             {"LeftShoulder", "LeftArm", "LeftForeArm", "Spine2"}),
            (elbow, wrist, np.linspace(0, 1, 16)[:-1], lower, 1.0, {"LeftArm", "LeftForeArm", "LeftHand"}),
            (wrist, knuckles, np.linspace(0, 1.0, 11), np.linalg.norm(knuckles - wrist) * self.hand_scale, self.hand_scale,
             {"LeftForeArm"} | PALM_BONES),
        ]
        start = 0.0
        for index, (a, b, shares, length, girth, bones) in enumerate(segments):
            direction = unit(b - a)
            corners = triangles_of(self.r, bones)
            for share in shares:
                forward = Z
                if index == 1:
                    forward = Z * (1 - share) + self._forearm_end(direction) * share
                if index == 2:
                    forward = self.hand_radial
                up, forward = across(direction, unit(forward))
                limit = (0.064 if share < 0.2 else 0.08, 0.06, 0.055)[index] * self.scale
                ring, shift = centred_section(
                    a + (b - a) * share, up, forward, corners, 24, limit, 0.0 if index == 0 else 0.012)
                radii.append(ring * girth)
                offsets.append(shift * girth)
                stations.append(start + share * length)
            start += length
        stations, radii = np.array(stations), filled(np.array(radii))
        # In the A-pose, the arm hangs against the trunk: above the armpit, only the outer half is
        # arm.
        radii = smoothed(radii, 0.9, 0.5)
        radii *= np.interp(stations, [stations[0], -0.01], [0.80, 1])[:, None]
        radii[-3:] *= np.array([0.95, 0.86, 0.74])[:, None]
        centers = smoothed(np.array(offsets), 1.5, 0)
        self.palm_center = centers[-1]
        self.parts["arm"] = Loft(origin, SIDEWAYS, stations, centers, radii, cap=0.004)
        self.joints["leftShoulder"] = self.r.joints["leftShoulder"] * [0.6, 1, 1]
        self.joints["leftUpperArm"] = origin
        self.joints["leftLowerArm"] = origin + X * upper
        self.joints["leftHand"] = origin + X * (upper + lower)

    def _trapezius(self) -> None:
        """Return the slope from the neck to the tip of the shoulder, which the trunk's horizontal sections miss."""
        neck, shoulder = self.joints["neck"], self.joints["leftUpperArm"]
        inner = np.array([self.rig["neckBreadth"] * 0.30, neck[1] - 0.022, (neck[2] + shoulder[2]) / 2 - 0.006])
        outer = shoulder + [-0.012, 0.020, -0.004]
        self.parts["trapezius"] = Capsule(inner, outer, 0.030 * self.scale, 0.034 * self.scale)

    def _forearm_end(self, direction: np.ndarray) -> np.ndarray:
        return unit(self.hand_radial - direction * (self.hand_radial @ direction))

    def _fingers(self) -> None:
        wrist = self.r.joints["leftHand"]
        into = np.stack([self.hand_axis, self.hand_up, self.hand_radial], 1)
        for finger, theirs in FINGERS.items():
            names = [f"left{finger}{bone}" for bone in finger_bones(finger)]
            chain = [self.r.joints[n] for n in names] + [self.r.tips[f"left{finger}"]]
            lengths = [np.linalg.norm(b - a) * self.hand_scale for a, b in zip(chain, chain[1:])]
            root = (chain[0] - wrist) @ into * self.hand_scale
            if finger == "Thumb":
                direction = unit(np.array([0.80, -0.16, 0.58]))
                pad_forward = unit(np.array([-0.58, -0.35, 0.80]))
            else:
                fan = {"Index": 0.075, "Middle": 0.0, "Ring": -0.065, "Little": -0.15}[finger]
                direction = np.array([np.cos(fan), 0, np.sin(fan)])
                pad_forward = Z
                root[1] = self.palm_center[0] - 0.001
            side_up, side_forward = across(direction, pad_forward)
            at = self.joints["leftHand"] + root
            stations, radii = [], []
            along = 0.0
            for number, (a, b, length) in enumerate(zip(chain, chain[1:], lengths), 1):
                bone = unit(b - a)
                up, forward = across(bone, self.hand_radial if finger != "Thumb" else self._thumb_side(chain))
                bones = {f"LeftHand{theirs}{n}" for n in (number - 1, number, number + 1) if n}
                if number == 1:
                    bones |= {"LeftHand"}
                corners = triangles_of(self.r, bones)
                for share in np.linspace(0.05 if number > 1 else 0.15, 0.95, 6):
                    limit = 0.024 if finger == "Thumb" and number == 1 else 0.017
                    ring, _ = centred_section(a + (b - a) * share, up, forward, corners, 16, limit * self.scale, 0.008)
                    radii.append(ring * self.hand_scale)
                    stations.append(along + share * length)
                # MakeHuman's first finger joints are at the web; the knuckle is a finger's breadth
                # behind.
                behind = 0.009 * self.hand_scale if number == 1 and finger != "Thumb" else 0
                self.joints[names[number - 1]] = at + direction * (along - behind)
                along += length
            stations, radii = np.array(stations), smoothed(filled(np.array(radii)), 0.8, 0.6)
            if finger != "Thumb":
                # Into the palm, so that the union forms knuckles and webs.
                stations, radii = np.append(stations[0] - 0.022, stations), np.vstack([radii[:1] * 0.9, radii])
            if finger == "Thumb":
                # Its root is in the ball of the thumb, not on the back of the hand.
                radii *= np.interp(stations / along, [0, 0.35], [0.62, 1])[:, None]
            keep = stations < along - radii[-4:].mean() * 0.9
            stations, radii = stations[keep], radii[keep]
            basis = np.stack([direction, side_up, side_forward], 1)
            tip_radius = float(radii[-1].mean())
            self.parts[finger] = Loft(at, basis, stations, np.zeros((len(stations), 2)), radii, cap=0.004)
            end = at + direction * (stations[-1] - 0.001)
            self.parts[finger + "Tip"] = Ball(end, np.full(3, tip_radius * 0.98))
            self.tips[finger] = end + direction * tip_radius

    @staticmethod
    def _thumb_side(chain: list[np.ndarray]) -> np.ndarray:
        bend = np.cross(chain[1] - chain[0], chain[2] - chain[1])
        return unit(bend) if np.linalg.norm(bend) > 1e-9 else Z

    # Head

    def _head(self) -> None:
        corners = triangles_of(self.r, {"Head", "Neck"})
        eye = self.r.joints["leftEye"]
        top = self.rig["stature"]
        center = np.array([0, eye[1] - 0.004, eye[2] - 0.082 * self.scale])
        rows, columns = 131, 240
        polar, azimuth = np.linspace(0, np.pi, rows), angles(columns)
        direction = np.stack([
            np.sin(polar)[:, None] * np.cos(azimuth), np.repeat(np.cos(polar)[:, None], columns, 1),
            np.sin(polar)[:, None] * np.sin(azimuth)], -1)
        flat = direction.reshape(-1, 3)
        radii = hits(np.repeat(center[None], len(flat), 0), flat, corners, last=True).reshape(rows, columns)
        chin = self._chin()
        # Below the chin, the neck is a separate part.
        floor = np.where(direction[..., 1] < -1e-3, (chin - 0.004 - center[1]) / np.minimum(direction[..., 1], -1e-3), np.inf)
        radii = filled(radii, limit=0.16 * self.scale)
        radii = np.minimum(radii, floor)
        # The mouth is closed: pits narrower than a pencil are filled.
        closed = gray_closing(radii, size=(5, 9), mode="wrap")
        radii = np.where((direction[..., 1] < -0.28) & (direction[..., 2] > 0.4), closed, radii)
        radii = mirror_symmetric(radii)
        # The face keeps its detail; skull and nape lose the facets of the reference.
        detail, soft = smoothed(radii, 0.6, 0.6), smoothed(radii, 3, 4)
        behind = np.clip((-0.15 - np.sin(azimuth)) / 0.3, 0, 1)[None] * np.ones((rows, 1))
        crown = np.clip((np.pi * 0.36 - polar) / 0.25, 0, 1)[:, None] * np.ones((1, columns))
        below = np.clip((-0.42 - direction[..., 1]) / 0.22, 0, 1) * np.clip((0.80 - direction[..., 2]) / 0.3, 0, 1)
        share = np.maximum(np.maximum(behind, crown), below)
        self.parts["head"] = Polar(center, detail * (1 - share) + soft * share)
        self.parts["eye"] = Ball(eye + [0, 0.0005, 0.0022], np.array([0.0138, 0.0112, 0.0128]) * self.scale)
        self.joints["leftEye"] = eye.copy()
        self.joints["jaw"] = np.array([0, eye[1] - 0.045, eye[2] - 0.07])
        nose = corners.reshape(-1, 3)
        nose = nose[(np.abs(nose[:, 0]) < 0.015) & (nose[:, 1] < eye[1] - 0.02) & (nose[:, 1] > eye[1] - 0.065)]
        self.face = {"center": center, "eye": eye, "chin": np.array([0, chin, 0]),
                     "nose": nose[nose[:, 2].argmax()]}

    def _chin(self) -> float:
        """Return the lowest height at which the head's front is still in front of the jaw joint."""
        points = triangles_of(self.r, {"Head"}).reshape(-1, 3)
        front = points[(np.abs(points[:, 0]) < 0.012) & (points[:, 2] > self.r.joints["leftEye"][2] - 0.02)]
        return float(front[:, 1].min())


def sample(mannequin: Mannequin, grid: Grid) -> np.ndarray:
    """Return the whole field on a grid."""
    p = {name: grid.sample(part) for name, part in mannequin.parts.items()}
    field = grid.union(p["trunk"], p["leg"], 0.05)
    field = grid.union(field, p["arm"], 0.055)
    field = grid.union(field, p["trapezius"], 0.05, gain=3)
    field = grid.union(field, p["neck"], 0.04, gain=2)
    field = grid.union(field, p["head"], 0.05, gain=5)
    field = grid.union(field, p["eye"], 0.0015)
    foot = p["foot"]
    for toe in range(1, 6):
        foot = grid.union(foot, p[f"toe{toe}"], 0.006)
    field = grid.union(field, foot, 0.025)
    # The four fingers hardly fill the gaps between each other; together they grow out of the palm.
    fingers = None
    for finger in FINGERS:
        whole = grid.union(p[finger], p[finger + "Tip"], 0.004)
        if finger == "Thumb":
            field = grid.union(field, whole, 0.016)
        else:
            fingers = whole if fingers is None else grid.union(fingers, whole, 0.0025)
    field = grid.union(field, fingers, 0.012)
    return field
