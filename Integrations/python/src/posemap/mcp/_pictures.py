"""Pictures as content that an agent sees."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import List, Union

from mcp.types import ImageContent

from .._results import read
from ._folder import Refused

#: What clients and models take as one picture, before it is encoded in base64.
MOST_BYTES = 3_500_000
_MOST_PICTURES = 6


def shown(path: Path) -> ImageContent:
    """A PNG file as content. Raises Refused if it is too large to be looked at."""
    data = path.read_bytes()
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:g}"
        raise Refused(f"the picture has {size}; ask for fewer maps or a smaller size")
    return ImageContent(type="image", data=base64.b64encode(data).decode("ascii"), mime_type="image/png")


def pictures(folder: Path) -> List[Union[str, ImageContent]]:
    """The maps that a render left in a folder, each after a line that says whose it is."""
    maps = [(who, name, path) for who, found in read(folder, as_="path").items() for name, path in found.items()]
    if len(maps) > _MOST_PICTURES:
        raise Refused(f"these are {len(maps)} pictures; name up to {_MOST_PICTURES} characters in only, or ask for them together")
    return [part for who, name, path in maps for part in (f"{who}, {name}:", shown(path))]
