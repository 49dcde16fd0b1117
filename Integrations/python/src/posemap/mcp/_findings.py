"""What ``posemap check`` finds, as sentences and as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List

from ._folder import Refused


@dataclass
class Findings:
    """Everything that is wrong or doubtful in a file: posemap's own list, whose ``path`` is what ``set_values`` takes."""

    items: List[Dict[str, Any]]

    @classmethod
    def read(cls, output: str, called: str, name: str) -> "Findings":
        """The findings that ``posemap check --format json`` printed, of a file that is to be called ``name``."""
        items: List[Dict[str, Any]] = json.loads(output or "[]")
        for item in items:
            item.update({key: item[key].replace(called, name) for key in ("file", "message")})
        return cls(items)

    @property
    def wrong(self) -> bool:
        """Whether there is an error among them."""
        return any(item["severity"] == "error" for item in self.items)

    @property
    def text(self) -> str:
        """What ``posemap check`` prints: file, line, column and sentence, one finding per line."""
        return "\n".join(_sentence(item) for item in self.items)


def _sentence(item: Dict[str, Any]) -> str:
    place = ":".join(str(item[key]) for key in ("file", "line", "column") if key in item)
    return f"{place}: {item['severity']}: {item['message']}"


class Rejected(Refused):
    """A file that was not written, because something is wrong with it."""

    def __init__(self, findings: Findings, name: str) -> None:
        super().__init__(f"{findings.text}\n{name} was not written")
        self.findings = findings
