"""The page in a browser, used as a person would: with mouse and keys, finding elements by accessible names."""
from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from studio import Studio, wait_until

Button = Literal["left", "middle", "right"]
Scheme = Literal["dark", "light"]
SIZE = (1280, 720)
# A person moves a mouse in steps; so does this.
STEPS = 12
# A still picture as wide as its element.
IS_WHOLE = """((view, canvas) => Math.abs(canvas.width - view.clientWidth * devicePixelRatio) < 2 && !view.hasAttribute('data-moving'))
  (document.querySelector('#view'), document.querySelector('canvas.picture'))"""


class StudioPage:
    """A tab. Its browser console output is recorded: a page without faults prints nothing."""

    def __init__(self, context: BrowserContext, studio: Studio) -> None:
        self.studio = studio
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.complaints: list[str] = []
        self.refusals: list[str] = []
        self.actions = 0
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        # A message that the server rejects is a fault of the page, unless a test provokes it;
        # toasts disappear too quickly to be read.
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._read))

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser itself reports a lost connection.
        is_loss = "WebSocket connection to" in message.text or "net::ERR_CONNECTION" in message.text
        if message.type in ("error", "warning") and not is_loss:
            self.complaints.append(message.text)

    def _read(self, payload: str | bytes) -> None:
        if isinstance(payload, str) and payload.startswith("{"):
            message = json.loads(payload)
            if message.get("type") == "refusal":
                self.refusals.append(message["message"])

    def open(self, query: str = "", waits: bool = True) -> None:
        """Open the printed address, and wait for the first picture, unless there will be none."""
        self.page.goto(self.studio.address + query)
        if waits:
            self.wait_for_picture()

    def reload(self) -> None:
        self.page.reload()
        self.wait_for_picture()

    def wait_for_picture(self) -> None:
        """Wait for a picture of the view's size, after the layout is complete."""
        self.page.wait_for_selector("#view[data-number]", timeout=60_000)
        self.wait_for("document.querySelector('.row, .rows .empty')", "the list of figures")
        self.wait_for(IS_WHOLE, "a picture of the view's size")

    def wait_for(self, expression: str, what: str) -> None:
        """Wait until a condition holds in the page. The page's policy forbids Playwright's own way."""
        wait_until(lambda: self.page.evaluate(f"Boolean({expression})"), what)

    # Displayed content

    @property
    def view(self) -> Locator:
        return self.page.locator("#view")

    @property
    def revision(self) -> int:
        return int(self.view.get_attribute("data-revision") or -1)

    @property
    def handles(self) -> list[str]:
        """Return the displayed handles, by the names in the protocol."""
        return [str(name) for name in self.page.locator(".handle").evaluate_all("all => all.map((one) => one.dataset.handle)")]

    def button(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str))

    def undo_words(self) -> str:
        """Return what Undo would revert, in words; empty for nothing."""
        button = self.button(re.compile("^Undo"))
        return "" if button.is_disabled() else (button.get_attribute("aria-label") or "").removeprefix("Undo: ")

    def wait_for_undo(self, words: str | re.Pattern[str]) -> None:
        """Wait until the newest edit has this description."""
        pattern = re.compile(words) if isinstance(words, str) else words
        wait_until(lambda: pattern.search(self.undo_words()), f"Undo for {pattern.pattern!r}, but for {self.undo_words()!r}")
        # During movement, the document is sent once a second; the last one comes before the still
        # picture.
        self.wait_until_still()

    def wait_until_still(self) -> None:
        """Wait for the full-quality picture after a movement."""
        self.wait_for("!document.querySelector('#view').hasAttribute('data-moving')", "a picture that is still")

    def refused(self) -> list[str]:
        """Return what the server has rejected so far; the browser's events are only received during a request."""
        self.page.wait_for_timeout(10)
        return self.refusals

    def toasts(self) -> list[str]:
        return self.page.locator("#toasts .toast").all_inner_texts()

    def wait_for_saved(self) -> None:
        self.wait_for("document.querySelector('.unsaved').hidden", "everything saved")

    def press_undo(self) -> None:
        self._step("Undo")

    def press_redo(self) -> None:
        self._step("Redo")

    def _step(self, name: str) -> None:
        """Undo or redo with the button, and wait for the resulting picture."""
        before = self.revision
        self.press(re.compile(f"^{name}"))
        wait_until(lambda: self.revision > before, f"a picture after {name}")
        self.wait_until_still()

    # With the mouse

    def place(self, handle: str) -> tuple[float, float]:
        """Return a handle's position in the window."""
        box = self.page.locator(f'[data-handle="{handle}"]').bounding_box()
        assert box, f"{handle} is not to be seen among {self.handles}"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def click(self, target: Locator) -> None:
        """Click as a person does: where the pointer can reach."""
        target.click()
        self.actions += 1

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Click the button with a name."""
        self.click(self.button(name, within))

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Click an entry of the open menu; its shortcut can follow its name."""
        words = re.compile(rf"^{re.escape(name)}(\s*[A-Z0-9]\w*)?$") if isinstance(name, str) else name
        self.click(self.page.get_by_role("menuitem", name=words))

    @contextmanager
    def holding(self, keys: str) -> Iterator[None]:
        """Hold modifiers down, such as `Shift`."""
        names = keys.split("+") if keys else []
        for key in names:
            self.page.keyboard.down(key)
        try:
            yield
        finally:
            for key in reversed(names):
                self.page.keyboard.up(key)

    def drag(
        self, start: tuple[float, float], end: tuple[float, float], *, keys: str = "", button: Button = "left", steps: int = STEPS, seconds: float = 0.25
    ) -> None:
        """Drag with the mouse from one point of the window to another."""
        mouse = self.page.mouse
        mouse.move(*start)
        with self.holding(keys):
            mouse.down(button=button)
            for step in range(1, steps + 1):
                share = step / steps
                mouse.move(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
                time.sleep(seconds / steps)
            mouse.up(button=button)
        self.actions += 1

    def drag_handle(self, handle: str, right: float, down: float, **how: Any) -> None:
        """Drag a handle by a number of CSS pixels."""
        x, y = self.place(handle)
        self.drag((x, y), (x + right, y + down), **how)

    def drag_handle_to(self, handle: str, end: tuple[float, float], **how: Any) -> None:
        self.drag(self.place(handle), end, **how)

    def drag_handle_onto(self, handle: str, other: str) -> None:
        """Drag a handle to the mark nearest to another handle, as shown during the drag, and release it once it
        snaps."""
        mouse = self.page.mouse
        x, y = self.place(handle)
        goal = self.place(other)
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + (goal[0] - x) / 4, y + (goal[1] - y) / 4, steps=4)
        self.wait_for("document.querySelector('.target')", f"marks while {handle} is dragged")
        # The marks of the previous drag disappear only when the picture of this one arrives.
        for _ in range(50):
            mark = self._mark_near(goal)
            if math.dist(mark, goal) < 60:
                break
            self.page.wait_for_timeout(100)
        else:
            raise AssertionError(f"no mark for {handle} near {other}")
        mouse.move(*mark, steps=STEPS)
        self.wait_for("document.querySelector('.target.snapped')", f"{handle} snapped near {other}")
        mouse.up()
        self.actions += 1

    def _mark_near(self, goal: tuple[float, float]) -> tuple[float, float]:
        """Return the position in the window of the mark nearest to a point."""
        boxes = self.page.locator(".target").evaluate_all("all => all.map((one) => one.getBoundingClientRect()).map((box) => [box.x + box.width / 2, box.y + box.height / 2])")
        places = [(float(x), float(y)) for x, y in boxes]
        return min(places, key=lambda place: math.dist(place, goal))

    def middle_of(self, target: Locator) -> tuple[float, float]:
        box = target.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def save(self) -> None:
        """Save with the button and wait until it is done."""
        self.press("Save")
        self.wait_for_saved()

    def panel(self, name: str) -> Locator:
        """Open a panel on the right."""
        tab = self.page.get_by_role("tab", name=name, exact=True)
        if tab.get_attribute("aria-selected") != "true":
            self.click(tab)
        return self.page.get_by_role("tabpanel")


def new_context(browser: Browser, size: tuple[int, int] = SIZE, scheme: Scheme = "dark", scale: float = 1) -> BrowserContext:
    """A browser without stored state."""
    return browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, device_scale_factor=scale)
