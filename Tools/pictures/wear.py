#!/usr/bin/env python3
"""Draws the pictures of docs/wear.md: all of the library's garments, and each from three sides and as edges. usage: wear.py POSEMAP DOCS"""
import pathlib
import sys

from sheet import draw, drop_others, names

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
garments = names("garments")

(docs / "wear").mkdir(exist_ok=True)
draw([posemap, "wear", *garments, "--height", "300", "--angle", "25"], docs / "wear.png", 64)
for garment in garments:
    draw([posemap, "wear", garment, "--height", "260", "--angle", "0", "60", "180", "--maps", "shaded,canny"], docs / f"wear/{garment}.png", 48)
drop_others(docs / "wear", garments)
