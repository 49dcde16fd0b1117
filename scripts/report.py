#!/usr/bin/env python3
"""Run `swift build` or `swift test`, and show the essential output.

    scripts/report.py [--recording] COMMAND …

For a build, it leaves out the line for each file; for tests, those that pass. What remains is one line per suite,
failures, compile errors and crashes in full, and the counts at the end. Unknown lines are shown. It exits like the
command.

After a failed build, the compile errors are repeated, one line each: an error in a test suite causes hundreds of
further errors in its tests (`CONSEQUENCES`), and these come last.

With --recording (`POSEMAP_RECORD=all`), a test that fails because it recorded its picture counts as passed, and any
other fault as failed.
"""

import re
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TextIO

STEP = re.compile(r"\[(\d+)/(\d+)\] ")
DETAIL = "↳ "
# An argument with several lines splits the line.
BEGINNING = re.compile(r"◇ Test case passing ")
STARTED = re.compile(r"◇ (Suite|Test case|Test run|Test) ?(.*?) ?started\.$")
ISSUE = re.compile(r"✘ Test (.+?) recorded an issue\b")
KNOWN = re.compile(r". Test (.+?) recorded a known issue\b")
ENDED = re.compile(r". Test (.+?)(?: with \d+ test cases?)? (passed|failed) after [\d.]+ seconds")
SUITE = re.compile(r". Suite .+ (passed|failed) after [\d.]+ seconds")
SKIPPED = re.compile(r"➜ (Test|Suite) .+ skipped")
RUN = re.compile(r". Test run with .+ (passed|failed) after [\d.]+ seconds")
# XCTest has no tests here, and reports that in six lines.
XCTEST = re.compile(r"Test Suite '(All tests|.+\.xctest|Selected tests)' |\t Executed 0 tests, ")
# Colors are displayed but not parsed.
COLOR = re.compile(r"\x1b\[[\d;]*m")
COMPILE_ERROR = re.compile(r"\S.*:\d+:\d+: error: .")
# The record that `@Test` creates is reported as not constant only together with other errors.
CONSEQUENCES = re.compile(
    "global variable must be a compile-time constant to use @section attribute$"
    "|'@const' value should be initialized with a compile-time value$")
RECORDED = re.compile(DETAIL + r"recorded .+; look at it and run again")

SECONDS_BETWEEN_STEPS = 30


class Report:
    """The lines of a run, processed one by one."""

    def __init__(self, output: TextIO, recording: bool = False) -> None:
        self.output = output
        self.recording = recording
        self.unfinished: Counter[str] = Counter()
        self.failed: list[str] = []
        self.skipped = 0
        self.recorded = 0
        self.issues = 0
        self.counts: str | None = None
        self.ran = False
        # An issue whose details decide whether it is shown.
        self.held: str | None = None
        self.drops_details = False
        self.drops_until_started = False
        self.step_shown_at = time.monotonic()
        self.step_on_screen = False
        self.compile_errors: dict[str, None] = {}

    def take(self, colored: str) -> None:
        colored = colored.rstrip("\n")
        line = COLOR.sub("", colored)
        if self.drops_until_started:
            self.drops_until_started = not line.endswith(" started.")
            return
        if self.held is not None:
            held, self.held = self.held, None
            if RECORDED.match(line):
                self.recorded += 1
                return
            self.issues += 1
            self.show(held)
        # Further lines of a detail are indented.
        if line.startswith(DETAIL) or self.drops_details and line.startswith("  "):
            if not self.drops_details:
                self.show(colored)
            return
        self.drops_details = False
        if step := STEP.match(line):
            self.step(line, last=step[1] == step[2])
        elif XCTEST.match(line):
            pass
        elif line.startswith("◇ ") and (started := STARTED.match(line)):
            self.start(started[1], started[2])
        elif BEGINNING.match(line):
            self.drops_until_started = True
        elif ISSUE.match(line):
            self.held = colored
        elif KNOWN.match(line):
            self.drops_details = True
        elif RUN.match(line):
            self.counts = line
        elif SUITE.match(line):
            if not self.recording:
                self.show(colored)
        elif ended := ENDED.match(line):
            self.end(ended[1], ended[2] == "failed")
        else:
            if SKIPPED.match(line):
                self.skipped += 1
            if COMPILE_ERROR.match(line) and not CONSEQUENCES.search(line):
                self.compile_errors[line] = None
            self.show(colored)

    def start(self, kind: str, name: str) -> None:
        if kind == "Test":
            self.unfinished[name] += 1
        elif kind == "Test run":
            self.ran = True
            # The testing library's version and platform follow.
            self.drops_details = True

    def end(self, name: str, failed: bool) -> None:
        self.unfinished[name] -= 1
        if failed:
            self.failed.append(name)

    def step(self, line: str, last: bool) -> None:
        """Show a step of a build: in place on a terminal, every half minute in a file."""
        if self.output.isatty():
            self.output.write(f"\r\033[K{line[:78]}")
            self.output.flush()
            self.step_on_screen = True
        elif time.monotonic() - self.step_shown_at >= SECONDS_BETWEEN_STEPS and not last:
            self.show(line)

    def show(self, line: str) -> None:
        if self.step_on_screen:
            self.output.write("\r\033[K")
            self.step_on_screen = False
        self.step_shown_at = time.monotonic()
        self.output.write(line + "\n")
        self.output.flush()

    def finish(self, status: int) -> int:
        """Show the counts and return the exit status."""
        if self.held is not None:
            self.issues += 1
            self.show(self.held)
        crashed = self.ran and self.counts is None
        if crashed:
            names = sorted(+self.unfinished)
            self.show(f"✘ the tests did not end; at work were: {', '.join(names) or 'none'}")
        if self.recording:
            self.show(f"pictures recorded: {self.recorded}; other issues: {self.issues}")
            if self.counts and not self.issues and (self.recorded or status == 0):
                return 0
            return status or 1
        if status and self.compile_errors:
            self.show(f"✘ compile errors ({len(self.compile_errors)}):")
            for error in self.compile_errors:
                self.show(error)
        if self.failed:
            self.show(f"✘ failed: {', '.join(sorted(set(self.failed)))}")
        if self.counts:
            skipped = f"; {self.skipped} skipped" if self.skipped else ""
            self.show(self.counts.rstrip(".") + skipped + ".")
        return (status or 1) if crashed else status


def run(command: list[str], report: Report) -> int:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    assert process.stdout
    # An interrupt also reaches the command, whose last output is worth showing.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in process.stdout:
        report.take(line)
    status = process.wait()
    signal.signal(signal.SIGINT, before)
    return report.finish(128 - status if status < 0 else status)


def main(arguments: list[str]) -> int:
    recording = arguments[:1] == ["--recording"]
    command = arguments[1:] if recording else arguments
    if not command or command[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if command else 2
    return run(command, Report(sys.stdout, recording))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
