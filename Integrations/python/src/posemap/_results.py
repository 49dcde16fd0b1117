"""The command's output as pictures and dicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Dict, List, Literal, TypeVar, Union, overload

import numpy as np
import numpy.typing as npt
from PIL import Image

from ._command import StrPath

# 8 or 16 bits per sample, [height, width] or [height, width, 3].
Array = npt.NDArray[Union[np.uint8, np.uint16]]
Picture = TypeVar("Picture")
Form = Literal["numpy", "pil", "path"]


class Character(Dict[str, Picture]):
    """One character's maps by name, with its keypoints and boxes.

    The three documents exist if the ``openpose`` map was drawn, else they are None; for a clip they are lists with one
    element per frame. docs/formats.md describes their format under "What is written".
    """

    #: ``openpose.json``: ComfyUI's POSE_KEYPOINT, a list of one document.
    openpose: Any
    #: ``keypoints.json``: every point, including hidden ones, as four numbers: x, y in pixels,
    #: distance in meters, visibility.
    keypoints: Any
    #: ``boxes.json``: [x, y, width, height] in pixels of face, head, hands and body; None if the
    #: command does not write them.
    boxes: Any

    def __init__(self, maps: Dict[str, Picture], documents: Dict[str, Any]) -> None:
        super().__init__(maps)
        self.openpose = documents.get("openpose")
        self.keypoints = documents.get("keypoints")
        self.boxes = documents.get("boxes")


class Rendering(Dict[str, Character[Picture]]):
    """A scene's characters by id, in the scene's order."""

    #: ``manifest.json``: inputs with their SHA-256, canvas, camera, settings, depth ranges.
    manifest: Dict[str, Any]

    def __init__(self, characters: Dict[str, Character[Picture]], manifest: Dict[str, Any]) -> None:
        super().__init__(characters)
        self.manifest = manifest


def array(path: Path) -> Array:
    """Return a PNG's samples unchanged: uint8 or uint16, [height, width] or [height, width, 3]."""
    with Image.open(path) as image:
        # Older versions of Pillow open 16 bits as 32.
        return np.array(image, dtype=np.uint16 if image.mode.startswith("I") else np.uint8)


def picture(path: Path) -> Image.Image:
    """Return a PNG, read completely, so that its file can be deleted."""
    with Image.open(path) as image:
        return image.copy()


@overload
def read(folder: StrPath, *, as_: Literal["numpy"] = "numpy") -> Rendering[Array]: ...
@overload
def read(folder: StrPath, *, as_: Literal["pil"]) -> Rendering[Image.Image]: ...
@overload
def read(folder: StrPath, *, as_: Literal["path"]) -> Rendering[Path]: ...


def read(folder: StrPath, *, as_: Form = "numpy") -> Rendering[Any]:
    """Read what an earlier run wrote into a scene's folder, as listed in its manifest.

    A still's maps are arrays, PIL images or paths. A clip's are arrays of all its frames, [frames, height, width] or
    [frames, height, width, 3], or lists of images or paths.

    Raises FileNotFoundError if the manifest is missing or incomplete, or if one of its files is missing.
    """
    path = Path(folder)
    manifest: Dict[str, Any] = json.loads((path / "manifest.json").read_text("utf-8"))
    load = loader(as_)
    files = {character["id"]: character["files"] for character in manifest["characters"]}
    if "together" in manifest:
        files["all"] = manifest["together"]["files"]
    if "frames" in manifest:
        stack: Callable[[List[Any]], Any] = np.stack if as_ == "numpy" else list
        return Rendering({id: _clip(path / id, manifest["frames"], load, stack) for id in files}, manifest)
    return Rendering({id: _still([path / name for name in files[id]], load) for id in files}, manifest)


def loader(as_: str) -> Callable[[Path], Any]:
    """Return the function that converts a PNG's path to the type that ``as_`` requests."""
    loaders: Dict[str, Callable[[Path], Any]] = {"numpy": array, "pil": picture, "path": Path}
    if as_ not in loaders:
        raise ValueError(f'as_ is "numpy", "pil" or "path", not {as_!r}')
    return loaders[as_]


def _still(files: List[Path], load: Callable[[Path], Any]) -> Character[Any]:
    maps = {file.stem: load(file) for file in files if file.suffix == ".png"}
    return Character(maps, {file.stem: _document(file) for file in files if file.suffix == ".json"})


def _clip(
    folder: Path, frames: Dict[str, Any], load: Callable[[Path], Any], stack: Callable[[List[Any]], Any]
) -> Character[Any]:
    numbers = [f"{frame:05d}" for frame in range(frames["first"], frames["last"] + 1)]
    maps = {name: stack([load(folder / name / f"{number}.png") for number in numbers]) for name in frames["maps"]}
    documents = {
        name: [_document(folder / name / f"{number}.json") for number in numbers]
        for name in ("openpose", "keypoints", "boxes")
        if "openpose" in frames["maps"] and (folder / name / f"{numbers[0]}.json").is_file()
    }
    return Character(maps, documents)


def _document(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
