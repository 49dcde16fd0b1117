"""Many scenes in one run, or one machine's share of them."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Dict, Iterable, List, Optional, Tuple, Union

from ._command import StrPath, call, warn
from ._errors import KilledError, error
from ._options import Options, arguments

if TYPE_CHECKING:
    from typing_extensions import Unpack


@dataclass
class Batch:
    """The outcome of a run's scenes. A scene that is in none of the three was not started."""

    #: Scene → its folder, for the scenes rendered in this run.
    rendered: Dict[Path, Path] = field(default_factory=dict)
    #: Scene → its folder, for the scenes that an equal run had rendered before.
    present: Dict[Path, Path] = field(default_factory=dict)
    #: Scene → the command's messages about it, one sentence per line.
    failures: Dict[Path, str] = field(default_factory=dict)

    @property
    def folders(self) -> Dict[Path, Path]:
        """Scene → its folder, for all completed scenes; ``posemap.read(folder)`` returns the maps."""
        return {**self.rendered, **self.present}


def batch(
    scenes: Union[StrPath, Iterable[StrPath]], output: StrPath, *,
    shard: Union[None, str, Tuple[int, int]] = None, jobs: Optional[int] = None, fail_fast: bool = False,
    command: Optional[StrPath] = None, **options: Unpack[Options],
) -> Batch:
    """Render scenes, each into its own folder in ``output``, named after its file (or the file's folder, if the file is
    ``scene.json``).

    ``scenes`` is a list file (one path per line, relative to its folder; ``#`` starts a comment) or the scenes' paths.
    ``shard`` is ``"2/8"`` or ``(2, 8)``: the second of eight equal shares. Every scene is in exactly one share, and its
    files have the same bytes in whichever share and on whichever machine it is rendered. ``jobs`` is the number of
    processes that draw, by default one per core. ``fail_fast`` starts no scene after one that failed. ``options`` are
    those of ``Options``.

    Called again, it skips completed scenes and renders the others. Faults of a scene are in ``failures`` and do not
    stop the others. Raises a PosemapError if the run as a whole cannot continue: a wrong option, an unreadable list,
    two scenes with one name, a full disk, Ctrl-C. If the command is killed, raises a KilledError with a ``batch`` of
    everything completed until then.
    """
    line = ["render", *arguments(**options), f"--output={os.fspath(output)}"]
    if shard is not None:
        line.append(f"--shard={shard if isinstance(shard, str) else '/'.join(map(str, shard))}")
    line += [] if jobs is None else [f"--jobs={jobs}"]
    line += ["--fail-fast"] * fail_fast
    if isinstance(scenes, (str, os.PathLike)):
        return _run(command, line, Path(scenes), Path(output), shard)
    with tempfile.TemporaryDirectory(prefix="posemap-") as folder:
        list_file = Path(folder, "scenes.txt")
        list_file.write_text("".join(f"{_line(scene)}\n" for scene in scenes), "utf-8")
        return _run(command, line, list_file, Path(output), shard)


def list_scenes(
    list_file: StrPath, *, shard: Union[None, str, Tuple[int, int]] = None
) -> List[Path]:
    """Return the scenes that a list file names, or those of one of its shares, as reported by ``batch``."""
    return [Path(scene) for scene in _share(_read(Path(list_file)), shard)]


def _line(scene: StrPath) -> str:
    path = os.path.abspath(scene)
    if "\n" in path or "\r" in path or path != path.strip():
        raise ValueError(f"a list cannot name {path!r}")
    return path


def _run(
    command: Optional[StrPath], line: List[str], list_file: Path, output: Path,
    shard: Union[None, str, Tuple[int, int]],
) -> Batch:
    done = call(command, [*line, f"--list={list_file}"])
    fault = error(done.stderr, done.returncode) if done.returncode else None
    if isinstance(fault, KilledError):
        fault.batch, rest = _done(list_file, output, shard, done.stdout)
        fault.batch.failures = {Path(scene): fault.said for scene in rest}
        raise fault
    if fault and (done.returncode not in (65, 66, 70) or not _SUMMARY.search(done.stderr)):
        raise fault
    warn(done.stderr, depth=2)
    batch, rest = _done(list_file, output, shard, done.stdout)
    if fault:
        batch.failures = _failures(rest, done.stderr, begun_all="were not started" not in done.stderr)
    return batch


def _done(
    list_file: Path, output: Path, shard: Union[None, str, Tuple[int, int]], written: str
) -> Tuple[Batch, List[str]]:
    """Return what the command reported as written, and the scenes that it did not mention."""
    scenes = {_shown(_name(scene)): scene for scene in _share(_read(list_file), shard)}
    batch = Batch()
    for line in written.splitlines():
        name = line.rpartition("/")[2]
        if name in scenes:
            scene = scenes.pop(name)
            batch.rendered[Path(scene)] = output / _name(scene)
        elif name.endswith(_WAS_THERE) and name[: -len(_WAS_THERE)] in scenes:
            scene = scenes.pop(name[: -len(_WAS_THERE)])
            batch.present[Path(scene)] = output / _name(scene)
    return batch, list(scenes.values())


_SUMMARY = re.compile(r"^posemap: \d+ of \d+ scenes could not be rendered", re.MULTILINE)
_WAS_THERE = " was there"


def _failures(scenes: List[str], said: str, begun_all: bool) -> Dict[Path, str]:
    """Return the scenes that failed, with the reasons, among those not rendered.

    The command names the file that contains a mistake: the scene itself, or a pose that several scenes share. A scene
    that no message names therefore gets the messages about other files.
    """
    lines = [line for line in said.splitlines() if not line.startswith("posemap: ")]
    own = {scene: [line for line in lines if line.startswith(f"{_shown(scene)}:")] for scene in scenes}
    other = [line for line in lines if not any(line in named for named in own.values())]
    failures = {}
    for scene, named in own.items():
        if any(": error: " in line for line in named):
            failures[Path(scene)] = "\n".join(named)
        elif begun_all:
            failures[Path(scene)] = "\n".join(named + other)
    return failures


def _read(list_file: Path) -> List[str]:
    """Return the scenes of a list file, by the command's rules and in its spelling."""
    folder = str(list_file).rpartition("/")[0]
    lines = [line.strip() for line in list_file.read_text("utf-8").splitlines()]
    return [os.path.join(folder, line) for line in lines if line and not line.startswith("#")]


def _share(scenes: List[str], shard: Union[None, str, Tuple[int, int]]) -> List[str]:
    if shard is None:
        return scenes
    number, count = (int(part) for part in (shard.split("/") if isinstance(shard, str) else shard))
    return scenes[number - 1 :: count]


_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def _shown(name: str) -> str:
    """Return a name as printed by the command: characters that could mislead a terminal are replaced by their
    numbers."""
    return _HIDDEN.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", name)


def _name(scene: str) -> str:
    """Return the command's name for a scene's folder."""
    parts = [part for part in scene.split("/") if part not in ("", ".")]
    stem = next(part for part in parts[-1].split(".") if part)
    return parts[-2] if stem == "scene" and len(parts) > 1 else stem
