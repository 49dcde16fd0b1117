#!/usr/bin/env python3
"""Draws the pictures of docs/props.md: all of the library's things, and each in three maps. usage: props.py POSEMAP DOCS"""
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
things = sorted(path.name.removesuffix(".prop.json") for path in pathlib.Path("Rigs/props").glob("*.prop.json"))


def draw(arguments: list[str], to: pathlib.Path, colors: int) -> None:
    """One sheet with few colors, which are enough for a page and make it small."""
    with tempfile.TemporaryDirectory() as scratch:
        sheet = f"{scratch}/sheet.png"
        subprocess.run([posemap, "props", *arguments, "--sheet", sheet], check=True, stdout=subprocess.DEVNULL)
        Image.open(sheet).convert("P", palette=Image.Palette.ADAPTIVE, colors=colors).save(to, optimize=True)


(docs / "props").mkdir(exist_ok=True)
draw(["--side", "150"], docs / "props.png", 64)
for thing in things:
    draw([thing, "--side", "150", "--maps", "shaded,normal,canny"], docs / f"props/{thing}.png", 48)
for old in (docs / "props").glob("*.png"):
    if old.stem not in things:
        old.unlink()
