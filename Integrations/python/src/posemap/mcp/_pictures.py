"""Pictures as content that an agent sees."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import List, Sequence, Tuple, Union

import numpy as np
import numpy.typing as npt
from mcp.types import ImageContent
from PIL import Image, ImageDraw, ImageFont

from .._results import read
from ._folder import Refused

#: The size that clients and models accept for one picture, before base64 encoding.
MOST_BYTES = 3_500_000
_MOST_PICTURES = 6


def shown(path: Path) -> ImageContent:
    """Return a PNG file as content. Raises Refused if it is too large to view."""
    return _content(path.read_bytes())


def labelled(path: Path, names: Sequence[str]) -> ImageContent:
    """Return a sheet of the library with a name on each picture; the pictures are in the order of ``names``."""
    with Image.open(path) as file:
        sheet = file.convert("RGB")
    pixels = np.asarray(sheet)
    ground = (pixels == pixels[0, 0]).all(axis=2)
    cells = [
        (left, top)
        for top, bottom in _spans(ground.all(axis=1))
        for left, right in _spans(ground.all(axis=0))
        if not ground[top:bottom, left:right].all()
    ]
    # Each item has as many pictures as the sheet shows maps or sides.
    each = len(cells) // len(names) if names else 0
    if each * len(names) != len(cells):
        return shown(path)
    pen = ImageDraw.Draw(sheet)
    # As large as the longest names allow in a picture; the sheets have up to eight pictures in a
    # row.
    font = ImageFont.load_default(size=max(12, sheet.width // 80))
    for name, (left, top) in zip(names, cells[:: max(each, 1)]):
        box = pen.textbbox((left + 4, top + 3), name, font=font)
        pen.rectangle((box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2), fill="white")
        pen.text((left + 4, top + 3), name, fill="black", font=font)
    data = io.BytesIO()
    sheet.save(data, "PNG")
    return _content(data.getvalue())


def _spans(separates: npt.NDArray[np.bool_]) -> List[Tuple[int, int]]:
    """Return the ranges between the lines that separate pictures."""
    edges = np.flatnonzero(np.diff(np.concatenate(([True], separates, [True])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist()))


def _content(data: bytes) -> ImageContent:
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:g}"
        raise Refused(f"the picture has {size}; ask for fewer maps or a smaller size")
    return ImageContent(type="image", data=base64.b64encode(data).decode("ascii"), mime_type="image/png")


def pictures(folder: Path) -> List[Union[str, ImageContent]]:
    """Return the maps in a render's folder, each after a line that names its character."""
    maps = [(who, name, path) for who, found in read(folder, as_="path").items() for name, path in found.items()]
    if len(maps) > _MOST_PICTURES:
        raise Refused(f"these are {len(maps)} pictures; name up to {_MOST_PICTURES} characters in only, or ask for them together")
    return [part for who, name, path in maps for part in (f"{who}, {name}:", shown(path))]
