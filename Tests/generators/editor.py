"""Open workflows in ComfyUI's own editor and compare its API form of them with posemap's.

usage: editor.py --posemap COMMAND --frontend FOLDER [--chromium COMMAND] [--picture FILE]

FOLDER is the wheel of comfyui-frontend-package, unzipped (requirements-editor.txt). The editor runs in a headless Chromium against the
stand-in server of comfy_server.py. It sends every field, and so must posemap: what a node takes by itself for one that is left out need
not be what its definition declares as the default. --picture keeps what the last workflow looks like.
"""
from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Page, async_playwright

from comfy_server import Server
from nodes import NODES, load_definitions
from server_validation import Options, installed

HERE = Path(__file__).resolve().parent
SCENE = HERE.parents[1] / "Examples/window/scene.json"
MODELS = HERE.parents[1] / "Sources/Export/Resources/comfyui/models"
FAMILIES = sorted(file.stem for file in MODELS.glob("*.json"))
# Additional requests of the editor to a server, and sufficient answers.
SETTINGS = {"Comfy.TutorialCompleted": True, "Comfy.Release.Version": "99"}
LISTS = ("/extensions", "/embeddings", "/experiment/models", "/models", "/userdata", "/jobs")
LOAD = "async (file) => { await window.app.loadGraphData(file); return (await window.app.graphToPrompt()).output }"


def command_line(documentation: str | None) -> argparse.Namespace:
    """Return the options of a program that opens the editor."""
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--frontend", type=Path, required=True)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--picture", type=Path)
    return parser.parse_args()


def files_of(frontend: Path) -> Any:
    """Serves the editor, and answers unknown requests like an empty server."""

    @web.middleware
    async def middleware(request: web.Request, handler: Any) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPNotFound:
            path = request.path.removeprefix("/api")
            file = frontend / ("index.html" if path == "/" else path.lstrip("/"))
            if file.is_file():
                return web.FileResponse(file)
            if path.startswith("/users"):
                return web.json_response({"storage": "server", "migrated": True})
            if path.startswith("/settings"):
                return web.json_response(SETTINGS)
            return web.json_response([] if path.startswith(LISTS) else {})

    return middleware


def write_workflows(posemap: str, folder: Path) -> None:
    for family in FAMILIES:
        for face in ("box", "detector", "posemap"):
            output = folder / f"{family}-{face}"
            command = [posemap, "comfyui", SCENE, "-q", "-o", output, "--profile", family, "--lora", "ink.safetensors", "--set", f"faceBy={face}"]
            subprocess.run(command, check=True)
    scene = pictured_scene(posemap, folder)
    for family in FAMILIES:
        command = [posemap, "comfyui", scene, "-q", "--profile", family, "-o", folder / f"{family}-pictured"]
        subprocess.run(command, check=True)
        if json.loads((MODELS / f"{family}.json").read_text()).get("regions"):
            subprocess.run(command[:-1] + [folder / f"{family}-one-pass", "--one-pass", "--stages", "face,hands"], check=True)
        subprocess.run(command[:-1] + [folder / f"{family}-asked", *asked(family, folder)], check=True)


def asked(family: str, folder: Path) -> list[str | Path]:
    """Return options for the stages and loaders that a family's workflows have only on request."""
    text = (MODELS / f"{family}.json").read_text()
    options: list[str | Path] = ["--stages", "face,hands", "--base-lora", "first.safetensors:0.8"]
    if "ownVAE" in text:
        options += ["--set", "vae=own.safetensors"]
    if "UNETLoader" in text:
        options += ["--set", "model=small-Q4_K_S.gguf", "--set", "clip=small-Q8_0.gguf"]
    if '"into"' in text:
        options += ["--into", folder / "pictures/female/shaded.png"]
    return options


def pictured_scene(posemap: str, folder: Path) -> Path:
    """Return the scene with a picture for each character, as edit models and IP-Adapters need."""
    subprocess.run([posemap, "render", SCENE, "-q", "-o", folder / "pictures", "--maps", "shaded"], check=True)
    scene = json.loads(SCENE.read_text())
    for character in scene["characters"]:
        character["reference"] = f"pictures/{character['id']}/shaded.png"
    (folder / "window.scene.json").write_text(json.dumps(scene))
    return folder / "window.scene.json"


def models_of(folder: Path) -> dict[str, list[str]]:
    """Return all files that the workflows name, as if they were installed: the editor marks missing ones."""
    models: dict[str, set[str]] = {}
    for file in folder.glob("*/*/workflow_api.json"):
        for node in json.loads(file.read_text()).values():
            for name, value in node["inputs"].items():
                if isinstance(value, str):
                    models.setdefault(f"{node['class_type']}.{name}", set()).add(value)
    return {name: sorted(values) for name, values in models.items()}


def faults(mine: dict[str, Any], editors: dict[str, Any]) -> list[str]:
    found = [f"{number}: only in one of both" for number in mine.keys() ^ editors.keys()]
    for number in mine.keys() & editors.keys():
        one, other = mine[number], editors[number]
        kind = one["class_type"]
        if kind != other["class_type"]:
            found.append(f"{number}: {kind} is a {other['class_type']}")
        for name in one["inputs"].keys() | other["inputs"].keys():
            value, editors_value = one["inputs"].get(name), other["inputs"].get(name)
            if value != editors_value:
                found.append(f"{number} ({kind}): {name} is {value!r}, in the editor {editors_value!r}")
    return found


async def check(page: Page, folder: Path) -> tuple[int, int]:
    failures = 0
    files = sorted(folder.glob("*/*/workflow.json"))
    for file in files:
        mine = json.loads((file.parent / "workflow_api.json").read_text())
        editors = await page.evaluate(LOAD, json.loads(file.read_text()))
        found = faults(mine, editors)
        failures += bool(found)
        name = "/".join(file.parts[-3:-1])
        print("FAIL" if found else "ok  ", name, f"{len(mine)} nodes", *found, sep="\n     " if found else " ")
    return len(files), failures


async def main() -> int:
    options = command_line(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_workflows(options.posemap, folder)
        known = load_definitions(NODES)
        definitions = installed(known, models_of(folder), set())
        for kind in ("output", "temp"):
            (folder / kind).mkdir()
        (folder / "input").symlink_to(folder / f"{FAMILIES[-1]}-pictured" / "input")
        server = Server(Options(definitions, folder))
        app = server.app()
        app.middlewares.append(files_of(options.frontend / "comfyui_frontend_package/static"))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
            page = await browser.new_page(viewport={"width": 2400, "height": 1100})
            await page.goto(f"http://127.0.0.1:{runner.addresses[0][1]}/")
            await page.wait_for_function("window.app && window.app.graph && window.app.extensionManager", timeout=60_000)
            # Node types are registered slightly later.
            await page.wait_for_function("!!window.LiteGraph?.registered_node_types.KSampler", timeout=60_000)
            count, failures = await check(page, folder)
            if options.picture:
                await asyncio.sleep(3)
                await page.screenshot(path=options.picture)
            await browser.close()
        await runner.cleanup()
    print(f"{count - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
