"""posemap's nodes for ComfyUI: scenes in text in, control maps out. README.md says how to install them."""

from .boxes import PosemapBoxes, PosemapFaceDetector
from .frames import PosemapFrames
from .maps import PosemapMap, PosemapMaps
from .mask_detector import PosemapMaskDetector

NODE_CLASS_MAPPINGS = {
    "PosemapMaps": PosemapMaps,
    "PosemapMap": PosemapMap,
    "PosemapFrames": PosemapFrames,
    "PosemapBoxes": PosemapBoxes,
    "PosemapFaceDetector": PosemapFaceDetector,
    "PosemapMaskDetector": PosemapMaskDetector,
}

NODE_DISPLAY_NAME_MAPPINGS = {
    "PosemapMaps": "Posemap Maps",
    "PosemapMap": "Posemap Map (any one)",
    "PosemapFrames": "Posemap Frames (clip)",
    "PosemapBoxes": "Posemap Boxes (face, hands)",
    "PosemapFaceDetector": "Posemap Face Detector",
    "PosemapMaskDetector": "Posemap Mask Detector",
}

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]
