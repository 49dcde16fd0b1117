"""Faces and hands as masks, and as a detector that needs no model."""

import math

import numpy as np

from .command import PosemapError
from .drawing import draw, tensor
from .node import SceneNode
from .segs import BoxDetector

PARTS = {
    "face": ["face"], "head": ["head"], "hands": ["leftHand", "rightHand"], "leftHand": ["leftHand"],
    "rightHand": ["rightHand"], "body": ["body"],
}


class PosemapBoxes(SceneNode):
    """The boxes of faces, hands or bodies as a mask."""

    DESCRIPTION = "A mask that is 1 in the boxes of a character's face, head, hands or body."
    RETURN_TYPES = ("MASK",)
    RETURN_NAMES = ("mask",)

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {
            **cls.SCENE,
            "part": (list(PARTS),),
            **cls.CHARACTER,
            **cls.FRAME,
            "grow": ("INT", {"default": 0, "min": 0, "max": 1024, "tooltip": "Pixels added on each side."}),
            **cls.CANVAS,
        }}

    def run(self, scene, part, character, frame, grow, width, height, profile):
        boxes, (width, height) = boxes_of(scene, part, character, frame, width, height, profile)
        mask = np.zeros((1, height, width), np.float32)
        for left, top, right, bottom in boxes:
            # Every pixel that the box touches.
            rows = slice(max(0, math.floor(top) - grow), max(0, math.ceil(bottom) + grow))
            columns = slice(max(0, math.floor(left) - grow), max(0, math.ceil(right) + grow))
            mask[0, rows, columns] = 1
        return (tensor(mask),)


class PosemapFaceDetector(SceneNode):
    """A BBOX_DETECTOR for Impact-Pack's FaceDetailer that finds the face where the scene places it."""

    DESCRIPTION = "The face (or head, hands) as a detector for FaceDetailer: no detection model, no missed faces."
    RETURN_TYPES = ("BBOX_DETECTOR",)
    RETURN_NAMES = ("bbox_detector",)

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {**cls.SCENE, "part": (list(PARTS),), **cls.CHARACTER, **cls.FRAME, **cls.CANVAS}}

    def run(self, scene, part, character, frame, width, height, profile):
        boxes, canvas = boxes_of(scene, part, character, frame, width, height, profile)
        return (BoxDetector(boxes, canvas, part),)


def boxes_of(scene, part, character, frame, width, height, profile):
    """Return the boxes of a part as [left, top, right, bottom] in pixels, and the size of their canvas, (width,
    height).

    Parts outside the picture have no box. Raises PosemapError, also if the command is too old to write boxes.
    """
    with draw(scene, ["openpose"], character, frame, width, height, profile) as drawing:
        documents = drawing.documents("boxes")
        if not documents:
            raise PosemapError("This posemap writes no boxes.json; the node needs a newer one.")
        found = [person.get(name) for person in documents[0]["people"] for name in PARTS[part]]
        return [[x, y, x + w, y + h] for x, y, w, h in filter(None, found)], drawing.size
