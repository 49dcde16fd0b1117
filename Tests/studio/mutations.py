"""Invalid messages: valid ones with changes, and bytes that are not messages."""
from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from messages import good

# Numbers that break arithmetic, indices, sizes or formats. Python writes NaN and Infinity, which
# JSON does not have.
NUMBERS: list[Any] = [
    0, -0.0, -1, 1, 0.5, 2, 63, 64, 4096, 4097, 65535, 65536, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 + 1, 2**63, 2**64, 10**30, 10**308,
    1e-320, 1e308, -1e308, float("nan"), float("inf"), float("-inf"), 1e15, 89.9999, 180, 1e5, -1e5,
]
WORDS = [
    "", " ", "all", "null", "female", "male", "third", "props.sill", "props.sill.top", "female.leftHand", "female.female", "camera", "..", "../..", "/", "/etc/passwd",
    "../../out", "%2e%2e", "a\u0000b", "\u202e", "\ud83d\ude00", "e\u0301" * 40, "\\", "\"", "'; --", "<script>alert(1)</script>", "${PATH}", "x" * 70_000, "\n\r\t", "\u001b[31m",
    "scene.json", "scene.json/", "SCENE.JSON", "NaN", "-", "--help", "leftHand", "rig", "__proto__", "toString", "http://127.0.0.1:9/", "file:///etc/passwd",
]
SHAPES: list[Any] = [None, True, False, [], {}, [[]], [None], {"": None}, {"at": None}, {"at": {"at": "camera"}}, [1], [1, 2], [1, 2, 3, 4], [1, "2", 3], {"base": {"base": "stand"}}]


def deep(depth: int, open: str = "[", close: str = "]") -> str:
    """Return brackets nested deeper than a recursive parser can go."""
    return open * depth + close * depth


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in items:
        yield from _paths(member, (*path, key))


class Mutator:
    """Makes hostile messages from a seed for a scene at a path, reproducibly."""

    def __init__(self, seed: int, scene: str) -> None:
        self.random = random.Random(seed)
        self.scene = scene
        self.good = good(scene)
        self._ways: list[tuple[int, Callable[[], str | bytes]]] = [
            (55, self._changed),
            (6, self._good),
            (8, self._of_another_type),
            (5, self._crossed),
            (6, self._damaged_text),
            (4, self._deep),
            (3, self._repeated_keys),
            (3, self._large),
            (4, self._no_object),
            (3, self._random_text),
            (3, self._random_bytes),
        ]

    def message(self) -> str | bytes:
        """Return a text or a binary message."""
        weights = [weight for weight, _ in self._ways]
        ((_, way),) = self.random.choices(self._ways, weights)
        return way()

    def _any(self) -> Any:
        return copy.deepcopy(self.random.choice(self.random.choice([NUMBERS, WORDS, SHAPES])))

    def _pick(self) -> dict[str, Any]:
        return copy.deepcopy(self.random.choice(self.good))

    def _good(self) -> str:
        return json.dumps(self._pick())

    def _changed(self) -> str:
        """Return a valid message with one to three values changed, missing or added."""
        message = self._pick()
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            paths = [path for path in _paths(message) if path]
            if not paths:
                break
            *way, last = self.random.choice(paths)
            holder: Any = message
            for key in way:
                holder = holder[key]
            match self.random.randrange(10):
                case 0:
                    del holder[last]
                case 1 if isinstance(holder, dict):
                    holder[self.random.choice(WORDS)] = holder.pop(last)
                case 2 if isinstance(holder, list):
                    holder.extend([self._any()] * self.random.choice([1, 3, 500]))
                case 3 if isinstance(holder, dict):
                    holder[self.random.choice(WORDS)] = self._any()
                case 4 if isinstance(holder[last], (int, float)) and not isinstance(holder[last], bool):
                    holder[last] *= self.random.choice([-1, 0, 10, 1e6, 1e300])
                case _:
                    holder[last] = self._any()
        return json.dumps(message)

    def _of_another_type(self) -> str:
        message = self._pick()
        message["type"] = self.random.choice([self._pick()["type"], self._any()])
        if "edit" in message:
            message["edit"]["kind"] = self.random.choice([self._pick().get("edit", {}).get("kind", "none"), self._any()])
        return json.dumps(message)

    def _crossed(self) -> str:
        return json.dumps(self._pick() | self._pick())

    def _damaged_text(self) -> str:
        text = list(json.dumps(self._pick()))
        for _ in range(self.random.choice([1, 1, 2, 8])):
            at = self.random.randrange(len(text))
            match self.random.randrange(3):
                case 0:
                    text[at] = chr(self.random.randrange(32, 127))
                case 1:
                    text[at] = ""
                case _:
                    text[at] *= 2
        joined = "".join(text)
        return joined[: self.random.randrange(len(joined) + 1)] if self.random.random() < 0.3 else joined

    def _deep(self) -> str:
        depth = self.random.choice([50, 500, 5_000, 100_000])
        nested = self.random.choice([deep(depth), deep(depth, '{"a":', "}").replace(":}", ":1}", 1), "[" * depth, '{"type":' * depth])
        match self.random.randrange(3):
            case 0:
                return nested
            case 1:
                return f'{{"type":"edit","edit":{{"kind":"pose","character":"male","value":{nested}}}}}'
            case _:
                return json.dumps({"type": "edit", "edit": {"kind": "text", "file": self.scene, "text": nested}})

    def _repeated_keys(self) -> str:
        one, other = json.dumps(self._pick()), json.dumps(self._pick())
        return one[:-1] + "," + other[1:]

    def _large(self) -> str:
        count = self.random.choice([1_000, 10_000, 50_000])
        return self.random.choice(
            [
                json.dumps({"type": "maps", "names": ["depth"] * count, "subject": "all", "height": 64}),
                json.dumps({"type": "edit", "edit": {"kind": "turn", "character": "male", "joints": {f"joint{n}": {"flexion": n} for n in range(count)}}}),
                json.dumps({"type": "edit", "edit": {"kind": "text", "file": self.scene, "text": "x" * count * 10}}),
                json.dumps({"type": "edit", "edit": {"kind": "release", "character": "male", "joints": ["leftHand"] * count}}),
                json.dumps({"type": "grab", "handle": "y" * count, "x": 0, "y": 0}),
                '{"type":"drag","x":' + "1" * count + ',"y":0}',
            ]
        )

    def _no_object(self) -> str:
        return json.dumps(self._any())

    def _random_text(self) -> str:
        return "".join(chr(self.random.choice([self.random.randrange(1, 128), self.random.randrange(0xA0, 0xD800)])) for _ in range(self.random.randrange(200)))

    def _random_bytes(self) -> bytes:
        return self.random.randbytes(self.random.choice([0, 1, 4, 64, 5000]))
