#!/usr/bin/env python3
"""Draws the pictures of docs/props.md: all of the library's things, and each in three maps. usage: props.py POSEMAP DOCS"""
import pathlib
import sys

from sheet import draw, drop_others, names

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
things = names("props")

(docs / "props").mkdir(exist_ok=True)
draw([posemap, "props", "--side", "150"], docs / "props.png", 64)
for thing in things:
    draw([posemap, "props", thing, "--side", "150", "--maps", "shaded,normal,canny"], docs / f"props/{thing}.png", 48)
drop_others(docs / "props", things)
