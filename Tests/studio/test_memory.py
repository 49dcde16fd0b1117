"""Memory stays flat during dragging of any length, with unlimited undo."""
from __future__ import annotations

import math
import statistics
import time

import pytest
from conftest import OpenPage, Start
from studio import Studio
from wire import Wire

# The memory in kB by which a server may grow after warming up, and the limit for an hour's undo.
SLACK = 12_000
HOUR_OF_UNDO = 30_000
HANDLES = ["female.leftHand", "male.rightHand", "male", "female.head", "male.leftLowerLeg", "props.sill", "female.look", "male.yaw"]


def drag_once(wire: Wire, handle: str, phase: float, steps: int = 15) -> None:
    """Drag in a circle that ends where it started, kept as often as undone."""
    x, y = wire.handle(handle)
    wire.send("grab", handle=handle, x=x, y=y)
    for step in range(steps + 1):
        angle = phase + 2 * math.pi * step / steps
        wire.send("drag", x=x + 20 * (math.cos(angle) - math.cos(phase)), y=y + 20 * (math.sin(angle) - math.sin(phase)), stamp=step, snap=True)
        wire.until_picture()
    wire.send("release")
    wire.settle()
    if int(phase * 7) % 3 == 0:
        wire.send("undo")


def drag_for(studio: Studio, seconds: float) -> tuple[list[int], int]:
    """Drag, orbit, undo and save; return the server's memory over time and the number of drags."""
    sizes: list[int] = []
    drags = 0
    end = time.monotonic() + seconds
    with Wire(studio, size=(256, 320)) as wire:
        wire.send("maps", names=["openpose", "depth"], subject="all", height=96)
        wire.until_picture()
        while time.monotonic() < end:
            drag_once(wire, HANDLES[drags % len(HANDLES)], phase=drags)
            drags += 1
            if drags % 10 == 0:
                wire.send("orbit", right=7, up=0)
                wire.send("sceneCamera")
                wire.send("save")
                wire.settle()
                wire.until_picture()
            sizes.append(studio.resident_kilobytes)
    return sizes, drags


def check_flat(sizes: list[int], slack: float, what: str) -> None:
    quarter = max(len(sizes) // 4, 1)
    early, late = statistics.median(sizes[quarter : 2 * quarter] or sizes), statistics.median(sizes[-quarter:])
    print(f"{what}: {early / 1000:.0f} MB, later {late / 1000:.0f} MB")
    assert late - early < slack, sizes


def test_memory_is_flat_while_dragging(start: Start, is_long: bool) -> None:
    studio = start()
    sizes, drags = drag_for(studio, 120 if is_long else 8)
    print()
    check_flat(sizes, SLACK, f"{drags} drags")


@pytest.mark.long
def test_memory_is_flat_over_an_hour(start: Start, open_page: OpenPage, pytestconfig: pytest.Config) -> None:
    """With a second open tab that shows everything; an hour with --hour, otherwise three minutes."""
    studio = start()
    page = open_page(studio)
    session = page.page.context.new_cdp_session(page.page)

    def heap() -> int:
        session.send("HeapProfiler.collectGarbage")
        return int(session.send("Runtime.getHeapUsage")["usedSize"]) // 1000

    seconds = 3600 if pytestconfig.getoption("--hour") else 180
    sizes: list[int] = []
    heaps: list[int] = []
    drags = 0
    for _ in range(12):
        more, count = drag_for(studio, seconds / 12)
        sizes += more
        drags += count
        heaps.append(heap())
    print()
    check_flat(sizes, SLACK + HOUR_OF_UNDO * seconds / 3600, f"server, {drags} drags in {seconds} s")
    check_flat(heaps, SLACK, "page")
