#!/usr/bin/env python3
"""Finds phrases that a native technical writer would not write, British spelling, and lines of pages that are too long.

    scripts/check-english.py [page or file or folder …]

Without arguments, it reads the pages of documentation and the code. In Swift it reads the comments, and in Sources also
the string literals, which are the messages and the help; in tests, their names. In Python it reads comments and
documentation, and in JavaScript, C and shell scripts comments.

Prints `file:line: message` for each phrase, with what to write instead, and exits 1 if there is one.
Code, quotations and links' targets do not count.
"""

import ast
import io
import pathlib
import re
import sys
import tokenize
from typing import Iterator

from spelling import spelling
from swift_files import LEXER, ROOT, Finding

# The folders with code to read; those in which programs of others are quoted are left out.
FOLDERS = ["Sources", "Tests", "Examples", "Benchmarks", "Integrations", "Tools", "Plugins", "scripts"]
QUOTED = ("spelling.py", "check-english.py", "test_check_english.py", "test_check_comments.py")
COLUMNS = 130

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
    (r"\btak(?:e|es|ing|en) note\b", "“record”"),
    (r"\bso many\b(?! (?:that|as)\b)", "“a number of”, “that many”"),
    (r"\bby now\b", "“so far”, “already”"),
    (r"\bto and fro\b", "“back and forth”"),
    (r"\bcomes? along\b", "“is included”, “moves along”"),
    (r"\b(?:a|an|one|that|those|these) \w+ of ours\b|\bof ours\b", "“posemap's”"),
    (r"\bwh(?:o|om)ever\b", "“anyone who …”, “a character that …”"),
    (r"\b(?:every|some|any)body\b(?!')", "“everyone”, “someone”, “anyone”"),
    (r"\b(?:to|after|out|in|up|down|back)wards\b", "the word without “s”"),
    (r"\bfor want of\b", "“without”"),
    (r"\b(?:on|from) the disk\b", "“on disk”, “from disk”"),
    (r"\bsmall letters\b|\blower case\b", "“lowercase”"),
    (r"\bfull stop\b", "“period”"),
    (r"\bwish(?:es|ed)?\b", "“request”, “want”"),
    (r"\b(?:is|are) said to\b", "“is reported as”"),
    (r"\bclears? up\b", "“clean up”"),
    (r"\bof one name\b", "“with one name”"),
    (r"\bgo(?:es)? by\b", "“depend on”, “use”"),
    (r"\bno matter of\b", "“not a matter of”"),
    (r"\bhears? of\b", "“receive”, “learn about”"),
    (r"\bt(?:ells?|old) (?:of|apart)\b", "“report”, “distinguish”"),
    (r"\bpass(?:ed|es) over\b", "“skip”"),
    (r"\bas often as not\b", "“often”"),
    (r"\bthe like of\b|\band the like\b", "“and similar”"),
    (r"\bwherever it stands\b|\bwhere it stands\b", "“at its location”, “in place”"),
]]
# In a page; comments of code may say that a value may be nil.
PAGE_PHRASES = [(re.compile(phrase, re.IGNORECASE), instead) for phrase, instead in [
    (r"\bheld to\b", "“tested against”"),
    (r"\bforeign (?:model|character|file)s?\b", "“from another program”"),
    (r"\bmay\b", "“can” for what is possible, “might” for what is uncertain"),
]]

NOT_PROSE = re.compile(r"(`+).+?\1|\"[^\"]*\"|“[^”]*”|\]\([^)]*\)|<!--.*?-->|https?://\S+")
C = (".c", ".h", ".cpp")
CODE = (".swift", ".py", ".js", ".sh", *C)
# What precedes the name of a Swift test.
TEST = re.compile(r"@(?:Test|Suite)\(\s*$")
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


def in_comment(comment: str) -> Iterator[str]:
    """The lines of a comment without its marks."""
    for part in comment.split("\n"):
        yield re.sub(r"^\s*(?://[/!]?|/?\*+|#+:?)", "", part)


def words_of(swift: str, has_messages: bool = True) -> Iterator[tuple[int, str]]:
    """The lines of a Swift or JavaScript file's comments and, on request, string literals, counted from one."""
    line, position, fenced = 1, 0, False
    for token in LEXER.finditer(swift):
        line += swift.count("\n", position, token.start())
        position = token.start()
        value = token.group()
        if token.group("comment"):
            for offset, text in enumerate(in_comment(value)):
                fenced = fenced != text.lstrip().startswith("```")
                if not fenced:
                    yield line + offset, NOT_PROSE.sub("…", text)
        elif not token.group("name") and (
            has_messages or TEST.search(swift[max(0, position - 80):position])
        ):
            for offset, part in enumerate(value.split("\n")):
                # A literal of one word is a key or a name.
                if " " in part.strip("\"# "):
                    yield line + offset, NOT_WORDS.sub("…", part)


def python_words(python: str) -> Iterator[tuple[int, str]]:
    """The lines of a Python file's comments and documentation, counted from one."""
    for token in tokenize.generate_tokens(io.StringIO(python).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], NOT_PROSE.sub("…", next(in_comment(token.string)))
    lines = python.split("\n")
    for node in ast.walk(ast.parse(python)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node):
            text = node.body[0]
            for number in range(text.lineno, (text.end_lineno or text.lineno) + 1):
                if not lines[number - 1].startswith("    " * 3):
                    yield number, NOT_PROSE.sub("…", lines[number - 1].strip().strip('"'))


def shell_words(script: str) -> Iterator[tuple[int, str]]:
    """The lines of a shell script that are comments, counted from one."""
    for number, line in enumerate(script.split("\n"), start=1):
        if line.lstrip().startswith("#"):
            yield number, NOT_PROSE.sub("…", next(in_comment(line)))


def lines_of(path: pathlib.Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are prose, counted from one."""
    text = path.read_text()
    if path.suffix == ".swift":
        return words_of(text, has_messages="Tests" not in path.parts)
    if path.suffix in (".js", *C):
        return words_of(text, has_messages=False)
    if path.suffix == ".sh":
        return shell_words(text)
    return python_words(text) if path.suffix == ".py" else prose(text)


def long_lines(page: str) -> Iterator[int]:
    """The numbers of lines that are too long, except for tables, pictures, code and commands."""
    fenced = False
    for number, line in enumerate(page.split("\n"), start=1):
        fenced = fenced != line.lstrip().startswith("```")
        if len(line) > COLUMNS and not fenced and not re.match(r"\s*(?:[|`]|!\[)| {4}", line):
            yield number


def check(path: pathlib.Path) -> Iterator[Finding]:
    is_page = path.suffix not in CODE
    for number, line in lines_of(path):
        for phrase, instead in PHRASES + (PAGE_PHRASES if is_page else []):
            for found in phrase.finditer(line):
                yield Finding(path, number, f"“{found.group().strip(' .,;:')}”: write {instead}")
        for message in spelling(line):
            yield Finding(path, number, message)
    if is_page:
        for number in long_lines(path.read_text()):
            yield Finding(path, number, f"at most {COLUMNS} columns")


def code_files(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """The code below a folder, without build products, quoted words and programs that posemap writes."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in CODE and path.name not in QUOTED and "Resources" not in path.parts and not any(
            part.startswith((".build", "node_modules", "__")) for part in path.parts[:-1]
        ):
            yield path


def files(arguments: list[str]) -> Iterator[pathlib.Path]:
    """The files of paths; without any, those that the documentation and the code have."""
    if not arguments:
        yield from [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md")]
        yield from sorted((ROOT / "docs").glob("*.md"))
        yield from sorted((ROOT / "Integrations").glob("*/README.md"))
        for folder in FOLDERS:
            yield from code_files(ROOT / folder)
    for path in map(pathlib.Path, arguments):
        yield from code_files(path) if path.is_dir() else [path]


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
