"""The base of all nodes: the scene that they draw."""

import os

from .command import PosemapError, find_command
from .drawing import PROFILES, fingerprint
from .scene import scene_path

SIDE = {"default": 0, "min": 0, "max": 8192, "step": 8}


class SceneNode:
    """A node whose first input is a scene file."""

    CATEGORY = "posemap"
    FUNCTION = "run"

    # Parts of INPUT_TYPES.
    SCENE = {"scene": ("STRING", {
        "default": "scene.json",
        "tooltip": "A scene file; a relative path is relative to ComfyUI's input folder.",
    })}
    CHARACTER = {"character": ("STRING", {
        "default": "",
        "tooltip": "A character's id; empty is the scene's first, all is everyone in one picture.",
    })}
    FRAME = {"frame": ("INT", {
        "default": -1, "min": -1, "max": 99_999,
        "tooltip": "A frame of the characters' clips; -1 is the scene as a still.",
    })}
    CANVAS = {
        "width": ("INT", {**SIDE, "tooltip": "Another canvas with the same framing; 0 is the scene's own."}),
        "height": ("INT", {**SIDE, "tooltip": "Another canvas with the same framing; 0 is the scene's own."}),
        "profile": (PROFILES, {"tooltip": "The models that the maps are for; selects matching sizes and settings."}),
    }

    @classmethod
    def IS_CHANGED(cls, scene=None, width=0, height=0, profile=PROFILES[0], **_):
        # The value from another node is None here; that node's own changes are detected, but not
        # those of the files.
        if None in (scene, width, height, profile):
            return float("nan")
        return fingerprint(scene, width, height, profile)

    @classmethod
    def VALIDATE_INPUTS(cls, scene=None):
        if scene is None:
            return True
        try:
            find_command()
        except PosemapError as fault:
            return str(fault)
        if not scene.strip():
            return "Name a scene: the path of a scene file, or its name if it is in ComfyUI's input folder."
        path = scene_path(scene)
        return True if os.path.isfile(path) else f"There is no scene file {path}."
