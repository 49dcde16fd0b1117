"""A mask as a detector, for workflows that have a picture of the face's location."""

import numpy as np

from .segs import BoxDetector


class PosemapMaskDetector:
    """A BBOX_DETECTOR for Impact-Pack's FaceDetailer that finds the bounding box of a mask's white pixels."""

    CATEGORY = "posemap"
    FUNCTION = "run"
    DESCRIPTION = "A mask (the …-face.png of posemap comfyui) as a detector for FaceDetailer: no detection model, no missed faces."
    RETURN_TYPES = ("BBOX_DETECTOR",)
    RETURN_NAMES = ("bbox_detector",)

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"mask": ("MASK",)}}

    def run(self, mask):
        pixels = np.asarray(mask)
        pixels = pixels.reshape(-1, *pixels.shape[-2:]).max(axis=0) >= 0.5
        rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
        boxes = [[columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]] if rows.size else []
        return (BoxDetector(boxes, (pixels.shape[1], pixels.shape[0]), "face"),)
