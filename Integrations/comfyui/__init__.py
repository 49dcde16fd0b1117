"""posemap's nodes for ComfyUI: scenes as text in, control maps out. README.md explains how to install them."""

from .boxes import PosemapBoxes, PosemapFaceDetector
from .frames import PosemapFrames
from .maps import PosemapMap, PosemapMaps
from .mask_detector import PosemapMaskDetector
from .merge import PosemapMerge

NODE_CLASS_MAPPINGS = {
    "PosemapMaps": PosemapMaps,
    "PosemapMap": PosemapMap,
    "PosemapFrames": PosemapFrames,
    "PosemapBoxes": PosemapBoxes,
    "PosemapFaceDetector": PosemapFaceDetector,
    "PosemapMaskDetector": PosemapMaskDetector,
    "PosemapMerge": PosemapMerge,
}

NODE_DISPLAY_NAME_MAPPINGS = {
    "PosemapMaps": "Posemap Maps",
    "PosemapMap": "Posemap Map (any one)",
    "PosemapFrames": "Posemap Frames (clip)",
    "PosemapBoxes": "Posemap Boxes (face, hands)",
    "PosemapFaceDetector": "Posemap Face Detector",
    "PosemapMaskDetector": "Posemap Mask Detector",
    "PosemapMerge": "Posemap Merge (characters into one)",
}

# The scripts for ComfyUI's page.
WEB_DIRECTORY = "./web"

try:
    from server import PromptServer

    SERVER = getattr(PromptServer, "instance", None)
except ImportError:  # outside ComfyUI, in tests
    SERVER = None
if SERVER is not None:
    from .routes import add_routes

    STUDIOS = add_routes(SERVER)

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS", "WEB_DIRECTORY"]
