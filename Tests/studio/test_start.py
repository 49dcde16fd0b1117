"""Start and end of `posemap studio` in a terminal: its output, what it opens, and what it rejects."""
from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest
from conftest import ENDED, Start
from studio import Studio, wait_until
from test_figures import TWO
from wire import Wire


def run(studio: Studio, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a studio that should end by itself."""
    return subprocess.run(
        [studio.posemap, "studio", "--no-open", "--port", "0", *arguments], env=studio.environment, capture_output=True, text=True, timeout=30, cwd=studio.scene.parent
    )


@pytest.mark.long
def test_the_browser_is_opened_and_left_alone(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no browser is running, the process that opens it is the browser itself, and lives as long."""
    told, ended = tmp_path / "told", tmp_path / "ended"
    browser = tmp_path / "bin/xdg-open"
    browser.parent.mkdir()
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {told}.new && mv {told}.new {told}\nsleep 13\ntouch {ended}\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{browser.parent}:{os.environ['PATH']}")
    begun = time.monotonic()
    studio = start(TWO, opens=True)
    wait_until(told.exists, "the browser opened")
    assert told.read_text() == studio.address
    assert studio.get("/").status == 200
    assert time.monotonic() - begun < 8, "the page is there at once, whatever the browser does"
    wait_until(ended.exists, "the browser alive until it ends by itself", 20)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_end_it_with_its_jobs(start: Start, how: signal.Signals) -> None:
    studio = start(TWO)
    session = studio.process.pid
    with Wire(studio) as wire:
        wire.until_picture()
        # Enough to draw that it is not done when the signal arrives.
        wire.send("export", folder="out", maps=["openpose", "depth", "normal", "canny", "densepose", "lineart", "softedge", "curvature"], only=None, together=False)
        wire.until_type("job")
        begun = time.monotonic()
        code = studio.stop(how)
        assert time.monotonic() - begun < 3
    assert code == ENDED
    wait_until(lambda: studio.processes(session) == [], "no process left", 5)
    out = studio.scene.parent / "out"
    assert not out.exists() or (out / "manifest.json").is_file(), "all of an export, or nothing"
    assert not list(studio.scene.parent.glob(".posemap*"))


def test_a_port_that_is_taken_is_told(start: Start) -> None:
    studio = start(TWO)
    other = subprocess.run(
        [studio.posemap, "studio", studio.scene, "--no-open", "--port", str(studio.port)], env=studio.environment, capture_output=True, text=True, timeout=30
    )
    assert other.returncode == 69 and str(studio.port) in other.stderr and "--port" in other.stderr, other
    assert other.stdout == "" and len(other.stderr.splitlines()) == 1


def test_what_cannot_be_opened_is_told_in_one_sentence(start: Start) -> None:
    studio = start(TWO)
    folder = studio.scene.parent
    (folder / "folder").mkdir()
    (folder / "a.pose.json").write_text(json.dumps({"joints": {}}))
    for scene, code in (("folder", 66), ("a.pose.json", 65)):
        outcome = run(studio, scene)
        assert outcome.returncode == code, (scene, outcome)
        assert outcome.stdout == "" and outcome.stderr.count("error") == 1 and scene.split("/")[0] in outcome.stderr, outcome


def test_help_says_what_it_does(posemap: str) -> None:
    text = subprocess.run([posemap, "studio", "--help"], capture_output=True, text=True, check=True).stdout
    for word in ("--port", "--no-open", "127.0.0.1", "Ctrl-C"):
        assert word in text


def test_it_does_not_touch_what_it_opens(start: Start) -> None:
    """Opened, viewed from two tabs and ended: not a byte has changed, and there are no leftovers."""
    studio = start()
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in studio.scene.parent.rglob("*") if file.is_file()}
    with Wire(studio) as one, Wire(studio) as other:
        for wire in (one, other):
            wire.until_picture()
            wire.send("orbit", right=20, up=5)
            wire.send("maps", names=["openpose", "depth"], subject="all", height=128)
            wire.send("save")
            wire.settle()
    studio.stop()
    after = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in studio.scene.parent.rglob("*") if file.is_file()}
    assert after == before
