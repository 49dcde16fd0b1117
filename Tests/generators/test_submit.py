"""`posemap comfyui --submit` against the stand-in server: what arrives, what comes back, what is said when something is wrong.

    POSEMAP=… pytest test_submit.py
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Iterator

import pytest
from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
POSEMAP = os.environ.get("POSEMAP", str(ROOT / ".build/release/posemap"))
SCENE = ROOT / "Examples/window/scene.json"

MODELS = {
    "ckpt_name": ["sd_xl_base_1.0.safetensors", "juggernaut.safetensors"],
    "control_net_name": ["diffusion_pytorch_model_promax.safetensors"],
    "UpscaleModelLoader.model_name": ["4x-UltraSharp.pth"],
    "UltralyticsDetectorProvider.model_name": ["bbox/face_yolov8m.pt"],
    "lora_name": ["ink.safetensors"],
}


@contextlib.contextmanager
def server(folder: Path, *options: str, models: dict[str, list[str]] = MODELS) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    models_file = folder / "models.json"
    models_file.write_text(json.dumps(models))
    command = [sys.executable, HERE / "comfy_server.py", "--port", "0", "--models", models_file, "--folder", folder, *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    (folder / "pid").write_text(str(process.pid))
    try:
        scheme = "https" if "--certificate" in options else "http"
        yield f"{scheme}://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(10)


def submit(url: str, output: Path, *options: str, scene: Path = SCENE) -> subprocess.CompletedProcess[str]:
    command = [POSEMAP, "comfyui", str(scene), "-o", str(output), "--submit", url, *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        picture.load()
        return picture.size


def test_everyone_is_queued_and_the_pictures_come_back(tmp_path: Path) -> None:
    with server(tmp_path / "server") as url:
        done = submit(url, tmp_path / "out", "--lora", "ink.safetensors:0.7")
    assert done.returncode == 0, done.stderr
    for character in ("female", "male"):
        made = tmp_path / "out" / character / "generated"
        names = {path.stem for path in made.iterdir()}
        assert {"base", "daemon", "sigmas", "lying", "upscale", "style"} <= names
        assert size(made / "base.png") == (832, 1216)
        assert size(made / "upscale.png") == (1248, 1824)
        # The server received what was rendered.
        for name in ("openpose", "depth", "canny", "face"):
            drawn = (tmp_path / "out/input" / f"posemap-window-{character}-{name}.png").read_bytes()
            file = f"posemap-window-{character}-{name}-{hashlib.sha256(drawn).hexdigest()[:12]}.png"
            assert (tmp_path / "server/input" / file).read_bytes() == drawn


def test_what_waits_in_the_queue_keeps_the_maps_it_was_queued_with(tmp_path: Path) -> None:
    with server(tmp_path / "server") as url:
        for size_option in ("832x1216", "416x608"):
            done = submit(url, tmp_path / "out", "--stages", "none", "--size", size_option)
            assert done.returncode == 0, done.stderr
    stored = (tmp_path / "server/input").glob("posemap-window-male-depth-*.png")
    assert sorted(size(path) for path in stored) == [(416, 608), (832, 1216)]


def test_what_is_not_installed_is_named_before_anything_is_sent(tmp_path: Path) -> None:
    models = {**MODELS, "ckpt_name": ["sd_xl_base_1.0_fixed.safetensors"], "control_net_name": []}
    with server(tmp_path / "server", "--without", "LyingSigmaSampler,DetailDaemonSamplerNode", models=models) as url:
        done = submit(url, tmp_path / "out")
    assert done.returncode == 69
    assert "the node LyingSigmaSampler is not installed; it is in the node pack ComfyUI-Detail-Daemon" in done.stderr
    assert "the node DetailDaemonSamplerNode is not installed" in done.stderr
    assert 'no "sd_xl_base_1.0.safetensors" for "ckpt_name" of CheckpointLoaderSimple; did you mean "sd_xl_base_1.0_fixed' in done.stderr
    assert 'no "diffusion_pytorch_model_promax.safetensors" for "control_net_name" of ControlNetLoader; it has none' in done.stderr
    assert "(--set checkpoint=…)" in done.stderr and "(--set controlnet=…)" in done.stderr
    assert done.stderr.count("LyingSigmaSampler") == 1, "said once, not for every character"
    assert not list((tmp_path / "server/input").iterdir())


def test_what_is_not_needed_need_not_be_installed(tmp_path: Path) -> None:
    with server(tmp_path / "server", "--without", "LyingSigmaSampler,DetailDaemonSamplerNode,DetailerForEach") as url:
        done = submit(url, tmp_path / "out", "--stages", "upscale", "--only", "male")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "out/female").exists()


def test_a_node_that_fails_is_named_with_its_reason(tmp_path: Path) -> None:
    with server(tmp_path / "server") as url:
        assert submit(url, tmp_path / "out", "--stages", "none", "--only", "male").returncode == 0
    workflow: dict[str, Any] = json.loads((tmp_path / "out/male/workflow_api.json").read_text())
    sampler = next(number for number, node in workflow.items() if node["class_type"] == "KSampler")
    with server(tmp_path / "server2", "--fail-node", sampler) as url:
        done = submit(url, tmp_path / "failed", "--stages", "none", "--only", "male")
    assert done.returncode == 69
    assert re.search(rf'the workflow of "male" failed: KSampler {sampler} \(First pass\): \S', done.stderr), done.stderr
    assert not list((tmp_path / "failed/male").glob("generated/*.png"))
    assert "note: no picture: male\n" in done.stderr and "fetched" not in done.stderr and "own copies" not in done.stderr, done.stderr


def number_of(output: Path, character: str, title: str) -> str:
    workflow: dict[str, Any] = json.loads((output / character / "workflow_api.json").read_text())
    return next(number for number, node in workflow.items() if node["_meta"]["title"] == title)


def test_what_was_made_before_a_failure_is_fetched_and_the_others_go_on(tmp_path: Path) -> None:
    options = ("--stages", "variants,upscale")
    subprocess.run([POSEMAP, "comfyui", SCENE, "-q", "-o", tmp_path / "out", *options], check=True)
    upscale = number_of(tmp_path / "out", "female", "Upscale pass")
    with server(tmp_path / "server", "--fail-node", upscale) as url:
        done = submit(url, tmp_path / "out", *options)
    assert done.returncode == 69
    for character in ("female", "male"):
        assert f'the workflow of "{character}" failed: KSampler {upscale} (Upscale pass)' in done.stderr
        made = {path.name for path in (tmp_path / "out" / character / "generated").glob("*.png")}
        assert made == {"base.png", "daemon.png", "sigmas.png", "lying.png"}
    assert "are in its output folder, in posemap/window/female, posemap/window/male" in done.stderr


def test_pictures_of_an_earlier_run_are_not_among_those_of_this_one(tmp_path: Path) -> None:
    made = tmp_path / "out/male/generated"

    def names(folder: Path) -> set[str]:
        return {path.name for path in folder.glob("*.png")}

    with server(tmp_path / "server") as url:
        first = submit(url, tmp_path / "out", "--stages", "variants", "--only", "male")
        assert first.returncode == 0, first.stderr
        # The color of the stand-in's pictures depends on the node: these are equal again.
        again = submit(url, tmp_path / "out", "--stages", "variants,upscale", "--only", "male")
        assert again.returncode == 0 and names(made) == names(made) | {"base.png", "daemon.png", "upscale.png"}
        assert not (made / "earlier").exists()
        old = (made / "base.png").read_bytes()
        (made / "painted.png").write_bytes(b"mine")
        other = submit(url, tmp_path / "out", "--stages", "none", "--only", "male", "--size", "416x608")
        assert other.returncode == 0, other.stderr
    assert names(made) == {"base.png", "painted.png"} and (made / "base.png").read_bytes() != old
    assert names(made / "earlier/1") == {"base.png", "daemon.png", "sigmas.png", "lying.png", "upscale.png"}
    assert (made / "painted.png").read_bytes() == b"mine"
    assert (made / "earlier/1/base.png").read_bytes() == old
    assert "male/generated/earlier/1" in other.stdout


def test_progress_counts_every_node_to_the_last(tmp_path: Path) -> None:
    """The server's messages are lost until someone listens: the socket is open before anything is queued."""
    with server(tmp_path / "server") as url:
        done = submit(url, tmp_path / "out", "--stages", "variants", "--progress")
    assert done.returncode == 0, done.stderr
    said = [re.fullmatch(r"progress ([0-9.]+) (\w+): (\d+) of (\d+) nodes.*", line) for line in done.stdout.splitlines()]
    lines = [found.groups() for found in said if found]
    for character in ("female", "male"):
        begun = [int(line[2]) for line in lines if line[1] == character]
        nodes = len(json.loads((tmp_path / "out" / character / "workflow_api.json").read_text()))
        assert begun[-1] == nodes and sorted(begun) == begun, (character, nodes, begun[-1])
    shares = [float(line[0]) for line in lines]
    assert shares == sorted(shares) and shares[-1] > 0.95


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_says_where_the_pictures_will_be(tmp_path: Path, number: signal.Signals) -> None:
    with server(tmp_path / "server", "--delay", "0.5") as url:
        command = [POSEMAP, "comfyui", str(SCENE), "-o", str(tmp_path / "out"), "--submit", url, "--stages", "none"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            for _ in range(200):
                time.sleep(0.05)
                if json.loads(urllib.request.urlopen(f"{url}/queue").read())["queue_running"]:
                    break
            process.send_signal(number)
            said = process.stderr.read() if process.stderr else ""
        assert process.returncode == 130
        assert "continue on the server until you cancel them there" in said and "posemap/window/male" in said


def fetch(output: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [POSEMAP, "comfyui", "--fetch", "-o", str(output), *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_what_an_interrupted_run_has_not_fetched_is_fetched_later(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with server(tmp_path / "server", "--delay", "0.2") as url:
        command = [POSEMAP, "comfyui", str(SCENE), "-o", str(out), "--submit", url, "--stages", "none"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            while not (out / "queue.json").exists() or len(json.loads((out / "queue.json").read_text())["waiting"]) < 2:
                time.sleep(0.01)
                assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            said = process.stderr.read() if process.stderr else ""
        assert process.returncode == 130
        assert f"not fetched: female, male; fetch later: posemap comfyui --fetch -o {out}" in said
        assert not list(out.glob("*/generated"))
        done = fetch(out)
        assert done.returncode == 0, done.stderr
        for character in ("female", "male"):
            assert size(out / character / "generated/base.png") == (832, 1216)
        assert not (out / "queue.json").exists()
        assert fetch(out).returncode == 66


def test_a_server_that_stays_away_keeps_what_it_has_for_later(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with server(tmp_path / "server", "--delay", "0.5") as url:
        command = [POSEMAP, "comfyui", str(SCENE), "-o", str(out), "--submit", url, "--stages", "none", "--patience", "1"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
            while not (out / "female/generated/base.png").exists():
                time.sleep(0.01)
                assert process.poll() is None
            subprocess.run(["sh", "-c", f"kill $(cat {tmp_path}/server/pid)"], check=True)
            said = process.stderr.read() if process.stderr else ""
    assert process.returncode == 69
    assert "note: fetched: female\n" in said and "nothing is listening there" in said
    assert f"note: not fetched: male; fetch later: posemap comfyui --fetch -o {out}" in said
    assert [one["character"] for one in json.loads((out / "queue.json").read_text())["waiting"]] == ["male"]


def test_a_lost_websocket_costs_the_progress_and_nothing_else(tmp_path: Path) -> None:
    with server(tmp_path / "server", "--drop-websocket", "--delay", "0.02") as url:
        done = submit(url, tmp_path / "out", "--stages", "none")
    assert done.returncode == 0, done.stderr
    assert size(tmp_path / "out/female/generated/base.png") == (832, 1216)


@pytest.mark.parametrize(
    "url, code, sentence",
    [
        ("http://127.0.0.1:1", 69, "nothing is listening there"),
        ("https://127.0.0.1:1", 69, "nothing is listening there"),
        ("ftp://127.0.0.1", 64, "must begin with http:// or https://"),
        ("http://127.0.0.1:99999", 64, "is not a server's address"),
    ],
)
def test_a_server_that_is_none(tmp_path: Path, url: str, code: int, sentence: str) -> None:
    done = submit(url, tmp_path / "out", "--stages", "none")
    assert (done.returncode, sentence in done.stderr) == (code, True), done.stderr


def test_nothing_is_contacted_unless_told(tmp_path: Path) -> None:
    command = ["strace", "-f", "-e", "trace=connect", POSEMAP, "comfyui", str(SCENE), "-o", str(tmp_path / "out")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    except FileNotFoundError:
        pytest.skip("strace is not here")
    assert done.returncode == 0
    assert not re.search(r"connect\(.*AF_INET", done.stderr)


def test_another_family_is_another_file(tmp_path: Path) -> None:
    """A family that is not built in, described in a file, from its checkpoint to its own stage."""
    text = (ROOT / "Sources/Export/Resources/comfyui/models/sdxl-xinsir.json").read_text()
    family = tmp_path / "mine.json"
    family.write_text(text.replace("sd_xl_base_1.0.safetensors", "juggernaut.safetensors"))
    with server(tmp_path / "server") as url:
        done = submit(url, tmp_path / "out", "--stages", "none", "--model", str(family))
    assert done.returncode == 0, done.stderr
    workflow = json.loads((tmp_path / "out/male/workflow_api.json").read_text())
    assert workflow["1"]["inputs"]["ckpt_name"] == "juggernaut.safetensors"


def test_a_picture_of_a_character_is_uploaded_with_its_own_kind(tmp_path: Path) -> None:
    """An edit model's workflow loads the character's picture beside the map; one pass loads a mask for each
    character."""
    Image.new("RGB", (64, 96), (200, 60, 40)).save(tmp_path / "ana.jpg")
    scene = json.loads(SCENE.read_text())
    scene["characters"][0]["reference"] = str(tmp_path / "ana.jpg")
    (tmp_path / "window.scene.json").write_text(json.dumps(scene))
    models = MODELS | {
        "unet_name": ["qwen_image_edit_2511_fp8mixed.safetensors"],
        "clip_name": ["qwen_2.5_vl_7b_fp8_scaled.safetensors"],
        "vae_name": ["qwen_image_vae.safetensors"],
    }
    with server(tmp_path / "server", models=models) as url:
        own = tmp_path / "window.scene.json"
        done = submit(url, tmp_path / "out", "--profile", "qwen-edit", "--stages", "none", scene=own)
        assert done.returncode == 0, done.stderr
        [stored] = (tmp_path / "server/input").glob("*-female-reference-*.jpg")
        assert stored.read_bytes() == (tmp_path / "ana.jpg").read_bytes()
        assert not list((tmp_path / "server/input").glob("*-male-reference-*"))
        for character in ("female", "male"):
            assert size(tmp_path / "out" / character / "generated/base.png") == (832, 1216)


def test_one_pass_is_one_workflow_with_a_mask_for_each(tmp_path: Path) -> None:
    with server(tmp_path / "server") as url:
        done = submit(url, tmp_path / "out", "--one-pass", "--stages", "none")
        assert done.returncode == 0, done.stderr
        assert size(tmp_path / "out/all/generated/base.png") == (832, 1216)
        masks = sorted(path.name for path in (tmp_path / "server/input").glob("*-region-*"))
        assert [re.sub(r"-[0-9a-f]{12}\.png$", "", name) for name in masks] == [
            "posemap-window-all-region-female",
            "posemap-window-all-region-male",
        ]
