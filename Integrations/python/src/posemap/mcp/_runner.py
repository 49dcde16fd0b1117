"""Running the ``posemap`` command with fixed arguments, a time limit, and no input."""

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

#: The maximum number of characters of messages in an answer.
MOST_TEXT = 60_000


class Runner:
    """Runs one ``posemap`` at a time in the root folder, so that messages name files relative to it."""

    def __init__(self, command: Path, root: Path, scratch: Path, seconds: float) -> None:
        self.command = command
        self._root = root
        self._scratch = scratch
        self._seconds = seconds
        self._turn = threading.Lock()
        # Mesa writes a cache of shaders, by default into the user's cache.
        self._environment = {**os.environ, "TMPDIR": str(scratch), "MESA_SHADER_CACHE_DIR": str(scratch / "mesa")}

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Provide an empty folder that is deleted afterward."""
        with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
            yield Path(folder)

    def call(self, arguments: Sequence[str], accept: Sequence[int] = (0,)) -> "subprocess.CompletedProcess[str]":
        """Run the command to its end. Raises the PosemapError for its exit code unless ``accept`` contains it."""
        with self._turn:
            done = self._run([str(self.command), *arguments])
        if done.returncode not in accept:
            raise error(done.stderr, done.returncode)
        return done

    def _run(self, line: List[str]) -> "subprocess.CompletedProcess[str]":
        # In its own process group, so that its child processes end with it.
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
    """Return a text of at most MOST_TEXT characters, in whole lines, that says if something is left out."""
    if len(text) <= MOST_TEXT:
        return text
    kept = text[:MOST_TEXT].rpartition("\n")[0]
    return f"{kept}\n… and {text[len(kept):].count(chr(10))} more lines"
