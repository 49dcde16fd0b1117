#!/usr/bin/env python3
"""Draws the pictures of docs/hair.md: all of the library's styles, and each from three sides and as edges. usage: hair.py POSEMAP DOCS"""
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
styles = sorted(path.name.removesuffix(".hair.json") for path in pathlib.Path("Rigs/hair").glob("*.hair.json"))
BEARDS = ("beard", "goatee", "moustache")


def draw(arguments: list[str], to: pathlib.Path, colors: int) -> None:
    """One sheet with few colors, which are enough for a page and make it small."""
    with tempfile.TemporaryDirectory() as scratch:
        sheet = f"{scratch}/sheet.png"
        subprocess.run([posemap, "hair", *arguments, "--sheet", sheet], check=True, stdout=subprocess.DEVNULL)
        Image.open(sheet).convert("P", palette=Image.Palette.ADAPTIVE, colors=colors).save(to, optimize=True)


(docs / "hair").mkdir(exist_ok=True)
draw(["--side", "150"], docs / "hair.png", 64)
for style in styles:
    body = "male" if style in BEARDS else "female"
    draw([style, "--side", "150", "--body", body, "--angle", "0", "55", "180", "--maps", "shaded,canny"], docs / f"hair/{style}.png", 48)
for old in (docs / "hair").glob("*.png"):
    if old.stem not in styles:
        old.unlink()
