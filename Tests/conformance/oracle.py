"""The reference programs: controlnet_aux's OpenPose drawing and cv2.Canny."""
import importlib.util
import sys
import types
from collections import namedtuple
from pathlib import Path

import cv2
import numpy as np

Keypoint = namedtuple("Keypoint", "x y score id", defaults=(1.0, -1))


class OpenPoseOracle:
    """Draws with open_pose/util.py of the unzipped wheel. Points are (x, y) from 0 to 1, or None."""

    def __init__(self, wheel):
        # The module wants two names from its sibling `body`, which would import torch.
        body = types.ModuleType("cnaux.body")
        body.Keypoint, body.BodyResult = Keypoint, namedtuple("BodyResult", "keypoints")
        package = types.ModuleType("cnaux")
        package.__path__ = []
        sys.modules.update({"cnaux": package, "cnaux.body": body})
        spec = importlib.util.spec_from_file_location(
            "cnaux.util", Path(wheel) / "open_pose" / "util.py")
        self.util = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.util)

    def draw(self, people, width, height):
        canvas = np.zeros((height, width, 3), np.uint8)
        for person in people:
            body = [p and Keypoint(*p) for p in person["body"]]
            canvas = self.util.draw_bodypose(canvas, body)
            for hand in ("left_hand", "right_hand"):
                canvas = self.util.draw_handpose(canvas, self.dots(person[hand]))
            canvas = self.util.draw_facepose(canvas, self.dots(person["face"]))
        return canvas

    @staticmethod
    def dots(points):
        """Hands and faces know no None: there a missing point lies at (-1, -1)."""
        return points and [Keypoint(*(p or (-1.0, -1.0))) for p in points]


def canny(image, low, high):
    return cv2.Canny(np.ascontiguousarray(image), low, high)
