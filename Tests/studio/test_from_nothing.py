"""The window scene of Examples, from an empty folder, by mouse alone: two figures, a sill and a wall, a seat, hands and eyes that meet, the camera, the maps."""
from __future__ import annotations

import math
import re
import time
from typing import Any

from conftest import OpenPage, Start
from page import StudioPage
from studio import wait_until
from test_figures import scene_of


class Hand:
    """An artist with a mouse: no keys, no typing. Checks the current positions before each drag."""

    def __init__(self, page: StudioPage) -> None:
        self.page = page

    def add_figure(self, body: str, id: str) -> None:
        self.page.press("Add a figure")
        self.page.choose(body)
        self.page.button(f"Select {id}").wait_for()

    def add_prop(self, name: str, right: float, down: float) -> str:
        """Drag a prop from the library onto the floor; return its id."""
        page = self.page
        if page.button("Props", page.page.locator(".library")).get_attribute("aria-pressed") != "true":
            page.press("Props", page.page.locator(".library"))
        picture = page.page.locator(f'.library .thumbnail[data-name="{name}"]')
        picture.scroll_into_view_if_needed()
        before = set(page.handles)
        box = page.view.bounding_box()
        assert box
        page.drag(page.middle_of(picture), (box["x"] + box["width"] * right, box["y"] + box["height"] * down))
        wait_until(lambda: set(page.handles) - before, f"{name} in the view")
        self.still()
        (handle,) = set(page.handles) - before
        return handle.removeprefix("props.")

    def pull(self, handle: str, to: str) -> None:
        """Drag a handle onto another one, until it snaps."""
        self.page.drag_handle_onto(handle, to)
        self.still()

    def pull_by(self, handle: str, right: float, down: float) -> None:
        self.page.drag_handle(handle, right, down, seconds=0.5)
        self.still()

    def slide(self, panel: str, name: str, value: float) -> None:
        """Drag a slider to a value."""
        slider = self.page.panel(panel).get_by_role("slider", name=name, exact=True).first
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        low, high, now = (float(slider.evaluate(f"(one) => one.{key}")) for key in ("min", "max", "value"))
        assert box

        def place(value: float) -> tuple[float, float]:
            # The center of the thumb keeps half its width from the ends.
            thumb = 14
            return box["x"] + thumb / 2 + (box["width"] - thumb) * (value - low) / (high - low), box["y"] + box["height"] / 2

        self.page.drag(place(now), place(value))
        self.still()

    def still(self) -> None:
        self.page.page.wait_for_timeout(60)
        self.page.wait_until_still()


def test_the_window_scene_by_mouse_alone(start: Start, open_page: OpenPage) -> None:
    studio = start({}, "scene.json")
    assert not studio.scene.exists()
    page = open_page(studio)
    hand = Hand(page)
    begun = time.monotonic()

    # A new scene contains a woman; a man is added beside her.
    assert "ana.head" in page.handles
    hand.add_figure("Man (mannequin)", "ben")
    page.press("Frame")
    page.choose("Everything")
    hand.still()

    # A sill to sit on, a wall behind.
    sill = hand.add_prop("sill", 0.35, 0.74)
    wall = hand.add_prop("wall", 0.5, 0.655)

    # She sits down on the sill: her seat is pulled onto its top.
    page.press("Select ana")
    page.press(f"Select {sill}")
    page.press(re.compile("^Seat ana"), page.panel("Prop"))
    page.wait_for_undo("ana sits")
    hand.still()

    # He comes closer and turns to her; their eyes meet.
    page.press("More for ben")
    page.choose("Turn to face ana")
    page.wait_for_undo("ben")
    hand.still()
    hand.pull("ben.look", "ana.head")
    page.wait_for_undo("ben looks at")
    page.press("Select ana")
    hand.pull("ana.look", "ben.head")
    page.wait_for_undo("ana looks at")

    # Hands meet: his reaches out, hers snaps to it.
    page.press("Select ben")
    x, y = page.place("ben.leftHand")
    ana = page.place("ana.head")
    hand.pull_by("ben.leftHand", (ana[0] - x) * 0.45, (ana[1] - y) * 0.5)
    page.press("Select ana")
    hand.pull("ana.rightHand", "ben.leftHand")
    page.wait_for_undo("right hand of ana")

    # The camera.
    page.press("Views")
    page.choose(re.compile("^Three-quarter"))
    hand.still()
    page.press("Frame")
    page.choose(re.compile("^Everything"))
    hand.still()
    page.press("Make this the camera")
    page.wait_for_undo("camera")
    page.save()

    # The maps.
    page.press(re.compile("^Export"))
    dialog = page.page.get_by_role("dialog")
    page.press("Export", dialog)
    dialog.get_by_text("Done").first.wait_for(timeout=120_000)
    seconds = time.monotonic() - begun

    scene = scene_of(studio)
    people = {one["id"]: one for one in scene["characters"]}
    assert sill in point(people["ana"]["pose"]["seat"])
    assert point(people["ana"]["pose"]["reach"]["rightHand"]).startswith("ben.leftHand")
    assert point(people["ana"]["pose"]["look"]).startswith("ben") and point(people["ben"]["pose"]["look"]).startswith("ana")
    assert {sill, wall} <= {one["id"] for one in scene["props"]}
    assert "position" in scene["camera"]
    for id in people:
        for name in ("openpose", "depth", "normal", "canny", "mask"):
            assert (studio.scene.parent / "out" / id / f"{name}.png").stat().st_size > 500
    page.press("Close", dialog)
    assert math.dist(page.place("ana.rightHand"), page.place("ben.leftHand")) < 25, "the hands meet in the picture too"
    print(f"\nFrom an empty folder to maps by mouse alone: {page.actions} actions, {seconds:.0f} s")


def point(goal: Any) -> str:
    return str(goal["at"] if isinstance(goal, dict) else goal)

