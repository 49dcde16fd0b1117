"""Control maps for image models, from scenes as text: the ``posemap`` command in Python.

>>> maps = posemap.render("scene.json", maps="openpose,depth")     # doctest: +SKIP
>>> maps["ana"]["openpose"].shape                                   # doctest: +SKIP
(1216, 832, 3)

The command does all drawing, so its files and these results have the same pixels.
"""

from ._batch import Batch, batch, list_scenes
from ._command import find_command
from ._errors import (
    CommandNotFoundError,
    DataError,
    InternalError,
    InterruptedRunError,
    KilledError,
    MissingInputError,
    OutputError,
    PosemapError,
    PosemapWarning,
    UsageError,
)
from ._options import Options
from ._render import render, render_files, render_frames
from ._results import Character, Rendering, read

__version__ = "0.2.0"

__all__ = [
    "Batch",
    "Character",
    "CommandNotFoundError",
    "DataError",
    "InternalError",
    "InterruptedRunError",
    "KilledError",
    "MissingInputError",
    "Options",
    "OutputError",
    "PosemapError",
    "PosemapWarning",
    "Rendering",
    "UsageError",
    "batch",
    "find_command",
    "list_scenes",
    "read",
    "render",
    "render_files",
    "render_frames",
]
