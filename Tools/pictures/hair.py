#!/usr/bin/env python3
"""Draws the pictures of docs/hair.md: all of the library's styles, and each from three sides and as edges. usage: hair.py POSEMAP DOCS"""
import pathlib
import sys

from sheet import draw, drop_others, names

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
styles = names("hair")
BEARDS = ("beard", "goatee", "moustache")

(docs / "hair").mkdir(exist_ok=True)
draw([posemap, "hair", "--side", "150"], docs / "hair.png", 64)
for style in styles:
    body = "male" if style in BEARDS else "female"
    draw([posemap, "hair", style, "--side", "150", "--body", body, "--angle", "0", "55", "180", "--maps", "shaded,canny"], docs / f"hair/{style}.png", 48)
drop_others(docs / "hair", styles)
