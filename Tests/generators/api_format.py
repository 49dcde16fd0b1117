"""The strict reader of API-format workflows: `{"id": {"class_type", "inputs"}}`."""

from __future__ import annotations

import math
from typing import Any, Iterator

from nodes import NUMBERS, WIDGETS, Definitions, Input, Prompt, is_link, links_of, node_inputs, types_match


def value_error(one: Input, value: Any) -> str | None:
    """Check a value more strictly than ComfyUI, which converts what it can: a quoted number is an error of the
    exporter."""
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
    """Return the type of an output; a switch (type *) has the type of its input."""
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
        return f"links to node {link[0]}, which does not exist"
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
    """Return a path of node ids that returns to its start."""
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
    """Return the outputs and everything that they depend on."""
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
