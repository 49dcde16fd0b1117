"""Compares pictures and prints the results."""
import sys
from dataclasses import dataclass

import numpy as np
from PIL import Image


@dataclass
class Row:
    name: str
    cases: int
    compared: int
    differing: int
    largest: float
    allowed: float = 0
    note: str = ""

    @property
    def fault(self):
        if self.largest <= self.allowed:
            return None
        return f"{self.name}: {self.differing} pixels differ, at most by {self.largest:g}; it must be {self.allowed:g}"


def compare(name, expected, folder):
    """Return the difference between posemap's pictures in `folder` and the expected ones, which must be equal."""
    lit = differing = largest = 0
    for case, reference in expected.items():
        actual = np.array(Image.open(folder / f"{case}.png"))
        if actual.shape != reference.shape:
            sys.exit(f"{name} {case}: {actual.shape} instead of {reference.shape}")
        distance = np.abs(actual.astype(int) - reference).reshape(*reference.shape[:2], -1).max(-1)
        lit += int((reference.reshape(*reference.shape[:2], -1).max(-1) > 0).sum())
        differing += int((distance > 0).sum())
        largest = max(largest, int(distance.max()))
        if distance.any():
            print(f"{name} {case}: {(distance > 0).sum()} pixels differ, at most by {distance.max()}")
    return Row(name, len(expected), lit, differing, largest)


def conclude(rows, others=()):
    """Print the rows' faults after the given ones, and exit with 1 if there are any."""
    faults = [*others, *(row.fault for row in rows if row.fault)]
    print(*faults, sep="\n")
    sys.exit(bool(faults))


def print_table(rows):
    print(f"{'map':28}{'cases':>7}{'pixels':>12}{'differing':>11}{'largest':>9}{'allowed':>9}")
    for row in rows:
        print(f"{row.name:28}{row.cases:7}{row.compared:12}{row.differing:11}{row.largest:9g}{row.allowed:9g}  {row.note}".rstrip())
