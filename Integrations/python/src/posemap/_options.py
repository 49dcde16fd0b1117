"""The options of ``posemap render`` as keywords."""

from __future__ import annotations

import os
import re
from typing import Iterable, List, Mapping, Optional, Tuple, TypedDict, Union

Names = Union[str, Iterable[str]]
Size = Union[str, Tuple[int, int]]
Setting = Union[str, bool, float, Iterable[Union[str, float]]]


class Options(TypedDict, total=False):
    """The options of every rendering function in this package; all are optional.

    ``maps``: names, as ``"openpose,depth"`` or a list, or ``"all"``; by default openpose, depth, normal, canny, mask.
    ``only``: ids of the characters to draw; the others still count toward the depth range.
    ``size``: another canvas with the same framing, ``(width, height)`` in pixels, each 64 to 8192.
    ``profile``: the models that the maps are for, such as ``"sdxl-xinsir"``.
    ``together``: all characters in one picture, under the id ``"all"``.
    ``settings``: map settings by their names in scene files, such as ``{"depth": "zoe", "cannyThresholds": [50,
    200]}``; they override the scene's.
    ``strict``: warnings are errors.
    ``rigs``: the folder of bodies and library poses; by default the one beside the command.
    """

    maps: Optional[Names]
    only: Optional[Names]
    size: Optional[Size]
    profile: Optional[str]
    together: bool
    settings: Optional[Mapping[str, Setting]]
    strict: bool
    rigs: Optional[Union[str, "os.PathLike[str]"]]


def arguments(
    *,
    maps: Optional[Names] = None,
    only: Optional[Names] = None,
    size: Optional[Size] = None,
    profile: Optional[str] = None,
    together: bool = False,
    settings: Optional[Mapping[str, Setting]] = None,
    strict: bool = False,
    rigs: Optional[Union[str, "os.PathLike[str]"]] = None,
) -> List[str]:
    """Return the command line for some options."""
    names = None if maps is None else _value(maps)
    if names == "":
        raise ValueError('maps is empty; leave it out for the usual maps, or name some, as ["openpose", "depth"]')
    values = {
        "maps": names,
        "only": None if only is None else _value(only),
        "size": size if size is None or isinstance(size, str) else "x".join(str(side) for side in size),
        "profile": profile,
        "rigs": None if rigs is None else os.fspath(rigs),
    }
    given = {name: value for name, value in values.items() if value is not None}
    given.update({_option(name): _value(value) for name, value in (settings or {}).items()})
    # With "=", a value can begin with a minus.
    line = [f"--{name}={value}" for name, value in given.items()]
    return line + ["--together"] * together + ["--strict"] * strict


def _option(setting: str) -> str:
    """Convert ``cannyThresholds`` or ``canny_thresholds`` to ``--canny-thresholds``."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"-\1", setting).replace("_", "-").lower()


def _value(value: Setting) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    return ",".join(str(element) for element in value)
