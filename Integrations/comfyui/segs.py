"""The detector protocol of ltdrdata's ComfyUI-Impact-Pack: SEGS = ((height, width), [SEG, …])."""

import sys
from collections import namedtuple

import numpy as np

from .drawing import tensor

FIELDS = ["cropped_image", "cropped_mask", "confidence", "crop_region", "bbox", "label", "control_net_wrapper"]
OwnSEG = namedtuple("SEG", FIELDS, defaults=[None])


def seg(*values):
    """Return Impact-Pack's own SEG if it is loaded; looked up late, because it may be loaded after this pack."""
    return getattr(sys.modules.get("impact.core"), "SEG", OwnSEG)(*values)


class BoxDetector:
    """A detector of boxes known in advance, in an image of any size, each with confidence 1."""

    def __init__(self, boxes, canvas, label):
        """``boxes`` are [left, top, right, bottom] in pixels of ``canvas``, (width, height)."""
        self.boxes = boxes
        self.canvas = canvas
        self.label = label

    def setAux(self, x):
        """Accept the object to detect, for detectors that expect a prompt; ignored here."""

    def detect(self, image, threshold, dilation, crop_factor, drop_size=1, detailer_hook=None):
        """Return the boxes in an IMAGE [frames, height, width, 3] as SEGS.

        ``dilation`` grows the masks like OpenCV's square kernel of that size; each box is cropped from the image with
        ``crop_factor`` times its size around it; boxes not larger than ``drop_size`` are left out.
        """
        height, width = image.shape[1], image.shape[2]
        segments = []
        for box in self._boxes_in(width, height, threshold):
            if min(box[2] - box[0], box[3] - box[1]) <= max(drop_size, 1):
                continue
            region = crop_region(width, height, box, crop_factor)
            if detailer_hook is not None:
                region = detailer_hook.post_crop_region(width, height, box, region)
            left, top, right, bottom = region
            mask = box_mask(width, height, box, dilation)[top:bottom, left:right]
            cropped = image[:, top:bottom, left:right, :]
            segments.append(seg(cropped, mask, np.float32(1), region, np.array(box, np.float32), self.label, None))
        segs = (height, width), segments
        if detailer_hook is not None and hasattr(detailer_hook, "post_detection"):
            segs = detailer_hook.post_detection(segs)
        return segs

    def detect_combined(self, image, threshold, dilation):
        """Return all boxes in one mask [height, width], or None if there are none."""
        height, width = image.shape[1], image.shape[2]
        masks = [box_mask(width, height, box, dilation) for box in self._boxes_in(width, height, threshold)]
        return tensor(np.max(masks, axis=0)) if masks else None

    def _boxes_in(self, width, height, threshold):
        """Return the boxes scaled to an image, clipped to its edges."""
        across, down = width / self.canvas[0], height / self.canvas[1]
        scaled = [
            [max(0.0, left * across), max(0.0, top * down),
             min(float(width), right * across), min(float(height), bottom * down)]
            for left, top, right, bottom in self.boxes
        ]
        return [box for box in scaled if threshold <= 1 and box[0] < box[2] and box[1] < box[3]]


def crop_region(width, height, box, factor):
    """Return [left, top, right, bottom] in whole pixels: ``factor`` times the box about its center, moved into the
    image."""

    def span(low, high, limit):
        length = min((high - low) * factor, limit)
        start = min(max(0, int((low + high) / 2 - length / 2)), limit - length)
        return int(start), int(start + length)

    left, right = span(box[0], box[2], width)
    top, bottom = span(box[1], box[3], height)
    return [left, top, right, bottom]


def box_mask(width, height, box, dilation):
    """Return a mask [height, width] of a box, with Impact-Pack's pixel convention: both ends included."""
    left, top, right, bottom = (int(side) for side in box)
    # A square of n pixels extends n/2, rounded down, on the far side, and the rest on the near
    # side.
    far = max(dilation, 0) // 2
    near = max(dilation - 1, 0) - far
    mask = np.zeros((height, width), np.float32)
    mask[max(0, top - near) : bottom + far + 1, max(0, left - near) : right + far + 1] = 1
    return mask
