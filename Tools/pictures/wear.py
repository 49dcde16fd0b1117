#!/usr/bin/env python3
"""Draws the pictures of docs/wear.md: all of the library's garments, and each from three sides and as edges. usage: wear.py POSEMAP DOCS"""
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
garments = sorted(path.name.removesuffix(".garment.json") for path in pathlib.Path("Rigs/garments").glob("*.garment.json"))


def draw(arguments: list[str], to: pathlib.Path, colors: int) -> None:
    """One sheet with few colors, which are enough for a page and make it small."""
    with tempfile.TemporaryDirectory() as scratch:
        sheet = f"{scratch}/sheet.png"
        subprocess.run([posemap, "wear", *arguments, "--sheet", sheet], check=True, stdout=subprocess.DEVNULL)
        Image.open(sheet).convert("P", palette=Image.Palette.ADAPTIVE, colors=colors).save(to, optimize=True)


(docs / "wear").mkdir(exist_ok=True)
draw([*garments, "--height", "300", "--angle", "25"], docs / "wear.png", 64)
for garment in garments:
    draw([garment, "--height", "260", "--angle", "0", "60", "180", "--maps", "shaded,canny"], docs / f"wear/{garment}.png", 48)
for old in (docs / "wear").glob("*.png"):
    if old.stem not in garments:
        old.unlink()
