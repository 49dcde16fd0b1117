#!/usr/bin/env -S python3 -B
"""Run the commands and JSON blocks of README.md and docs/*.md, and report those that fail.

    Tests/docs/run.py POSEMAP [page …]

A block of commands has to end with 0, in a copy of the examples with the files that pages speak of (workplace.py); a
block of JSON has to pass `posemap check`. A comment before a block says what is not so:

    <!-- not run: needs a ComfyUI server -->     it cannot be run here; the reason is counted
    <!-- file: wave.pose.json -->                the name that the page gives the JSON

Links lead to files and headings that are there, and from README to every page.

Commands within sentences are tested against the command's own `--help`, and JSON within sentences is parsed.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Iterator

from blocks import Block, blocks, inline_commands, inline_json
from links import broken, targets, unlinked
from workplace import ROOT, Workplace

SECONDS = 60
#: These run until Ctrl-C, so they receive one after their first output.
ENDLESS = re.compile(r"posemap (studio|watch)\b")
RUN = {"sh", "bash", "json"}


class Run:
    """A run over some pages, and its results."""

    def __init__(self, posemap: Path, folder: Path) -> None:
        self._workplace = Workplace(folder, posemap)
        self._help: dict[tuple[str, ...], str] = {}
        self.done = self.inline = 0
        self.not_run: Counter[str] = Counter()
        self.wrong: list[str] = []

    def page(self, page: Path) -> None:
        """Run a page's blocks in order, in its own folder."""
        place = self._workplace.copy(page.stem)
        found = list(blocks(page))
        for block in found:
            if block.file and not block.not_run:
                (place / block.file).parent.mkdir(parents=True, exist_ok=True)
                (place / block.file).write_text(block.text, "utf-8")
        seen: set[str] = set()
        for block in found:
            reason = block.not_run or self._lacking(block)
            if reason:
                self.not_run[reason] += 1
            elif block.language not in RUN and block.language != "text":
                self.wrong.append(f"{block.place}: {block.language} is not run here; say why in a comment before it")
            elif block.language in RUN and block.text not in seen:
                seen.add(block.text)
                said = self._json(place, block) if block.language == "json" else self._commands(place, block)
                self.done += 1
                self.wrong += [f"{block.place}: {said}"] if said else []
        for line, command in inline_commands(page):
            self.inline += 1
            said = self._unknown(command)
            self.wrong += [f"{page.name}:{line}: `{command}`: {said}"] if said else []

        for line, text in inline_json(page):
            self.inline += 1
            said = fragment(text)
            self.wrong += [f"{page.name}:{line}: `{text}` {said}"] if said else []

    def _lacking(self, block: Block) -> str:
        """Return what this machine lacks to run a block; like `make human`, the run continues without a network."""
        needs_human = re.search(r'"human"|posemap body', block.text)
        return "" if self._workplace.has_human or not needs_human else "needs the human, which is not installed here"

    def _commands(self, place: Path, block: Block) -> str:
        """Run a block of commands; return the faults."""
        for line in block.text.replace("\\\n", "").splitlines():
            said = self._endless(place, line) if ENDLESS.search(line) else self._command(place, line)
            if said:
                return said
        return ""

    def _command(self, place: Path, line: str) -> str:
        code, output = self._call(place, ["bash", "-e", "-o", "pipefail", "-c", line])
        return f"{line}: exit code {code}: {output.strip()[-400:]}" if code != 0 else ""

    def _call(self, place: Path, line: list[str]) -> tuple[int, str]:
        with self._start(place, line) as process:
            try:
                output, _ = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return -1, f"did not end within {SECONDS} s"
        return process.returncode, output

    def _endless(self, place: Path, line: str) -> str:
        """Run a command until its first output, and end it as Ctrl-C does."""
        with self._start(place, ["bash", "-c", f"exec {line}"]) as process:
            assert process.stdout is not None
            late = threading.Timer(SECONDS, process.kill)
            late.start()
            first = process.stdout.readline()
            while first.endswith(": drawing\n"):
                first = process.stdout.readline()
            late.cancel()
            time.sleep(0.5)
            if process.poll() is not None:
                return f"{line}: ended by itself with {process.returncode}: {first}"
            process.send_signal(signal.SIGINT)
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return f"{line}: did not end by Ctrl-C"
        if "error:" in first:
            return f"{line}: {first.strip()}"
        return "" if process.returncode in (0, 130, -signal.SIGINT) else f"{line}: ended by Ctrl-C with {process.returncode}"

    def _start(self, place: Path, line: list[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            line, cwd=place, env=self._workplace.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )

    def _json(self, place: Path, block: Block) -> str:
        """Check a block of JSON as the kind of file that it is or is part of; return the faults."""
        try:
            documents = list(files(block.text))
        except ValueError as fault:
            return f"is not JSON: {fault}"
        for kind, document in documents:
            if kind == "settings":
                said = settings(document)
            elif kind == "bone-scheme":
                said = against_schema(document, kind)
            else:
                said = self._check(place, block, kind, document)
            if said:
                return said
        return ""

    def _check(self, place: Path, block: Block, kind: str, document: object) -> str:
        name = block.file or f"block-{block.line}.{kind}.json"
        if not block.file:
            (place / name).write_text(json.dumps(document, ensure_ascii=False, indent=2), "utf-8")
        code, output = self._call(place, ["posemap", "check", "--strict", name])
        return "" if code == 0 else output.strip()[:600]

    def _unknown(self, command: str) -> str:
        """Return an unknown subcommand or option in a command within a sentence."""
        try:
            words = shlex.split(command.replace("…", " "), comments=True)[1:]
        except ValueError:
            words = command.split()[1:]
        names: list[str] = []
        while words and re.fullmatch(r"[a-z0-9]+", words[0]) and self._is_command((*names, words[0])):
            names.append(words.pop(0))
        if not names:
            return "there is no such command" if words and not words[0].startswith("-") else ""
        options = {word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word)}
        text = self._help_of(tuple(names))
        missing = [option for option in sorted(options) if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text)]
        return f"{' '.join(names)} has no {', '.join(missing)}" if missing else ""

    def _is_command(self, names: tuple[str, ...]) -> bool:
        parent = self._help_of(names[:-1])
        return bool(re.search(rf"^  {names[-1]}(?: |$)", parent.partition("SUBCOMMANDS:")[2], re.MULTILINE))

    def _help_of(self, names: tuple[str, ...]) -> str:
        if names not in self._help:
            text = self._call(ROOT, ["posemap", "help", *names])[1]
            default = re.search(r"^  ([a-z]+) \(default\)", text, re.MULTILINE)
            self._help[names] = text + (self._help_of((*names, default[1])) if default else "")
        return self._help[names]


def fragment(text: str) -> str:
    """Return the faults in JSON within a sentence. Bare words, as in `[x, y, z]`, represent values."""
    text = text.removesuffix(",")
    value = re.sub(r'("(?:[^"\\]|\\.)*")|\b(?!true\b|false\b|null\b)[A-Za-z]\w*', lambda match: match[1] or "0", text)
    try:
        json.loads(value if value.startswith("{") else "{" + value + "}")
    except ValueError as fault:
        return f"is not JSON: {fault}"
    return ""


def files(text: str) -> Iterator[tuple[str, object]]:
    """The files that a block of JSON holds or is a part of, each with its kind.

    Characters of scenes stand one a line; a scene is put around them. A member of an editor's settings has no braces.
    """
    if re.match(r'\s*"', text):
        yield "settings", json.loads("{" + text + "}")
        return
    try:
        documents = [json.loads(text)]
    except ValueError:
        documents = [json.loads(line) for line in text.splitlines() if line.strip()]
    for document in documents:
        yield kind_of(document)


def kind_of(document: dict[str, object]) -> tuple[str, object]:
    """Return a JSON value as a complete file, with the kind of file."""
    if "prefixes" in document:
        return "bone-scheme", document
    if "id" in document and document.keys() & {"body", "model"}:
        others = [] if document["id"] == "ben" else [{"id": "ben", "body": "male", "position": [2, 0, 0]}]
        if document["id"] != "ana":
            others.append({"id": "ana", "body": "female", "position": [-2, 0, 0]})
        return "scene", {"canvas": [256, 256], "camera": {"frame": "all"}, "characters": [document, *others]}
    if document.keys() & {"characters", "canvas"}:
        return "scene", document
    for key, kind in {"bones": "bones", "frames": "clip", "cloth": "garment", "parts": "prop"}.items():
        if key in document:
            return kind, document
    return "pose", document


def settings(document: dict[str, list[dict[str, object]]]) -> str:
    """Return the faults in settings that assign the schemas in VS Code."""
    for entry in document["json.schemas"]:
        name = Path(str(entry["url"])).name
        if not (ROOT / "docs/schema" / name).is_file():
            return f"there is no schema {name}"
    return ""


def against_schema(document: dict[str, object], kind: str) -> str:
    """Return a file's keys that its schema does not have; `make unit` reads such files completely."""
    schema = json.loads((ROOT / f"docs/schema/{kind}.schema.json").read_text("utf-8"))
    unknown = document.keys() - schema["properties"].keys()
    missing = set(schema.get("required", [])) - document.keys()
    return "".join([f"unknown keys: {unknown} " if unknown else "", f"missing keys: {missing}" if missing else ""])


def everything() -> list[Path]:
    """Return all pages to check links on; the blocks of some are run elsewhere."""
    patterns = ("*.md", "llms.txt", "docs/*.md", "Integrations/*/README.md", "Tools/*/README.md")
    return [page for pattern in patterns for page in sorted(ROOT.glob(pattern))]


def main() -> int:
    """Run the given pages, or all."""
    if len(sys.argv) < 2:
        sys.exit("usage: run.py POSEMAP [page …]")
    pages = [Path(name).resolve() for name in sys.argv[2:]] or [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
    with tempfile.TemporaryDirectory(prefix="posemap-docs-") as folder:
        run = Run(Path(sys.argv[1]).resolve(), Path(folder).resolve())
        for page in pages:
            run.page(page)
    linking = pages if sys.argv[2:] else everything()
    run.wrong += [said for page in linking for said in broken(page)]
    run.wrong += [] if sys.argv[2:] else unlinked(pages, ROOT / "README.md")
    for said in run.wrong:
        print(said)
    for reason, count in run.not_run.most_common():
        print(f"not run: {count} {'block' if count == 1 else 'blocks'}: {reason}")
    print(f"{run.inline} commands and values in sentences tested, {run.not_run.total()} blocks not run")
    print(f"{sum(len(list(targets(page))) for page in linking)} links followed")
    print(f"{run.done} blocks run, {len(run.wrong)} wrong")
    return 1 if run.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
