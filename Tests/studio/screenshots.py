"""Screenshots of the page, for review.

usage: screenshots.py POSEMAP FOLDER [--only NAME] [--readme FILE]

Writes what an artist sees of the window scene, in dark and light, at 1280×720 and 2560×1440, with each panel, dialog and library open.
--readme writes the one of docs/studio.png instead.
"""
from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from page import Scheme, StudioPage, new_context
from studio import ROOT, Studio, copy

SIZES = ((1280, 720), (2560, 1440))
SCHEMES: tuple[Scheme, ...] = ("dark", "light")
PANELS = ("Pose", "Hands", "Face", "Body", "Prop", "Camera", "Maps", "Text", "Issues", "Changes")


def panel(name: str) -> Callable[[StudioPage], None]:
    return lambda page: page.page.get_by_role("tab", name=name, exact=True).click()


def joint(page: StudioPage) -> None:
    panel("Pose")(page)
    page.page.mouse.click(*page.place("male.rightLowerArm"))


def dragging(page: StudioPage) -> None:
    x, y = page.place("male.rightHand")
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x - 30, y - 40, steps=8)


def library(kind: str) -> Callable[[StudioPage], None]:
    return lambda page: page.press(kind, page.page.locator(".library"))


def free_view(page: StudioPage) -> None:
    page.page.keyboard.press("2")


def pressed(name: str | re.Pattern[str]) -> Callable[[StudioPage], None]:
    return lambda page: page.press(name)


def broken(page: StudioPage) -> None:
    panel("Text")(page)
    field = page.page.get_by_role("textbox", name=re.compile("^Text of"))
    field.fill(field.input_value().replace('"leftHand"', '"leftHnad"', 1))
    field.press("Control+Enter")
    panel("Issues")(page)


def full_map(page: StudioPage) -> None:
    page.page.locator('.strip-map[data-map="depth"]').click()


STATES: dict[str, Callable[[StudioPage], None]] = {
    "joint": joint,
    "dragging": dragging,
    "free-view": free_view,
    **{f"panel-{name.lower()}": panel(name) for name in PANELS},
    **{f"library-{kind.lower()}": library(kind) for kind in ("Poses", "Gestures", "Hands", "Pairs", "Props")},
    "menu-figure": pressed("More for male"),
    "menu-views": pressed("Views"),
    "help": pressed("Keyboard and mouse"),
    "export": pressed(re.compile("^Export")),
    "full-map": full_map,
    "broken": broken,
}


def settle(page: StudioPage) -> None:
    """Wait for pictures, thumbnails and maps."""
    page.page.wait_for_load_state("networkidle")
    page.page.wait_for_timeout(1500)


def take(browser: Browser, posemap: str, work: Path, folder: Path, only: str | None) -> None:
    for size in SIZES:
        for scheme in SCHEMES:
            for name, act in STATES.items():
                if only and only not in name:
                    continue
                # Each starts from scratch: no state affects the next.
                studio = opened(posemap, work / f"{name}-{size[0]}-{scheme}")
                context = new_context(browser, size, scheme)
                page = StudioPage(context, studio)
                page.open()
                page.press("Select male")
                settle(page)
                act(page)
                settle(page)
                page.page.screenshot(path=folder / f"{name}-{size[0]}-{scheme}.png")
                if name == "dragging":
                    page.page.keyboard.press("Escape")
                    page.page.mouse.up()
                if page.complaints or page.refusals:
                    print(f"{name} {size} {scheme}: {page.complaints} {page.refusals}", file=sys.stderr)
                context.close()
                studio.stop()


def opened(posemap: str, folder: Path) -> Studio:
    """Start a studio on the window scene."""
    studio = Studio(posemap, folder)
    copy(ROOT / "Examples/window", studio.scene.parent)
    studio.start()
    return studio


def take_for_readme(browser: Browser, posemap: str, work: Path, file: Path) -> None:
    """Take one representative picture: two figures, handles, sliders of a joint, maps."""
    studio = opened(posemap, work / "readme")
    context = new_context(browser, (1440, 900), "dark")
    page = StudioPage(context, studio)
    page.open()
    page.press("Select male")
    joint(page)
    settle(page)
    whole = file.with_suffix(".whole.png")
    page.page.mouse.move(5, 5)
    page.page.screenshot(path=whole)
    with Image.open(whole) as picture:
        picture.convert("RGB").save(file, optimize=True)
    whole.unlink()
    context.close()
    studio.stop()
    print(f"{file}: {file.stat().st_size // 1000} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posemap")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", help="states whose names have this in them")
    parser.add_argument("--readme", type=Path, help="the file of README's picture")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        if options.readme:
            take_for_readme(browser, options.posemap, Path(name), options.readme)
        else:
            take(browser, options.posemap, Path(name), options.folder, options.only)
        browser.close()


if __name__ == "__main__":
    main()
