"""Tests that docs/studio.md is complete: every key of the page, every message of the protocol."""
from __future__ import annotations

import os
import re

from conftest import OpenPage, Start
from messages import EDITS, good
from studio import ROOT
from test_figures import TWO

PAGE = ROOT / "docs/studio.md"
SOURCES = ROOT / "Sources/Studio"


def documented_keys() -> list[tuple[str, str]]:
    section = PAGE.read_text().split("\n## Keyboard\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return [(keys.strip(), words.strip()) for keys, words in rows]


def test_the_table_of_keys_is_that_of_the_page(start: Start, open_page: OpenPage) -> None:
    page = open_page(start(TWO))
    page.page.keyboard.press("?")
    rows = page.page.locator("dialog .help section:not(.mouse) dl > div")
    rows.first.wait_for()
    shown = [
        (", ".join(f"`{key}`" for key in row.locator("kbd").all_inner_texts()), row.locator("dd").inner_text()) for row in rows.all()
    ]
    if os.environ.get("STUDIO_RECORD"):
        table = "| key | does |\n| --- | --- |\n" + "".join(f"| {keys} | {words} |\n" for keys, words in shown)
        text = PAGE.read_text()
        before, rest = text.split("\n## Keyboard\n")
        section, marker, after = rest.partition("\n## ")
        kept = re.sub(r"(?:^\|.*\n)+|^KEYS\n", lambda _: table, section, count=1, flags=re.MULTILINE)
        PAGE.write_text(before + "\n## Keyboard\n" + kept + marker + after)
    assert documented_keys() == shown, "STUDIO_RECORD=1 writes the table"


def message_types() -> set[str]:
    reader = (SOURCES / "Wire/PageMessageReader.swift").read_text()
    return set(re.findall(r'^    case "(\w+)":', reader, re.MULTILINE))


def edit_kinds() -> set[str]:
    reader = (SOURCES / "Edits/SceneEditReader.swift").read_text()
    table = reader.split("kinds: [String: [String]] = [")[1].split("\n  ]")[0]
    return set(re.findall(r'"(\w+)": \[', table))


def test_every_message_is_documented_and_tried() -> None:
    assert len(message_types()) > 30 and len(edit_kinds()) > 25
    appendix = PAGE.read_text().split("\n## Appendix")[1]
    words = set(re.findall(r"\w+", appendix))
    assert message_types() | edit_kinds() <= words, "in docs/studio.md"
    messages = good("scene.json")
    assert message_types() <= {message["type"] for message in messages}, "in messages.py"
    assert edit_kinds() <= {edit["kind"] for edit in EDITS}, "in messages.py"


def test_every_message_to_the_page_is_documented() -> None:
    appendix = PAGE.read_text().split("\n## Appendix")[1]
    words = set(re.findall(r"\w+", appendix))
    sent = {type for file in SOURCES.rglob("*.swift") for type in re.findall(r'\.of\(\s*"(\w+)"', file.read_text())}
    assert len(sent) > 6 and sent <= words, sent - words
