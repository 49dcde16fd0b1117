"""A value that one file of the repository contains, and that other formats repeat in their own files."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Repeated:
    """The file with the value, the format of the value, and the locations of its copies.

    A location is a file name and a pattern with {} for the value. Each match counts, and there must be at least one.
    """

    file: str
    form: str
    places: tuple[tuple[str, str], ...]

    def read(self, root: Path) -> str:
        return (root / self.file).read_text("utf-8").strip()

    def differences(self, root: Path) -> list[str]:
        """Return a sentence for each location with a different value, if any."""
        value, found = self.read(root), []
        for name, pattern in self.places:
            values = re.findall(self._with_form(pattern), (root / name).read_text("utf-8"))
            if set(values) != {value}:
                found.append(f"{name} has {' and '.join(values) or 'none'}, but {self.file} has {value}")
        return found

    def write(self, value: str, root: Path) -> None:
        """Write the value into all locations.

        Raises ValueError if it does not match the format.
        """
        if not re.fullmatch(self.form, value):
            raise ValueError(f"{value} does not have the form {self.form}")
        (root / self.file).write_text(value + "\n", "utf-8")
        for name, pattern in self.places:
            text = (root / name).read_text("utf-8")
            for match in reversed(list(re.finditer(self._with_form(pattern), text))):
                text = text[: match.start(1)] + value + text[match.end(1):]
            (root / name).write_text(text, "utf-8")

    def _with_form(self, pattern: str) -> str:
        return pattern.replace("{}", f"({self.form})")

    def main(self, arguments: list[str], usage: str | None, root: Path) -> int:
        """Print the value, or write the given one; return 1 if a copy differs."""
        if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]):
            print((usage or "").strip())
            return 64
        try:
            if arguments:
                self.write(arguments[0], root)
        except ValueError as fault:
            print(fault, file=sys.stderr)
            return 64
        differences = self.differences(root)
        for difference in differences:
            print(difference, file=sys.stderr)
        print(self.read(root))
        return 1 if differences else 0
