"""The pictures that the stand-in server "makes": of the size that the graph implies, in a color that depends on the node's id."""

from __future__ import annotations
import colorsys
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from PIL import Image, PngImagePlugin

from nodes import Json, Prompt, is_link
from server_validation import UPLOADED, Options, annotated_path, inside

SAVERS = {"SaveImage": "output", "PreviewImage": "temp", "SaveVideo": "output"}
# The sources of a picture's size, in order of precedence.
SIZE_INPUTS = ("latent_image", "samples", "pixels", "images", "images.image0", "image", "destination", "video")
UNKNOWN_SIZE = (64, 64)


@dataclass(frozen=True)
class Batch:
    width: int
    height: int
    count: int = 1

    def scaled(self, factor: float) -> Batch:
        return Batch(round(self.width * factor), round(self.height * factor), self.count)


class Sizes:
    """Finds how many pictures of what size come out of a node, by tracing back to where the size is set."""

    def __init__(self, prompt: Prompt, options: Options) -> None:
        self.prompt = prompt
        self.options = options

    def of(self, node_id: str) -> Batch:
        node = self.prompt[node_id]
        kind, inputs = node["class_type"], node["inputs"]
        if kind in UPLOADED:
            path = annotated_path(self.options, inputs["image"])
            return Batch(*picture_size(path)) if path else Batch(*UNKNOWN_SIZE)
        if isinstance(inputs.get("width"), int) and isinstance(inputs.get("height"), int):
            return self.given(node)
        if kind == "ImageFromBatch":
            return self.part(inputs)
        return self.source(inputs).scaled(self.factor(kind, inputs))

    def given(self, node: Json) -> Batch:
        inputs, before = node["inputs"], self.source(node["inputs"])
        width, height = inputs["width"], inputs["height"]
        # In a scale node, 0 means: in proportion to the other side.
        width = width or round(before.width * height / before.height) or before.width
        height = height or round(before.height * width / before.width) or before.height
        if "LATENT" in self.options.definitions[node["class_type"]]["output"]:
            width, height = width // 8 * 8, height // 8 * 8
        count = inputs.get("length", inputs.get("batch_size", before.count))
        return Batch(width, height, count if isinstance(count, int) else before.count)

    def part(self, inputs: Json) -> Batch:
        before = self.source(inputs)
        length = inputs["length"] if isinstance(inputs["length"], int) else 1
        return Batch(before.width, before.height, min(length, before.count))

    def source(self, inputs: Json) -> Batch:
        names = SIZE_INPUTS
        if isinstance(inputs.get("select"), int):
            names = (f"input{inputs['select']}",)
        for name in names:
            if is_link(inputs.get(name)):
                return self.of(inputs[name][0])
        return Batch(*UNKNOWN_SIZE)

    def factor(self, kind: str, inputs: Json) -> float:
        if kind in ("ImageScaleBy", "LatentUpscaleBy") and not is_link(inputs["scale_by"]):
            return inputs["scale_by"]
        if kind == "ImageUpscaleWithModel":
            return self.model_factor(inputs["upscale_model"])
        return 1

    def model_factor(self, link: Any) -> float:
        """Return the scale from the model's name: `4x_…`, `RealESRGAN_x2`, `2x-…`."""
        name = self.prompt[link[0]]["inputs"].get("model_name", "") if is_link(link) else ""
        match = re.search(r"([248])x|x([248])", str(name), re.IGNORECASE)
        return int(match[1] or match[2]) if match else 4


def picture_size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def color(node_id: str, index: int) -> tuple[int, int, int]:
    digest = hashlib.sha256(f"{node_id}/{index}".encode()).digest()
    red, green, blue = colorsys.hsv_to_rgb(digest[0] / 256, 0.6, 0.8)
    return round(red * 255), round(green * 255), round(blue * 255)


def write_png(path: Path, batch: Batch, node_id: str, index: int, prompt: Prompt) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("prompt", json.dumps(prompt))
    picture = Image.new("RGB", (batch.width, batch.height), color(node_id, index))
    picture.save(path, pnginfo=info, compress_level=1)


def save_names(folder: Path, prefix: str, count: int, suffix: str) -> Iterator[tuple[str, str]]:
    """Return (subfolder, file name): `<prefix>_00001_.png`, counting on from existing files."""
    subfolder, _, stem = prefix.rpartition("/")
    place = inside(folder, subfolder)
    if place is None:
        raise ValueError("Saving image outside the output folder is not allowed.")
    place.mkdir(parents=True, exist_ok=True)
    there = [re.fullmatch(re.escape(stem) + r"_(\d+)_\..*", one.name) for one in place.iterdir()]
    first = max((int(match[1]) for match in there if match), default=0) + 1
    for number in range(first, first + count):
        yield subfolder, f"{stem}_{number:05}_{suffix}"


def save(options: Options, prompt: Prompt, node_id: str) -> Json:
    """Return the "ui" output of a saving node; the files exist when it is sent."""
    node = prompt[node_id]
    kind = SAVERS[node["class_type"]]
    folder, batch = options.place(kind), Sizes(prompt, options).of(node_id)
    prefix = node["inputs"].get("filename_prefix", "ComfyUI_temp")
    if node["class_type"] == "SaveVideo":
        subfolder, name = next(save_names(folder, prefix, 1, ".mp4"))
        # Only the head of an MP4: nobody plays it.
        (folder / subfolder / name).write_bytes(b"\x00\x00\x00\x14ftypisom\x00\x00\x00\x00isom")
        return {"images": [{"filename": name, "subfolder": subfolder, "type": kind}], "animated": [True]}
    images = []
    for index, (subfolder, name) in enumerate(list(save_names(folder, prefix, batch.count, ".png"))):
        write_png(folder / subfolder / name, batch, node_id, index, prompt)
        images.append({"filename": name, "subfolder": subfolder, "type": kind})
    return {"images": images}
