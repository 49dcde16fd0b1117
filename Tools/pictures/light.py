#!/usr/bin/env python3
"""Draws the pictures of docs/light.md: six lights, two people in the sun, and a candle. usage: light.py POSEMAP DOCS"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from PIL import Image

posemap, docs = sys.argv[1], pathlib.Path(sys.argv[2])
LIGHTS = [
    {"key": {}, "fill": {}, "rim": {}},
    {"key": {"side": "left", "height": 40, "color": "#ffd9b0"}},
    {"sun": {"hour": 17, "side": "left"}},
    {"sun": {"hour": 12, "side": "frontRight"}},
    {"rim": {"strength": 1.4}, "ambient": 0.04},
    {"lamps": {"candle": {"at": [0.28, 1.05, 0.42], "strength": 0.22, "color": 1900, "radius": 0.02}}, "ambient": 0.02},
]


def render(scene: dict, scratch: pathlib.Path) -> list[Image.Image]:
    """The shaded map of each character of a scene."""
    file = scratch / "scene.json"
    file.write_text(json.dumps(scene))
    subprocess.run([posemap, "render", file, "-q", "-o", scratch / "out", "--maps", "shaded"], check=True)
    return [Image.open(scratch / "out" / person["id"] / "shaded.png").convert("RGB") for person in scene["characters"]]


(docs / "light").mkdir(exist_ok=True)
figure, candle = (json.loads(text) for text in re.findall("```json\n(.*?)```", (docs / "light.md").read_text(), re.DOTALL))
with tempfile.TemporaryDirectory() as folder:
    scratch = pathlib.Path(folder)
    row = Image.new("RGB", (6 * 312, 608))
    for number, lights in enumerate(LIGHTS):
        scene = {**figure, "canvas": [624, 1216], "lights": lights}
        row.paste(render(scene, scratch)[0].resize((312, 608), Image.LANCZOS), (312 * number, 0))
    row.save(docs / "light/lights.png", optimize=True)
    render(candle, scratch)[0].resize((416, 416), Image.LANCZOS).save(docs / "light/candle.png", optimize=True)
    window = json.loads((docs / "../Examples/window/scene.json").read_text())
    pair = Image.new("RGB", (832, 608))
    for number, picture in enumerate(render({**window, "lights": {"sun": {"hour": 16, "side": "frontRight"}}, "maps": {"props": ["shaded"]}}, scratch)):
        pair.paste(picture.resize((416, 608), Image.LANCZOS), (416 * number, 0))
    pair.save(docs / "light/two.png", optimize=True)
