"""The findings of ``posemap check``, as sentences and as values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, List

from ._folder import Refused


@dataclass
class Findings:
    """Everything wrong or doubtful in a file, as listed by posemap; ``set_values`` accepts each ``path``."""

    items: List[Dict[str, Any]]

    @classmethod
    def read(cls, output: str, called: str, name: str) -> "Findings":
        """Return the findings that ``posemap check --format json`` printed, for a file to be shown as ``name``."""
        items: List[Dict[str, Any]] = json.loads(output or "[]")
        for item in items:
            item.update({key: item[key].replace(called, name) for key in ("file", "message")})
        return cls(items)

    @property
    def wrong(self) -> bool:
        """Whether the findings include an error."""
        return any(item["severity"] == "error" for item in self.items)

    @property
    def text(self) -> str:
        """Return the output of ``posemap check``: file, line, column and sentence, one finding per line."""
        return "\n".join(_sentence(item) for item in self.items)


def _sentence(item: Dict[str, Any]) -> str:
    place = ":".join(str(item[key]) for key in ("file", "line", "column") if key in item)
    return f"{place}: {item['severity']}: {item['message']}"


class Rejected(Refused):
    """A file that was not written because it has faults."""

    def __init__(self, findings: Findings, name: str) -> None:
        super().__init__(f"{findings.text}\n{name} was not written")
        self.findings = findings
