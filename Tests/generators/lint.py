"""Judges exported ComfyUI workflows without ComfyUI.

    lint.py FOLDER [--nodes FOLDER] [--no-comfy-lint]

Every .json of the folder is read. API-format files (`{"id": {"class_type", "inputs"}}`) are held against
the node definitions (in the form of ComfyUI's GET /object_info) by the strict reader below and by comfy-lint.
Editor-format files (`{"nodes": [], "links": []}`) are checked in themselves, converted, and compared with the
API file of the same name up to the first dot, if there is one. Exit 1 if any file fails.

File names in combos that ComfyUI fills from folders are not judged here: only structure is. The stand-in
server (comfy_server.py) judges them.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
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
# What the editor itself adds after a seed.
CONTROL = {"fixed", "randomize", "increment", "decrement"}
# Nodes that only the editor knows: they are not part of the graph.
NOTES = {"Note", "MarkdownNote"}
MUTED, BYPASSED = 2, 4


# MARK: node definitions


@dataclass(frozen=True)
class Input:
    """One input of a node as its definition declares it."""

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
        # The editor adds the control by name even where the source does not ask for it (Impact Pack).
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
    """The required inputs, then the optional ones, as declared."""
    for category in ("required", "optional"):
        for name, spec in group.get(category, {}).items():
            yield name, spec, category == "required"


def grown(name: str, options: Json, required: bool) -> Iterator[Input]:
    """The inputs of an autogrow: `images.image0`, `images.image1`, …, the first few of them required."""
    template = options["template"]
    _, spec, _ = next(ordered(template["input"]))
    for index in range(template["max"]):
        grown_name = f"{name}.{template['prefix']}{index}"
        yield make_input(grown_name, spec, required and index < template["min"])


def expand(group: Json, given: Json, prefix: str = "") -> Iterator[Input]:
    """The inputs that a node has with these values: some values add inputs of their own."""
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
        # It declares input1 and takes any number of them.
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


# MARK: the strict reader of API-format workflows


def links_of(node: Json) -> Iterator[tuple[str, str, int]]:
    for name, value in node.get("inputs", {}).items():
        if is_link(value) and len(value) == 2:
            yield name, value[0], value[1]


def value_error(one: Input, value: Any) -> str | None:
    """Stricter than ComfyUI, which converts what it can: a number in quotes is an error of the exporter."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if one.choices is not None:
        if not one.choices:
            return None if isinstance(value, str) and value else f"expected a file name, got {value!r}"
        return None if value in one.choices else f"{value!r} is none of the {len(one.choices)} choices"
    if one.type == "INT" and not (number and isinstance(value, int)):
        return f"expected a whole number, got {value!r}"
    if one.type == "FLOAT" and not (number and math.isfinite(value)):
        return f"expected a number, got {value!r}"
    if one.type == "STRING" and not isinstance(value, str):
        return f"expected a text, got {value!r}"
    if one.type == "BOOLEAN" and not isinstance(value, bool):
        return f"expected true or false, got {value!r}"
    if one.type not in WIDGETS:
        return f"expected a link to {one.type}, got {value!r}"
    if one.type in NUMBERS and value < one.options.get("min", -math.inf):
        return f"{value} is below {one.options['min']}"
    if one.type in NUMBERS and value > one.options.get("max", math.inf):
        return f"{value} is above {one.options['max']}"
    return None


def output_type(prompt: Prompt, definitions: Definitions, node_id: str, slot: int, depth: int = 0) -> str:
    """The type of an output; a switch (type *) has the type of what goes into it."""
    node = prompt[node_id]
    kind = definitions[node["class_type"]]["output"][slot]
    if kind != "*" or depth > len(prompt):
        return kind
    inputs = node_inputs(definitions[node["class_type"]], node["inputs"])
    kinds = {
        output_type(prompt, definitions, source, from_slot, depth + 1)
        for name, source, from_slot in links_of(node)
        if name in inputs and inputs[name].type == "*" and link_error(prompt, definitions, [source, from_slot]) is None
    }
    return kinds.pop() if len(kinds) == 1 else "*"


def link_error(prompt: Prompt, definitions: Definitions, link: list[Any]) -> str | None:
    if len(link) != 2 or not isinstance(link[0], str) or not isinstance(link[1], int) or isinstance(link[1], bool):
        return f"{link} is not a link [node id, output index]"
    source = prompt.get(link[0])
    if source is None:
        return f"links to node {link[0]}, which is not there"
    definition = definitions.get(source.get("class_type"))
    if definition is None:
        return f"links to node {link[0]} of an unknown class"
    if not 0 <= link[1] < len(definition["output"]):
        return f"links to output {link[1]} of {source['class_type']}, which has {len(definition['output'])}"
    return None


def input_error(prompt: Prompt, definitions: Definitions, one: Input, value: Any) -> str | None:
    if not is_link(value):
        return value_error(one, value)
    error = link_error(prompt, definitions, value)
    if error is not None:
        return error
    received = output_type(prompt, definitions, value[0], value[1])
    if types_match(received, one.type):
        return None
    return f"expected {one.type}, is linked to {received}"


def node_errors(prompt: Prompt, definitions: Definitions, node_id: str) -> Iterator[str]:
    node = prompt[node_id]
    where = f"{node_id} {node.get('class_type')}"
    definition = definitions.get(node.get("class_type"))
    if definition is None:
        yield f"{where}: unknown class"
        return
    given = node.get("inputs", {})
    inputs = node_inputs(definition, given)
    for name in given.keys() - inputs.keys():
        yield f"{where}: has no input {name}"
    for name, one in inputs.items():
        if name in given:
            error = input_error(prompt, definitions, one, given[name])
            if error is not None:
                yield f"{where}: {name}: {error}"
        elif one.required:
            yield f"{where}: {name}: required, missing"


def cycle(prompt: Prompt) -> list[str] | None:
    """A path of node ids that comes back to its start."""
    done: set[str] = set()

    def visit(node_id: str, path: list[str]) -> list[str] | None:
        if node_id in path:
            return path[path.index(node_id) :] + [node_id]
        if node_id in done or node_id not in prompt:
            return None
        for _, source, _ in links_of(prompt[node_id]):
            found = visit(source, path + [node_id])
            if found:
                return found
        done.add(node_id)
        return None

    for node_id in prompt:
        found = visit(node_id, [])
        if found:
            return found
    return None


def outputs_of(prompt: Prompt, definitions: Definitions) -> list[str]:
    return [i for i, node in prompt.items() if definitions.get(node.get("class_type"), {}).get("output_node")]


def needed(prompt: Prompt, outputs: list[str]) -> set[str]:
    """The outputs and all that they depend on."""
    found: set[str] = set()
    waiting = list(outputs)
    while waiting:
        node_id = waiting.pop()
        if node_id not in found and node_id in prompt:
            found.add(node_id)
            waiting += [source for _, source, _ in links_of(prompt[node_id])]
    return found


def api_errors(prompt: Any, definitions: Definitions) -> list[str]:
    if not is_api(prompt):
        return ["is not an API-format workflow: expected {id: {class_type, inputs}}"]
    errors = [error for node_id in prompt for error in node_errors(prompt, definitions, node_id)]
    path = cycle(prompt)
    if path:
        errors.append("cycle: " + " -> ".join(path))
    outputs = outputs_of(prompt, definitions)
    if not outputs:
        errors.append("no output node")
    for node_id in prompt.keys() - needed(prompt, outputs):
        errors.append(f"{node_id} {prompt[node_id]['class_type']}: no output needs it")
    return sorted(errors)


def is_api(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and bool(data)
        and all(isinstance(n, dict) and "class_type" in n and isinstance(n.get("inputs"), dict) for n in data.values())
    )


# MARK: editor-format workflows


def is_editor(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("nodes"), list) and isinstance(data.get("links"), list)


class EditorError(Exception):
    """The file cannot be converted."""


def read_widgets(definition: Json, values: list[Any]) -> Json:
    """Names for `widgets_values`: declared order, with the widgets that the editor adds among them."""
    rest = list(values)
    named: Json = {}

    def take(name: str) -> Any:
        if not rest:
            raise EditorError(f"widgets_values ends before {name}")
        return rest.pop(0)

    def read(group: Json, prefix: str) -> None:
        for category in ("required", "optional"):
            for short, spec in group.get(category, {}).items():
                one = make_input(prefix + short, spec, category == "required")
                if one.is_widget:
                    named[one.name] = take(one.name)
                if one.type == DYNAMIC_COMBO:
                    for option in one.options["options"]:
                        if option["key"] == named[one.name]:
                            read(option["inputs"], one.name + ".")
                if one.is_widget and one.has_control and take(f"control of {one.name}") not in CONTROL:
                    raise EditorError(f"the value after {one.name} is none of {sorted(CONTROL)}")
            if category == "required" and not prefix:
                # The upload button is one more widget, made after the required ones; "image" even for a video.
                specs = group.get(category, {}).items()
                if any(make_input(short, spec, True).has_upload for short, spec in specs) and take("upload") != "image":
                    raise EditorError("the value of the upload button is not 'image'")

    read(definition["input"], "")
    if rest:
        raise EditorError(f"widgets_values has {len(rest)} too many: {rest}")
    return named


def link_table(editor: Json) -> dict[int, list[Any]]:
    return {link[0]: link for link in editor["links"]}


def source_of(editor: Json, link_id: int | None) -> list[Any] | None:
    """Where a link comes from, past bypassed nodes; None if from a muted one."""
    table, nodes = link_table(editor), {node["id"]: node for node in editor["nodes"]}
    for _ in range(len(editor["links"]) + 1):
        if link_id is None:
            return None
        _, source, slot, _, _, kind = table[link_id]
        node = nodes[source]
        if node.get("mode") == MUTED:
            return None
        if node.get("mode") != BYPASSED:
            return [str(source), slot]
        same = [i for i in node.get("inputs", []) if i["type"] == kind]
        link_id = same[0]["link"] if same else None
    return None


def editor_to_api(editor: Json, definitions: Definitions) -> Prompt:
    """What the editor would send to the server."""
    prompt: Prompt = {}
    for node in sorted(editor["nodes"], key=lambda one: one.get("order", 0)):
        if node["type"] in NOTES or node.get("mode") in (MUTED, BYPASSED):
            continue
        definition = definitions.get(node["type"])
        if definition is None:
            raise EditorError(f"{node['id']} {node['type']}: unknown class")
        try:
            inputs = read_widgets(definition, node.get("widgets_values") or [])
        except EditorError as error:
            raise EditorError(f"{node['id']} {node['type']}: {error}") from None
        for socket in node.get("inputs", []):
            source = source_of(editor, socket.get("link"))
            if source is not None:
                inputs[socket["name"]] = source
        prompt[str(node["id"])] = {"class_type": node["type"], "inputs": inputs}
    return prompt


def link_errors(editor: Json) -> Iterator[str]:
    """Every link is in the table, at its source and at its target, with one type."""
    nodes = {node["id"]: node for node in editor["nodes"]}
    seen: set[int] = set()
    for link in editor["links"]:
        if not isinstance(link, list) or len(link) != 6:
            yield f"link {link}: expected [id, from, slot, to, slot, type]"
            continue
        link_id, source, from_slot, target, to_slot, kind = link
        if link_id in seen:
            yield f"link {link_id}: twice"
        seen.add(link_id)
        if source not in nodes or target not in nodes:
            yield f"link {link_id}: from node {source} to node {target}, which are not both there"
            continue
        yield from end_errors(link_id, kind, nodes[source].get("outputs", []), from_slot, "output")
        yield from end_errors(link_id, kind, nodes[target].get("inputs", []), to_slot, "input")
    for node in editor["nodes"]:
        for link_id in node_links(node):
            if link_id not in seen:
                yield f"{node['id']} {node['type']}: link {link_id} is not in links"
    if seen and editor.get("last_link_id", 0) < max(seen):
        yield "last_link_id is below the highest link"
    if nodes and editor.get("last_node_id", 0) < max(nodes):
        yield "last_node_id is below the highest node"
    if len(nodes) != len(editor["nodes"]):
        yield "two nodes have one id"


def end_errors(link_id: int, kind: str, sockets: list[Json], slot: int, side: str) -> Iterator[str]:
    if not 0 <= slot < len(sockets):
        yield f"link {link_id}: no {side} {slot}"
        return
    socket = sockets[slot]
    here = (socket.get("links") or []) if side == "output" else [socket.get("link")]
    if here.count(link_id) != 1:
        yield f"link {link_id}: {side} {socket['name']} says {here}"
    if not types_match(socket["type"], kind):
        yield f"link {link_id}: {kind}, but {side} {socket['name']} is {socket['type']}"


def node_links(node: Json) -> list[int]:
    into = [i["link"] for i in node.get("inputs", []) if i.get("link") is not None]
    return into + [link for o in node.get("outputs", []) for link in o.get("links") or []]


def socket_errors(node: Json, definition: Json) -> Iterator[str]:
    """The node's sockets are those of its definition."""
    where = f"{node['id']} {node['type']}"
    sockets = {socket["name"]: socket for socket in node.get("inputs", [])}
    if len(sockets) != len(node.get("inputs", [])):
        yield f"{where}: two inputs have one name"
    try:
        given = {**dict.fromkeys(sockets), **read_widgets(definition, node.get("widgets_values") or [])}
    except EditorError as error:
        yield f"{where}: {error}"
        return
    inputs = node_inputs(definition, given)
    for name, socket in sockets.items():
        if name not in inputs:
            yield f"{where}: has no input {name}"
        elif not types_match(socket["type"], inputs[name].type):
            yield f"{where}: input {name} is {inputs[name].type}, not {socket['type']}"
        elif inputs[name].is_widget != ("widget" in socket):
            yield f"{where}: input {name}: `widget` belongs to widgets, and to all of them"
    for name, one in inputs.items():
        if one.required and not one.is_widget and name not in sockets:
            yield f"{where}: input {name} is missing"
    outputs = [(o["name"], o["type"]) for o in node.get("outputs", [])]
    expected = list(zip(definition["output_name"], definition["output"]))
    # Some nodes got their outputs later (SaveImage); an editor shows what the server has, so none is fine too.
    if outputs != expected and not (definition["output_node"] and not outputs):
        if len(outputs) != len(expected) or not all(types_match(a[1], b[1]) for a, b in zip(outputs, expected)):
            yield f"{where}: outputs are {expected}, not {outputs}"


def editor_errors(editor: Any, definitions: Definitions) -> list[str]:
    if not is_editor(editor):
        return ["is not an editor-format workflow: expected nodes and links"]
    errors = list(link_errors(editor))
    for key in ("last_node_id", "last_link_id", "groups", "config", "extra", "version"):
        if key not in editor:
            errors.append(f"{key} is missing")
    for node in editor["nodes"]:
        for key in ("id", "type", "pos", "size", "flags", "order", "mode", "properties"):
            if key not in node:
                errors.append(f"{node.get('id')} {node.get('type')}: {key} is missing")
        if node["type"] in NOTES:
            continue
        if node["type"] not in definitions:
            errors.append(f"{node['id']} {node['type']}: unknown class")
            continue
        errors += socket_errors(node, definitions[node["type"]])
    if errors:
        return sorted(errors)
    return api_errors(editor_to_api(editor, definitions), definitions)


def differences(converted: Prompt, api: Prompt, definitions: Definitions) -> list[str]:
    """Where the editor's graph is not the API file's; an optional input may be left out at its default."""
    errors = [f"{i}: only in the editor file" for i in converted.keys() - api.keys()]
    errors += [f"{i}: only in the API file" for i in api.keys() - converted.keys()]
    for node_id in converted.keys() & api.keys():
        left, right = converted[node_id], api[node_id]
        where = f"{node_id} {right['class_type']}"
        if left["class_type"] != right["class_type"]:
            errors.append(f"{where}: is {left['class_type']} in the editor file")
            continue
        inputs = node_inputs(definitions[left["class_type"]], left["inputs"])
        for name in left["inputs"].keys() | right["inputs"].keys():
            mine, theirs = left["inputs"].get(name), right["inputs"].get(name)
            left_out = name not in right["inputs"] and name in inputs and not inputs[name].required
            if mine != theirs and not (left_out and mine == default_of(inputs[name])):
                errors.append(f"{where}: {name}: {mine!r} in the editor file, {theirs!r} in the API file")
    return sorted(errors)


def default_of(one: Input) -> Any:
    if "default" in one.options:
        return one.options["default"]
    return one.choices[0] if one.choices else {"BOOLEAN": False, "STRING": ""}.get(one.type, 0)


# MARK: comfy-lint


def schema_cache(prompts: list[Prompt], definitions: Definitions) -> Definitions:
    """Plain /object_info for comfy-lint, which knows no inputs that come and go, with the file names used."""
    cache = json.loads(json.dumps(definitions))
    for prompt in prompts:
        for node in prompt.values():
            definition = cache.get(node.get("class_type"))
            if definition is None:
                continue
            original = definitions[node["class_type"]]
            declared = {one.name: one for one in node_inputs(original, node["inputs"]).values()}
            for name, one in declared.items():
                add_to_cache(definition, one, node["inputs"].get(name))
            for name, spec in list(definition["input"].get("required", {}).items()):
                if spec[0] == AUTOGROW:
                    del definition["input"]["required"][name]
    return cache


def add_to_cache(definition: Json, one: Input, value: Any) -> None:
    required = definition["input"].setdefault("required", {})
    optional = definition["input"].setdefault("optional", {})
    home = required if one.name in required else optional
    if one.choices is None:
        home.setdefault(one.name, [one.type, one.options])
        return
    known = home[one.name][0] if one.name in home and isinstance(home[one.name][0], list) else list(one.choices)
    if not one.choices and isinstance(value, str) and value not in known:
        known.append(value)
    home[one.name] = [known, {k: v for k, v in one.options.items() if k != "options"}]


def comfy_lint(files: dict[Path, Prompt], definitions: Definitions) -> dict[Path, list[str]]:
    """What comfy-lint says of each file."""
    beside = Path(sys.executable).with_name("comfy-lint")
    program = str(beside) if beside.exists() else shutil.which("comfy-lint")
    if program is None:
        raise SystemExit("comfy-lint is not installed: pip install -r Tests/generators/requirements.txt")
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "object_info.json"
        cache.write_text(json.dumps(schema_cache(list(files.values()), definitions)))
        command = [program, "--schema-cache", str(cache), "--json", "--strict", *map(str, files)]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise SystemExit(f"comfy-lint failed: {run.stderr or run.stdout}")
    report = json.loads(run.stdout)
    found: dict[Path, list[str]] = {path: [] for path in files}
    for one in report["files"]:
        for d in one["diagnostics"]:
            text = f"comfy-lint: {d['node_id']} {d['class_type']}: {d['field']}: {d['message']} ({d['rule']})"
            found[Path(one["path"])].append(text)
    for one in report["unreadable"]:
        found.setdefault(Path(one["path"] if isinstance(one, dict) else one), []).append(
            f"comfy-lint: unreadable: {one}"
        )
    return found


# MARK: the program


def read_json(path: Path) -> Any:
    try:
        # ComfyUI's own JSON reader takes NaN; the browser's does not.
        return json.loads(path.read_text(), parse_constant=lambda name: f"not JSON: {name}")
    except ValueError as error:
        return f"not JSON: {error}"


def sibling(path: Path, apis: dict[Path, Prompt]) -> Path | None:
    stem = path.name.split(".")[0]
    same = [api for api in apis if api.parent == path.parent and api.name.split(".")[0] == stem]
    return same[0] if len(same) == 1 else None


def check_folder(folder: Path, definitions: Definitions, with_comfy_lint: bool = True) -> dict[Path, list[str]]:
    data = {path: read_json(path) for path in sorted(folder.rglob("*.json"))}
    apis = {path: one for path, one in data.items() if is_api(one)}
    errors: dict[Path, list[str]] = {}
    for path, one in data.items():
        if is_editor(one):
            errors[path] = editor_errors(one, definitions)
            other = sibling(path, apis)
            if not errors[path] and other is not None:
                errors[path] = differences(editor_to_api(one, definitions), apis[other], definitions)
        else:
            errors[path] = [one] if isinstance(one, str) else api_errors(one, definitions)
    if with_comfy_lint and apis:
        for path, found in comfy_lint(apis, definitions).items():
            errors[path] += found
    return errors


def main() -> int:
    parser = argparse.ArgumentParser(description="Judges exported ComfyUI workflows without ComfyUI.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=Path, default=NODES, help="folder with node definitions")
    parser.add_argument("--no-comfy-lint", action="store_true", help="only the strict reader")
    arguments = parser.parse_args()
    errors = check_folder(arguments.folder, load_definitions(arguments.nodes), not arguments.no_comfy_lint)
    for path, found in errors.items():
        print(f"{'FAIL' if found else 'ok  '} {path.relative_to(arguments.folder)}")
        for error in found:
            print(f"     {error}")
    failed = sum(bool(found) for found in errors.values())
    print(f"{len(errors) - failed} passed, {failed} failed")
    # An empty folder is a mistake of the caller, not a success.
    return 1 if failed or not errors else 0


if __name__ == "__main__":
    sys.exit(main())
