"""A ComfyUI server's objections to a prompt: the checks of its execution.py, in their order and with their wording."""

from __future__ import annotations
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nodes import DYNAMIC_COMBO, Definitions, Input, Json, Prompt, is_link, node_inputs, types_match

UPLOADED = ("LoadImage", "LoadImageMask")


@dataclass
class Options:
    definitions: Definitions
    folder: Path
    fail_node: str | None = None
    drop_websocket: bool = False
    delay: float = 0.0
    certificate: Path | None = None
    token: str | None = None
    redirect: str | None = None

    def place(self, kind: str) -> Path:
        return self.folder / kind


def installed(definitions: Definitions, models: dict[str, list[str]], without: set[str]) -> Definitions:
    """Return the definitions with the combos filled that are empty in the files, and without nodes that are "not
    installed"."""
    unknown = without - definitions.keys()
    if unknown:
        raise SystemExit(f"--without: no such class: {', '.join(sorted(unknown))}")
    kept = {name: json.loads(json.dumps(one)) for name, one in definitions.items() if name not in without}
    for name, definition in kept.items():
        for group in ("required", "optional"):
            for input_name, spec in definition["input"].get(group, {}).items():
                choices = models.get(f"{name}.{input_name}", models.get(input_name, []))
                if spec[0] == []:
                    # ComfyUI has this one without any file.
                    spec[0] = choices + (["pixel_space"] if input_name == "vae_name" else [])
                elif spec[0] == "COMBO" and spec[1].get("options") == []:
                    spec[1]["options"] = choices
    return kept


def with_uploads(definitions: Definitions, folder: Path) -> Definitions:
    files = sorted(one.name for one in folder.iterdir() if one.is_file())
    for name in UPLOADED:
        if name in definitions:
            definitions[name]["input"]["required"]["image"][0] = files
    return definitions


def failure(kind: str, message: str, details: str = "", **extra: Any) -> Json:
    return {"type": kind, "message": message, "details": details, "extra_info": extra}


def inside(folder: Path, name: str) -> Path | None:
    """Return the path of a name below a folder, or None if the name leads out of it."""
    path = Path(os.path.abspath(folder / name))
    return path if path.is_relative_to(os.path.abspath(folder)) else None


def annotated_path(options: Options, name: str) -> Path | None:
    """Return `a.png`, `sub/a.png` or `a.png [output]`, as LoadImage accepts them."""
    match = re.fullmatch(r"(.*) \[(input|output|temp)\]", name)
    path = inside(options.place(match[2] if match else "input"), match[1] if match else name)
    return path if path is not None and path.is_file() else None


class Validation:
    """Check one prompt against the definitions. Literals are converted in place, as in ComfyUI."""

    def __init__(self, prompt: Prompt, options: Options) -> None:
        self.prompt = prompt
        self.options = options
        self.definitions = options.definitions
        self.results: dict[str, tuple[bool, list[Json]]] = {}
        self.outputs: list[str] = []

    def run(self) -> tuple[Json | None, dict[str, Json]]:
        """Return (error, node errors): no error means that at least one output can be made."""
        error = self.missing_class()
        if error is not None:
            return error, {}
        outputs = [i for i, node in self.prompt.items() if self.definitions[node["class_type"]]["output_node"]]
        if not outputs:
            return failure("prompt_no_outputs", "Prompt has no outputs"), {}
        failed = {o: reasons for o in outputs for good, reasons in [self.output(o)] if not good}
        self.outputs = [o for o in outputs if o not in failed]
        errors = self.node_errors(failed)
        if self.outputs:
            return None, errors
        details = "\n".join(f"{e['message']}: {e['details']}" for reasons in failed.values() for e in reasons)
        return failure("prompt_outputs_failed_validation", "Prompt outputs failed validation", details), errors

    def missing_class(self) -> Json | None:
        for node_id, node in self.prompt.items():
            kind, title = node.get("class_type"), node.get("_meta", {}).get("title")
            if kind in self.definitions:
                continue
            if "class_type" not in node:
                name = title or f"ID #{node_id}"
                message = f"Node '{name}' has no class_type. The workflow may be corrupted or a custom node is missing."
            else:
                title = title or kind
                message = f"Node '{title}' not found. The custom node may not be installed."
            return failure(
                "missing_node_type",
                message,
                f"Node ID '#{node_id}'",
                node_id=node_id,
                class_type=kind,
                node_title=title,
            )
        return None

    def output(self, node_id: str) -> tuple[bool, list[Json]]:
        try:
            return self.node(node_id, [])
        except Exception as error:  # a link to nowhere is a KeyError here, as in ComfyUI
            info = {"exception_type": type(error).__name__, "traceback": []}
            reason = failure("exception_during_validation", "Exception when validating node", str(error), **info)
            self.results[node_id] = (False, [reason])
            return False, [reason]

    def node_errors(self, failed: dict[str, list[Json]]) -> dict[str, Json]:
        """Return, by node, its own reasons, and the outputs that cannot be made because of them."""
        errors: dict[str, Json] = {}
        for output in failed:
            for node_id, (good, reasons) in self.results.items():
                if good or not reasons:
                    continue
                kind = self.prompt.get(node_id, {}).get("class_type")
                entry = errors.setdefault(node_id, {"errors": reasons, "dependent_outputs": [], "class_type": kind})
                entry["dependent_outputs"].append(output)
        return errors

    def node(self, node_id: str, visiting: list[str]) -> tuple[bool, list[Json]]:
        if node_id in self.results:
            return self.results[node_id]
        if node_id in visiting:
            self.mark_cycle(visiting[visiting.index(node_id) :])
            return self.results[node_id]
        node = self.prompt[node_id]
        errors: list[Json] = []
        below_good = True
        for name, one in node_inputs(self.definitions[node["class_type"]], node["inputs"]).items():
            if name not in node["inputs"]:
                if one.required:
                    errors.append(failure("required_input_missing", "Required input is missing", name, input_name=name))
            elif is_link(node["inputs"][name]):
                error, good = self.link(node_id, one, node["inputs"][name], visiting)
                errors += error
                below_good &= good
            else:
                errors += self.literal(node, one)
        errors += self.custom(node)
        # A cycle below may already have reported something about this node.
        known = self.results.get(node_id, (True, []))
        self.results[node_id] = (known[0] and below_good and not errors, known[1] + errors)
        return self.results[node_id]

    def mark_cycle(self, cycle: list[str]) -> None:
        path = " -> ".join(f"{i} ({self.prompt[i]['class_type']})" for i in cycle + cycle[:1])
        for node_id in cycle:
            reason = failure("dependency_cycle", "Dependency cycle detected", path, node_id=node_id, cycle_nodes=cycle)
            self.results[node_id] = (False, [reason])

    def link(self, node_id: str, one: Input, value: list[Any], visiting: list[str]) -> tuple[list[Json], bool]:
        info = {"input_name": one.name, "input_config": config(one)}
        if len(value) != 2:
            message = "Bad linked input, must be a length-2 list of [node_id, slot_index]"
            return [failure("bad_linked_input", message, one.name, **info, received_value=value)], True
        received = self.definitions[self.prompt[value[0]]["class_type"]]["output"][value[1]]
        if not types_match(received, one.type):
            details = f"{one.name}, received_type({received}) mismatch input_type({one.type})"
            message = "Return type mismatch between linked nodes"
            more = {"received_type": received, "linked_node": value}
            return [failure("return_type_mismatch", message, details, **info, **more)], True
        try:
            return [], self.node(value[0], visiting + [node_id])[0]
        except Exception as error:
            info |= {"exception_message": str(error), "exception_type": type(error).__name__, "traceback": []}
            message = "Exception when validating inner node"
            reason = failure("exception_during_inner_validation", message, str(error), **info, linked_node=value)
            self.results[value[0]] = (False, [reason])
            return [], False

    def literal(self, node: Json, one: Input) -> list[Json]:
        value = node["inputs"][one.name]
        info = {"input_name": one.name, "input_config": config(one)}
        if isinstance(value, dict) and "__value__" in value:
            value = value["__value__"]
        convert = {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}.get(one.type, lambda same: same)
        try:
            value = node["inputs"][one.name] = convert(value)
        except Exception as error:
            message = f"Failed to convert an input value to a {one.type} value"
            more = {"received_value": value, "exception_message": str(error)}
            return [failure("invalid_input_type", message, f"{one.name}, {value}, {error}", **info, **more)]
        if node["class_type"] in UPLOADED and one.name == "image":
            return []  # LoadImage looks for the file itself, see custom()
        if "min" in one.options and value < one.options["min"]:
            message = f"Value {value} smaller than min of {one.options['min']}"
            return [failure("value_smaller_than_min", message, one.name, **info, received_value=value)]
        if "max" in one.options and value > one.options["max"]:
            message = f"Value {value} bigger than max of {one.options['max']}"
            return [failure("value_bigger_than_max", message, one.name, **info, received_value=value)]
        if one.choices is not None and value not in one.choices:
            return [not_in_list(one, value)]
        return []

    def custom(self, node: Json) -> list[Json]:
        name = node["inputs"].get("image")
        if node["class_type"] not in UPLOADED or not isinstance(name, str):
            return []
        if annotated_path(self.options, name) is not None:
            return []
        details = f"image - Invalid image file: {name}"
        return [failure("custom_validation_failed", "Custom validation failed for node", details, input_name="image")]


def config(one: Input) -> list[Any]:
    """Return [type, options] as in the definition: a combo's type is its list."""
    if one.choices is None or one.type == DYNAMIC_COMBO or "options" in one.options:
        return [one.type, one.options]
    return [one.choices, one.options]


def not_in_list(one: Input, value: Any) -> Json:
    choices = one.choices or []
    # ComfyUI leaves long lists of files out of its response.
    short = len(choices) <= 20
    listed = str(choices) if short else f"(list of length {len(choices)})"
    info = {"input_name": one.name, "input_config": config(one) if short else None, "received_value": value}
    return failure("value_not_in_list", "Value not in list", f"{one.name}: {value!r} not in {listed}", **info)
