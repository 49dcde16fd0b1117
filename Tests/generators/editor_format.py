"""The reader of editor-format workflows: `{"nodes": [], "links": []}`, checked in themselves and turned into the API's form."""

from __future__ import annotations
from typing import Any, Iterator

from api_format import api_errors
from nodes import DYNAMIC_COMBO, Definitions, Input, Json, Prompt, make_input, node_inputs, types_match

# The widget that the editor adds after a seed.
CONTROL = {"fixed", "randomize", "increment", "decrement"}
# Nodes that only the editor knows: they are not part of the graph.
NOTES = {"Note", "MarkdownNote"}
MUTED, BYPASSED = 2, 4


def is_editor(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("nodes"), list) and isinstance(data.get("links"), list)


class EditorError(Exception):
    """The file cannot be converted."""


def read_widgets(definition: Json, values: list[Any]) -> Json:
    """Return names for `widgets_values`: in declared order, including the widgets that the editor adds."""
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
                # The upload button is an additional widget, created after the required ones;
                # "image" even for a video.
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
    """Return a link's source, past bypassed nodes; None if the source is muted."""
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
    """Return what the editor would send to the server."""
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
    """Check that every link is in the table, at its source and at its target, with one type."""
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
    """Check that the node's sockets are those of its definition."""
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


def differences(converted: Prompt, api: Prompt) -> list[str]:
    """Where the editor's graph is not the API file's. An optional field that one of them leaves out is a difference: a node's own value
    for it need not be the default that its definition declares."""
    errors = [f"{i}: only in the editor file" for i in converted.keys() - api.keys()]
    errors += [f"{i}: only in the API file" for i in api.keys() - converted.keys()]
    for node_id in converted.keys() & api.keys():
        left, right = converted[node_id], api[node_id]
        where = f"{node_id} {right['class_type']}"
        if left["class_type"] != right["class_type"]:
            errors.append(f"{where}: is {left['class_type']} in the editor file")
            continue
        for name in left["inputs"].keys() | right["inputs"].keys():
            mine, theirs = left["inputs"].get(name), right["inputs"].get(name)
            if mine != theirs:
                errors.append(f"{where}: {name}: {mine!r} in the editor file, {theirs!r} in the API file")
    return sorted(errors)
