"""Parts of a check at the same time, one a core, each in a process of its own."""
import contextlib
import io
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor


def run(parts):
    """The rows of all parts, in their order; what each prints appears whole, with the seconds that it took.

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

    # The other cores have work of their own.
    cv2.setNumThreads(1)
    begin, text = time.monotonic(), io.StringIO()
    with contextlib.redirect_stdout(text):
        try:
            rows = part()
        except SystemExit as end:
            # The pool would not hand it on.
            raise RuntimeError(f"{text.getvalue()}{end}") from end
    return rows, text.getvalue(), time.monotonic() - begin
