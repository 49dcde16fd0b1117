"""The program ``posemap-mcp``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import List, Optional

from .._command import find_command
from .._errors import CommandNotFoundError, PosemapError
from ._landlock import confine
from ._runner import Runner


def main(arguments: Optional[List[str]] = None) -> None:
    """Serve one folder on standard input and output, until the input ends."""
    options = _options(arguments)
    if sys.version_info < (3, 10):
        sys.exit("posemap-mcp: the MCP library needs Python 3.10 or later")
    root = options.root.resolve()
    if not root.is_dir():
        sys.exit(f"posemap-mcp: --root {options.root} is not a folder")
    try:
        command = Path(find_command(options.posemap)).resolve()
    except CommandNotFoundError as fault:
        sys.exit(f"posemap-mcp: {str(fault).replace('command=', '--posemap')}")
    try:
        from ._server import server
    except ModuleNotFoundError as fault:
        if fault.name is None or fault.name.partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        sys.exit('posemap-mcp: the MCP library is missing; install it with: pip install "mcp>=2" "pillow>=10.1"')
    with tempfile.TemporaryDirectory(prefix="posemap-mcp-") as folder:
        scratch = Path(folder).resolve()
        # Python's own temporary files also have to be where writing is allowed.
        tempfile.tempdir = str(scratch)
        if confine(root, scratch, command):
            print(f"posemap-mcp: the kernel keeps this server to {root}", file=sys.stderr)
        else:
            print(
                "posemap-mcp: this kernel has no Landlock; only the server's own checks keep it to its folder",
                file=sys.stderr,
            )
        os.chdir(root)
        # So that the scratch folder is deleted when a client ends the server.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        posemap = Runner(command, root, scratch, options.seconds)
        try:
            posemap.call(["--version"])
        except (PosemapError, OSError) as fault:
            sys.exit(f"posemap-mcp: {command} cannot be run ({fault}); name the program itself by --posemap, not a script")
        server(root, posemap).run()


def _options(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="posemap-mcp",
        description="Lets an agent pose figures and look at them: an MCP server over one folder of scenes.",
    )
    parser.add_argument(
        "--root", type=Path, required=True, metavar="FOLDER", help="the folder to work in; nothing outside it is read or written"
    )
    parser.add_argument(
        "--posemap", metavar="PATH", help="the posemap command; by default $POSEMAP, or the one on the PATH"
    )
    parser.add_argument(
        "--seconds", type=_seconds, default=120.0, metavar="N", help="how long one call may take, 1 to 3600 (default: 120)"
    )
    return parser.parse_args(arguments)


def _seconds(text: str) -> float:
    value = float(text)
    if not 1 <= value <= 3600:
        raise argparse.ArgumentTypeError("is from 1 to 3600")
    return value


if __name__ == "__main__":
    main()
