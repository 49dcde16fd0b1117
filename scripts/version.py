#!/usr/bin/env python3
"""Prints the version, which the file VERSION contains; other formats repeat it.

    scripts/version.py            exits 1, and says where, if a copy differs
    scripts/version.py 0.3.0      writes it into all of them
"""

import sys

from repeated import Repeated
from swift_files import ROOT

VERSION = Repeated(
    "VERSION",
    r"\d+\.\d+\.\d+",
    (
        # The newest part is either a version with its date, or the future version.
        ("CHANGELOG.md", r"\A# Changelog\n[^#]+## (?:Unreleased\n\nThis will be )?{}"),
        ("Integrations/comfyui/README.md", r"/posemap-{}-py3-"),
        ("Integrations/comfyui/pyproject.toml", r'\nversion = "{}"'),
        ("Integrations/python/pyproject.toml", r'\nversion = "{}"'),
        ("Integrations/python/src/posemap/__init__.py", r'\n__version__ = "{}"'),
        ("Integrations/vscode/package.json", r'\n  "version": "{}"'),
        ("docs/editors.md", r"posemap-{}\.vsix"),
        ("docs/install.md", r"posemap[-_]{}[-_]"),
    ),
)

if __name__ == "__main__":
    sys.exit(VERSION.main(sys.argv[1:], __doc__, ROOT))
