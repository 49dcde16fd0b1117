"""posemap for agents: a server of the Model Context Protocol over one folder (the extra ``mcp`` of the package).

``posemap-mcp --root FOLDER`` speaks on its standard input and output. It reads and writes pose and scene files in that
folder, shows what they look like, and runs no program but ``posemap``.
"""

from ._program import main

__all__ = ["main"]
