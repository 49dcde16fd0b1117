"""A finger instead of a mouse: one drags a handle or turns the view, two pan and zoom."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Start
from page import SIZE, StudioPage
from playwright.sync_api import Browser
from studio import wait_until
from test_figures import TWO

Points = list[tuple[float, float]]


@pytest.fixture
def page(browser: Browser, start: Start) -> Iterator[StudioPage]:
    """Open a tab on a touchscreen."""
    context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, has_touch=True)
    page = StudioPage(context, start(TWO))
    page.open()
    yield page
    context.close()
    assert page.complaints == [] and page.refusals == []


def touch(page: StudioPage, start: Points, end: Points, steps: int = 10) -> None:
    """Fingers that touch down, move together and lift."""
    session = page.page.context.new_cdp_session(page.page)

    def send(type: str, points: Points) -> None:
        fingers: list[dict[str, Any]] = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": type, "touchPoints": fingers})

    send("touchStart", start)
    for step in range(1, steps + 1):
        share = step / steps
        send("touchMove", [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in zip(start, end)])
        page.page.wait_for_timeout(20)
    send("touchEnd", [])
    session.detach()


def test_a_finger_pulls_a_hand(page: StudioPage) -> None:
    x, y = page.place("ben.leftHand")
    touch(page, [(x + 6, y + 6)], [(x + 46, y - 34)])
    page.wait_for_undo("left hand of ben")
    page.wait_until_still()
    after = page.place("ben.leftHand")
    assert after[0] > x + 20 and after[1] < y - 20


def test_a_finger_beside_turns_the_view(page: StudioPage) -> None:
    box = page.view.bounding_box()
    assert box
    before = page.place("ana.head")
    start = (box["x"] + 60, box["y"] + box["height"] - 60)
    touch(page, [start], [(start[0] + 120, start[1])])
    wait_until(lambda: page.place("ana.head") != before, "another view")
    assert page.undo_words() == ""


def test_two_fingers_come_nearer(page: StudioPage) -> None:
    box = page.view.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 80

    def height() -> float:
        return page.place("ben.leftFoot")[1] - page.place("ben.head")[1]

    before = height()
    touch(page, [(x - 40, y), (x + 40, y)], [(x - 90, y), (x + 90, y)])
    wait_until(lambda: height() > before * 1.3, "larger figures")
    assert page.undo_words() == ""
