"""One run of posemap on a generated file, and the faults in how it ended."""
import os
import resource
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Union

SECONDS, KIBIBYTES = 10, 2 << 20


@dataclass
class Case:
    """A file's name and content, with the command to run on it."""
    name: str
    # Bytes, or a function that makes them.
    data: Union[bytes, Callable[[], bytes]]
    # Returns the arguments for the file's path; can write other files beside it.
    arguments: Callable[[Path], list] = lambda path: ["inspect", str(path)]
    # The exit codes that are not faults.
    codes: tuple = (0, 65)
    environment: dict = field(default_factory=dict)
    # Whether a successful run may print nothing.
    maybe_silent: bool = False


@dataclass
class Result:
    """The end of a run; `fault` describes what is wrong with it."""
    fault: str
    code: int
    seconds: float
    kibibytes: int


def run(posemap, folder, case):
    """Run a case in its own folder, which is kept if anything is wrong."""
    own = folder / case.name
    own.mkdir(parents=True, exist_ok=True)
    path = own / case.name
    path.write_bytes(case.data() if callable(case.data) else case.data)
    environment = {**os.environ, **{key: str(own / value) for key, value in case.environment.items()}}
    began = time.monotonic()
    process = subprocess.Popen([posemap, *case.arguments(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                               env=environment, cwd=own)
    try:
        output, errors = process.communicate(timeout=3 * SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Result(f"{case.name}: no end after {3 * SECONDS} s", None, 3 * SECONDS, 0)
    took = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    fault = fault_of(case, process.returncode, output, errors)
    if fault is None and took > SECONDS + 1:
        fault = f"took {took:.1f} s"
    if fault is None and memory > KIBIBYTES:
        fault = f"took {memory} KiB"
    if fault is None:
        remove(own)
    return Result(fault and f"{case.name}: {fault}", process.returncode, took, memory)


def fault_of(case, code, output, errors):
    if code not in case.codes:
        return f"exit code {code}: {errors[-200:]}"
    if code == 0:
        return None if output or case.maybe_silent else "no report"
    told = (output + errors).strip()
    if not told or ": error: " not in told or "Fatal error" in told:
        return f"no sentence: {told[:200]!r}"
    # A posemap file has a line for each mistake, any other file one sentence.
    if code != 65 or ".json:" not in told:
        return None if len(told.splitlines()) == 1 else f"not one sentence: {told[:200]!r}"
    return None


def remove(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
