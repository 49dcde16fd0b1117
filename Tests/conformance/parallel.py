"""Runs parts of a check in parallel, one per core, each in its own process."""
import contextlib
import io
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor


def run(parts):
    """Return the rows of all parts, in order; each part's output appears as a whole, with its duration in seconds.

    A part that fails ends the run with its error, after the others.
    """
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), multiprocessing.get_context("fork")) as pool:
        running = {name: pool.submit(_run, part) for name, part in parts.items()}
    rows = []
    for name, future in running.items():
        own, text, seconds = future.result()
        print(f"{name}: {seconds:.0f} s", text, sep="\n", end="", flush=True)
        rows += own
    return rows


def _run(part):
    import cv2

    # The other cores are busy with other parts.
    cv2.setNumThreads(1)
    begin, text = time.monotonic(), io.StringIO()
    with contextlib.redirect_stdout(text):
        try:
            rows = part()
        except SystemExit as end:
            # The pool would not propagate it.
            raise RuntimeError(f"{text.getvalue()}{end}") from end
    return rows, text.getvalue(), time.monotonic() - begin
