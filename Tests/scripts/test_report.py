"""scripts/report.py on recorded output of swift build and swift test.

    python3 -m unittest discover Tests/scripts
"""

import pathlib
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
REPORT = HERE.parents[1] / "scripts/report.py"


def report(text: str, status: int, *options: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [REPORT, *options, "sh", "-c", f"cat; exit {status}"], input=text, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def recorded(name: str) -> str:
    return (HERE / "recorded" / f"{name}.txt").read_text()


class ReportTests(unittest.TestCase):
    def test_what_passes_is_a_line_a_suite_and_the_counts(self) -> None:
        status, lines = report(recorded("good"), 0)
        self.assertEqual(status, 0)
        self.assertEqual(lines, [
            '➜ Test skipped() skipped: "no such machine here"',
            "━ Suite GoodTests passed after 0.001 seconds with 1 known issue.",
            "a line that a test prints",
            "━ Test run with 5 tests in 1 suite passed after 0.002 seconds with 1 known issue; 1 skipped.",
        ])

    def test_failures_are_whole_and_named_at_the_end(self) -> None:
        status, lines = report(recorded("failure"), 1)
        self.assertEqual(status, 1)
        self.assertIn("✘ Test doubles(_:) recorded an issue with 1 argument n → 2 at BadTests.swift:8:5: "
                      "Expectation failed: (double(n) → 4) == 2", lines)
        self.assertIn("↳ of 2", lines)
        several = lines.index('second line 2") == ("first line\\nsecond line 1" → "first line')
        self.assertTrue(lines[several - 1].endswith('Expectation failed: (text → "first line'))
        self.assertEqual(lines[several + 1], 'second line 1")')
        self.assertFalse([line for line in lines if "started" in line or line.startswith("✔")])
        self.assertEqual(lines[-2:], [
            "✘ failed: doubles(_:), required(), throwing()",
            "✘ Test run with 8 tests in 3 suites failed after 0.006 seconds with 5 issues "
            "(including 1 known issue); 1 skipped.",
        ])

    def test_a_crash_is_whole_and_says_what_was_at_work(self) -> None:
        status, lines = report(recorded("crash"), 1)
        self.assertEqual(status, 1)
        known = recorded("crash").splitlines()
        crash = known[known.index("Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range"):]
        first = lines.index(crash[0])
        self.assertEqual(lines[first:first + len(crash)], crash)
        self.assertEqual(
            lines[-1], "✘ the tests did not end; at work were: alone(), crash(), doubles(_:), fine(), "
            "known(), required(), throwing()")

    def test_a_crash_fails_even_if_the_command_does_not(self) -> None:
        self.assertEqual(report(recorded("crash"), 0)[0], 1)

    def test_a_compile_error_is_whole(self) -> None:
        status, lines = report(recorded("compile"), 1)
        self.assertEqual(status, 1)
        steps = [line for line in recorded("compile").splitlines() if line.startswith("[")]
        self.assertEqual(len(steps), 3)
        whole = [line for line in recorded("compile").splitlines() if line not in steps]
        self.assertEqual(lines[:len(whole)], whole)
        self.assertEqual(lines[len(whole)], "✘ compile errors (1):")

    def test_compile_errors_are_named_at_the_end_without_their_consequences(self) -> None:
        error = "macro expansion @Test:19:62: error: '5e-324' underflows"
        consequences = [
            "macro expansion @Test:30:32: error: '@const' value should be initialized with a compile-time value",
            "macro expansion @Test:30:32: error: global variable must be a compile-time constant to use "
            "@section attribute"]
        lines = [error, "   |  `- " + error, *consequences, error]
        self.assertEqual(
            report("\n".join(lines) + "\n", 1), (1, [*lines, "✘ compile errors (1):", error]))

    def test_the_commands_status_is_kept(self) -> None:
        self.assertEqual(report("", 0)[0], 0)
        self.assertEqual(report("error: something\n", 7), (7, ["error: something"]))
        killed = subprocess.run([REPORT, "sh", "-c", "kill -9 $$"], capture_output=True)
        self.assertEqual(killed.returncode, 128 + 9)

    def test_arguments_of_several_lines_are_one_case(self) -> None:
        text = "◇ Test case passing 1 argument text → a\nb\nc to lines(_:) started.\nshown\n"
        self.assertEqual(report(text, 0), (0, ["shown"]))

    def test_known_issues_are_left_out_whole(self) -> None:
        text = "━ Test a() recorded a known issue at A.swift:1:1: wrong\n↳ one\n  two\nshown\n"
        self.assertEqual(report(text, 0), (0, ["shown"]))

    def test_colors_hide_nothing(self) -> None:
        text = "\x1b[92m✔\x1b[0m Test fine() passed after 0.1 seconds.\n\x1b[91m✘\x1b[0m oh\n"
        self.assertEqual(report(text, 0), (0, ["\x1b[91m✘\x1b[0m oh"]))

    def test_bytes_that_are_no_text_are_borne(self) -> None:
        done = subprocess.run(
            [REPORT, "printf", r"a \377 b\n"], capture_output=True, text=True, encoding="utf-8")
        self.assertEqual((done.returncode, done.stdout), (0, "a � b\n"))


RECORDING = """\
◇ Test run started.
↳ Testing Library Version: 6.3.1
◇ Suite MapTests started.
◇ Test depth() started.
✘ Test depth() recorded an issue at MapTests.swift:8:5: Issue recorded
↳ recorded /home/ada/Golden/depth.png; look at it and run again without POSEMAP_RECORD
✘ Test depth() failed after 0.1 seconds with 1 issue.
✘ Suite MapTests failed after 0.1 seconds with 1 issue.
✘ Test run with 1 test in 1 suite failed after 0.1 seconds with 1 issue.
"""


class RecordingTests(unittest.TestCase):
    def test_recorded_pictures_are_no_failures(self) -> None:
        self.assertEqual(report(RECORDING, 1, "--recording"), (0, ["pictures recorded: 1; other issues: 0"]))

    def test_other_failures_are(self) -> None:
        text = RECORDING.replace(
            "◇ Test depth() started.\n", "✘ Test size() recorded an issue at MapTests.swift:9:5: wrong\n")
        status, lines = report(text, 1, "--recording")
        self.assertEqual(status, 1)
        self.assertEqual(lines, [
            "✘ Test size() recorded an issue at MapTests.swift:9:5: wrong",
            "pictures recorded: 1; other issues: 1",
        ])

    def test_a_compile_error_is(self) -> None:
        status, lines = report(recorded("compile"), 1, "--recording")
        self.assertEqual(status, 1)
        self.assertTrue(any("error: cannot convert" in line for line in lines))

    def test_a_crash_is(self) -> None:
        self.assertEqual(report(recorded("crash"), 1, "--recording")[0], 1)


if __name__ == "__main__":
    unittest.main()
