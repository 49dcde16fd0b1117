"""Scenes as files, whether they are files or dicts."""

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
    """Provide the path of a scene for as long as it is needed.

    A dict becomes ``scene.json`` in its own folder, which links to everything in ``base``, or in the working folder if
    the scene names files: relative paths resolve as they would in ``base``, the manifest contains them as written, and
    ``base`` stays untouched. Only paths that leave ``base`` through ``..`` must be absolute.
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
    """Return whether a text in a scene looks like a file name."""
    if isinstance(value, str):
        return bool(re.search(r"^[^\s:]+\.\w{3,4}$", value))
    if isinstance(value, Mapping):
        return any(_names_files(one) for one in value.values())
    return isinstance(value, (list, tuple)) and any(_names_files(one) for one in value)
