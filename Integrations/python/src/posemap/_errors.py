"""The exceptions, one class for each of the command's exit codes."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Dict, List, Optional, Type

if TYPE_CHECKING:
    from ._batch import Batch


class PosemapWarning(UserWarning):
    """Something doubtful in a scene that was rendered anyway, such as an angle beyond a joint's range."""


class PosemapError(Exception):
    """The command failed. ``str()`` is its message, usually ``file:line:column: error: …``, one sentence per line.

    ``exit_code`` is the command's (sysexits), negative if a signal ended it, None if it could not be run.
    """

    def __init__(self, said: str, exit_code: Optional[int] = None) -> None:
        super().__init__(said)
        self.said = said
        self.exit_code = exit_code

    @property
    def sentences(self) -> List[str]:
        """The command's messages, one sentence per element."""
        return self.said.splitlines()


class CommandNotFoundError(PosemapError):
    """There is no ``posemap`` command to run, or it is not executable."""


class UsageError(PosemapError):
    """Exit code 64: an option, a map or a character that does not exist."""


class DataError(PosemapError):
    """Exit code 65: a mistake in a scene or in a file that it refers to."""


class MissingInputError(PosemapError):
    """Exit code 66: a file that cannot be read."""


class InternalError(PosemapError):
    """Exit code 70: a bug in posemap, or a broken Mesa."""


class OutputError(PosemapError):
    """Exit codes 73 and 74: the output cannot be created or written (a full disk)."""


class InterruptedRunError(PosemapError):
    """Exit code 130: Ctrl-C. Scenes that were started were finished; the same call renders the rest."""


class KilledError(PosemapError):
    """A signal ended the command, for example because memory ran out; ``exit_code`` is the negative signal number.

    No file is incomplete, and the same call continues from there.
    """

    #: For ``posemap.batch``: everything that was completed; all other scenes of the run are in
    #: ``failures``.
    batch: Optional[Batch] = None


_CLASSES: Dict[int, Type[PosemapError]] = {
    64: UsageError,
    65: DataError,
    66: MissingInputError,
    70: InternalError,
    73: OutputError,
    74: OutputError,
    130: InterruptedRunError,
}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def error(said: str, exit_code: int) -> PosemapError:
    """Return the exception for an exit code, with the command's messages."""
    # The usage of command-line options does not help the caller of a function.
    lines = [line for line in said.splitlines() if not line.startswith(("Help:", "Usage:", "  See 'posemap"))]
    if exit_code < 0:
        lines.append(f"posemap was killed by {_signal_name(-exit_code)}")
        return KilledError("\n".join(lines).strip(), exit_code)
    shown = "\n".join(lines).strip() or f"posemap ended with {exit_code} without a message"
    return _CLASSES.get(exit_code, PosemapError)(shown, exit_code)
