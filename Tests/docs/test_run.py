"""Tests run.py on pages with one mistake each."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from blocks import blocks
from links import anchors, broken, unlinked
from run import Run

GOOD = """\
# A page

Write `{"base": "waving"}`, or run `posemap render scene.json --maps depth`:

    posemap check scene.json

```json
{"id": "ana", "body": "female", "pose": "waving"}
{"id": "ben", "body": "male", "pose": {"base": "contrapposto", "look": "ana"}}
```

<!-- file: mine.pose.json -->

```json
{"base": "waving"}
```

```sh
posemap fmt mine.pose.json   # a comment
posemap studio scene.json
```

This is shown, and no command:

    scene.json:1:2: error: something

<!-- not run: needs a server -->

    posemap comfyui --fetch -o nowhere
"""

WRONG = {
    "    posemap check missing.json\n": "posemap check missing.json: exit code 66",
    "```sh\nposemap check scene.json\nposemap rende scene.json\n```\n": "posemap rende scene.json: exit code 64",
    '```json\n{"base": "wavin"}\n```\n': 'did you mean "waving"?',
    '```json\n{"joints": {"leftLowerArm": {"flexion": 200}}}\n```\n': "leftLowerArm flexion is 200°",
    '```json\n{"base": }\n```\n': "is not JSON",
    '```json\n"json.schemas": [{"url": "./schemas/nothing.schema.json"}]\n```\n': "no schema nothing.schema.json",
    '```json\n{"name": "Mine", "prefixes": [], "bonez": {}}\n```\n': "unknown keys: {'bonez'}",
    "```swift\nlet a = 1\n```\n": "swift is not run here",
    "Run `posemap rende scene.json`.\n": "there is no such command",
    "Run `posemap render scene.json --map depth`.\n": "render has no --map",
    "Run `posemap body sheet --depth`.\n": "body sheet has no --depth",
    'Write `"base": "waving" "mirror": true`.\n': "is not JSON",
    "    posemap watch missing.json -o out\n": "missing.json: error: ",
}


class RunTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory(prefix="posemap-docs-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = Path(cls.folder.name).resolve()
        cls.run_ = Run(Path(os.environ["POSEMAP"]), cls.path)

    def page(self, name: str, text: str) -> list[str]:
        path = self.path / f"{name}.md"
        path.write_text(text)
        self.run_.wrong = []
        self.run_.page(path)
        return self.run_.wrong

    def test_a_good_page(self) -> None:
        self.assertEqual(self.page("good", GOOD), [])
        self.assertEqual((self.run_.done, dict(self.run_.not_run)), (4, {"needs a server": 1}))

    def test_each_mistake_is_found(self) -> None:
        for number, (text, said) in enumerate(WRONG.items()):
            with self.subTest(text):
                found = self.page(f"wrong{number}", f"# A page\n\n{text}")
                self.assertEqual(len(found), 1, found)
                self.assertIn(said, found[0])
                # In a fenced block, the first line within it.
                self.assertRegex(found[0], rf"^wrong{number}\.md:{4 if '```' in text else 3}: ")

    def test_places_and_margins(self) -> None:
        path = self.path / "list.md"
        path.write_text("1. Do this:\n\n       posemap check a.json\n       posemap check b.json\n\n2. End\n")
        found = [(block.line, block.text) for block in blocks(path)]
        self.assertEqual(found, [(3, "posemap check a.json\nposemap check b.json\n")])


class LinkTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="posemap-docs-")
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name).resolve()
        for name, text in {
            "README.md": "# A\n\n## From `a` to [b](b.md)!\n\n[`b`](b.md#two-words) [own](#from-a-to-b)\n"
            "`[x](y.md)` [web](https://x.org)\n",
            "b.md": "# Two words\n\n## Two words\n\n![x](none.png)\n[a](README.md#nothing)\n\n"
            "```\n[z](z.md)\n# No heading\n```\n",
            "c.md": "# C\n\n[b](b.md#two-words-1)\n",
        }.items():
            (self.path / name).write_text(text)

    def test_anchors_are_githubs(self) -> None:
        self.assertEqual(anchors(self.path / "README.md"), {"a", "from-a-to-b"})
        self.assertEqual(anchors(self.path / "b.md"), {"two-words", "two-words-1"})

    def test_links_that_lead_nowhere(self) -> None:
        self.assertEqual(list(broken(self.path / "README.md")), [])
        self.assertEqual(
            list(broken(self.path / "b.md")),
            ["b.md:5: there is no none.png", "b.md:6: README.md has no heading for #nothing"],
        )
        self.assertEqual(list(broken(self.path / "c.md")), [])

    def test_pages_that_nothing_links_to(self) -> None:
        pages = [self.path / name for name in ("README.md", "b.md", "c.md")]
        self.assertEqual(unlinked(pages, pages[0]), ["c.md: no page links to it"])


if __name__ == "__main__":
    unittest.main()
