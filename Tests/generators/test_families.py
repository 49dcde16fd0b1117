"""Tests that all programs for one family of models use the same numbers."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).resolve().parents[2] / "Sources/Export/Resources"


def data(path: str) -> dict[str, Any]:
    return json.loads((RESOURCES / path).read_text())


@pytest.mark.parametrize("family", ["sd15", "sdxl-xinsir"])
def test_strengths_and_steps_agree(family: str) -> None:
    comfyui, a1111 = data(f"comfyui/models/{family}.json"), data(f"a1111/{family}.json")
    script = (RESOURCES / f"diffusers/{family}.py").read_text()
    assert comfyui["use"] == a1111["use"]
    assert comfyui["maps"].keys() == a1111["units"].keys()
    for name, control in comfyui["maps"].items():
        numbers = (control["strength"], control["end"])
        assert (a1111["units"][name]["weight"], a1111["units"][name]["guidance_end"]) == numbers, name
        found = re.search(rf'"{name}": \((?:"[^"]*", )?([\d.]+), ([\d.]+)\)', script)
        assert found and (float(found[1]), float(found[2])) == numbers, name
    settings = comfyui["settings"]
    assert (a1111["payload"]["steps"], a1111["payload"]["cfg_scale"]) == (settings["steps"], settings["cfg"])
    assert f"STEPS = {settings['steps']}\n" in script
    assert float(re.search(r"GUIDANCE = ([\d.]+)", script)[1]) == settings["cfg"]


@pytest.mark.parametrize("family", ["flux-union", "qwen"])
def test_maps_of_unions_share_their_strength(family: str) -> None:
    comfyui = data(f"comfyui/models/{family}.json")
    script = (RESOURCES / f"diffusers/{family}.py").read_text()
    controls = ast.literal_eval(re.search(r"CONTROLS = ({.*})", script)[1])
    assert controls == {name: (one["strength"], one["end"]) for name, one in comfyui["maps"].items()}
    shares = [1.0, 0.65, 0.5] if "SHARES = {1: 1.0, 2: 0.65} " in script else [1.0, 0.5, 0.33]
    assert comfyui["shares"] == shares and ("SHARES.get(len(names), 0.5)" in script or "/ len(names)" in script)


def controls(script: str, name: str) -> Any:
    return ast.literal_eval(re.search(rf"^{name} = ({{.*?^}})", script, re.MULTILINE | re.DOTALL)[1])


def test_networks_of_noobai_have_the_same_strengths() -> None:
    comfyui, script = data("comfyui/models/noobai.json"), (RESOURCES / "diffusers/noobai.py").read_text()
    numbers = {name: (strength, end) for name, (_, strength, end) in controls(script, "CONTROLS").items()}
    assert numbers == {name: (one["strength"], one["end"]) for name, one in comfyui["maps"].items()}
    assert f"STEPS = {comfyui['settings']['steps']}\n" in script and "GUIDANCE = 5.0\n" in script
    assert comfyui["settings"]["cfg"] == 5


@pytest.mark.parametrize("family", ["qwen-edit", "flux2-klein"])
def test_edit_models_are_told_the_same(family: str) -> None:
    comfyui, script = data(f"comfyui/models/{family}.json"), (RESOURCES / f"diffusers/{family}.py").read_text()
    assert controls(script, "THINGS") == {name: one["thing"] for name, one in comfyui["maps"].items()}
    assert f"STEPS = {comfyui['settings']['steps']}\n" in script
    assert float(re.search(r"GUIDANCE = ([\d.]+)", script)[1]) == comfyui["settings"]["cfg"]
    words = comfyui["stages"]["controls"]["nodes"]["text"]["inputs"]
    said = words.get("text", words.get("prompt"))
    asked = re.search(r'words = \(\n\s+"(.*)"\n\s+f"(.*)"', script)
    assert asked and said == asked[1] + asked[2].replace("{THINGS[name]}", "${map.thing}").replace(
        "{character['prompt']}", "${prompt}"
    )
