#!/usr/bin/env python3
"""Puts pictures beside each other at half their size. usage: row.py OUT.png IN.png..."""
import sys

from PIL import Image

out, *names = sys.argv[1:]
images = [Image.open(name).convert("RGB") for name in names]
images = [image.resize((image.width // 2, image.height // 2), Image.LANCZOS) for image in images]
row = Image.new("RGB", (sum(image.width for image in images), images[0].height))
left = 0
for image in images:
    row.paste(image, (left, 0))
    left += image.width
row.save(out, optimize=True)
