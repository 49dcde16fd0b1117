"""One scene at a time."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, List, Literal, Mapping, Optional, Union, overload

from PIL import Image

from ._command import StrPath, run
from ._options import Options, arguments
from ._results import Array, Rendering, loader, read
from ._scene import Scene, scene_file

if TYPE_CHECKING:
    from typing_extensions import Unpack


@overload
def render(
    scene: Scene, *, as_: Literal["numpy"] = "numpy", base: Optional[StrPath] = None,
    command: Optional[StrPath] = None, **options: Unpack[Options],
) -> Rendering[Array]: ...
@overload
def render(
    scene: Scene, *, as_: Literal["pil"], base: Optional[StrPath] = None,
    command: Optional[StrPath] = None, **options: Unpack[Options],
) -> Rendering[Image.Image]: ...


def render(
    scene: Scene, *, as_: Literal["numpy", "pil"] = "numpy", base: Optional[StrPath] = None,
    command: Optional[StrPath] = None, **options: Unpack[Options],
) -> Rendering[Any]:
    """Render a scene's maps: ``{character: {map: picture}}``.

    ``scene`` is a scene file's path, or a scene as a dict; the relative paths in a dict are relative to ``base``, by
    default the working folder.
    ``options`` are those of ``Options``: ``maps only size profile together settings strict rigs``.

    Pictures are arrays of [height, width] or [height, width, 3], uint8, or uint16 for ``metric`` and for 16-bit depth;
    with ``as_="pil"`` they are PIL images. Each character also has ``keypoints``, ``openpose`` and ``boxes``, and the
    result has its ``manifest``.

    Raises the PosemapError for the command's exit code, with its messages; its warnings become PosemapWarnings.
    """
    if as_ not in ("numpy", "pil"):
        raise ValueError(f'as_ is "numpy" or "pil", not {as_!r}; render_files keeps files')
    with tempfile.TemporaryDirectory(prefix="posemap-") as folder:
        _draw(scene, folder, base, command, arguments(**options))
        return read(folder, as_=as_)


def render_files(
    scene: Scene, output: StrPath, *, base: Optional[StrPath] = None,
    command: Optional[StrPath] = None, **options: Unpack[Options],
) -> Rendering[Path]:
    """Render a scene into the folder ``output``: ``{character: {map: path}}``, with documents parsed as in ``render``.

    The files are the command's own, byte for byte. A run that fails keeps the old files.
    """
    _draw(scene, output, base, command, arguments(**options))
    return read(output, as_="path")


def render_frames(
    scene: Scene, frames: Union[range, str] = "all", *, fps: Optional[float] = None, jobs: Optional[int] = None,
    base: Optional[StrPath] = None, command: Optional[StrPath] = None, **options: Unpack[Options],
) -> Rendering[Array]:
    """Render the maps of a moving scene: arrays of [frames, height, width] or [frames, height, width, 3].

    ``frames`` is ``"all"``, ``"0..80"`` (both ends included) or ``range(81)``; ``fps`` is their rate, by default that
    of the longest clip; ``jobs`` is the number of processes that draw, by default one per core. The documents are
    lists, one per frame. A camera that frames its characters, and the depth range, are computed for the requested
    frames: parts of a long clip match if the camera is placed and ``depthRange`` is a pair of distances.

    Raises UsageError if no character moves in the scene.
    """
    line = arguments(**options) + [f"--frames={_span(frames)}"]
    line += [] if fps is None else [f"--fps={fps}"]
    line += [] if jobs is None else [f"--jobs={jobs}"]
    with tempfile.TemporaryDirectory(prefix="posemap-") as folder:
        _draw(scene, folder, base, command, line)
        return read(folder)


def _span(frames: Union[range, str]) -> str:
    if isinstance(frames, str):
        return frames
    if len(frames) == 0 or frames.step != 1 or frames.start < 0:
        raise ValueError(f"frames go up one by one from 0 or later, as range(81) does; {frames} does not")
    return f"{frames.start}..{frames.stop - 1}"


def _draw(
    scene: Scene, folder: StrPath, base: Optional[StrPath], command: Optional[StrPath], options: List[str]
) -> None:
    # A dict becomes a file for this run only, whose location would differ between runs.
    is_dict = isinstance(scene, Mapping)
    passing = ["--no-origin"] if is_dict else []
    with scene_file(scene, base) as path:
        folder_unsaid = os.path.dirname(path) if is_dict else None
        run(command, ["render", *options, *passing, "--quiet", f"--output={os.fspath(folder)}", "--", path], folder_unsaid)
