#!/usr/bin/env python3
"""Prints the account that publishes posemap, which the file PUBLISHER contains; other formats repeat it.

It owns the repository at GitHub, and has the same name in ComfyUI's registry; OWNER until there is one.

    scripts/publisher.py          exits 1, and says where, if a copy differs
    scripts/publisher.py NAME     writes it into all of them
"""

import sys

from repeated import Repeated
from swift_files import ROOT

REPOSITORY = "https://github.com/{}/posemap"
PUBLISHER = Repeated(
    "PUBLISHER",
    r"[A-Za-z0-9][A-Za-z0-9-]*",
    (
        ("Integrations/comfyui/pyproject.toml", REPOSITORY),
        ("Integrations/comfyui/pyproject.toml", 'PublisherId = "{}"'),
        ("Integrations/git/github.yml", REPOSITORY),
        ("Integrations/git/gitlab.yml", REPOSITORY),
        ("docs/git.md", REPOSITORY),
    ),
)

if __name__ == "__main__":
    sys.exit(PUBLISHER.main(sys.argv[1:], __doc__, ROOT))
