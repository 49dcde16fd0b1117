"""Finding the posemap command and calling it."""

import os
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

# One line with the command's path, for users who cannot set ComfyUI's environment.
PATH_FILE = Path(__file__).with_name("posemap_path.txt")

ABSENT = (
    "There is no posemap command. Install posemap's wheel with ComfyUI's Python, "
    "or build the command in a checkout of posemap (make build) and put it on the PATH (make install), "
    f"or name it by $POSEMAP or in {PATH_FILE}."
)


class PosemapError(RuntimeError):
    """The failure of the command; the text is its output, one sentence per line."""


def find_command():
    """Return the command's path: ``$POSEMAP``, else the one in ``posemap_path.txt``, else the wheel's, else the one in
    PATH.

    Raises PosemapError with a remedy if it does not exist.
    """
    written = PATH_FILE.read_text("utf-8").strip() if PATH_FILE.is_file() else ""
    for named, origin in ((os.environ.get("POSEMAP"), "$POSEMAP"), (written, PATH_FILE)):
        if named:
            found = shutil.which(os.path.expanduser(named))
            if found is None:
                raise PosemapError(f"{named}, named in {origin}, is not a command that can be run.")
            return found
    found = _in_wheel() or shutil.which("posemap")
    if found is None:
        raise PosemapError(ABSENT)
    return found


def _in_wheel():
    """Return the command of the wheel installed for ComfyUI's Python, which might not be in PATH."""
    try:
        files = metadata.files("posemap") or []
    except metadata.PackageNotFoundError:
        return None
    paths = [str(file.locate()) for file in files if file.parts[-2:] == ("bin", "posemap")]
    return next((os.path.realpath(path) for path in paths if os.access(path, os.X_OK)), None)


def run(*arguments):
    """Run the command; raise PosemapError with its messages if it fails, and print its warnings."""
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
        raise PosemapError(said or f"posemap ended with {done.returncode} without a message.")
    if said:
        print(f"[posemap] {said}")
