#!/usr/bin/env python3
"""Finds phrases that a native technical writer would not write, and British spelling.

    scripts/check-english.py [page or Swift file or folder …]

Without arguments: README.md, CHANGELOG.md, CONTRIBUTING.md and docs/*.md, and the Swift of Sources. In Swift, comments
and string literals are read: these are the messages, the help, and the documentation of the code.

Prints `file:line: message` for each phrase, with what to write instead, and exits 1 if there is one.
Code, quotations and links' targets do not count.
"""

import pathlib
import re
import sys
from typing import Iterator

from spelling import spelling
from swift_files import LEXER, ROOT, Finding, swift_files

UNITS = (r"(?:bone|byte|character|column|entry|figure|file|finger|frame|hand|joint|key|layer|limb|line|map|name|node|part|path|"
         r"person|picture|pixel|point|pose|prop|row|scene|second|sentence|setting|triangle|value|vertex|word)")

# A phrase, and what to write instead.
PHRASES = [(re.compile(phrase, re.IGNORECASE), instead) for phrase, instead in [
    (r"\bto be had\b", "“available”"),
    (rf"\ba (?!character|figure|person|scene|second|hand|pose){UNITS} an? {UNITS}\b", "“one … per …”"),
    (r"\b(?:\d+|frames|pictures|met(?:re|er)s|figures|times) an? (?:second|minute|frame|figure)\b", "“per”"),
    (r"\b(?:what|who|which|that) is no (?!longer|more|less|fewer)", "“is not a …”"),
    (r"\bas seen from\b|\bseen from (?:its|this one's|the \w+'s) ", "“relative to”"),
    (r"\banew\b", "“again” or “from scratch”"),
    (r"\blest\b", "“so that … does not”"),
    (r"\bin (?:its|their|whose) stead\b", "“instead”"),
    (r"\bin place of\b|\btakes? the place of\b", "“instead of”, “overrides”"),
    (r"\bheld against\b", "“compared with”"),
    (r"\breckon(?:s|ed|ing)?\b", "“calculate”"),
    (r"\b(?:no map|nobody) knows\b", "“the maps ignore”, “posemap does not know”"),
    (r"\b(?:and|that|which|both|it) (?:is|are) said\b|, and said\b", "“a message says so”"),
    (r"\bwarned of\b", "“warned about”"),
    (r"\bto its taste\b", "“as it expects”"),
    (r"\bshall\b", "“must” or “will”"),
    (r"\bmend(?:s|ed|ing)?\b", "“fix” or “repair”"),
    (r"\bat hand\b", "“available”"),
    (r"\ball there (?:is|are)\b", "“everything”, “all of them”"),
    (r"\band (?:its|their) kin\b", "“and similar ones”"),
    (r"\bto begin with\b", "“to start from”"),
    (r"\bby turns\b", "“alternating”"),
    (r"\bunless told otherwise\b|\bunless others are asked for\b", "“by default”"),
    (r"\bone's own\b", "“your own”"),
    (r"\b(?:where|if|as|what) one (?:sees|sits|likes|would|can)\b", "“you”"),
    (r"(?:^|[.;:] )who(?:ever)? (?:floats|sits|stands|wears)\b", "“a character that …”"),
    (r"\bwill do\b", "“is enough”"),
    (r"\bbut for\b", "“except for”"),
    (r"\bgoes on\b|\bgo on\b(?! (?:the|a|its|top)\b)", "“continue”"),
    (r", and lying\b", "“and landscape”"),
    (r"\b(?:its|their|one) one layout\b", "“formatted”"),
    (r"\bnot there any more\b", "“no longer exists”"),
    (r"(?:that|, which) (?:is|are) not there\b(?! (?:yet|by|in|until))", "“does not exist”"),
    (r"\b(?:wind|garment|model|file|goal|pose|scene) is another\b", "“has changed”, “is a different …”"),
    (r"\bof (?:one|a single) piece with\b", "“part of the same …”"),
    (r"\bby (?:its|the file's|their) own word\b", "“according to …”"),
    (r"\bare as they are to\b|\bcome as they are to\b", "“as they should be”"),
    (r"\bsees to it\b", "“makes sure”"),
    (r"\bhas not the\b|\bhave not the\b", "“does not have”"),
    (r"\bis (?:neither )?spelt so\b", "“check the spelling”"),
]]
# In a page; comments of code may say that a value may be nil.
PAGE_PHRASES = [(re.compile(phrase, re.IGNORECASE), instead) for phrase, instead in [
    (r"\bheld to\b", "“tested against”"),
    (r"\bforeign (?:model|character|file)s?\b", "“from another program”"),
    (r"\bmay\b", "“can” for what is possible, “might” for what is uncertain"),
]]

NOT_PROSE = re.compile(r"(`+).+?\1|\"[^\"]*\"|“[^”]*”|\]\([^)]*\)|<!--.*?-->|https?://\S+")
# What a Swift literal has besides words: interpolations, escapes, and code in backticks.
NOT_WORDS = re.compile(r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\\.|`[^`]*`")


def prose(page: str) -> Iterator[tuple[int, str]]:
    """The lines of a page's prose, counted from one; code, quotations and targets are an ellipsis."""
    fenced = False
    for number, line in enumerate(page.split("\n"), start=1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            yield number, NOT_PROSE.sub("…", line)


def words_of(swift: str) -> Iterator[tuple[int, str]]:
    """The lines of a Swift file's comments and string literals, counted from one."""
    line, position, fenced = 1, 0, False
    for token in LEXER.finditer(swift):
        line += swift.count("\n", position, token.start())
        position = token.start()
        value = token.group()
        if token.group("comment"):
            for offset, part in enumerate(value.split("\n")):
                text = re.sub(r"^\s*(?://[/!]?|/?\*+)", "", part)
                fenced = fenced != text.lstrip().startswith("```")
                if not fenced:
                    yield line + offset, NOT_PROSE.sub("…", text)
        elif not token.group("name"):
            for offset, part in enumerate(value.split("\n")):
                # A literal of one word is a key or a name.
                if " " in part.strip("\"# "):
                    yield line + offset, NOT_WORDS.sub("…", part)


def check(path: pathlib.Path) -> Iterator[Finding]:
    is_page = path.suffix != ".swift"
    lines = prose(path.read_text()) if is_page else words_of(path.read_text())
    for number, line in lines:
        for phrase, instead in PHRASES + (PAGE_PHRASES if is_page else []):
            for found in phrase.finditer(line):
                yield Finding(path, number, f"“{found.group().strip(' .,;:')}”: write {instead}")
        for message in spelling(line):
            yield Finding(path, number, message)


def files(arguments: list[str]) -> Iterator[pathlib.Path]:
    """The files of paths; without any, those that the documentation and the code have."""
    if not arguments:
        yield from [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
        yield from sorted((ROOT / "docs").glob("*.md"))
        yield from swift_files([ROOT / "Sources"])
    for path in map(pathlib.Path, arguments):
        yield from swift_files([path]) if path.is_dir() else [path]


def main() -> int:
    arguments = sys.argv[1:]
    if "-h" in arguments or "--help" in arguments:
        print(__doc__.strip())
        return 0
    for argument in arguments:
        if not pathlib.Path(argument).exists():
            print(f"{argument}: no such file", file=sys.stderr)
            return 2
    findings = [finding for path in files(arguments) for finding in check(path)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
