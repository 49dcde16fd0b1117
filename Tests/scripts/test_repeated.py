"""scripts/repeated.py on files laid out like the repository's, and the repository's own copies."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from publisher import PUBLISHER  # noqa: E402
from repeated import Repeated  # noqa: E402
from version import VERSION  # noqa: E402

NUMBER = Repeated("NUMBER", r"\d+", (("a.txt", "a = {};"), ("b.txt", r"\Ab is {}")))


class RepeatedTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("7", "a = 7; a = 7;", "b is 7, not b is 8")

    def write(self, *texts: str) -> None:
        for name, text in zip(("NUMBER", "a.txt", "b.txt"), texts):
            (self.root / name).write_text(text + "\n")

    def test_every_copy_is_compared(self) -> None:
        self.assertEqual(NUMBER.differences(self.root), [])
        self.write("7", "a = 7; a = 9;", "c")
        self.assertEqual(
            NUMBER.differences(self.root),
            ["a.txt has 7 and 9, but NUMBER has 7", "b.txt has none, but NUMBER has 7"])

    def test_a_value_is_written_to_every_copy_and_nowhere_else(self) -> None:
        NUMBER.write("12", self.root)
        self.assertEqual((self.root / "a.txt").read_text(), "a = 12; a = 12;\n")
        self.assertEqual((self.root / "b.txt").read_text(), "b is 12, not b is 8\n")
        self.assertEqual(NUMBER.read(self.root), "12")
        self.assertEqual(NUMBER.differences(self.root), [])

    def test_a_value_of_another_form_changes_nothing(self) -> None:
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            self.assertEqual(NUMBER.main(["x"], "", self.root), 64)
        self.assertEqual(said.getvalue(), "x does not have the form \\d+\n")
        self.assertEqual(NUMBER.read(self.root), "7")

    def test_the_repository_agrees_with_itself(self) -> None:
        self.assertEqual(VERSION.differences(ROOT) + PUBLISHER.differences(ROOT), [])

    def test_the_node_pack_requires_nothing_that_anyone_could_register(self) -> None:
        pack = ROOT / "Integrations/comfyui"
        self.assertFalse((pack / "requirements.txt").exists())
        self.assertIn("\ndependencies = []\n", (pack / "pyproject.toml").read_text())


if __name__ == "__main__":
    unittest.main()
