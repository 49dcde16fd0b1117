"""From the page to a ComfyUI server: workflows queued, progress reported, pictures shown as they arrive."""
from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import OpenPage, Start
from page import StudioPage
from studio import ROOT, Studio
from test_figures import TWO

SCENE = TWO["scene.json"].replace('"canvas": [640, 640],', '"canvas": [512, 768],\n  "profile": "sd15",\n  "prompt": "two people in a bare room",')


def models_of(studio: Studio, folder: Path) -> dict[str, list[str]]:
    """Return all files that the scene's workflows name, as if the server had them."""
    subprocess.run([studio.posemap, "comfyui", studio.scene, "-q", "-o", folder], check=True, env=studio.environment)
    models: dict[str, set[str]] = {}
    for file in folder.glob("*/workflow_api.json"):
        for node in json.loads(file.read_text()).values():
            for name, value in node["inputs"].items():
                if isinstance(value, str):
                    models.setdefault(f"{node['class_type']}.{name}", set()).add(value)
    return {name: sorted(values) for name, values in models.items()}


class Comfy:
    """The stand-in server of Tests/generators."""

    def __init__(self, folder: Path, models: dict[str, list[str]], *options: str) -> None:
        folder.mkdir()
        (folder / "models.json").write_text(json.dumps(models))
        command = [sys.executable, str(ROOT / "Tests/generators/comfy_server.py"), "--port", "0", "--models", str(folder / "models.json"), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.address = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def comfies() -> Iterator[list[Comfy]]:
    """Start servers that end with the test."""
    servers: list[Comfy] = []
    yield servers
    for server in servers:
        server.close()


def send(page: StudioPage, address: str) -> None:
    page.page.keyboard.press("Control+e")
    dialog = page.page.get_by_role("dialog")
    page.press("Send to ComfyUI", dialog)
    dialog.get_by_label("Address of ComfyUI").fill(address)
    page.press("Send", dialog)


@pytest.mark.long
def test_pictures_come_back_from_comfyui(start: Start, open_page: OpenPage, tmp_path: Path, comfies: list[Comfy]) -> None:
    studio = start({"scene.json": SCENE})
    comfy = Comfy(tmp_path / "comfy", models_of(studio, tmp_path / "workflows"), "--delay", "0.05")
    comfies.append(comfy)
    page = open_page(studio)
    page.view.focus()
    send(page, comfy.address)
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_text("Done").first.wait_for(timeout=120_000)
    pictures = dialog.locator(".job-pictures img")
    assert pictures.count() >= 2, "one of each figure at least"
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0
    assert list((studio.scene.parent / "out").rglob("*.png")), "the pictures are files of the artist's"


@pytest.mark.long
def test_a_server_that_is_not_there_is_told(start: Start, open_page: OpenPage) -> None:
    page = open_page(start({"scene.json": SCENE}))
    page.view.focus()
    send(page, "http://127.0.0.1:9")
    dialog = page.page.get_by_role("dialog")
    dialog.get_by_text("Failed").first.wait_for(timeout=60_000)
    assert "127.0.0.1:9" in dialog.locator(".job").inner_text()


@pytest.mark.long
def test_a_job_is_stopped(start: Start, open_page: OpenPage, tmp_path: Path, comfies: list[Comfy]) -> None:
    studio = start({"scene.json": SCENE})
    comfy = Comfy(tmp_path / "comfy", models_of(studio, tmp_path / "workflows"), "--delay", "2")
    comfies.append(comfy)
    page = open_page(studio)
    page.view.focus()
    send(page, comfy.address)
    dialog = page.page.get_by_role("dialog")
    running = dialog.locator('.job[data-state="running"]')
    running.wait_for()
    # After closing the dialog, or reloading the page, the job is found again.
    page.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.reload()
    page.view.focus()
    page.page.keyboard.press("Control+e")
    running.wait_for()
    page.press("Stop", dialog)
    dialog.locator('.job:not([data-state="running"])').wait_for(timeout=15_000)
