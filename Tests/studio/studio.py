"""A running `posemap studio`: started on a copy of a folder, ended, and checked for leftovers."""
from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIBC = ctypes.CDLL(None)
ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=([A-Za-z0-9_-]+)")
# A first start compiles shaders and, for a human, morphs a body, in addition to the machine's other
# work.
PATIENCE = 60.0


@dataclass(frozen=True)
class Answer:
    """The result of an HTTP request."""

    status: int
    headers: dict[str, str]
    body: bytes


class Studio:
    """The server on one scene, in its own folder: `folder/scene`, `folder/cache`, `folder/tmp`."""

    def __init__(self, posemap: str, folder: Path, scene: str = "scene.json") -> None:
        self.posemap = posemap
        self.folder = folder
        self.scene = folder / "scene" / scene
        self.port = 0
        self.token = ""
        self._process: subprocess.Popen[str] | None = None
        for name in ("scene", "cache", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._link_human()

    def _link_human(self) -> None:
        """Let the server find the human without letting it write into the user's own cache."""
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "posemap"
        own = self.folder / "cache/posemap"
        own.mkdir(exist_ok=True)
        for file in home.glob("human-*"):
            link = own / file.name
            if not link.exists():
                link.symlink_to(file)

    @property
    def environment(self) -> dict[str, str]:
        own = {"XDG_CACHE_HOME": str(self.folder / "cache"), "TMPDIR": str(self.folder / "tmp")}
        return os.environ | own

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "studio.log"

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process, "the studio does not run"
        return self._process

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    # Start and end

    def start(self, *options: str, port: int = 0, opens: bool = False) -> None:
        """Start the server and wait for the address that it prints."""
        command = [self.posemap, "studio", str(self.scene), "--port", str(port), *options]
        if not opens:
            command.append("--no-open")
        # For work on the page, which then needs no build.
        if page := os.environ.get("STUDIO_PAGE"):
            command += ["--page", page]
        with self.log.open("a") as log:
            # In its own session, through which its child processes can be found.
            self._process = subprocess.Popen(
                command,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
                cwd=self.folder / "scene",
                preexec_fn=_die_with_parent,
            )
        found: list[re.Match[str]] = []
        told = threading.Event()

        def read() -> None:
            assert self._process and self._process.stdout
            for line in self._process.stdout:
                if match := ADDRESS.search(line):
                    found.append(match)
                    told.set()
            told.set()

        threading.Thread(target=read, daemon=True).start()
        if not told.wait(PATIENCE) or not found:
            self.kill()
            raise AssertionError(f"the studio told no address:\n{self.log.read_text()}")
        self.port, self.token = int(found[0][1]), found[0][2]

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """End the server as Ctrl-C does; return its exit code."""
        process = self.process
        process.send_signal(how)
        try:
            code = process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the studio does not end by {how.name}") from None
        self._process = None
        return code

    def kill(self) -> None:
        """End the server as a crash does."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    # Leftovers

    def processes(self, session: int) -> list[str]:
        """Return the commands of a session's processes, by the pid of the server that started it."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[3]) == session and fields[0] != "Z":
                    found.append((stat.parent / "cmdline").read_text().replace("\0", " "))
        return found

    def files(self) -> set[str]:
        """Return the files in the scene's folder, including hidden ones, and those in the folder for temporary
        files."""
        roots = (self.folder / "scene", self.folder / "tmp")
        return {str(file.relative_to(self.folder)) for root in roots for file in root.rglob("*") if not file.is_dir() and ".git/" not in str(file)}

    # The server from the outside

    def get(self, path: str, *, method: str = "GET", token: str | None = None, **headers: str) -> Answer:
        """Request a path verbatim, with the token in its query unless another, or an empty one, is given."""
        token = self.token if token is None else token
        separator = "&" if "?" in path else "?"
        address = f"{self.origin}{path}" + (f"{separator}token={token}" if token else "")
        request = urllib.request.Request(address, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as fault:
            return Answer(fault.code, dict(fault.headers), fault.read())

    def map(self, name: str, subject: str) -> bytes:
        """Return a map at full size, as the page receives it."""
        answer = self.get(f"/map?name={name}&subject={urllib.parse.quote(subject)}")
        assert answer.status == 200, answer
        return answer.body

    @property
    def resident_kilobytes(self) -> int:
        """Return the server's resident memory, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        match = re.search(r"^VmRSS:\s+(\d+)", status, re.MULTILINE)
        assert match
        return int(match[1])

    def listening(self) -> set[str]:
        """Return the addresses that the server listens on, as reported by the kernel."""
        inodes = set()
        for descriptor in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if match := re.fullmatch(r"socket:\[(\d+)\]", os.readlink(descriptor)):
                    inodes.add(match[1])
        return {line[1] for line in _tcp_sockets() if line[3] == "0A" and line[9] in inodes}


def _die_with_parent() -> None:
    """Let the kernel end a process whose parent is gone: killed tests leave no server behind."""
    set_death_signal = 1
    LIBC.prctl(set_death_signal, signal.SIGKILL)


def _tcp_sockets() -> Iterator[list[str]]:
    for file in ("/proc/net/tcp", "/proc/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(file).read_text().splitlines()[1:]:
                yield line.split()


def copy(source: Path, folder: Path) -> None:
    """Copy a folder of examples into a scene's folder, and make it a git repository with everything committed."""
    shutil.copytree(source, folder, dirs_exist_ok=True)
    commit(folder)


def commit(folder: Path) -> None:
    """Make a folder a git repository, unless it is one, and commit everything."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "scene")


def git(folder: Path, *arguments: str) -> str:
    """Return git's output in a folder, whatever the user's own settings are."""
    environment = os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True, env=environment).stdout


def wait_until(holds: Any, what: str, seconds: float = 20) -> Any:
    """Wait until a function returns a true value, and return that."""
    end = time.monotonic() + seconds
    while True:
        if value := holds():
            return value
        if time.monotonic() > end:
            raise AssertionError(f"in {seconds} s never: {what}")
        time.sleep(0.02)
