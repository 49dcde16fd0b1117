#!/usr/bin/env python3
"""Checks the comments and names of Swift files by the rules of CONTRIBUTING.md.

    scripts/check-comments.py [--count] [path …]     without a path: all of the repository's Swift

Prints `file:line: message` for each finding and exits 1 if there is one. With --count, prints how
many there are in each folder instead.
"""

import pathlib
import re
import sys
from collections import Counter
from typing import Iterator

from spelling import spelling, words
from swift_files import LEXER, ROOT, Finding, shown, swift_files

FOLDERS = ["Sources", "Tests", "Examples", "Benchmarks/Sources"]
COLUMNS = 100

# The first line of a documentation comment has to make sense without the code below it.
FIRST_LINE = [
    (re.compile(r"^(What|Whose|Whom|Who)\b"), "begins with “{}”: begin with a verb or a noun"),
    (re.compile(r"^(It|Its|They|Them|Those|That)\b(?! is\b)"),
     "begins with “{}”, which says nothing without the code"),
    (re.compile(r"\b(whom|whose|none|the same)\b", re.IGNORECASE), "has “{}” in its first line"),
    (re.compile(r"\b(?:of|than|to|from|with|for|by|on|in|at|as|is|are|returns|draws|and)\s+(what)\b",
                re.IGNORECASE),
     "uses “{}” as a noun in its first line"),
]

# Documents outside the repository, which a reader cannot look up.
OUTSIDE = re.compile(r"\b(?:issue|ticket) #?\d+|[\w./-]+\.md\b|\b[A-Z]{4,}, section \d+")


def prose(comment: str) -> str:
    """A comment without its marks, code and quotations."""
    text = re.sub(r"^//[/!]?\s?|^/\*+|\*/$", "", comment)
    return re.sub(r"``[^`]*``|`[^`]*`|\"[^\"]*\"|“[^”]*”|https?://\S+", "…", text)


def first_line(comment: str) -> Iterator[str]:
    text = prose(comment).strip()
    for pattern, message in FIRST_LINE:
        if found := pattern.search(text):
            yield "documentation " + message.format(found.group(1))


def names_a_place(name: str, after: str) -> bool:
    parts = words(name)
    if not parts or not re.match(r"places?$", parts[-1]) or parts[-2:-1] == ["in"]:
        return False
    # `func place(…)`, `place(…)` and `.place(…)` are the verb.
    return not (parts == ["place"] and after == "(")


def check_name(name: str, after: str) -> Iterator[str]:
    for message in spelling(name):
        yield f"name `{name}`: {message}"
    # "Place" stands for a point, an index, a location, an offset: the right word says which.
    if names_a_place(name, after):
        yield f"name `{name}`: say point, index, location or offset for “place”"


def check_comment_line(text: str, whole: str, folder: pathlib.Path) -> Iterator[str]:
    if len(whole) > COLUMNS:
        yield f"comment of {len(whole)} columns: at most {COLUMNS}"
    yield from spelling(prose(text))
    for cited in OUTSIDE.findall(text):
        if not any((base / cited).exists() for base in (ROOT, ROOT / "docs", folder)):
            yield f"cites “{cited}”, which is not in the repository"


def check(path: pathlib.Path) -> Iterator[Finding]:
    """Find the faults of a file. Each name is reported once, at its first occurrence."""
    text = path.read_text()
    lines = text.split("\n")
    names: set[str] = set()
    last_documentation = -1
    line, position = 1, 0
    for token in LEXER.finditer(text):
        line += text.count("\n", position, token.start())
        position = token.start()
        value = token.group()
        if name := token.group("name"):
            name = name.strip("`")
            if name not in names:
                names.add(name)
                for message in check_name(name, text[token.end():token.end() + 1]):
                    yield Finding(path, line, message)
        if not token.group("comment"):
            continue
        for offset, part in enumerate(value.split("\n")):
            for message in check_comment_line(part, lines[line - 1 + offset], path.parent):
                yield Finding(path, line + offset, message)
        if value.startswith("///"):
            if last_documentation != line - 1:
                for message in first_line(value):
                    yield Finding(path, line, message)
            last_documentation = line


def main() -> int:
    arguments = sys.argv[1:]
    if "-h" in arguments or "--help" in arguments:
        print(__doc__.strip())
        return 0
    counting = "--count" in arguments
    named = [pathlib.Path(argument) for argument in arguments if argument != "--count"]
    for path in named:
        if not path.exists():
            print(f"{path}: no such file or folder", file=sys.stderr)
            return 2
    paths = named or [ROOT / folder for folder in FOLDERS if (ROOT / folder).exists()]
    findings = [finding for path in swift_files(paths) for finding in check(path)]
    if counting:
        counts = Counter("/".join(shown(finding.path).parts[:2]) for finding in findings)
        for folder, count in sorted(counts.items()):
            print(f"{count:6} {folder}")
        print(f"{len(findings):6} in all")
    else:
        for finding in findings:
            print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
