"""One run of the command, and its pictures as ComfyUI's tensors."""

import hashlib
import json
import tempfile
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from .command import PosemapError, run
from .scene import first_character, read_scene, scene_path

try:
    from torch import from_numpy as tensor
except ImportError:  # outside ComfyUI, in tests

    def tensor(array):
        return array


MAPS = [
    "openpose", "depth", "normal", "canny", "mask", "visible", "parts", "shaded", "metric", "lineart", "softedge",
    "segmentation", "densepose", "curvature",
]
# The first choice is the scene's own.
PROFILES = [
    "scene", "sd15", "sdxl-xinsir", "noobai", "flux-union", "flux2-fun", "flux2-klein", "qwen",
    "qwen-fun", "qwen21-fun", "qwen-edit", "z-image", "z-image-base", "anima", "krea2",
    "sd35", "wan-vace", "wan-vace-fun", "wan-fun", "wan-animate", "scail",
]


class Drawing:
    """The maps of one character in a folder, for a still or for frames."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.manifest = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        entry = self.manifest.get("together") or self.manifest["characters"][0]
        self.character = entry.get("id", "all")

    @property
    def size(self):
        """(width, height) in pixels."""
        return self.manifest["canvas"]["width"], self.manifest["canvas"]["height"]

    def image(self, name):
        """Return a map as IMAGE: float32 [frames, height, width, 3], 0 to 1; gray maps have three equal channels."""
        maps = self._samples(name)
        return tensor(np.stack([maps] * 3, axis=-1) if maps.ndim == 3 else maps)

    def mask(self, name):
        """Return a gray map as MASK: float32 [frames, height, width], 0 to 1."""
        return tensor(self._samples(name))

    def documents(self, name):
        """Return the JSON files ``openpose``, ``keypoints`` or ``boxes``, one per frame; none if the command does not
        write them."""
        return [json.loads(file.read_text("utf-8")) for file in self._files(name, "json") if file.is_file()]

    def _files(self, name, suffix):
        folder, frames = self.folder / self.character, self.manifest.get("frames")
        if frames is None:
            return [folder / f"{name}.{suffix}"]
        return [folder / name / f"{frame:05d}.{suffix}" for frame in range(frames["first"], frames["last"] + 1)]

    def _samples(self, name):
        return np.stack([_samples(file) for file in self._files(name, "png")])


def _samples(file):
    with Image.open(file) as image:
        # 16-bit levels, of metric and optionally of depth, also go from 0 to 1.
        whole = 65535 if image.mode.startswith("I") else 255
        return np.asarray(image).astype(np.float32) / whole


@contextmanager
def draw(scene, maps, character="", frame=-1, width=0, height=0, profile=PROFILES[0], frames="", fps=0.0):
    """Draw maps of one character ("" = the scene's first, "all" = everyone in one picture).

    ``frame`` is one frame of the scene's clip, or −1 for the still; ``frames`` is a range, in the command's syntax.
    Raises PosemapError.
    """
    path = scene_path(scene)
    line = [f"--maps={','.join(maps)}", *canvas_options(width, height, profile)]
    character = character.strip() or first_character(read_scene(path))
    if character == "all":
        line.append("--together")
    elif character:
        line.append(f"--only={character}")
    if frames or frame >= 0:
        line.append(f"--frames={frames or f'{frame}..{frame}'}")
    if fps > 0:
        line.append(f"--fps={fps:g}")
    with tempfile.TemporaryDirectory(prefix="posemap-") as folder:
        run("render", *line, "--quiet", f"--output={folder}", "--", path)
        yield Drawing(folder)


def fingerprint(scene, width=0, height=0, profile=PROFILES[0]):
    """Return a text that changes with any file that a scene uses; NaN, which always differs, if it cannot be drawn.

    The command follows all of a scene's references, including poses that build on poses, and its manifest has the
    SHA-256 of each.
    A single mask of everyone is the smallest output that it can draw.
    """
    try:
        with draw(scene, ["mask"], "all", width=width, height=height, profile=profile) as drawing:
            return hashlib.sha256((drawing.folder / "manifest.json").read_bytes()).hexdigest()
    except PosemapError:
        # ComfyUI then runs the node, which reports the fault.
        return float("nan")


def canvas_options(width, height, profile):
    """The command's options for another canvas and for models; raises PosemapError."""
    line = [] if profile == PROFILES[0] else [f"--profile={profile}"]
    if bool(width) != bool(height):
        raise PosemapError("Give both width and height, or neither (0): then the scene's own size applies.")
    return line + [f"--size={width}x{height}"] * bool(width)
