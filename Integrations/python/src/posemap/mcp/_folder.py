"""The only folder in which an agent can work: the paths inside it, and the files that can be written."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, List, Optional, Set, Tuple

from .._errors import PosemapError

#: The endings of files that the tools write.
WRITABLE = tuple(f"{kind}.json" for kind in ("scene", "pose", "clip", "bones", "prop", "hair", "garment"))
#: The keys of posemap's files that hold text for people. They never name files.
_WORDS = {"$schema", "name", "description", "prompt", "negative", "id"}
MOST_BYTES = 1 << 20
_MOST_FILES = 500


class Refused(PosemapError):
    """A request of an agent that is not allowed; the text gives the reason in one sentence."""


class Folder:
    """The root, by its real path. Agents use paths relative to it, with ``/`` between names."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, name: str) -> Path:
        """Return the real path of a file or folder in the root, existing or not. Raises Refused for all others."""
        if not name or "\0" in name or len(name) > 1000:
            raise Refused("a path is the name of a file in the root, for example scenes/window.scene.json")
        if os.path.isabs(name) or name.startswith("~") or "\\" in name:
            raise Refused(f"{name!r} is not relative to the root; paths look like: scenes/window.scene.json")
        lexical = os.path.normpath(name)
        if lexical == ".." or lexical.startswith("../"):
            raise Refused(f"{name!r} leads out of the root, where nothing is read or written")
        if any(part.startswith((".", "-")) for part in lexical.split("/") if part != "."):
            raise Refused(f"{name!r} has a part that begins with a dot or a hyphen; such files are not touched")
        real = Path(os.path.realpath(self.root / lexical))
        if not real.is_relative_to(self.root):
            raise Refused(f"{name!r} is a link that leads out of the root, where nothing is read or written")
        return real

    def shown(self, path: Path) -> str:
        """Return a path in the root as agents write it."""
        return path.relative_to(self.root).as_posix()

    def existing(self, name: str) -> Path:
        """Return the path of a regular file in the root."""
        path = self.path(name)
        if not path.is_file():
            raise Refused(f"there is no file {name!r} in the root; list_files lists the files")
        return path

    def text(self, name: str) -> str:
        """Return the content of a text file."""
        path = self.existing(name)
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"{name!r} has more than 1 MiB; posemap's own files are smaller")
        try:
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(f"{name!r} is not UTF-8 text; pictures are shown by sheet and render_map") from None

    def new(self, name: str) -> Path:
        """Return the path to which to write one of posemap's files."""
        path = self.path(name)
        if not path.name.endswith(WRITABLE):
            raise Refused(f"{name!r} is not a posemap file; names end in one of: {', '.join('.' + end for end in WRITABLE)}")
        if path.exists() and not path.is_file():
            raise Refused(f"{name!r} is not a file")
        return path

    def files(self, below: str) -> List[str]:
        """Return the names of the files below a folder of the root, without hidden ones and links; at most 500."""
        start = self.path(below) if below not in ("", ".") else self.root
        found: List[str] = []
        for folder, folders, files in os.walk(start):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [self.shown(Path(folder, name)) for name in sorted(files) if not name.startswith(".")]
            if len(found) > _MOST_FILES:
                return [*found[:_MOST_FILES], f"… and more than {_MOST_FILES}; name a folder"]
        return found

    @contextmanager
    def candidate(self, path: Path, text: str) -> Iterator[Path]:
        """Provide a hidden file beside ``path`` with its future text, so that its references resolve as they will
        later.

        ``os.replace`` makes it the file itself; otherwise it is deleted afterward, and so are folders created for it.
        """
        if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
            raise Refused("a file has at most 1 MiB of text; put motion into clips of its own format (BVH, FBX, glTF)")
        made = [folder for folder in path.parents if folder.is_relative_to(self.root) and not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(f".{secrets.token_hex(6)}.{path.name}")
        try:
            try:
                data = text.encode("utf-8")
            except UnicodeEncodeError:
                raise Refused("the text has half of a surrogate pair in it, which is not a character") from None
            file.write_bytes(data)
            yield file
        finally:
            file.unlink(missing_ok=True)
            for folder in made:
                try:
                    folder.rmdir()
                except OSError:
                    break

    def refuse_foreign_references(self, path: Path, seen: Optional[Set[Path]] = None) -> None:
        """Raise Refused if a posemap file, or a file that it refers to, names a file outside the root."""
        seen = set() if seen is None else seen
        if path in seen or not path.is_file() or path.stat().st_size > 64 * MOST_BYTES:
            return
        seen.add(path)
        for key, text in _references(path):
            target = Path(os.path.realpath(os.path.normpath(path.parent / text))) if "\0" not in text else None
            if target is None or os.path.isabs(text) or not target.is_relative_to(self.root):
                where = f" in {self.shown(path)}" if not path.name.startswith(".") else ""
                raise Refused(f"{key} names {text!r}{where}, which is outside the root; copy the file into the root")
            if target.suffix in (".json", ".gltf"):
                self.refuse_foreign_references(target, seen)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for element in value:
            yield from _texts(element)


def _references(path: Path) -> List[Tuple[str, str]]:
    """Yield the texts of a JSON file that posemap may use as file names, each with its key."""
    found: List[Tuple[str, str]] = []

    def take(members: List[Tuple[str, Any]]) -> None:
        # All members, including those hidden by a later member with the same key.
        for key, value in members:
            if key not in _WORDS:
                found.append((json.dumps(key), key))
                found.extend((json.dumps(key), text) for text in _texts(value))

    try:
        json.loads(path.read_bytes(), object_pairs_hook=take)
    except (ValueError, RecursionError):
        # posemap reports the fault, and opens nothing that the file names.
        return []
    return [(key, text) for key, text in found if "/" in text or "." in text]
