"""Changes values in a JSON text by their paths, as in posemap's findings: ``characters.ana.pose.joints``."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Mapping, Union

from ._folder import Refused

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
Key = Union[str, int]


def changed(text: str, values: Mapping[str, Any]) -> str:
    """Return a JSON text with some values set, in their order; None removes a value.

    Elements of a list are named by number, ``characters[0]``, or by id, ``characters.ana``; the number after the last,
    or a new id, adds one. Missing objects on the way are created. Raises Refused if a path leads nowhere.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Refused(f"the file is not JSON ({fault}); fix its text with write_file") from None
    for path, value in values.items():
        document = _set(document, _steps(path), path, value)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _steps(path: str) -> List[Key]:
    steps: List[Key] = []
    end = 0
    while end < len(path):
        match = _STEP.match(path, end)
        if match is None:
            break
        steps.append(match[1] if match[2] is None else int(match[2]))
        end = match.end()
    if end < len(path) or not steps:
        raise Refused(f"{path!r} is not a path; paths look like: characters.ana.pose.joints.leftLowerArm.flexion")
    return steps


def _set(node: Any, steps: List[Key], path: str, value: Any) -> Any:
    """Return a node after setting the value to which ``steps`` lead from there."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(node, list):
        return _set_element(node, step, rest, path, value)
    if node is None:
        node = {}
    if not isinstance(node, dict) or isinstance(step, int):
        shown = json.dumps(node, ensure_ascii=False)
        shown = shown if len(shown) < 80 else f"{shown[:80]}…"
        raise Refused(f"{path} leads through {shown}, which has no {step!r}; set that as a whole")
    if not rest and value is None:
        node.pop(step, None)
    elif rest or step not in node or node[step] != value:
        node[step] = _set(node.get(step), rest, path, value)
    return node


def _set_element(node: List[Any], step: Key, rest: List[Key], path: str, value: Any) -> List[Any]:
    ids = [element.get("id") if isinstance(element, dict) else None for element in node]
    if isinstance(step, str):
        index = ids.index(step) if step in ids else len(node)
        if index == len(node) and (rest or not isinstance(value, dict)):
            known = ", ".join(str(name) for name in ids if name is not None) or "nothing with an id"
            raise Refused(f"{path}: there is no {step!r} in the list; there is: {known}")
        if not rest and isinstance(value, dict):
            value = _with_id(value, step)
    else:
        index = step
    if index > len(node):
        raise Refused(f"{path}: the list has {len(node)} elements; the next one is [{len(node)}]")
    if not rest and value is None:
        del node[index : index + 1]
    elif index == len(node):
        node.append(_set(None, rest, path, value))
    else:
        node[index] = _set(node[index], rest, path, value)
    return node


def _with_id(value: Dict[str, Any], id: str) -> Dict[str, Any]:
    return {"id": id, **value}
