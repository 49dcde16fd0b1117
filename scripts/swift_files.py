"""Swift files and their parts, for the scripts that check them."""

import pathlib
import re
from typing import Iterator, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent

# Raw strings end with as many `#` as they begin with.
LEXER = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<multiline>(?P<marks>\#*)\"{3}(?:\\.|(?!\"{3}(?P=marks)).)*\"{3}(?P=marks))
      | (?P<raw>(?P<hashes>\#+)\"[^\n]*?\"(?P=hashes))
      | (?P<string>\"(?:\\\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\)|\\.|[^\"\\\n])*\")
      | (?P<name>`?[A-Za-z_][A-Za-z0-9_]*`?)""",
    re.VERBOSE | re.DOTALL)


class Finding(NamedTuple):
    """A fault in a file, at a line counted from one."""
    path: pathlib.Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: {self.message}"


def shown(path: pathlib.Path) -> pathlib.Path:
    """Return a path as short as possible."""
    path, here = path.resolve(), pathlib.Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def swift_files(paths: list[pathlib.Path]) -> Iterator[pathlib.Path]:
    """Return the files themselves, and those below folders; build products are left out."""
    for path in paths:
        if path.is_file():
            yield path
        else:
            yield from sorted(p for p in path.rglob("*.swift")
                              if not any(part.startswith(".build") for part in p.parts))


def code(text: str) -> str:
    """Return a file's text with comments and string literals blanked out, with the lengths of all lines preserved."""
    def blank(token: re.Match[str]) -> str:
        return token.group() if token.group("name") else re.sub(r"[^\n]", " ", token.group())
    return LEXER.sub(blank, text)
