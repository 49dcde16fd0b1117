"""Run the node pack and the workflows of `posemap comfyui` in a real ComfyUI, on the CPU and without models.

usage: comfyui.py --comfyui FOLDER --posemap COMMAND [--python COMMAND]

FOLDER is a ComfyUI (with main.py), and --python the Python that has its requirements; FOLDER is left as it is, since models, inputs,
pictures and the pack lie in a temporary folder (--base-directory). Held: the server imports the pack; each node runs in it and gives
the pixels that the command writes; each family's graph of built-in nodes passes the server's validation, with empty files for models.
"""
from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Iterator

from PIL import Image, ImageChops

from report import Report

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "Integrations/comfyui"
FAMILIES = sorted((ROOT / "Sources/Export/Resources/comfyui/models").glob("*.json"))
SCENE: dict[str, Any] = {
    "canvas": [256, 384],
    "camera": {"frame": "all"},
    "prompt": "a forge, evening light",
    "characters": [
        {"id": "ana", "body": "female", "pose": "contrapposto", "prompt": "a knight"},
        {"id": "ben", "body": "male", "pose": "ben.clip.json", "position": [0.8, 0, 0], "prompt": "a smith"},
    ],
}
CLIP = {"frameRate": 8, "frames": [{"joints": {"leftUpperArm": {"abduction": angle}}} for angle in (10, 50, 90)]}
STILL = {"scene": "scene.json", "frame": -1, "width": 0, "height": 0, "profile": "scene"}
Prompt = dict[str, dict[str, Any]]


class ComfyUI:
    """A server with its own folders."""

    def __init__(self, folder: Path, python: str, base: Path, posemap: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.log = base / "server.log"
        self._process = subprocess.Popen(
            [python, "main.py", "--cpu", "--listen", "127.0.0.1", "--port", str(self.port), "--base-directory", str(base),
             "--disable-auto-launch", "--database-url", "sqlite:///:memory:"],
            cwd=folder, env={**os.environ, "POSEMAP": posemap, "PYTHONDONTWRITEBYTECODE": "1"}, start_new_session=True,
            stdout=self.log.open("w"), stderr=subprocess.STDOUT,
        )

    def ask(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
        except urllib.error.HTTPError as fault:
            text = fault.read()
        return json.loads(text) if text.strip() else None

    def wait(self, seconds: float = 300) -> None:
        """Return when the server responds; raise RuntimeError with the end of its log if it ends instead."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self.ask("/system_stats")
                return
            except OSError:
                time.sleep(0.5)
        raise RuntimeError(f"ComfyUI did not start:\n{self.log.read_text('utf-8', 'replace')[-4000:]}")

    def run(self, prompt: Prompt, seconds: float = 300) -> dict[str, Any]:
        """Execute a prompt; return its history entry, or the rejection."""
        answer = self.ask("/prompt", {"prompt": prompt})
        if "prompt_id" not in answer:
            return {"status": {"status_str": "refused"}, "answer": answer}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            history = self.ask(f"/history/{answer['prompt_id']}")
            if answer["prompt_id"] in history:
                return history[answer["prompt_id"]]  # type: ignore[no-any-return]
            time.sleep(0.2)
        return {"status": {"status_str": f"not done after {seconds} s"}}

    def end(self) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def prompts() -> Iterator[tuple[str, Prompt, dict[str, str]]]:
    """A name, a graph, and the command's file that each saved picture must equal."""
    maps = ["openpose", "depth", "normal", "canny"]
    for character in ("ana", "ben"):
        graph = {"1": node("PosemapMaps", **STILL, character=character)}
        for index, name in enumerate(maps):
            graph[name] = node("SaveImage", images=["1", index], filename_prefix=f"{character}-{name}")
        for index, name in ((4, "mask"), (5, "visible")):
            graph[f"{name}-image"] = node("MaskToImage", mask=["1", index])
            graph[name] = node("SaveImage", images=[f"{name}-image", 0], filename_prefix=f"{character}-{name}")
        yield f"PosemapMaps of {character}", graph, {name: f"{character}/{name}.png" for name in (*maps, "mask", "visible")}
    for name in ("shaded", "lineart", "parts"):
        graph = {"1": node("PosemapMap", **STILL, character="ana", map=name), name: node("SaveImage", images=["1", 0], filename_prefix=name)}
        yield f"PosemapMap, {name}", graph, {name: f"ana/{name}.png"}
    boxes = {
        "1": node("PosemapBoxes", **STILL, character="ana", part="face", grow=8),
        "2": node("MaskToImage", mask=["1", 0]), "3": node("SaveImage", images=["2", 0], filename_prefix="boxes"),
    }
    yield "PosemapBoxes", boxes, {}
    canvas = {"width": 0, "height": 0, "profile": "scene"}
    frames = {
        "1": node("PosemapFrames", scene="scene.json", character="ben", map="depth", first=0, last=2, fps=0.0, **canvas),
        "frames": node("SaveImage", images=["1", 0], filename_prefix="frames"),
    }
    yield "PosemapFrames", frames, {"frames": "clip/ben/depth/00000.png"}
    merge = {
        "1": node("PosemapMap", **STILL, character="ben", map="shaded"), "2": node("PosemapMap", **STILL, character="ana", map="shaded"),
        "3": node("PosemapMerge", scene="scene.json", base=["1", 0], base_character="ben", grow=0, feather=8, match=False, **canvas,
                  picture1=["2", 0], character1="ana"),
        "merged": node("SaveImage", images=["3", 0], filename_prefix="merged"),
    }  # fmt: skip
    yield "PosemapMerge", merge, {"merged": "merged.png"}


def hold_nodes(server: ComfyUI, base: Path, drawn: Path, report: Report) -> None:
    known = server.ask("/object_info")
    for name in ("PosemapMaps", "PosemapMap", "PosemapFrames", "PosemapBoxes", "PosemapFaceDetector", "PosemapMaskDetector", "PosemapMerge"):
        report.check(name in known, f"the server did not import {name}")
    for name, prompt, pictures in prompts():
        entry = server.run(prompt)
        if not report.check(entry["status"]["status_str"] == "success", f"{name}: {json.dumps(entry)[:600]}"):
            continue
        for key, file in pictures.items():
            made = Image.open(base / "output" / entry["outputs"][key]["images"][0]["filename"])
            wanted = Image.open(drawn / file).convert("RGB")
            report.check(not ImageChops.difference(made.convert("RGB"), wanted).getbbox(), f"{name}: {key} differs from {file}")
    wrong = server.run({"1": node("PosemapMap", **{**STILL, "scene": "gone.json"}, character="", map="depth"),
                        "2": node("PreviewImage", images=["1", 0])})
    report.check("gone.json" in json.dumps(wrong), f"a scene that is not there: {json.dumps(wrong)[:400]}")


def hold_workflows(server: ComfyUI, base: Path, drawn: Path, posemap: str, report: Report) -> None:
    """Validate each family's graph; execution then fails at the empty models, which is ignored."""
    known = server.ask("/object_info")
    for family in FAMILIES:
        text = family.read_text("utf-8")
        several = [[], ["--base-lora", "first.safetensors:0.8"]]
        several += [["--one-pass"]] * ('"regions": true' in text)
        several += [["--set", "vae=own.safetensors"]] * ('"ownVAE"' in text) + [["--into", str(drawn / "ana/shaded.png")]] * ('"into"' in text)
        for number, options in enumerate(several):
            output = base / "workflows" / f"{family.stem}-{number}"
            subprocess.run(
                [posemap, "comfyui", base / "input/scene.json", "-q", "-o", output, "--profile", family.stem, "--stages", "none", *options],
                check=True)
            shutil.copytree(output / "input", base / "input", dirs_exist_ok=True)
            for workflow in sorted(output.glob("**/workflow_api.json")):
                name = str(workflow.parent.relative_to(base / "workflows"))
                prompt = json.loads(workflow.read_text("utf-8"))
                if unknown := {node["class_type"] for node in prompt.values()} - known.keys():
                    print(f"{name}: not tried, since this ComfyUI has no {', '.join(sorted(unknown))}")
                    continue
                make_models(server, prompt, base / "models")
                answer = server.ask("/prompt", {"prompt": prompt})
                server.ask("/queue", {"clear": True})
                report.check("prompt_id" in answer and not answer["node_errors"], f"{name}: {json.dumps(answer)[:900]}")


#: The folder of each loader's input.
FOLDERS = {
    "ckpt_name": "checkpoints", "control_net_name": "controlnet", "lora_name": "loras", "unet_name": "diffusion_models",
    "clip_name": "text_encoders", "clip_name1": "text_encoders", "clip_name2": "text_encoders", "vae_name": "vae",
    "model_name": "upscale_models", "name": "model_patches",
}


def make_models(server: ComfyUI, prompt: Prompt, models: Path) -> None:
    """Create an empty file for each model that a graph names."""
    for one in prompt.values():
        for key, value in one["inputs"].items():
            if key in FOLDERS and isinstance(value, str) and value.endswith((".safetensors", ".pth", ".pt")):
                file = models / FOLDERS[key] / value
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comfyui", type=Path, required=True)
    parser.add_argument("--posemap", required=True)
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    posemap = os.path.realpath(options.posemap)
    report = Report()
    with tempfile.TemporaryDirectory(prefix="posemap-comfyui.") as name:
        base = Path(name)
        for part in ("input", "output", "custom_nodes", "models"):
            (base / part).mkdir()
        (base / "custom_nodes/posemap").symlink_to(PACK)
        (base / "input/scene.json").write_text(json.dumps(SCENE))
        (base / "input/ben.clip.json").write_text(json.dumps(CLIP))
        render = [posemap, "render", base / "input/scene.json", "-q", "-o"]
        subprocess.run([*render, base / "drawn", "--maps", "all"], check=True)
        shaded = [f"{id}={base}/drawn/{id}/shaded.png" for id in ("ben", "ana")]
        merge = [posemap, "merge", base / "input/scene.json", "-q", "-o", base / "drawn/merged.png", "--base", *shaded]
        subprocess.run(merge, check=True)
        subprocess.run([*render, base / "drawn/clip", "--maps", "depth,mask", "--frames", "0..2"], check=True)
        python = os.path.abspath(shutil.which(options.python) or options.python)
        server = ComfyUI(options.comfyui, python, base, posemap)
        try:
            server.wait()
            version = server.ask("/system_stats")["system"].get("comfyui_version", "?")
            hold_nodes(server, base, base / "drawn", report)
            hold_workflows(server, base, base / "drawn", posemap, report)
        finally:
            server.end()
    print(f"ComfyUI {version}: {report.passed} hold, {len(report.failures)} do not")
    return bool(report.failures)


if __name__ == "__main__":
    sys.exit(main())
