#!/usr/bin/env -S python3 -B
"""Compile the Swift examples in documentation comments and docs/*.md against the built libraries, as a caller would.

    Tests/docs/swift_examples.py BUILD        BUILD is .build/release, with the folder Modules

An example is a fenced block of `swift` in the comments of a library that callers use. It is the body of a function that
can throw, with the imports that it has and that of its library. Nothing is run.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List

from blocks import blocks_in

ROOT = Path(__file__).resolve().parents[2]
#: The products in Package.swift; other modules are internal to this package.
LIBRARIES = ("PoseRig", "SceneFiles", "MapRender", "Export", "PosemapKit")
_COMMENT = re.compile(r"^\s*/// ?(.*)$")
_IMPORT = re.compile(r"^\s*import \w+\s*$")


@dataclass(frozen=True)
class Example:
    """An example, and the line of its file that it starts after, from 1."""

    path: Path
    line: int
    text: str
    library: str

    @property
    def place(self) -> str:
        """Return its location, for messages."""
        return f"{self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path.name}:{self.line}"

    @property
    def program(self) -> str:
        """Return a file with the example, with line numbers as in the original."""
        lines = self.text.split("\n")
        imports = [line.strip() for line in lines if _IMPORT.match(line)]
        body = "\n".join("" if _IMPORT.match(line) else line for line in lines)
        needed = dict.fromkeys([*imports, *([f"import {self.library}"] if self.library else []), "import PoseRig"])
        name = re.sub(r"\W", "_", self.place)
        return "\n".join([*needed, f"func {name}() throws {{", f'#sourceLocation(file: "{self.place.rpartition(":")[0]}", line: {self.line + 1})', body, "}", ""])


def examples(path: Path, library: str = "") -> Iterator[Example]:
    """The examples of a Swift file's documentation, or of a page."""
    lines = path.read_text("utf-8").split("\n")
    if path.suffix == ".swift":
        comments = map(_COMMENT.match, lines)
        lines = [comment[1] if comment else "" for comment in comments]
    for block in blocks_in(path, lines):
        if block.language == "swift":
            yield Example(path, block.line - 1, block.text, library)


def every() -> Iterator[Example]:
    """All examples of the libraries and the pages."""
    for library in LIBRARIES:
        for path in sorted((ROOT / "Sources" / library).rglob("*.swift")):
            yield from examples(path, library)
    for page in [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]:
        yield from examples(page)


def compile_all(found: List[Example], build: Path) -> str:
    """Return the compiler's messages about examples; empty if there are none."""
    maps = [*build.glob("C*.build/module.modulemap"), *ROOT.glob("Sources/C*/module.modulemap")]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, example in enumerate(found):
            file = Path(folder, f"Example{number}.swift")
            file.write_text(example.program, "utf-8")
            files.append(str(file))
        done = subprocess.run(
            ["swiftc", "-typecheck", "-swift-version", "6", "-enable-upcoming-feature", "MemberImportVisibility", "-suppress-warnings",
             "-parse-as-library", "-module-name", "Examples", "-I", str(build / "Modules"),
             *[word for path in maps for word in ("-Xcc", f"-fmodule-map-file={path}")], *files],
            cwd=ROOT, capture_output=True, text=True,
        )
    if done.returncode == 0:
        return ""
    faults = [line for line in done.stderr.split("\n") if re.search(r":\d+:\d+: error:", line)]
    return "\n".join(dict.fromkeys(faults)) or done.stderr.strip()[-2000:]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    found = list(every())
    said = compile_all(found, Path(sys.argv[1]).resolve())
    print(said or f"{len(found)} Swift examples compile")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
