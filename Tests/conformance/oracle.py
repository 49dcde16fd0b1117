"""The reference programs: controlnet_aux's OpenPose drawing, cv2.Canny, and styles of other programs made of the same calls."""
import colorsys
import importlib.util
import math
import sys
import types
from collections import namedtuple
from pathlib import Path

import cv2
import numpy as np

Keypoint = namedtuple("Keypoint", "x y score id", defaults=(1.0, -1))
STYLES = ("comfy", "core", "v11", "xinsir", "vace", "aapose")


class OpenPoseOracle:
    """Draws with the drawing code from the unzipped wheel. Points are (x, y) from 0 to 1, or None."""

    def __init__(self, wheel):
        self.hf = self.load(wheel, "open_pose")
        self.v11 = self.load(wheel, "dwpose")

    @staticmethod
    def load(wheel, package):
        # The modules need two names from their sibling `body`, which would import torch.
        name = f"cnaux_{package}"
        body = types.ModuleType(f"{name}.body")
        body.Keypoint, body.BodyResult = Keypoint, namedtuple("BodyResult", "keypoints")
        parent = types.ModuleType(name)
        parent.__path__ = []
        sys.modules.update({name: parent, f"{name}.body": body})
        spec = importlib.util.spec_from_file_location(f"{name}.util", Path(wheel) / package / "util.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def draw(self, people, width, height, style="comfy", scaled_discs=False):
        canvas = np.zeros((height, width, 3), np.uint8)
        if style in ("v11", "vace"):
            canvas = self.draw_limb_by_limb(canvas, people)
            return canvas[..., ::-1] if style == "vace" else canvas
        for person in people:
            if style == "core":
                draw_core(canvas, person)
                continue
            if style == "comfy":
                canvas = self.hf.draw_bodypose(canvas, [p and Keypoint(*p) for p in person["body"]])
            else:
                draw_sticks(canvas, person, style, scaled_discs)
            if style == "aapose":
                for hand in ("left_hand", "right_hand"):
                    draw_thin_hand(canvas, person[hand])
            else:
                for hand in ("left_hand", "right_hand"):
                    canvas = self.hf.draw_handpose(canvas, dots(person[hand]))
            canvas = self.hf.draw_facepose(canvas, dots(person["face"]))
        return canvas

    def draw_limb_by_limb(self, canvas, people):
        candidate, subset, hands, faces = [], [], [], []
        for person in people:
            row = []
            for point in person["body"]:
                row.append(len(candidate) if point else -1)
                candidate += [point] if point else []
            subset.append(row + [1.0, 18])
            faces += [[p or (-1, -1) for p in person["face"]]] if person["face"] else []
        for hand in ("left_hand", "right_hand"):  # DWPose stacks all left hands before the right ones
            hands += [[p or (-1, -1) for p in person[hand]] for person in people if person[hand]]
        canvas = self.v11.draw_bodypose(canvas, candidate, subset)
        canvas = self.v11.draw_handpose(canvas, hands)
        return self.v11.draw_facepose(canvas, faces)


def dots(points):
    """Replace None, which hands and faces do not support: there, a missing point is at (-1, -1)."""
    return points and [Keypoint(*(p or (-1.0, -1.0))) for p in points]


LIMBS = [(1, 2), (1, 5), (2, 3), (3, 4), (5, 6), (6, 7), (1, 8), (8, 9), (9, 10), (1, 11), (11, 12),
         (12, 13), (1, 0), (0, 14), (14, 16), (0, 15), (15, 17), (13, 18), (10, 19)]
COLORS = [(255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0),
           (0, 255, 85), (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255),
           (170, 0, 255), (255, 0, 255), (255, 0, 170), (255, 0, 85), (200, 200, 0), (100, 100, 0)]


def draw_sticks(canvas, person, style, scaled_discs):
    """xinsir's sticks as ComfyUI draws them, and Wan2.2-Animate's ("v2" widths), from their published numbers. The card of xinsir's
    model grows the discs by the factor of the sticks; ComfyUI does not."""
    height, width = canvas.shape[:2]
    side = max(width, height)
    if style == "xinsir":
        stick, disc = 4 * (1 if side < 500 else min(2 + side // 1000, 7)), 4
        disc = stick if scaled_discs else disc
    else:
        stick = disc = max(int(min(width, height) / 200) - 1, 1)
    toes = person.get("toes") or [None, None]
    points = [p and (p[0] * width, p[1] * height) for p in person["body"] + (toes if style == "aapose" else [])]
    for (start, end), color in zip(LIMBS, COLORS):
        if max(start, end) >= len(points) or not points[start] or not points[end]:
            continue
        (x1, y1), (x2, y2) = points[start], points[end]
        polygon = cv2.ellipse2Poly(
            (int((x1 + x2) / 2), int((y1 + y2) / 2)), (int(math.hypot(x1 - x2, y1 - y2) / 2), stick),
            int(math.degrees(math.atan2(y1 - y2, x1 - x2))), 0, 360, 1)
        cv2.fillConvexPoly(canvas, polygon, [int(c * 0.6) for c in color])
    for point, color in zip(points, COLORS):
        if point:
            cv2.circle(canvas, (int(point[0]), int(point[1])), disc, color, thickness=-1)


def draw_thin_hand(canvas, points):
    from matplotlib.colors import hsv_to_rgb
    height, width = canvas.shape[:2]
    thickness = max(max(int(min(width, height) / 200) - 1, 1) // 2, 1)
    pixels = [p and (int(p[0] * width), int(p[1] * height)) for p in points or []]
    pixels = [p if p and min(p) > 0.01 else None for p in pixels]
    edges = [(f * 4 + i if i else 0, f * 4 + i + 1) for f in range(5) for i in range(4)] if pixels else []
    for index, (start, end) in enumerate(edges):
        if pixels[start] and pixels[end]:
            cv2.line(canvas, pixels[start], pixels[end], hsv_to_rgb([index / 20, 1, 1]) * 255, thickness=thickness)
    for pixel in pixels:
        if pixel:
            cv2.circle(canvas, pixel, thickness, (0, 0, 255), thickness=-1)


def draw_core(canvas, person):
    """ComfyUI's own SDPoseDrawKeypoints with OpenCV, from its published numbers. Pixels are 32-bit floats there, and under NumPy 2, as
    here, so is everything calculated from them up to the square of a limb's length."""
    height, width = canvas.shape[:2]

    def pixels(part, count):
        points = person.get(part) or [None] * count
        return [p and (np.float32(p[0] * width), np.float32(p[1] * height)) for p in points[:count]]

    def spot(point, least):
        """Return the whole pixel, if it is in the picture: only limbs extend to it from outside."""
        x, y = map(int, point or (-1, -1))
        return (x, y) if least <= x < width and least <= y < height else None

    def disc(point, radius, color, least):
        if center := spot(point, least):
            cv2.circle(canvas, center, radius, color, thickness=-1)

    body = pixels("body", 18)
    for (start, end), color in zip(LIMBS[:17], COLORS):
        if body[start] and body[end]:
            draw_core_limb(canvas, *body[start], *body[end], color)
    # The feet's colors start over, and there are no limbs.
    for point, color in zip(body + pixels("feet", 6), COLORS[:18] * 2):
        disc(point, 4, color, 0)
    for hand in ("right_hand", "left_hand"):
        points = pixels(hand, 21)
        for edge in range(20):
            start = spot(points[edge if edge % 4 else 0], 1)
            end = spot(points[edge + 1], 1)
            if start and end:
                color = [int(c * 255) for c in colorsys.hsv_to_rgb(edge / 20, 1, 1)]
                cv2.line(canvas, start, end, color, thickness=2)
        for point in points:
            disc(point, 4, (0, 0, 255), 1)
    # The last two of the face's 70 points are the eyes, which belong to the body.
    for point in pixels("face", 68):
        disc(point, 3, (255, 255, 255), 1)


def draw_core_limb(canvas, x1, y1, x2, y2, color):
    """Draw a limb unless it is shorter than a pixel."""
    length = math.sqrt(np.square(x1 - x2) + np.square(y1 - y2))
    if length >= 1:
        angle = int(math.degrees(math.atan2(y1 - y2, x1 - x2)))
        polygon = cv2.ellipse2Poly((int((x1 + x2) / 2), int((y1 + y2) / 2)), (int(length / 2), 4), angle, 0, 360, 1)
        cv2.fillConvexPoly(canvas, polygon, color)


def parse(document):
    """POSE_KEYPOINT as ComfyUI's SDPoseDrawKeypoints reads it at its threshold of 0.3: every part whole, of 32-bit floats, and a list
    that is null an error, except for the feet, which can be null, empty or absent; then 0..1 as in `cases`."""
    width, height = document["canvas_width"], document["canvas_height"]

    def points(flat, count):
        triples = np.array(flat, np.float32).reshape(count, 3)
        return [None if score < 0.3 else (float(x) / width, float(y) / height) for x, y, score in triples]

    return [{"body": points(person["pose_keypoints_2d"], 18),
             "feet": points(person.get("foot_keypoints_2d") or [0] * 18, 6),
             "face": points(person["face_keypoints_2d"], 70),
             "right_hand": points(person["hand_right_keypoints_2d"], 21),
             "left_hand": points(person["hand_left_keypoints_2d"], 21)} for person in document["people"]]


def decode(document):
    """POSE_KEYPOINT as ComfyUI's decode_json_as_poses reads it: a point of confidence below 1 is missing, a list that is null or empty
    is no part; then 0..1 as `cases` has it. That function is in no PyPI package, so its rules are written down here."""
    width, height = document["canvas_width"], document["canvas_height"]
    keys = {"body": "pose_keypoints_2d", "face": "face_keypoints_2d",
            "left_hand": "hand_left_keypoints_2d", "right_hand": "hand_right_keypoints_2d"}

    def points(flat):
        if not flat:
            return None
        assert len(flat) % 3 == 0
        return [(x / width, y / height) if c >= 1 else None for x, y, c in zip(flat[::3], flat[1::3], flat[2::3])]

    return [{part: points(person.get(key)) for part, key in keys.items()} for person in document["people"]]


def mask(picture, grow, feather):
    """Move the edge of a black-and-white picture and make it a ramp, using OpenCV's exact distances."""
    def squares(inside):
        # To the nearest zero; without one, OpenCV's distances mean nothing.
        if inside.all():
            return np.full(inside.shape, 2.0 ** 40)
        return np.rint(cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE).astype(float) ** 2)
    inside = picture > 0
    inside = squares(~inside) <= grow ** 2 if grow > 0 else squares(inside) > grow ** 2
    if feather == 0:
        return inside.astype(np.uint8) * 255
    distance = np.where(inside, np.sqrt(squares(inside)) - 0.5, 0.5 - np.sqrt(squares(~inside)))
    share = np.clip(distance / feather + 0.5, 0, 1)
    return np.floor(share ** 2 * (3 - 2 * share) * 255 + 0.5).astype(np.uint8)


def canny(image, low, high, aperture=3, norm="L1", gray=False):
    image = np.ascontiguousarray(image)
    if gray:
        image = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    return cv2.Canny(image, low, high, apertureSize=aperture, L2gradient=norm == "L2")
