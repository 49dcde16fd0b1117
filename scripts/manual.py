#!/usr/bin/env python3
"""Writes manual pages for the command and for each subcommand, from the text of `--help`.

    posemap --experimental-dump-help | scripts/manual.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Iterator

from swift_files import ROOT

Command = dict[str, Any]


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print((__doc__ or "").strip())
        return 64
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    command = json.load(sys.stdin)["command"]
    for words, found in commands(command, []):
        (folder / f"{'-'.join(words)}.1").write_text(page(words, found), "utf-8")
    return 0


def commands(command: Command, before: list[str]) -> Iterator[tuple[list[str], Command]]:
    """Yield the command and its visible subcommands, each with the words that run it."""
    if not command["shouldDisplay"] or command["commandName"] == "help":
        return
    words = [*before, command["commandName"]]
    yield words, command
    for below in command.get("subcommands", []):
        yield from commands(below, words)


def page(words: list[str], command: Command) -> str:
    """Return the manual page of a command."""
    version = (ROOT / "VERSION").read_text().strip()
    name = "-".join(words)
    abstract = command.get("abstract", "").rstrip(".")
    below = [found for _, found in list(commands(command, [])) if found in command.get("subcommands", [])]
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    lines = [f'.TH "{name.upper()}" "1" "" "posemap {version}" "User Commands"', ".SH NAME", f"{text(name)} \\- {text(abstract)}"]
    lines += [".SH SYNOPSIS", f".B {text(' '.join(words))}"]
    lines += ["[\\fIOPTIONS\\fR]"] if any(argument["kind"] != "positional" for argument in shown) else []
    lines += ["\\fICOMMAND\\fR ..."] if below else []
    lines += [positional(argument) for argument in shown if argument["kind"] == "positional"]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", *paragraphs(command["discussion"])]
    if below:
        lines.append(".SH COMMANDS")
        for found in below:
            lines += [".TP", f".B {text(found['commandName'])}", text(found.get("abstract", ""))]
    title = ""
    for argument in shown:
        section = argument.get("sectionTitle") or ("Arguments" if argument["kind"] == "positional" else "Options")
        if section != title:
            lines.append(f'.SH "{text(section.upper())}"')
            title = section
        lines += [".TP", label(argument), described(argument)]
    others = [f"\\fB{text('-'.join([*words, found['commandName']]))}\\fR(1)" for found in below]
    others += [f"\\fB{text('-'.join(words[:-1]))}\\fR(1)"] if len(words) > 1 else []
    lines += [".SH SEE ALSO", *[other + "," for other in others], "the pages in /usr/share/posemap/docs"]
    return "\n".join(lines) + "\n"


def positional(argument: Command) -> str:
    word = f"\\fI{text(argument['valueName'])}\\fR" + (" ..." if argument["isRepeating"] else "")
    return f"[{word}]" if argument["isOptional"] else word


def label(argument: Command) -> str:
    """Return an argument as typed."""
    if argument["kind"] == "positional":
        return positional(argument)
    # The short name comes first, as in other manuals.
    names = sorted(argument["names"], key=lambda name: len(name["name"]))
    written = [("-" if name["kind"] == "short" else "--") + name["name"] for name in names]
    value = f" \\fI{text(argument['valueName'])}\\fR" if argument["kind"] == "option" else ""
    return ", ".join(f"\\fB{text(name)}\\fR" for name in written) + value


def described(argument: Command) -> str:
    default = argument.get("defaultValue")
    return text(argument.get("abstract") or "") + (f" Default: {text(default)}." if default else "")


def paragraphs(words: str) -> list[str]:
    return [line for paragraph in words.split("\n\n") for line in (".PP", text(paragraph))][1:]


def text(words: str) -> str:
    """Escape text for roff."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ")
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
