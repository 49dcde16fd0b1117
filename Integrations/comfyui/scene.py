"""Scene files: their paths, and their prompts."""

import json
import os

import folder_paths


def scene_path(scene):
    """Return a scene's path; a relative one starts at ComfyUI's input folder."""
    return os.path.join(folder_paths.get_input_directory(), os.path.expanduser(scene.strip()))


def read_scene(path):
    """Return a scene file as a dict; empty if it is not valid, since the command reports faults better."""
    try:
        with open(path, encoding="utf-8") as file:
            scene = json.load(file)
    except (OSError, ValueError):
        return {}
    return scene if isinstance(scene, dict) else {}


def character_ids(scene):
    """Return the ids of a scene's characters, in the order of the scene."""
    return [character.get("id", "") for character in _characters(scene)]


def first_character(scene):
    """Return the id of a scene's first character, or "" if it has no characters."""
    return next(iter(character_ids(scene)), "")


def prompts(scene, character):
    """Return (prompt, negative, seed): the shared prompts, followed by the character's own (for "all", everyone's)."""
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
    """Join texts and lists of texts like the command: with commas, or with a space after the end of a sentence."""
    lists = [value if isinstance(value, list) else [value] for value in values]
    whole = ""
    for text in (text for texts in lists for text in texts if text):
        whole += ("" if not whole else " " if whole[-1] in ".!?,;" else ", ") + text
    return whole
