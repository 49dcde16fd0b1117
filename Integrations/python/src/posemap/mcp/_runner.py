"""Running the ``posemap`` command with fixed arguments, a time limit, and nothing to read from."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, List, Sequence

from .._errors import PosemapError, error

#: How many characters of messages an answer holds.
MOST_TEXT = 60_000


class Runner:
    """One ``posemap`` at a time, in the root folder, so that messages name files as they are seen from there."""

    def __init__(self, command: Path, root: Path, scratch: Path, seconds: float) -> None:
        self.command = command
        self._root = root
        self._scratch = scratch
        self._seconds = seconds
        self._turn = threading.Lock()
        # Mesa writes a cache of shaders, by default into the user's.
        self._environment = {**os.environ, "TMPDIR": str(scratch), "MESA_SHADER_CACHE_DIR": str(scratch / "mesa")}

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """An empty folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            yield Path(folder)

    def call(self, arguments: Sequence[str], accept: Sequence[int] = (0,)) -> "subprocess.CompletedProcess[str]":
        """Runs the command to its end. Raises the PosemapError of its exit code unless that is one of ``accept``."""
        with self._turn:
            done = self._run([str(self.command), *arguments])
        if done.returncode not in accept:
            raise error(done.stderr, done.returncode)
        return done

    def _run(self, line: List[str]) -> "subprocess.CompletedProcess[str]":
        # In a group of its own, so that the processes it starts end with it.
        with subprocess.Popen(
            line, cwd=self._root, env=self._environment, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
        ) as process:
            try:
                output, said = process.communicate(timeout=self._seconds)
            except BaseException as fault:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                if isinstance(fault, subprocess.TimeoutExpired):
                    raise PosemapError(
                        f"posemap did not end within {self._seconds:g} s and was stopped; "
                        "ask for fewer maps, a smaller size or fewer frames"
                    ) from None
                raise
        return subprocess.CompletedProcess(line, process.returncode, output, said)


def shortened(text: str) -> str:
    """A text of at most MOST_TEXT characters, whole lines, that says if something is left out."""
    if len(text) <= MOST_TEXT:
        return text
    kept = text[:MOST_TEXT].rpartition("\n")[0]
    return f"{kept}\n… and {text[len(kept):].count(chr(10))} more lines"
