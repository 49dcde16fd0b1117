"""Confine this process and its children to a few folders with the Linux kernel (Landlock, Linux 5.13).

The server checks every path itself. This is the second barrier: it also applies to files that ``posemap`` opens for a
model from another program, and to links that change between a check and a use. The numbers are those of
<linux/landlock.h>.
"""

from __future__ import annotations

import ctypes
import glob
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Iterable, List

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PR_SET_NO_NEW_PRIVS = 38
_O_PATH = 0o10000000

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _TRUNCATE = 1 << 4, 1 << 14
_READ = _READ_FILE | _READ_DIR
#: The rights that apply to files; all others apply to folders.
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | 1 << 15
#: The number of rights for files, by the version of the kernel's interface.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_NO_TCP = 1 << 0 | 1 << 1

_SYSTEM = ["/usr", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/proc", "/sys", "/dev", "/nix"]


def confine(root: Path, scratch: Path, command: Path) -> bool:
    """Permanently deny this process: writing outside ``root`` and ``scratch``; reading outside those, the system's
    folders, Python and posemap; connecting to or listening on TCP ports; and running any program except ``command``.

    Returns False if the kernel does not support this. Raises OSError if it does and fails.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    version = library.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    everything = (1 << _RIGHTS.get(version, 16)) - 1
    network = _NO_TCP if version >= 4 else 0
    attributes = struct.pack("=QQ", everything, network)[: 16 if network else 8]
    ruleset = _checked(library.syscall(_CREATE_RULESET, attributes, len(attributes), 0))
    try:
        writing = everything & ~_EXECUTE
        for path in (root, scratch):
            _allow(library, ruleset, path, writing)
        _allow(library, ruleset, Path("/dev/null"), writing)
        # To delete the emptied scratch folder at the end.
        _allow(library, ruleset, scratch.parent, _REMOVE_DIR)
        for path in _read_by_all(command):
            _allow(library, ruleset, path, everything & _READ)
        for path in _run(command):
            _allow(library, ruleset, path, everything & (_EXECUTE | _READ))
        _checked(library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(library.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return True


def _allow(library: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        handle = os.open(path, _O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return
    try:
        rule = struct.pack("=Qi", rights if path.is_dir() else rights & _OF_FILES, handle)
        _checked(library.syscall(_ADD_RULE, ruleset, 1, rule, 0))
    finally:
        os.close(handle)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _read_by_all(command: Path) -> Iterable[Path]:
    """Return the system's folders, Python, posemap with its libraries and data, and the human in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    own = Path(__file__).resolve().parent.parent
    python = [sys.prefix, sys.base_prefix, *(entry for entry in sys.path if entry)]
    data = [share for parent in command.parents[:4] for share in _data(parent)]
    return [*map(Path, _SYSTEM), *map(Path, python), own, command, *_libraries(command), *data, cache / "posemap"]


def _data(folder: Path) -> List[Path]:
    return [folder / "Rigs", folder / "docs", folder / "share" / "posemap"]


def _libraries(command: Path) -> List[Path]:
    """Return the folders of the libraries that the command is linked with, as its loader finds them."""
    done = subprocess.run(
        [command], env={**os.environ, "LD_TRACE_LOADED_OBJECTS": "1"}, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    paths = [line.partition("=> ")[2].partition(" (")[0] for line in done.stdout.splitlines()]
    return sorted({Path(path).parent for path in paths if path.startswith("/")})


def _run(command: Path) -> List[Path]:
    """Return the command and the loader with which the kernel starts it; for a script, everything that it might
    need."""
    with command.open("rb") as file:
        is_program = file.read(4) == b"\x7fELF"
    if not is_program:
        return [Path("/usr"), Path("/lib"), Path("/lib64"), Path(sys.prefix), Path(sys.base_prefix), *command.parents[:2]]
    loaders = glob.glob("/lib*/ld-*.so*") + glob.glob("/lib/*/ld-*.so*") + glob.glob("/lib/ld-musl-*")
    return [command, *(Path(loader).resolve() for loader in loaders)]
