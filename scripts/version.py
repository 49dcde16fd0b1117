#!/usr/bin/env python3
"""Prints the version, which the file VERSION has; other formats want it in files of their own.

    scripts/version.py            exits 1, and says where, if one of those has another
    scripts/version.py 0.3.0      writes it into all of them
"""

import re
import sys

from swift_files import ROOT

#: Where the version is written again, and the words around it.
PLACES = {
    "CHANGELOG.md": r"\A# Changelog\n\n## ({})",
    "Integrations/comfyui/pyproject.toml": r'\nversion = "({})"[^$]*\ndependencies = \["posemap==({})"\]',
    "Integrations/comfyui/requirements.txt": r"\nposemap==({})\n",
    "Integrations/python/pyproject.toml": r'\nversion = "({})"',
    "Integrations/python/src/posemap/__init__.py": r'\n__version__ = "({})"',
    "Integrations/vscode/package.json": r'\n  "version": "({})"',
}
FORM = r"\d+\.\d+\.\d+"


def main(arguments: list[str]) -> int:
    if len(arguments) > 1 or arguments and not re.fullmatch(FORM, arguments[0]):
        print((__doc__ or "").strip())
        return 64
    file = ROOT / "VERSION"
    if arguments:
        file.write_text(arguments[0] + "\n")
    version = file.read_text().strip()
    wrong = 0
    for name, pattern in PLACES.items():
        text = (ROOT / name).read_text()
        found = re.search(pattern.replace("{}", FORM), text)
        if found and arguments:
            for group in range(len(found.groups()), 0, -1):
                text = text[: found.start(group)] + version + text[found.end(group):]
            (ROOT / name).write_text(text)
        elif not found or set(found.groups()) != {version}:
            says = " and ".join(found.groups()) if found else "no version"
            print(f"{name} has {says} and VERSION {version}; run: scripts/version.py {version}", file=sys.stderr)
            wrong = 1
    print(version)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
