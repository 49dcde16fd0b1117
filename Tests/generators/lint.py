"""Judge exported ComfyUI workflows without ComfyUI.

    lint.py FOLDER [--nodes FOLDER] [--no-comfy-lint]

Every .json of the folder is read. API-format files (`{"id": {"class_type", "inputs"}}`) are compared with
the node definitions (in the form of ComfyUI's GET /object_info) by the strict reader below and by comfy-lint.
Editor-format files (`{"nodes": [], "links": []}`) are checked in themselves, converted, and compared with the
API file of the same name up to the first dot, if there is one. Exit 1 if any file fails.

File names in combos that ComfyUI fills from folders are not judged here: only structure is. The stand-in
server (comfy_server.py) judges them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from api_format import api_errors, is_api
from editor_format import differences, editor_errors, editor_to_api, is_editor
from nodes import AUTOGROW, NODES, Definitions, Input, Json, Prompt, load_definitions, node_inputs


def schema_cache(prompts: list[Prompt], definitions: Definitions) -> Definitions:
    """Return plain /object_info for comfy-lint, which does not support dynamic inputs, with the file names used."""
    cache = json.loads(json.dumps(definitions))
    for prompt in prompts:
        for node in prompt.values():
            definition = cache.get(node.get("class_type"))
            if definition is None:
                continue
            original = definitions[node["class_type"]]
            declared = {one.name: one for one in node_inputs(original, node["inputs"]).values()}
            for name, one in declared.items():
                add_to_cache(definition, one, node["inputs"].get(name))
            for name, spec in list(definition["input"].get("required", {}).items()):
                if spec[0] == AUTOGROW:
                    del definition["input"]["required"][name]
    return cache


def add_to_cache(definition: Json, one: Input, value: Any) -> None:
    required = definition["input"].setdefault("required", {})
    optional = definition["input"].setdefault("optional", {})
    home = required if one.name in required else optional
    if one.choices is None:
        home.setdefault(one.name, [one.type, one.options])
        return
    known = home[one.name][0] if one.name in home and isinstance(home[one.name][0], list) else list(one.choices)
    if not one.choices and isinstance(value, str) and value not in known:
        known.append(value)
    home[one.name] = [known, {k: v for k, v in one.options.items() if k != "options"}]


def comfy_lint(files: dict[Path, Prompt], definitions: Definitions) -> dict[Path, list[str]]:
    """Return comfy-lint's messages about each file."""
    beside = Path(sys.executable).with_name("comfy-lint")
    program = str(beside) if beside.exists() else shutil.which("comfy-lint")
    if program is None:
        raise SystemExit("comfy-lint is not installed: pip install -r Tests/generators/requirements.txt")
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "object_info.json"
        cache.write_text(json.dumps(schema_cache(list(files.values()), definitions)))
        command = [program, "--schema-cache", str(cache), "--json", "--strict", *map(str, files)]
        run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise SystemExit(f"comfy-lint failed: {run.stderr or run.stdout}")
    report = json.loads(run.stdout)
    found: dict[Path, list[str]] = {path: [] for path in files}
    for one in report["files"]:
        for d in one["diagnostics"]:
            text = f"comfy-lint: {d['node_id']} {d['class_type']}: {d['field']}: {d['message']} ({d['rule']})"
            found[Path(one["path"])].append(text)
    for one in report["unreadable"]:
        found.setdefault(Path(one["path"] if isinstance(one, dict) else one), []).append(
            f"comfy-lint: unreadable: {one}"
        )
    return found


def read_json(path: Path) -> Any:
    try:
        # ComfyUI's own JSON reader accepts NaN; the browser's does not.
        return json.loads(path.read_text(), parse_constant=lambda name: f"not JSON: {name}")
    except ValueError as error:
        return f"not JSON: {error}"


def sibling(path: Path, apis: dict[Path, Prompt]) -> Path | None:
    stem = path.name.split(".")[0]
    same = [api for api in apis if api.parent == path.parent and api.name.split(".")[0] == stem]
    return same[0] if len(same) == 1 else None


def check_folder(folder: Path, definitions: Definitions, with_comfy_lint: bool = True) -> dict[Path, list[str]]:
    data = {path: read_json(path) for path in sorted(folder.rglob("*.json"))}
    apis = {path: one for path, one in data.items() if is_api(one)}
    errors: dict[Path, list[str]] = {}
    for path, one in data.items():
        if is_editor(one):
            errors[path] = editor_errors(one, definitions)
            other = sibling(path, apis)
            if not errors[path] and other is not None:
                errors[path] = differences(editor_to_api(one, definitions), apis[other])
        else:
            errors[path] = [one] if isinstance(one, str) else api_errors(one, definitions)
    if with_comfy_lint and apis:
        for path, found in comfy_lint(apis, definitions).items():
            errors[path] += found
    return errors


def main() -> int:
    parser = argparse.ArgumentParser(description="Judges exported ComfyUI workflows without ComfyUI.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=Path, default=NODES, help="folder with node definitions")
    parser.add_argument("--no-comfy-lint", action="store_true", help="only the strict reader")
    arguments = parser.parse_args()
    errors = check_folder(arguments.folder, load_definitions(arguments.nodes), not arguments.no_comfy_lint)
    for path, found in errors.items():
        print(f"{'FAIL' if found else 'ok  '} {path.relative_to(arguments.folder)}")
        for error in found:
            print(f"     {error}")
    failed = sum(bool(found) for found in errors.values())
    print(f"{len(errors) - failed} passed, {failed} failed")
    # An empty folder is a mistake of the caller, not a success.
    return 1 if failed or not errors else 0


if __name__ == "__main__":
    sys.exit(main())
