"""Pictures of a scene's characters, generated one by one, in one picture."""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from .command import PosemapError, run
from .drawing import canvas_options, tensor
from .node import SceneNode
from .scene import character_ids, read_scene, scene_path

# How many pictures go into the base: each is a socket and a field of the node.
MOST = 4


class PosemapMerge(SceneNode):
    """Each pixel from the picture of the character that is seen there, the rest from the base."""

    DESCRIPTION = "Pictures of a posemap scene's characters in one: each pixel is the picture's whose character is seen there."
    RETURN_TYPES = ("IMAGE",)
    RETURN_NAMES = ("image",)

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                **cls.SCENE,
                "base": ("IMAGE", {"tooltip": "The picture into which the others go."}),
                "base_character": ("STRING", {
                    "default": "",
                    "tooltip": "Whom the base shows: an id; empty is the scene's first, nobody is a background.",
                }),
                "grow": ("INT", {
                    "default": 12, "min": -256, "max": 256,
                    "tooltip": "How far hair and clothes stand out from the mannequins, in pixels.",
                }),
                "feather": ("INT", {
                    "default": 16, "min": 0, "max": 256, "tooltip": "How wide the blended band along a seam is, in pixels.",
                }),
                "match": ("BOOLEAN", {"default": False, "tooltip": "First match each picture's colors to the base's."}),
                **cls.CANVAS,
            },
            "optional": {
                name: kind
                for number in range(1, MOST + 1)
                for name, kind in (
                    (f"picture{number}", ("IMAGE",)),
                    (f"character{number}", ("STRING", {
                        "default": "", "tooltip": f"Whom picture{number} shows; empty is the next one of the scene.",
                    })),
                )
            },
        }

    def run(self, scene, base, base_character, grow, feather, match, width, height, profile, **pictures):
        path = scene_path(scene)
        shown = whom(character_ids(read_scene(path)), base_character, pictures)
        options = [f"--grow={grow}", f"--feather={feather}", *["--match"] * match, *canvas_options(width, height, profile)]
        count = max(len(batch) for _, batch in [("", base), *shown[1]])
        merged = [_merge(path, options, shown[0], base, shown[1], number) for number in range(count)]
        return (tensor(np.stack(merged)),)


def whom(ids, base_character, pictures):
    """Whom the base shows ("" for nobody), and (id, batch) of each picture that is given.

    Who is not named is the next character of the scene that no other picture shows.
    """
    named = [base_character, *(pictures.get(f"character{number}") or "" for number in range(1, MOST + 1))]
    named = [name.strip() for name in named]
    free = iter([one for one in ids if one not in named])

    def of(name):
        found = name or next(free, None)
        if found is None:
            raise PosemapError("There are more pictures than characters in the scene.")
        return found

    base = "" if named[0] == "nobody" else of(named[0])
    batches = [(pictures.get(f"picture{number}"), named[number]) for number in range(1, MOST + 1)]
    others = [(of(name), batch) for batch, name in batches if batch is not None]
    if not others:
        raise PosemapError("Connect the picture of at least one more character.")
    return base, others


def _merge(scene, options, base_character, base, others, number):
    """One picture of the batches; a batch of one goes with all of another."""
    with tempfile.TemporaryDirectory(prefix="posemap-") as name:
        folder = Path(name)

        def write(stem, batch):
            file = folder / f"{stem}.png"
            samples = np.asarray(batch[min(number, len(batch) - 1)])[..., :3]
            Image.fromarray((samples * 255).round().clip(0, 255).astype(np.uint8)).save(file, compress_level=1)
            return file

        under = write("base", base)
        line = [f"--base={base_character}={under}" if base_character else f"--background={under}"]
        line += [f"{id}={write(f'picture{index}', batch)}" for index, (id, batch) in enumerate(others)]
        run("merge", *options, "--quiet", f"--output={folder / 'merged.png'}", line[0], "--", scene, *line[1:])
        with Image.open(folder / "merged.png") as image:
            return np.asarray(image.convert("RGB")).astype(np.float32) / 255
