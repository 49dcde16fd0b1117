"""Maps of one character: the usual ones together, or any single one."""

from .drawing import MAPS, draw
from .node import SceneNode
from .scene import prompts, read_scene, scene_path


class PosemapMaps(SceneNode):
    """The usual maps of one character, its pose, and the scene's prompts."""

    DESCRIPTION = "Control maps of one character of a posemap scene, with its pose and prompts."
    RETURN_TYPES = (
        "IMAGE", "IMAGE", "IMAGE", "IMAGE", "MASK", "MASK", "POSE_KEYPOINT", "INT", "INT", "STRING", "STRING", "INT",
    )
    RETURN_NAMES = (
        "openpose", "depth", "normal", "canny", "mask", "visible", "pose_keypoint", "width", "height", "prompt",
        "negative", "seed",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {**cls.SCENE, **cls.CHARACTER, **cls.FRAME, **cls.CANVAS}}

    def run(self, scene, character, frame, width, height, profile):
        maps = ["openpose", "depth", "normal", "canny", "mask", "visible"]
        with draw(scene, maps, character, frame, width, height, profile) as drawing:
            return (
                *(drawing.image(name) for name in maps[:4]),
                *(drawing.mask(name) for name in maps[4:]),
                # The document is already a list for one picture, like POSE_KEYPOINT.
                drawing.documents("openpose")[0],
                *drawing.size,
                *prompts(read_scene(scene_path(scene)), drawing.character),
            )


class PosemapMap(SceneNode):
    """Any single map."""

    DESCRIPTION = "One control map of a character of a posemap scene, and the character's silhouette."
    RETURN_TYPES = ("IMAGE", "MASK")
    RETURN_NAMES = ("map", "mask")

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {**cls.SCENE, "map": (MAPS,), **cls.CHARACTER, **cls.FRAME, **cls.CANVAS}}

    def run(self, scene, map, character, frame, width, height, profile):
        silhouette = silhouette_of(map)
        with draw(scene, [map, silhouette], character, frame, width, height, profile) as drawing:
            return drawing.image(map), drawing.mask(silhouette)


def silhouette_of(map):
    """Return the mask that matches a map: the whole silhouette, or for ``visible`` its own."""
    return "visible" if map == "visible" else "mask"
