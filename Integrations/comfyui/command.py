"""Finding the posemap command and calling it."""

import os
import shutil
import subprocess
from pathlib import Path

# One line: the command's path, for who cannot set the environment of ComfyUI.
PATH_FILE = Path(__file__).with_name("posemap_path.txt")

ABSENT = (
    "There is no posemap command. Build it (make build in a checkout of posemap) and put it on the PATH (make install), "
    f"or name it by $POSEMAP or in {PATH_FILE}."
)


class PosemapError(RuntimeError):
    """The command failed; the text is what it said, one sentence per line."""


def find_command():
    """The command's path: ``$POSEMAP``, else what ``posemap_path.txt`` says, else on the PATH.

    Raises PosemapError, which says what to do, if it does not exist.
    """
    written = PATH_FILE.read_text("utf-8").strip() if PATH_FILE.is_file() else ""
    for named, origin in ((os.environ.get("POSEMAP"), "$POSEMAP"), (written, PATH_FILE)):
        if named:
            found = shutil.which(os.path.expanduser(named))
            if found is None:
                raise PosemapError(f"{named}, named in {origin}, is not a command that can be run.")
            return found
    found = shutil.which("posemap")
    if found is None:
        raise PosemapError(ABSENT)
    return found


def run(*arguments):
    """Runs the command; raises PosemapError with its own sentences if it fails, prints its warnings."""
    command = find_command()
    try:
        done = subprocess.run(
            [command, *arguments],
            stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace",
        )
    except OSError as fault:
        raise PosemapError(f"{command} cannot be run: {fault.strerror}.") from fault
    said = done.stderr.strip()
    if done.returncode != 0:
        raise PosemapError(said or f"posemap ended with {done.returncode} and said nothing.")
    if said:
        print(f"[posemap] {said}")
