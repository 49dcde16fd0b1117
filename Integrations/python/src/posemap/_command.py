"""Finding and running the ``posemap`` command."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from importlib import metadata
from pathlib import Path
from typing import Optional, Sequence, Union

from ._errors import CommandNotFoundError, PosemapWarning, error

StrPath = Union[str, "os.PathLike[str]"]

_ABSENT = (
    "there is no posemap command; install posemap's wheel, which contains it, or build it in a checkout of posemap (make build) "
    "and put it on the PATH (make install), or name it by $POSEMAP or command="
)


def find_command(command: Optional[StrPath] = None) -> str:
    """Return the path of the command: ``command``, else ``$POSEMAP``, else the one in the wheel of this package, else
    the one in PATH, else ``.build/release/posemap`` of the checkout around the working folder or around this file.

    Raises CommandNotFoundError with a remedy if the named command does not exist or no command is found.
    """
    named = command if command is not None else os.environ.get("POSEMAP")
    if named:
        found = shutil.which(os.fspath(named))
        if found is None:
            origin = "command=" if command is not None else "$POSEMAP"
            raise CommandNotFoundError(f"{origin}{os.fspath(named)} is not a command that can be run")
        return found
    return _in_wheel() or shutil.which("posemap") or _in_checkout() or _absent()


def _in_wheel() -> Optional[str]:
    """Return the command that pip installed with this package. It is in PATH only if the environment is activated."""
    try:
        files = metadata.files("posemap") or []
    except metadata.PackageNotFoundError:
        return None
    # `pip install --target` moves it, but does not update the list.
    paths = [Path(str(file.locate())) for file in files if file.parts[-2:] == ("bin", "posemap")]
    for path in (*paths, Path(__file__).parents[1] / "bin" / "posemap"):
        if os.access(path, os.X_OK):
            return os.path.realpath(path)
    return None


def _in_checkout() -> Optional[str]:
    here = Path.cwd()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        built = folder / ".build" / "release" / "posemap"
        if (folder / "Package.swift").is_file() and os.access(built, os.X_OK):
            return str(built)
    return None


def _absent() -> str:
    raise CommandNotFoundError(_ABSENT)


def call(command: Optional[StrPath], arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end, whatever its exit code."""
    path = find_command(command)
    try:
        return subprocess.run(
            [path, *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False,
        )
    except OSError as fault:
        raise CommandNotFoundError(f"{path} cannot be run: {fault.strerror}") from fault


def run(command: Optional[StrPath], arguments: Sequence[str], folder_unsaid: Optional[str] = None) -> None:
    """Run the command; raise the PosemapError for its exit code, and pass on its warnings.

    Paths in ``folder_unsaid``, which the caller did not name, are shown relative to it.
    """
    done = call(command, arguments)
    said = done.stderr if folder_unsaid is None else done.stderr.replace(f"{folder_unsaid}/", "")
    if done.returncode != 0:
        raise error(said, done.returncode)
    # Two functions of this package lie between this one and the caller.
    warn(said, depth=3)


def warn(said: str, depth: int) -> None:
    """Pass the command's warnings on to Python's, attributed to the caller a number of calls above."""
    for line in said.splitlines():
        if ": warning: " in line:
            warnings.warn(line, PosemapWarning, stacklevel=2 + depth)
