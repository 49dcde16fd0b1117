"""Scenes as files, be they files already or dicts."""

from __future__ import annotations

import json
import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping, Optional, Union

from ._command import StrPath

Scene = Union[StrPath, Mapping[str, Any]]


@contextmanager
def scene_file(scene: Scene, base: Optional[StrPath]) -> Iterator[str]:
    """The path of a scene for as long as it is needed.

    A dict becomes ``scene.json`` in a folder of its own, in which everything of ``base`` is linked, or of the working
    folder if the scene names files: relative paths are seen from there as they would be from ``base``, the manifest has
    them as they were written, and ``base`` stays untouched. Only what climbs out of ``base`` with ``..`` has to be an
    absolute path.
    """
    if not isinstance(scene, Mapping):
        if base is not None:
            raise ValueError("base= goes with a scene that is a dict; a file's paths are relative to its own folder")
        yield os.fspath(scene)
        return
    with tempfile.TemporaryDirectory(prefix="posemap-") as folder:
        file = Path(folder, "scene.json")
        file.write_text(json.dumps(scene, ensure_ascii=False, indent=2), "utf-8")
        if base is None and _names_files(scene):
            base = "."
        for entry in Path(base).resolve(strict=True).iterdir() if base is not None else ():
            if entry.name != file.name:
                Path(folder, entry.name).symlink_to(entry)
        yield str(file)


def _names_files(value: Any) -> bool:
    """Whether a text in a scene looks like a file's name."""
    if isinstance(value, str):
        return bool(re.search(r"^[^\s:]+\.\w{3,4}$", value))
    if isinstance(value, Mapping):
        return any(_names_files(one) for one in value.values())
    return isinstance(value, (list, tuple)) and any(_names_files(one) for one in value)
