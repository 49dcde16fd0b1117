"""posemap for agents: a server of the Model Context Protocol over one folder (the extra ``mcp`` of the package).

``posemap-mcp --root FOLDER`` communicates over its standard input and output. It reads and writes pose and scene files
in that folder, shows pictures of them, and runs no program except ``posemap``.
"""

from ._program import main

__all__ = ["main"]
