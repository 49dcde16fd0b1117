"""Tests that everything important works by keyboard alone, and that every control has a name."""
from __future__ import annotations

import re
from typing import Any

from conftest import OpenPage, Start
from page import StudioPage
from studio import git, wait_until
from test_figures import TWO

# The roles of interactive elements; a screen reader reads their names.
ACTIVE = {
    "button", "checkbox", "combobox", "link", "listbox", "menuitem", "menuitemcheckbox", "option", "radio", "searchbox", "slider", "spinbutton", "switch", "tab",
    "textbox", "treeitem",
}


def press(page: StudioPage, *keys: str) -> None:
    for key in keys:
        page.page.keyboard.press(key)


def focused(page: StudioPage) -> dict[str, str]:
    found: dict[str, str] = page.page.evaluate("({ handle: document.activeElement.dataset.handle ?? '', name: document.activeElement.getAttribute('aria-label') ?? '' })")
    return found


def test_select_nudge_undo_and_save_by_keys(start: Start, open_page: OpenPage) -> None:
    studio = start()
    page = open_page(studio)
    # From the start of the page to the view, and on to the handle, with Tab, as a person without a
    # mouse does.
    press(page, "v")
    for _ in range(40):
        press(page, "Tab")
        if focused(page)["handle"] == "female.leftHand":
            break
    assert focused(page) == {"handle": "female.leftHand", "name": "left hand of female"}
    before = page.place("female.leftHand")
    press(page, *["ArrowUp"] * 5, *["ArrowLeft"] * 2)
    page.wait_for_undo("left hand of female")
    page.wait_until_still()
    after = page.place("female.leftHand")
    assert after[1] < before[1] - 5, "the hand is higher"
    assert focused(page)["handle"] == "female.leftHand", "the focus stays where it was"
    words = page.undo_words()
    press(page, "Control+z")
    wait_until(lambda: page.undo_words() == "", "nothing to undo: a run of presses is one step")
    press(page, "Control+Shift+Z")
    page.wait_for_undo(re.escape(words))
    press(page, "Control+s")
    page.wait_for_saved()
    added, removed, name = git(studio.scene.parent, "diff", "--numstat").split()
    assert (name, int(added) <= 2, int(removed) <= 1) == ("scene.json", True, True)


def test_keys_that_are_typed_into_a_field_do_nothing_else(start: Start, open_page: OpenPage) -> None:
    page = open_page(start(TWO))
    page.page.get_by_role("searchbox", name="Search").focus()
    page.page.keyboard.type("dm-ph 1?")
    assert page.undo_words() == ""
    assert page.page.get_by_role("dialog").count() == 0
    field = page.panel("Text").get_by_role("textbox", name=re.compile("^Text of"))
    field.focus()
    press(page, "Control+End")
    page.page.keyboard.type("  ")
    press(page, "Control+z", "Control+z")
    assert field.input_value() == TWO["scene.json"], "undo in the text is the text's own"


def test_views_frames_and_panels_by_keys(start: Start, open_page: OpenPage) -> None:
    page = open_page(start(TWO))
    press(page, "v")
    seen = [page.place("ana.head")]
    for key in ("1", "2", "3", "4", "5", "6", "0", "f", "a", "+", "-", "ArrowLeft"):
        revision = page.view.get_attribute("data-number")
        press(page, key)
        wait_until(lambda: page.view.get_attribute("data-number") != revision, f"a picture after {key}")
        page.wait_until_still()
        seen.append(page.place("ana.head"))
    assert len({(round(x), round(y)) for x, y in seen}) > 8, seen
    assert page.undo_words() == "", "looking is no edit"
    press(page, "?")
    dialog = page.page.get_by_role("dialog")
    dialog.wait_for()
    words = dialog.inner_text()
    for text in ("Undo", "Save", "Export", "Nearer", "Mirror", "Delete"):
        assert text in words
    press(page, "Escape")
    dialog.wait_for(state="detached")
    tab = page.page.get_by_role("tab", name="Pose", exact=True)
    tab.focus()
    press(page, "ArrowDown")
    assert page.page.get_by_role("tab", name="Hands", exact=True).get_attribute("aria-selected") == "true"


def test_figures_by_keys(start: Start, open_page: OpenPage) -> None:
    page = open_page(start(TWO))
    press(page, "v", "n", "d")
    page.wait_for_undo("copied|duplicated|added")
    press(page, "Delete")
    page.wait_for_undo("removed")
    press(page, "Control+z", "Control+z")
    wait_until(lambda: page.undo_words() == "", "nothing to undo")
    button = page.button("Add a figure")
    button.focus()
    press(page, "Enter", "ArrowDown", "Enter")
    page.wait_for_undo("added")


def nameless(page: StudioPage) -> list[str]:
    """Return the interactive elements without a name, as reported to a screen reader."""
    session = page.page.context.new_cdp_session(page.page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in nodes:
        role = node.get("role", {}).get("value", "")
        name = str(node.get("name", {}).get("value", "")).strip()
        # An icon's own symbol, such as "×", is not a name either.
        if not node.get("ignored") and role in ACTIVE and (not name or not re.search(r"\w|^[…‹›+-]$", name)):
            found.append(f"{role} {node.get('backendDOMNodeId')}")
    return found


def test_everything_that_can_be_acted_on_has_a_name(start: Start, open_page: OpenPage) -> None:
    page = open_page(start(TWO))
    page.press("Select ana")
    x, y = page.place("ana.leftHand")
    page.page.mouse.click(x, y)
    faults: dict[str, list[str]] = {"page": nameless(page)}
    for tab in page.page.get_by_role("tab").all():
        name = tab.inner_text().strip() or tab.get_attribute("title") or "?"
        tab.click()
        faults[name] = nameless(page)
    for kind in ("Poses", "Gestures", "Hands", "Pairs", "Props"):
        page.press(kind, page.page.locator(".library"))
        faults[f"library: {kind}"] = nameless(page)
    for name in ("Add a figure", "More for ana", "Views", "Frame", "Choose maps"):
        page.press(name)
        faults[f"menu: {name}"] = nameless(page)
        press(page, "Escape")
    page.press(re.compile("^Export"))
    faults["export"] = nameless(page)
    press(page, "Escape")
    page.page.get_by_role("dialog").wait_for(state="detached")
    page.press("Keyboard and mouse")
    faults["help"] = nameless(page)
    assert {where: what for where, what in faults.items() if what} == {}


def test_what_is_said_is_heard(start: Start, open_page: OpenPage) -> None:
    """Toasts, banners and the status line are live regions; the page has a language, a title and landmarks."""
    page = open_page(start(TWO))
    evaluate = page.page.evaluate
    assert evaluate("document.documentElement.lang") == "en"
    assert "scene.json" in page.page.title()
    for selector in ("#toasts", "#banners"):
        assert page.page.locator(selector).get_attribute("aria-live") == "polite"
    for tag in ("header", "main", "footer", "aside"):
        assert page.page.locator(tag).count() >= 1
    assert page.page.locator("h1").count() == 1
    tabbable = evaluate("[...document.querySelectorAll('[tabindex]')].filter((one) => one.tabIndex > 0).length")
    assert tabbable == 0, "the order of Tab is that of the page"


def test_text_can_be_read_in_both_themes(start: Start, open_page: OpenPage) -> None:
    """The contrast of WCAG 2, level AA: 4.5 for text, 3 for large text."""
    page = open_page(start(TWO))
    page.press("Select ana")
    for theme in ("dark", "light"):
        page.page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", theme)
        found = page.page.evaluate(CONTRAST)
        assert found == [], f"{theme}: too little contrast"


# Finds text with too little contrast on plain backgrounds. Disabled elements may be faint.
CONTRAST = r"""() => {
  const parse = (text) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    canvas.fillStyle = text;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a: a / 255 };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((one) => { const v = one / 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const groundOf = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.backgroundImage !== 'none') return null;
      const ground = parse(style.backgroundColor);
      if (ground.a > 0.9) return ground;
      if (ground.a > 0) return null;
    }
    return null;
  };
  const found = new Map();
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data.trim()).join('');
    if (!text || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || element.closest(':disabled, svg, #view, option, .hidden-words')) continue;
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    if (!ground) continue;
    const [one, other] = [light(parse(style.color)), light(ground)];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) found.set(`${element.tagName}.${element.className}`, `${text.slice(0, 30)} ${contrast.toFixed(2)}`);
  }
  return [...found].map(([where, what]) => `${where}: ${what}`);
}"""
