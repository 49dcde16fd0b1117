"""Links of the documentation that lead nowhere, and pages that no link leads to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

_LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()]*\))?)\)")
_CODE = re.compile(r"^( *)```.*?^\1```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: dict[str, int] = {}
    names = set(re.findall(r'<a id="([^"]+)">', page.read_text("utf-8")))
    for heading in re.findall(r"^#{1,6} +(.*?)\s*#*$", _without_fences(page.read_text("utf-8")), re.MULTILINE):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        number = found.get(name, 0)
        names.add(f"{name}-{number}" if number else name)
        found[name] = number + 1
    return names


def _without_fences(text: str) -> str:
    return re.sub(r"^( *)```.*?^\1```", "", text, flags=re.MULTILINE | re.DOTALL)


def targets(page: Path) -> Iterator[tuple[int, str]]:
    """What a page links to, without the web, each with its line."""
    # Code becomes blanks, so that lines stay what they are.
    text = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), page.read_text("utf-8"))
    for match in _LINK.finditer(text):
        if not re.match(r"[a-z]+:", match[1]):
            yield text.count("\n", 0, match.start()) + 1, match[1]


def broken(page: Path) -> Iterator[str]:
    """What is wrong with the links of a page."""
    for line, target in targets(page):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists():
            yield f"{page.name}:{line}: there is no {target}"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            yield f"{page.name}:{line}: {file.name} has no heading for #{anchor}"


def unlinked(pages: list[Path], start: Path) -> list[str]:
    """The pages that no chain of links leads to from the first."""
    reached, waiting = {start.resolve()}, [start.resolve()]
    while waiting:
        page = waiting.pop()
        for _, target in targets(page):
            file = (page.parent / target.partition("#")[0]).resolve()
            file = file / "README.md" if file.is_dir() else file
            if file.suffix == ".md" and file.is_file() and file not in reached:
                reached.add(file)
                waiting.append(file)
    return [f"{page.name}: no page links to it" for page in pages if page.resolve() not in reached]
