"""The tools of an agent."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated, Any, Dict, List, Literal, Optional, Union

from mcp.types import ImageContent
from pydantic import Field

from .._errors import PosemapError
from . import _texts
from ._findings import Findings, Rejected
from ._folder import Folder, Refused
from ._pictures import labelled, pictures, shown
from ._places import places
from ._runner import Runner
from ._values import changed

Name = Annotated[str, Field(description=_texts.FILE, max_length=1000)]
SceneName = Annotated[str, Field(description=_texts.SCENE, max_length=1000)]
Maps = Annotated[List[str], Field(description=_texts.MAPS, min_length=1, max_length=14)]
Only = Annotated[List[str], Field(description=_texts.ONLY, max_length=100)]
Size = Annotated[Optional[str], Field(pattern=r"^\d{2,4}x\d{2,4}$", description="WIDTHxHEIGHT; by default the canvas")]
Kind = Literal["poses", "gestures", "hands", "props", "hair", "garments", "maps"]
_LISTS: Dict[str, List[str]] = {
    "poses": ["poses"],
    "gestures": ["poses", "--gestures"],
    "hands": ["poses", "--hands"],
    "props": ["props"],
    "hair": ["hair"],
    "garments": ["wear", "list"],
    "maps": ["maps"],
}

#: The exit codes of a check that reported findings.
_VERDICTS = (0, 65, 66)
Answer = Union[str, List[Union[str, ImageContent, Findings]]]


class Tools:
    """Every method is a tool; agents read its docstring."""

    def __init__(self, folder: Folder, posemap: Runner) -> None:
        self._folder = folder
        self._posemap = posemap

    def library(
        self,
        kind: Kind,
        names: Annotated[List[str], Field(max_length=100)] = [],
        words: Annotated[str, Field(max_length=200)] = "",
        picture: bool = False,
    ) -> Answer:
        """Lists what scenes can use by name: poses, gestures of arms, hand shapes, props with their sizes and places
        ("props.seat.seat"), hair styles, garments with their parameters, or maps and profiles. `names` limits the list
        (props, hair and garments); the name of one profile (kind maps) lists how each map is drawn for its models, and
        why. `words` finds poses and hand shapes ("sad sitting", kind poses), best first. `picture` shows a picture
        instead."""
        line = list(_LISTS[kind])
        if picture and kind == "maps":
            raise Refused("maps are drawn for a scene; use sheet")
        if names and kind in ("poses", "gestures", "hands"):
            raise Refused(f"{kind} are listed as a whole; leave out names")
        if kind == "maps" and len(names) > 1:
            raise Refused("name one profile")
        if words and kind != "poses":
            raise Refused("words find poses and hand shapes; use kind poses")
        for name in names:
            if not all(character.isalnum() or character in "-_" for character in name) or name.startswith("-"):
                raise Refused(f"{name!r} is not a name in the library")
        if names and kind == "maps":
            return self._posemap.call(["maps", "--for", names[0]]).stdout
        only = ["--", *names] if names else ["--", words] if words else []
        if words:
            line.append("find")
        if not picture:
            return self._posemap.call([*line, *only]).stdout
        with self._posemap.folder() as folder:
            sheet = folder / "sheet.png"
            drawn = self._posemap.call([*line, "--json", f"--sheet={sheet}", *only]).stdout
            listed = [entry["name"] for entry in json.loads(drawn)]
            # Sheets of poses and hand shapes already contain names.
            content = shown(sheet) if kind in ("poses", "gestures", "hands") else labelled(sheet, listed)
            return [", ".join(listed), content]

    def places(self, path: SceneName) -> Answer:
        """Lists what the goals of a scene (reach, seat, look, hold) can name: its characters with their joints and
        landmarks, and its props with their places."""
        return "\n".join(places(self._folder.text(path), self._posemap.call(["props", "--json"]).stdout))

    def list_files(self, below: Annotated[str, Field(description="A folder in the root; by default the root")] = "") -> Answer:
        """Lists the files in the root, or below one of its folders."""
        return "\n".join(self._folder.files(below)) or "There are no files yet."

    def read_file(self, path: Name) -> Answer:
        """Returns the text of a scene, pose or other text file."""
        return self._folder.text(path)

    def write_file(self, path: Name, text: Annotated[str, Field(description="The whole JSON text")]) -> Answer:
        """Writes a scene, pose, clip, bones, prop, hair or garment file (*scene.json, *.pose.json, …), new or existing.

        posemap checks it first. If anything is wrong, nothing is written, and the answer lists the mistakes with their
        locations. Otherwise the file is formatted and written as a whole; the answer contains the warnings and a
        description of the changes."""
        return self._write(path, text)

    def edit_file(
        self, path: Name, old: Annotated[str, Field(min_length=1, description="A piece of the text that occurs exactly once")], new: str
    ) -> Answer:
        """Replaces one piece of a file's text, and checks and writes the file like write_file."""
        text = self._folder.text(path)
        count = text.count(old)
        if count != 1:
            raise Refused(f"the old text is in {path} {count} times; it must occur exactly once")
        return self._write(path, text.replace(old, new), of=text)

    def set_values(
        self,
        path: Name,
        values: Annotated[
            Dict[str, Any],
            Field(
                min_length=1,
                max_length=200,
                description='Path → new value; null removes it. As in: {"characters.ana.yaw": 30, '
                '"characters.ana.pose.joints.leftLowerArm.flexion": 60, "characters.ben": {"body": "male"}}',
            ),
        ],
    ) -> Answer:
        """Sets values in a file by their paths, and checks and writes the file like write_file. Elements of lists are
        named by id or number (characters.ana, characters[0]); a new id, or the number after the last, adds an
        element."""
        text = self._folder.text(path)
        return self._write(path, changed(text, values), of=text)

    def check(self, path: Name) -> Answer:
        """Reports everything wrong or doubtful in a file, with line, column and path of each, in posemap's own
        words."""
        self._readable(path)
        findings = self._checked(path)
        return [findings] if findings.items else [findings, f"{path}: nothing is wrong, and nothing is doubtful"]

    def diff(self, before: Name, after: Name) -> Answer:
        """Describes the differences between two poses, clips or scenes in words."""
        for name in (before, after):
            self._readable(name)
        return self._posemap.call(["diff", "--color=never", before, after]).stdout or "Nothing differs."

    def describe(self, path: SceneName, prompt: bool = False) -> Answer:
        """Describes in plain English what a scene shows: figures, postures, limbs, contacts, gazes and the camera,
        measured on the solved scene. With `prompt`, returns phrases for image generators instead, one line per
        character."""
        self._readable(path)
        done = self._posemap.call(["describe", *(["--prompt"] if prompt else []), "--", path])
        return [*_warnings(done.stderr), done.stdout]

    def sheet(
        self, path: SceneName, maps: Maps = ["shaded", "openpose", "depth", "canny"], only: Only = [], together: bool = False,
        height: Annotated[int, Field(ge=64, le=1024, description="The height of each map, in pixels")] = 320,
    ) -> Answer:
        """Shows maps of a scene in one picture, one row per character. `together` shows everyone in one row, beside and
        behind one another: use it to judge a composition."""
        self._readable(path)
        with self._posemap.folder() as folder:
            file = folder / "sheet.png"
            line = ["sheet", f"--output={file}", f"--maps={','.join(maps)}", f"--height={height}"]
            done = self._posemap.call([*line, *_shared(only, together), "--", path])
            return [*_warnings(done.stderr), shown(file)]

    def render_map(
        self, path: SceneName, map: Annotated[str, Field(description=_texts.MAPS)], only: Only = [], together: bool = False,
        size: Size = None,
    ) -> Answer:
        """Shows one map of a scene at full size: one picture per character, or one of everyone if `together`."""
        self._readable(path)
        with self._posemap.folder() as folder:
            sizes = [f"--size={size}"] if size else []
            done = self._posemap.call(
                ["render", "--quiet", f"--output={folder}", f"--maps={map}", *sizes, *_shared(only, together), "--", path]
            )
            return [*_warnings(done.stderr), *pictures(folder)]

    def lift(
        self, skeleton: Annotated[str, Field(description="A file of OpenPose keypoints (JSON) in the root", max_length=1000)],
        output: Annotated[str, Field(description="The pose file to write, for example found.pose.json", max_length=1000)],
        scene: Annotated[Optional[str], Field(description="A scene whose camera saw the skeleton")] = None,
        size: Annotated[
            Optional[str], Field(pattern=r"^\d{2,5}x\d{2,5}$", description="The picture's WIDTHxHEIGHT, if the file does not state it")
        ] = None,
        body: Literal["female", "male"] = "female",
    ) -> Answer:
        """Finds a 3-D pose that looks like a 2-D OpenPose skeleton, and writes it as a pose file."""
        self._folder.existing(skeleton)
        target = self._folder.new(output)
        options = [f"--body={body}"] + ([f"--size={size}"] if size else [])
        if scene is not None:
            self._readable(scene)
            options.append(f"--scene={scene}")
        with self._posemap.folder() as folder:
            found = folder / "found.pose.json"
            done = self._posemap.call(["lift", *options, f"--output={found}", "--", skeleton])
            return [*_warnings(done.stderr), *self._write(self._folder.shown(target), found.read_text("utf-8"))]

    def export(
        self, path: SceneName,
        folder: Annotated[str, Field(description="The folder to write, for example out/window", max_length=1000)],
        maps: Annotated[
            List[str], Field(description=_texts.MAPS + '; by default the usual five; ["all"] for all', max_length=14)
        ] = [],
        only: Only = [], together: bool = False,
        size: Size = None,
        profile: Annotated[
            Optional[str], Field(pattern=r"^[a-z0-9-]{1,40}$", description="The models the maps are for: library maps lists them")
        ] = None,
        frames: Annotated[
            Optional[str], Field(pattern=r"^(all|\d+\.\.\d+)$", description="For a moving scene: all, or FIRST..LAST")
        ] = None,
    ) -> Answer:
        """Writes a scene's maps into a folder of the root: FOLDER/CHARACTER/MAP.png, with keypoints and a manifest."""
        self._readable(path)
        output = self._folder.path(folder)
        if output == self._folder.root:
            raise Refused("maps are written into a folder of their own, for example out/window")
        given = {"maps": ",".join(maps), "size": size, "profile": profile, "frames": frames}
        options = [f"--{name}={value}" for name, value in given.items() if value]
        done = self._posemap.call(
            ["render", "--quiet", f"--output={self._folder.shown(output)}", *options, *_shared(only, together), "--", path]
        )
        return "\n".join([*_warnings(done.stderr), *self._folder.files(self._folder.shown(output))])

    def _readable(self, name: str) -> Path:
        """Return the path of a file for posemap to read, after checking that all its references stay in the root."""
        path = self._folder.existing(name)
        self._folder.refuse_foreign_references(path)
        return path

    def _checked(self, name: str, shown: Optional[str] = None) -> Findings:
        """Return posemap's findings about a file, which can be shown under another name."""
        done = self._posemap.call(["check", "--format=json", "--", name], accept=_VERDICTS)
        return Findings.read(done.stdout, name, name if shown is None else shown)

    def _write(self, name: str, text: str, of: Optional[str] = None) -> List[Union[str, ImageContent, Findings]]:
        """Write a text if it has no faults, and if the file still contains ``of``, the text that it is based on."""
        path = self._folder.new(name)
        with self._folder.candidate(path, text) as candidate:
            self._folder.refuse_foreign_references(candidate)
            shown, hidden = self._folder.shown(path), self._folder.shown(candidate)
            findings = self._checked(hidden, shown)
            if findings.wrong:
                raise Rejected(findings, shown)
            self._posemap.call(["fmt", "--", hidden])
            # Locations refer to the text in its new layout.
            findings = self._checked(hidden, shown) if findings.items else findings
            words = self._words(path, shown, hidden)
            lines = len(candidate.read_text("utf-8").splitlines())
            if of is not None and self._folder.text(name) != of:
                raise Refused(f"{shown} was changed by someone else in the meantime and was not written; read it again")
            os.replace(candidate, path)
        return [findings, "\n".join([f"{shown} was written, {lines} lines", *words])]

    def _words(self, path: Path, shown: str, hidden: str) -> List[str]:
        """Describe in words what a file's new text changes."""
        if not path.exists():
            return []
        done = self._posemap.call(["diff", "--color=never", shown, hidden], accept=range(256))
        if done.returncode != 0:
            return []
        # The first line names the two files.
        lines = [line for line in done.stdout.splitlines()[1:] if line.strip()]
        return ["Changed:", *lines] if lines else ["Nothing changed but the layout"]


def _shared(only: List[str], together: bool) -> List[str]:
    return ([f"--only={','.join(only)}"] if only else []) + ["--together"] * together


def _warnings(said: str) -> List[str]:
    return [said.rstrip("\n")] if said.strip() else []
