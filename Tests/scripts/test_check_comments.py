"""scripts/check-comments.py on small Swift files."""

import pathlib
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/check-comments.py"


def findings(swift: str) -> list[str]:
    """Return the findings in a file, each as `line: message`."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder).resolve() / "A.swift"
        path.write_text(swift)
        done = subprocess.run([SCRIPT, path], capture_output=True, text=True)
    assert not done.stderr, done.stderr
    lines = [line.removeprefix(f"{path}:") for line in done.stdout.splitlines()]
    assert done.returncode == (1 if lines else 0)
    return lines


class DocumentationTests(unittest.TestCase):
    def test_first_lines(self) -> None:
        for line, message in [
            ("What is left.", "documentation begins with “What”: begin with a verb or a noun"),
            ("Whose skeleton it is.", "documentation begins with “Whose”: begin with a verb or a noun"),
            ("It as a body.", "documentation begins with “It”, which says nothing without the code"),
            ("The address is none.", "documentation has “none” in its first line"),
            ("The same for two.", "documentation has “The same” in its first line"),
            ("Returns what is seen.", "documentation uses “what” as a noun in its first line"),
        ]:
            found = [one for one in findings(f"/// {line}\nlet a = 1\n") if message in one]
            self.assertEqual(found, [f"1: {message}"], line)

    def test_good_first_lines(self) -> None:
        for line in ["Whether it fits.", "Returns the pixels of `none`.", "The value \"none\" of a file.",
                     "Explains what is wrong."]:
            self.assertEqual(findings(f"/// {line}\nlet a = 1\n"), [], line)

    def test_only_first_lines_count(self) -> None:
        self.assertEqual(findings("/// The rest.\n/// What is left has none.\n///\n/// It ends.\n"), [])
        self.assertEqual(findings("// What is left has none.\n"), [])

    def test_columns(self) -> None:
        self.assertEqual(findings("// " + "a" * 97 + "\n"), [])
        self.assertEqual(findings("// " + "a" * 98 + "\n"), ["1: comment of 101 columns: at most 100"])

    def test_documents_outside_the_repository(self) -> None:
        self.assertEqual(findings("// See ARCHITECTURE.md.\n"), [])
        self.assertEqual(
            findings("// See DESIGN.md and issue 12.\n"),
            ["1: cites “DESIGN.md”, which is not in the repository",
             "1: cites “issue 12”, which is not in the repository"])


class SpellingTests(unittest.TestCase):
    def test_comments_and_names(self) -> None:
        self.assertEqual(
            findings("// In colour.\nlet greyLevel = 1\n"),
            ["1: “colour”: American spelling here, “color” for “colour”",
             "2: name `greyLevel`: “grey”: American spelling here, “gray” for “grey”"])

    def test_a_name_counts_once(self) -> None:
        self.assertEqual(len(findings("let centre = 1\nlet a = centre + centre\n")), 1)

    def test_texts_are_not_looked_at(self) -> None:
        for text in ['"colour // grey"', '#"a "grey" one"#', '"""\n  // grey\n  """', '"\\(a ?? "grey") // grey"']:
            self.assertEqual(findings(f"let a = {text}\n"), [], text)

    def test_code_in_comments_is_not_looked_at(self) -> None:
        self.assertEqual(findings("// The key `lineColour`.\n"), [])

    def test_places(self) -> None:
        message = "say point, index, location or offset for “place”"
        self.assertEqual(findings("let place = 1\n"), [f"1: name `place`: {message}"])
        self.assertEqual(findings("let firstPlaces = 1\n"), [f"1: name `firstPlaces`: {message}"])
        self.assertEqual(findings("func place(_ a: Int) {}\nlet placed = sortInPlace\n"), [])


if __name__ == "__main__":
    unittest.main()
