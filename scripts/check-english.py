#!/usr/bin/env python3
"""Finds phrases in the documentation that a native technical writer would not write.

    scripts/check-english.py [page …]     without a page: README.md and docs/*.md

Prints `file:line: message` for each phrase, with what to write instead, and exits 1 if there is one.
Code, quotations and links' targets do not count.
"""

import pathlib
import re
import sys
from typing import Iterator

from swift_files import ROOT, Finding

UNITS = r"(?:character|figure|file|frame|line|map|node|part|path|person|picture|pose|row|scene|second)"

# A phrase, and what to write instead.
PHRASES = [(re.compile(phrase, re.IGNORECASE), instead) for phrase, instead in [
    (r"\bto be had\b", "“available”"),
    (rf"\ba (?!character|figure|person|scene|second){UNITS} an? {UNITS}\b", "“one … per …”"),
    (r"\b(?:\d+|frames|pictures|met(?:re|er)s|figures) an? (?:second|minute|frame|figure)\b", "“per”"),
    (r"\b(?:what|who|which|that) is no (?!longer|more|less|fewer)", "“is not a …”"),
    (r"\bas seen from\b|\bseen from (?:its|this one's|the \w+'s) ", "“relative to”"),
    (r"\banew\b", "“again” or “from scratch”"),
    (r"\blest\b", "“so that … does not”"),
    (r"\bin (?:its|their|whose) stead\b", "“instead”"),
    (r"\bheld (?:to|against)\b", "“tested against”"),
    (r"\breckon(?:s|ed|ing)?\b", "“calculate”"),
    (r"\b(?:no map|nobody) knows\b", "“the maps ignore”, “posemap does not know”"),
    (r"\b(?:and|that|which|both|it) (?:is|are) said\b|, and said\b", "“a message says so”"),
    (r"\bwarned of\b", "“you get a warning about”"),
    (r"\bto its taste\b", "“as it expects”"),
    (r"\bshall\b", "“must” or “will”"),
    (r"\bmend(?:s|ed|ing)?\b", "“fix” or “repair”"),
    (r"\bat hand\b", "“available”"),
    (r"\ball there is\b", "“everything”"),
    (r"\band (?:its|their) kin\b", "“and similar ones”"),
    (r"\bto begin with\b", "“to start from”"),
    (r"\bby turns\b", "“alternating”"),
    (r"\bunless told otherwise\b", "“by default”"),
    (r"\bone's own\b", "“your own”"),
    (r"\b(?:where|if|as|what) one (?:sees|sits|likes|would|can)\b", "“you”"),
    (r"(?:^|[.;:] )who(?:ever)? (?:floats|sits|stands|wears)\b", "“a character that …”"),
    (r"\bwill do\b", "“is enough”"),
    (r", but for\b", "“except for”"),
    (r"\bgoes on\b|\bgo on\b", "“continue”"),
    (r"\bforeign (?:model|character|file)s?\b", "“from another program”"),
    (r", and lying\b", "“and landscape”"),
    (r"\bmay\b", "“can” for what is possible, “might” for what is uncertain"),
]]

NOT_PROSE = re.compile(r"(`+).+?\1|\"[^\"]*\"|“[^”]*”|\]\([^)]*\)|<!--.*?-->")


def prose(page: str) -> Iterator[tuple[int, str]]:
    """The lines of a page's prose, counted from one; code, quotations and targets are an ellipsis."""
    fenced = False
    for number, line in enumerate(page.split("\n"), start=1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            yield number, NOT_PROSE.sub("…", line)


def check(path: pathlib.Path) -> Iterator[Finding]:
    for number, line in prose(path.read_text()):
        for phrase, instead in PHRASES:
            for found in phrase.finditer(line):
                yield Finding(path, number, f"“{found.group().strip(' .,;:')}”: write {instead}")


def main() -> int:
    arguments = sys.argv[1:]
    if "-h" in arguments or "--help" in arguments:
        print(__doc__.strip())
        return 0
    paths = [pathlib.Path(argument) for argument in arguments]
    for path in paths:
        if not path.is_file():
            print(f"{path}: no such file", file=sys.stderr)
            return 2
    paths = paths or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    findings = [finding for path in paths for finding in check(path)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
