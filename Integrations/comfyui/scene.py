"""Scene files: where they are, and what they tell the generator in words."""

import json
import os

import folder_paths


def scene_path(scene):
    """A scene's path; a relative one starts at ComfyUI's input folder."""
    return os.path.join(folder_paths.get_input_directory(), os.path.expanduser(scene.strip()))


def read_scene(path):
    """A scene file as a dict; empty if it is none, since the command says better what is wrong with it."""
    try:
        with open(path, encoding="utf-8") as file:
            scene = json.load(file)
    except (OSError, ValueError):
        return {}
    return scene if isinstance(scene, dict) else {}


def first_character(scene):
    """The id of a scene's first character, or "" if there is none."""
    ids = [character.get("id", "") for character in _characters(scene)]
    return ids[0] if ids else ""


def prompts(scene, character):
    """(prompt, negative, seed): what all characters share, then the character's own (of "all", everyone's)."""
    own = [entry for entry in _characters(scene) if character in ("all", entry.get("id"))]
    return (
        _texts(part.get("prompt") for part in [scene, *own]),
        _texts(part.get("negative") for part in [scene, *own]),
        int(scene.get("seed", 0)),
    )


def _characters(scene):
    characters = scene.get("characters", [])
    return [entry for entry in characters if isinstance(entry, dict)] if isinstance(characters, list) else []


def _texts(values):
    """Texts and lists of texts in one, as the command joins them: by commas, after a sentence's end by blanks."""
    lists = [value if isinstance(value, list) else [value] for value in values]
    whole = ""
    for text in (text for texts in lists for text in texts if text):
        whole += ("" if not whole else " " if whole[-1] in ".!?,;" else ", ") + text
    return whole
