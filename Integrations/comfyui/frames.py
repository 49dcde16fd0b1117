"""A clip as a batch of pictures, for video models."""

from .command import PosemapError
from .drawing import MAPS, draw
from .maps import silhouette_of
from .node import SceneNode


class PosemapFrames(SceneNode):
    """One map over the frames of a clip.

    A camera that frames its characters, and the depth range, are computed for the requested frames: parts of a long
    clip match if the scene places the camera and sets ``depthRange`` to a pair of distances.
    """

    DESCRIPTION = "Frames of a moving posemap scene as a batch of one map."
    RETURN_TYPES = ("IMAGE", "MASK", "INT", "FLOAT")
    RETURN_NAMES = ("frames", "masks", "count", "fps")

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {
            **cls.SCENE,
            "map": (MAPS,),
            **cls.CHARACTER,
            "first": ("INT", {"default": 0, "min": 0, "max": 99_999}),
            "last": ("INT", {"default": -1, "min": -1, "max": 99_999, "tooltip": "-1 is the clip's last."}),
            "fps": ("FLOAT", {
                "default": 0.0, "min": 0.0, "max": 1000.0, "step": 0.01,
                "tooltip": "Frames per second; 0 is the clip's own. Wan expects 16.",
            }),
            **cls.CANVAS,
        }}

    def run(self, scene, map, character, first, last, fps, width, height, profile):
        if 0 <= last < first:
            raise PosemapError(f"first is {first}, which is after last, {last}.")
        if last < 0 and first > 0:
            last = _last_frame(scene, fps, width, height, profile)
            if last < first:
                raise PosemapError(f"first is {first}, which is after the clip's last frame, {last}.")
        span = "all" if last < 0 else f"{first}..{last}"
        silhouette = silhouette_of(map)
        with draw(scene, [map, silhouette], character, -1, width, height, profile, span, fps) as drawing:
            frames = drawing.image(map)
            return frames, drawing.mask(silhouette), len(frames), float(drawing.manifest["frames"]["rate"])


def _last_frame(scene, fps, width, height, profile):
    """Return the clip's last frame. Only the command knows it; a single mask of everyone is the smallest output."""
    with draw(scene, ["mask"], "all", -1, width, height, profile, "all", fps) as drawing:
        return drawing.manifest["frames"]["last"]
