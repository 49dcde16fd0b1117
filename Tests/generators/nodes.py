"""The inputs and outputs of ComfyUI's nodes: definitions in the form of GET /object_info, and the inputs of a node."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

NODES = Path(__file__).resolve().parents[2] / "Sources/Export/Resources/comfyui/nodes"

Json = dict[str, Any]
Definitions = dict[str, Json]
Prompt = dict[str, Json]

DYNAMIC_COMBO = "COMFY_DYNAMICCOMBO_V3"
AUTOGROW = "COMFY_AUTOGROW_V3"
NUMBERS = {"INT", "FLOAT"}
WIDGETS = NUMBERS | {"STRING", "BOOLEAN", "COMBO", DYNAMIC_COMBO}


@dataclass(frozen=True)
class Input:
    """One input of a node, as declared in its definition."""

    name: str
    type: str  # "COMBO" for both forms of a combo
    options: Json
    required: bool
    choices: list[Any] | None = None

    @property
    def is_widget(self) -> bool:
        return self.type in WIDGETS and not self.options.get("forceInput", False)

    @property
    def has_control(self) -> bool:
        # The editor adds the control by name even if the source does not request it (Impact Pack).
        asked = self.options.get("control_after_generate", False)
        return bool(asked) or (self.type == "INT" and self.name in ("seed", "noise_seed"))

    @property
    def has_upload(self) -> bool:
        return bool(self.options.get("image_upload") or self.options.get("video_upload"))


def load_definitions(folder: Path = NODES) -> Definitions:
    definitions: Definitions = {}
    for file in sorted(folder.glob("*.json")):
        definitions.update(json.loads(file.read_text()))
    if not definitions:
        raise SystemExit(f"{folder}: no node definitions")
    return definitions


def make_input(name: str, spec: list[Any], required: bool) -> Input:
    options = spec[1] if len(spec) > 1 else {}
    if isinstance(spec[0], list):
        return Input(name, "COMBO", options, required, spec[0])
    if spec[0] == "COMBO":
        return Input(name, "COMBO", options, required, options.get("options", []))
    if spec[0] == DYNAMIC_COMBO:
        return Input(name, spec[0], options, required, [option["key"] for option in options["options"]])
    return Input(name, spec[0], options, required)


def ordered(group: Json) -> Iterator[tuple[str, list[Any], bool]]:
    """Return the required inputs, then the optional ones, as declared."""
    for category in ("required", "optional"):
        for name, spec in group.get(category, {}).items():
            yield name, spec, category == "required"


def grown(name: str, options: Json, required: bool) -> Iterator[Input]:
    """Return the inputs of an autogrow: `images.image0`, `images.image1`, …, the first few of them required."""
    template = options["template"]
    _, spec, _ = next(ordered(template["input"]))
    names = template.get("names") or [f"{template['prefix']}{index}" for index in range(template["max"])]
    for index, short in enumerate(names):
        yield make_input(f"{name}.{short}", spec, required and index < template["min"])


def expand(group: Json, given: Json, prefix: str = "") -> Iterator[Input]:
    """Return the inputs that a node has with these values: some values add inputs."""
    for short, spec, required in ordered(group):
        one = make_input(prefix + short, spec, required)
        if one.type == AUTOGROW:
            yield from grown(one.name, one.options, required)
            continue
        yield one
        if one.type == DYNAMIC_COMBO:
            for option in one.options["options"]:
                if option["key"] == given.get(one.name):
                    yield from expand(option["inputs"], given, one.name + ".")


def node_inputs(definition: Json, given: Json) -> dict[str, Input]:
    inputs = {one.name: one for one in expand(definition["input"], given)}
    if definition["name"] == "ImpactSwitch":
        # It declares input1 and accepts any number of them.
        for name in given:
            if name.startswith("input") and name[5:].isdigit():
                inputs.setdefault(name, Input(name, "*", {}, False))
    return inputs


def types_match(received: str, wanted: str) -> bool:
    if "*" in (received, wanted):
        return True
    return bool(set(received.split(",")) & set(wanted.split(",")))


def is_link(value: Any) -> bool:
    return isinstance(value, list)


def links_of(node: Json) -> Iterator[tuple[str, str, int]]:
    for name, value in node.get("inputs", {}).items():
        if is_link(value) and len(value) == 2:
            yield name, value[0], value[1]
