"""The server: its tools and resources."""

from __future__ import annotations

import functools
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Callable, ContextManager, Dict, List, Optional, Union

from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, ContentBlock, ImageContent, TextContent, ToolAnnotations

from .. import __version__
from .._errors import PosemapError
from . import _texts
from ._findings import Findings, Rejected
from ._folder import Folder
from ._runner import Runner, shortened
from ._tools import Answer, Tools

_KINDS = ("scene", "pose", "clip", "bones", "prop", "hair", "garment")
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=True, open_world_hint=False)


def server(root: Path, posemap: Runner) -> MCPServer[Any]:
    """A server over one folder."""
    made: MCPServer[Any] = MCPServer(
        "posemap", instructions=_texts.INSTRUCTIONS, version=__version__, log_level="WARNING", subscriptions=False
    )
    tools = Tools(Folder(root), posemap)
    looking: List[Callable[..., Answer]] = [
        tools.library, tools.places, tools.list_files, tools.read_file, tools.check, tools.diff, tools.describe, tools.sheet,
        tools.render_map,
    ]
    writing: List[Callable[..., Answer]] = [tools.write_file, tools.edit_file, tools.set_values, tools.lift, tools.export]
    # Agents call several tools at once, and an edit is based on the file's content.
    turn = threading.Lock()
    for tool in looking:
        made.add_tool(_answering(tool, nullcontext()), annotations=_READS, structured_output=False)
    for tool in writing:
        made.add_tool(_answering(tool, turn), annotations=_WRITES, structured_output=False)
    _add_resources(made, posemap)
    return made


def _answering(tool: Callable[..., Answer], turn: ContextManager[Any]) -> Callable[..., CallToolResult]:
    """Run the tool in its turn; return its answer as content, and failures as errors with posemap's messages."""

    @functools.wraps(tool)
    def answer(*arguments: Any, **keywords: Any) -> CallToolResult:
        try:
            with turn:
                parts = tool(*arguments, **keywords)
        except Rejected as fault:
            return CallToolResult(content=[_text(fault.said)], structured_content=_values(fault.findings), is_error=True)
        except PosemapError as fault:
            return CallToolResult(content=[_text(fault.said)], is_error=True)
        except OSError as fault:
            name = Path(str(fault.filename or "the file")).name
            return CallToolResult(content=[_text(f"{name}: {fault.strerror}")], is_error=True)
        return _result([parts] if isinstance(parts, str) else parts)

    answer.__annotations__ = {**tool.__annotations__, "return": CallToolResult}
    return answer


def _result(parts: List[Union[str, ImageContent, Findings]]) -> CallToolResult:
    """Return an answer as content, with findings as values beside it."""
    content: List[ContentBlock] = []
    values: Optional[Dict[str, Any]] = None
    for part in parts:
        if isinstance(part, Findings):
            values = _values(part)
            content += [_text(part.text)] if part.items else []
        else:
            content.append(_text(part) if isinstance(part, str) else part)
    return CallToolResult(content=content, structured_content=values)


def _values(findings: Findings) -> Dict[str, Any]:
    return {"findings": findings.items}


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=shortened(text.rstrip("\n")) or "Nothing to say.")


def _add_resources(made: MCPServer[Any], posemap: Runner) -> None:
    for kind in _KINDS:
        made.resource(
            f"posemap://schema/{kind}", name=f"schema/{kind}", mime_type="application/schema+json",
            description=f"JSON Schema of {kind} files",
        )(functools.partial(lambda kind: posemap.call(["schema", kind]).stdout, kind))
    for page in _pages(posemap.command):
        title = page.read_text("utf-8").partition("\n")[0].lstrip("# ")
        made.resource(f"posemap://docs/{page.stem}", name=f"docs/{page.stem}", mime_type="text/markdown", description=title)(
            functools.partial(lambda page: page.read_text("utf-8"), page)
        )


def _pages(command: Path) -> List[Path]:
    """Return the documentation pages that came with the command: in its checkout, or in PREFIX/share/posemap."""
    for parent in command.parents[1:4]:
        for folder in (parent / "share" / "posemap" / "docs", parent / "docs"):
            if (folder / "formats.md").is_file():
                return sorted(folder.glob("*.md"))
    return []
