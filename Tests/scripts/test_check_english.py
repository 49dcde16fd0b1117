"""scripts/check-english.py on small pages."""

import pathlib
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/check-english.py"


def findings(text: str, name: str = "page.md") -> list[str]:
    """Return the findings in a file, each as `line: message`."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder).resolve() / name
        path.write_text(text)
        done = subprocess.run([SCRIPT, path], capture_output=True, text=True)
    assert not done.stderr, done.stderr
    lines = [line.removeprefix(f"{path}:") for line in done.stdout.splitlines()]
    assert done.returncode == (1 if lines else 0)
    return lines


class PhraseTests(unittest.TestCase):
    def test_old_phrases(self) -> None:
        for line, message in [
            ("MakeHuman's assets are to be had from its pages.", "“to be had”: write “available”"),
            ("It draws a map a character.", "“a map a character”: write “one … per …”"),
            ("The wind is in meters a second.", "“meters a second”: write “per”"),
            ("The list of what is no JSON.", "“what is no”: write “is not a …”"),
            ("A path, as seen from its folder.", "“as seen from”: write “relative to”"),
            ("A pose file seen from the scene's folder.", "“seen from the scene's”: write “relative to”"),
            ("Run it to make the file anew.", "“anew”: write “again” or “from scratch”"),
            ("Both are taken, and that is said.", "“that is said”: write “a message says so”"),
            ("Nothing but for the hat.", "“but for”: write “except for”"),
            ("The wind is another.", "“wind is another”: write “has changed”, “is a different …”"),
            ("It refers to a node that is not there.", "“that is not there”: write “does not exist”"),
            ("Options take the place of the file's.", "“take the place of”: write “instead of”, “overrides”"),
            ("A grey picture.", "“grey”: American spelling here, “gray” for “grey”"),
            ("On the floor. Who sits has the soles there.", "“Who sits”: write “a character that …”"),
            ("Workers take note of it.", "“take note”: write “record”"),
            ("It moves by so many pixels.", "“so many”: write “a number of”, “that many”"),
            ("A pose of ours.", "“A pose of ours”: write “posemap's”"),
            ("For whoever reads it.", "“whoever”: write “anyone who …”, “a character that …”"),
            ("It faces towards the camera.", "“towards”: write the word without “s”"),
            ("The goal is said to be missed.", "“is said to”: write “is reported as”"),
            ("Two nodes of one name.", "“of one name”: write “with one name”"),
            ("Files on the disk.", "“on the disk”: write “on disk”, “from disk”"),
        ]:
            self.assertEqual(findings(f"# A page\n\n{line}\n"), [f"3: {message}"], line)

    def test_good_sentences(self) -> None:
        for line in ["Give a character a figure.", "In a scene a character has a pose.", "There is no GPU.", "What is no longer there is dropped.",
                     "It is held in the right hand.", "For a second, the hand stays.", "There are so many that it takes a minute.",
                     "Every pass over a picture takes a second."]:
            self.assertEqual(findings(line), [], line)

    def test_every_phrase_of_a_line_counts(self) -> None:
        self.assertEqual(len(findings("Made anew, and anew, lest it be old.\n")), 3)

    def test_lines_have_at_most_130_columns(self) -> None:
        words = "word " * 26 + "end"
        self.assertEqual(findings(words), ["1: at most 130 columns"])
        for page in [f"| {words} |", f"![{words}](a.png)", f"    {words}", f"```\n{words}\n```", "word " * 25 + "ends."]:
            self.assertEqual(findings(page), [], page)

    def test_code_and_quotations_are_not_looked_at(self) -> None:
        for page in ["`anew`", "``a `anew` b``", "He said “anew”.", 'It prints "anew".', "[again](anew.md)",
                     "    posemap anew\n", "```sh\nposemap anew\n```\n", "<!-- anew -->"]:
            self.assertEqual(findings(page), [], page)

    def test_prose_after_code_is_looked_at(self) -> None:
        self.assertEqual(len(findings("```sh\nposemap\n```\n\nDrawn anew.\n")), 1)


class SwiftTests(unittest.TestCase):
    def test_comments_and_messages(self) -> None:
        swift = '/// Draws it anew.\nlet path = "anew"\nthrow Fault("it is of no use,\\(anew(1)) but mend it")  // lest it break\n'
        self.assertEqual(
            findings(swift, "A.swift"),
            ["1: “anew”: write “again” or “from scratch”", "3: “mend”: write “fix” or “repair”", "3: “lest”: write “so that … does not”"],
        )

    def test_texts_of_several_lines(self) -> None:
        swift = 'let text = """\n  Keeps it,\n  or mends it.\n  """\n'
        self.assertEqual(findings(swift, "A.swift"), ["3: “mends”: write “fix” or “repair”"])

    def test_code_may_be_as_it_is(self) -> None:
        for swift in ["/// The value may be nil.", "/// ```swift\n/// anew()\n/// ```", "let grey = anew(lest: mend)", "/// ``anew`` and `lest`"]:
            self.assertEqual(findings(swift + "\n", "A.swift"), [], swift)


    def test_of_tests_only_names_and_comments_are_looked_at(self) -> None:
        swift = '@Test("It is made anew") func a() {\n  expect("mend it anew")  // lest it break\n}\n'
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder).resolve() / "Tests/A.swift"
            path.parent.mkdir()
            path.write_text(swift)
            done = subprocess.run([SCRIPT, path], capture_output=True, text=True)
        self.assertEqual([line.split(": ")[1] for line in done.stdout.splitlines()], ["“anew”", "“lest”"])


class OtherCodeTests(unittest.TestCase):
    def test_python_comments_and_documentation(self) -> None:
        python = '"""Drawn anew."""\n\n\ndef mend(anew):  # lest it break\n    """Mend it."""\n    return "anew"\n'
        self.assertEqual(
            [line.split(":")[0] + line.split(":")[1] for line in findings(python, "a.py")],
            ["4 “lest”", "1 “anew”", "5 “Mend”"],
        )

    def test_javascript_comments(self) -> None:
        script = "/** Draws it anew. */\nconst anew = 'anew';  // lest it break\n"
        self.assertEqual([line.split(":")[1] for line in findings(script, "a.js")], [" “anew”", " “lest”"])

    def test_comments_of_c(self) -> None:
        program = "/// Draws it anew.\nconst char *anew = \"anew\";  // lest it break\n"
        self.assertEqual([line.split(":")[1] for line in findings(program, "a.c")], [" “anew”", " “lest”"])

    def test_comments_of_shell_scripts(self) -> None:
        script = "#!/bin/sh\n# Draws it anew.\necho anew\n"
        self.assertEqual([line.split(":")[1] for line in findings(script, "a.sh")], [" “anew”"])


class CommandTests(unittest.TestCase):
    def test_the_documentation_and_the_code_have_none(self) -> None:
        done = subprocess.run([SCRIPT], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_a_page_that_is_not_there(self) -> None:
        done = subprocess.run([SCRIPT, "nothing.md"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (2, "nothing.md: no such file\n"))


if __name__ == "__main__":
    unittest.main()
