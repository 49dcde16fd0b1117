"""The code blocks on a documentation page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

#: The prefixes of commands in an indented block; other indented lines show output.
COMMANDS = (
    "posemap ", "posemap-mcp ", ".build/release/posemap ", "make ", "sh ", "python ", "curl ", "cp ", "pip ", "git ", "swift ",
    "scripts/", "code ",
)
_FENCE = re.compile(r"^( *)```(\w*)\s*$")
_COMMENT = re.compile(r"^ *<!-- *(not run|file): *(.*?) *-->\s*$")


@dataclass(frozen=True)
class Block:
    """A block, its location, and the content of a comment before it."""

    page: Path
    line: int
    #: `sh` for commands, including indented ones; otherwise the language of the fence.
    language: str
    text: str
    #: The reason why it cannot be run here; empty if it can.
    not_run: str = ""
    #: The file that it is the content of; empty if the name does not matter.
    file: str = ""

    @property
    def place(self) -> str:
        """Return its location, for messages."""
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """Return the fenced and indented blocks of a page in order. Indented ones are blocks only if they contain
    commands."""
    return blocks_in(page, page.read_text("utf-8").split("\n"))


def blocks_in(page: Path, lines: list[str]) -> Iterator[Block]:
    """Return the blocks of lines, with line numbers as in the file."""
    said: dict[str, str] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        fence = _FENCE.match(line)
        comment = _COMMENT.match(line)
        if fence:
            end = next(i for i in range(index + 1, len(lines)) if lines[i].strip() == "```")
            yield _block(page, index + 1, fence[2] or "text", lines[index + 1 : end], said)
            said, index = {}, end + 1
        elif comment:
            said[comment[1]] = comment[2]
            index += 1
        elif _indented(line) and _after_blank(lines, index):
            end = index
            while end < len(lines) and _indented(lines[end]):
                end += 1
            yield _block(page, index, "sh", lines[index:end], said)
            said, index = {}, end
        else:
            if line.strip():
                said = {}
            index += 1


def _block(page: Path, line: int, language: str, lines: list[str], said: dict[str, str]) -> Block:
    margin = min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=0)
    text = "".join(one[margin:] + "\n" for one in lines)
    return Block(page, line + 1, language, text, said.get("not run", ""), said.get("file", ""))


def _indented(line: str) -> bool:
    return line.startswith("    ") and line.strip().startswith(COMMANDS)


def _after_blank(lines: list[str], index: int) -> bool:
    before = next((line for line in reversed(lines[:index])), "")
    return not before.strip() or bool(_COMMENT.match(before))


def inline_commands(page: Path) -> Iterator[tuple[int, str]]:
    """Return the commands in a page's sentences, `posemap …` in backquotes, with their lines."""
    return _inline(page, re.compile(r"`(posemap [^`]+)`"))


def inline_json(page: Path) -> Iterator[tuple[int, str]]:
    """Return the objects and members of JSON in a page's sentences, except abbreviated ones."""
    found = _inline(page, re.compile(r"`(\{\"[^`]+\}|\"\w+\": [^`]+)`"))
    return ((line, text) for line, text in found if "…" not in text)


def _inline(page: Path, pattern: "re.Pattern[str]") -> Iterator[tuple[int, str]]:
    fenced = False
    for number, line in enumerate(page.read_text("utf-8").split("\n"), start=1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not _indented(line):
            for found in pattern.findall(line):
                yield number, found
