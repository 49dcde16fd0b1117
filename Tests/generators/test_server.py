"""Tests that the stand-in server (comfy_server.py) responds like ComfyUI, and rejects what ComfyUI rejects."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator

import aiohttp
import pytest
from PIL import Image

from nodes import Prompt, links_of
from samples import DEFINITIONS, Edit, good, node, put, take, with_edit

HERE = Path(__file__).parent
MODELS = {"ckpt_name": ["sd_xl_base_1.0.safetensors"], "control_net_name": ["promax.safetensors"]}


class Client:
    """The few requests that the tests need."""

    def __init__(self, port: int) -> None:
        self.port = port

    def request(self, path: str, data: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def get(self, path: str) -> Any:
        return json.loads(self.request(path)[1])

    def prompt(self, prompt: Any, **more: Any) -> tuple[int, Any]:
        status, body = self.request("/prompt", json.dumps({"prompt": prompt, **more}).encode())
        return status, json.loads(body)

    def upload(self, name: str, data: bytes, **fields: str) -> tuple[int, bytes]:
        lines = [
            f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
        ]
        head = (
            f'--b\r\nContent-Disposition: form-data; name="image"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
        )
        body = b"".join(lines) + head.encode() + data + b"\r\n--b--\r\n"
        return self.request("/upload/image", body, **{"Content-Type": "multipart/form-data; boundary=b"})

    async def run(self, prompt: Prompt, on_message: Callable[[dict[str, Any]], None] = lambda _: None) -> list[Any]:
        """Queue a prompt; return all messages until the end or until the websocket closes."""
        messages: list[Any] = []
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(f"http://127.0.0.1:{self.port}/ws?clientId=me") as socket:
                messages.append((await socket.receive_json())["type"])
                status, answer = await asyncio.to_thread(self.prompt, prompt, client_id="me")
                assert status == 200, answer
                async for message in socket:
                    if message.type != aiohttp.WSMsgType.TEXT:
                        messages.append("binary")
                        continue
                    messages.append(json.loads(message.data))
                    on_message(messages[-1])
                    if messages[-1]["type"] == "executing" and messages[-1]["data"]["node"] is None:
                        break
        return [*messages, answer["prompt_id"]]


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[Client]:
    (folder / "models.json").write_text(json.dumps(MODELS))
    command = [sys.executable, HERE / "comfy_server.py", "--port", "0", "--models", folder / "models.json", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        client = Client(int(process.stdout.readline()))
        assert client.upload("pose.png", png(40, 24))[0] == 200
        yield client
    finally:
        process.terminate()
        process.wait()


def png(width: int, height: int, value: int = 0) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (value, value, value)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with started(tmp_path_factory.mktemp("server")) as client:
        yield client


# Fault → the blamed node, the type of the error, a part of its details.
SERVER_FAULTS: dict[str, tuple[Edit, str, str, str]] = {
    "required input missing": (take("9", "denoise"), "9", "required_input_missing", "denoise"),
    "half a link": (put("9", "model", ["1"]), "9", "bad_linked_input", "model"),
    "wrong type": (
        put("9", "model", ["1", 1]),
        "9",
        "return_type_mismatch",
        "model, received_type(CLIP) mismatch input_type(MODEL)",
    ),
    "not a number": (put("9", "steps", "many"), "9", "invalid_input_type", "steps, many, invalid literal"),
    "too small": (put("9", "steps", 0), "9", "value_smaller_than_min", "steps"),
    "too big": (put("9", "cfg", 101), "9", "value_bigger_than_max", "cfg"),
    "no such choice": (
        put("6", "type", "segmentation"),
        "6",
        "value_not_in_list",
        "type: 'segmentation' not in ['auto'",
    ),
    "no such model": (
        put("1", "ckpt_name", "other.safetensors"),
        "1",
        "value_not_in_list",
        "ckpt_name: 'other.safetensors' not in ['sd_xl_base_1.0.safetensors']",
    ),
    "long list": (
        put("9", "sampler_name", "best"),
        "9",
        "value_not_in_list",
        "sampler_name: 'best' not in (list of length ",
    ),
    "not uploaded": (put("4", "image", "x.png"), "4", "custom_validation_failed", "image - Invalid image file: x.png"),
    "upload outside": (put("4", "image", "../../x.png"), "4", "custom_validation_failed", "image - Invalid image file"),
    "no such node": (put("9", "model", ["99", 0]), "9", "exception_during_inner_validation", "'99'"),
    "no such output": (put("11", "images", ["10", 1]), "11", "exception_during_validation", "index out of range"),
}


@pytest.mark.parametrize("fault", SERVER_FAULTS)
def test_server_refuses(server: Client, fault: str) -> None:
    edit, node_id, kind, details = SERVER_FAULTS[fault]
    prompt = with_edit(good(), edit)
    status, answer = server.prompt(prompt)
    assert status == 400
    assert answer["error"]["type"] == "prompt_outputs_failed_validation"
    assert set(answer["error"]) == {"type", "message", "details", "extra_info"}
    assert list(answer["node_errors"]) == [node_id]
    blamed = answer["node_errors"][node_id]
    assert blamed["class_type"] == prompt[node_id]["class_type"]
    assert blamed["dependent_outputs"] == ["11"]
    assert [error["type"] for error in blamed["errors"]] == [kind]
    assert details in blamed["errors"][0]["details"]


def test_server_refuses_cycle(server: Client) -> None:
    prompt = good()
    prompt["8"] = node("VAEEncode", pixels=["10", 0], vae=["1", 2])
    status, answer = server.prompt(prompt)
    assert status == 400
    assert set(answer["node_errors"]) == {"8", "9", "10"}
    details = answer["node_errors"]["9"]["errors"][0]["details"]
    assert details == "10 (VAEDecode) -> 9 (KSampler) -> 8 (VAEEncode) -> 10 (VAEDecode)"


def test_server_refuses_prompt_as_a_whole(server: Client) -> None:
    cases = [
        (with_edit(good(), lambda p: p.pop("11")), "prompt_no_outputs"),
        (with_edit(good(), lambda p: p.update({"12": node("Nope")})), "missing_node_type"),
        (with_edit(good(), lambda p: p["2"].pop("class_type")), "missing_node_type"),
    ]
    for prompt, kind in cases:
        status, answer = server.prompt(prompt)
        assert (status, answer["error"]["type"], answer["node_errors"]) == (400, kind, {})
    status, body = server.request("/prompt", b"{}")
    assert (status, json.loads(body)["error"]["type"]) == (400, "no_prompt")


def test_server_runs_good_outputs_and_tells_of_bad_ones(server: Client) -> None:
    prompt = good()
    prompt["12"] = node("SaveImage", images=["10", 0])
    status, answer = server.prompt(prompt)
    assert status == 200
    assert list(answer["node_errors"]) == ["12"]


def test_server_makes_images(server: Client) -> None:
    messages = asyncio.run(server.run(good()))
    assert messages[0] == "status"
    assert "binary" in messages  # a preview
    told = [m for m in messages if isinstance(m, dict)]
    kinds = [m["type"] for m in told]
    assert kinds.index("execution_start") < kinds.index("execution_cached") < kinds.index("executing")
    nodes = [m["data"]["node"] for m in told if m["type"] == "executing"]
    assert sorted(nodes[:-1], key=int) == list(good()) and nodes[-1] is None
    for node_id, one in good().items():
        for _, source, _ in links_of(one):
            assert nodes.index(source) < nodes.index(node_id)
    progress = [(m["data"]["value"], m["data"]["max"]) for m in told if m["type"] == "progress"]
    assert progress == [(1, 3), (2, 3), (3, 3)]
    images = next(m["data"]["output"]["images"] for m in told if m["type"] == "executed")
    assert len(images) == 2 and all(i["subfolder"] == "set" and i["type"] == "output" for i in images)
    history = server.get(f"/history/{messages[-1]}")[messages[-1]]
    assert history["outputs"]["11"]["images"] == images
    assert history["status"]["status_str"] == "success" and history["status"]["completed"]
    status, data = server.request(f"/view?filename={images[0]['filename']}&subfolder=set&type=output")
    assert status == 200
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", (128, 192))
    assert server.get("/queue") == {"queue_running": [], "queue_pending": []}


def test_size_follows_the_graph(server: Client) -> None:
    prompt = {
        "1": node("LoadImage", image="pose.png"),
        "2": node("ImageScaleBy", image=["1", 0], upscale_method="area", scale_by=1.5),
        "3": node("PreviewImage", images=["2", 0]),
        "4": node("ImageScale", image=["1", 0], upscale_method="area", width=80, height=0, crop="disabled"),
        "5": node("PreviewImage", images=["4", 0]),
        "6": node("ImpactSwitch", select=2, sel_mode=False, input1=["1", 0], input2=["2", 0]),
        "7": node("PreviewImage", images=["6", 0]),
        "8": node("ImageScale", image=["1", 0], upscale_method="area", width=0, height=48, crop="disabled"),
        "9": node("PreviewImage", images=["8", 0]),
    }
    prompt_id = server_end(server, prompt)
    outputs = server.get(f"/history/{prompt_id}")[prompt_id]["outputs"]
    sizes = {}
    for node_id, output in outputs.items():
        image = output["images"][0]
        data = server.request(f"/view?filename={image['filename']}&type={image['type']}")[1]
        sizes[node_id] = Image.open(io.BytesIO(data)).size
    assert sizes == {"3": (60, 36), "5": (80, 48), "7": (60, 36), "9": (80, 48)}


def server_end(server: Client, prompt: Prompt) -> str:
    return asyncio.run(server.run(prompt))[-1]


def test_upload(server: Client) -> None:
    data, other = png(8, 8), png(8, 8, 255)
    assert json.loads(server.upload("u.png", data)[1]) == {"name": "u.png", "subfolder": "", "type": "input"}
    assert json.loads(server.upload("u.png", data)[1])["name"] == "u.png"
    assert json.loads(server.upload("u.png", other)[1])["name"] == "u (1).png"
    assert json.loads(server.upload("u.png", other, overwrite="true")[1])["name"] == "u.png"
    assert server.request("/view?filename=u.png&type=input")[1] == other
    assert json.loads(server.upload("u.png", data, subfolder="deep/er")[1])["subfolder"] == "deep/er"
    prompt = {"1": node("LoadImage", image="deep/er/u.png"), "2": node("PreviewImage", images=["1", 0])}
    assert server.prompt(prompt)[0] == 200
    assert "u.png" in server.get("/object_info/LoadImage")["LoadImage"]["input"]["required"]["image"][0]
    assert server.upload("../u.png", data)[0] == 400
    assert server.upload("u.png", data, subfolder="../..")[0] == 400
    assert server.upload("u.png", data, subfolder="/etc")[0] == 400
    assert server.upload("u.png", data, type="models")[0] == 400


def test_view_stays_inside(server: Client) -> None:
    assert server.request("/view?filename=../models.json")[0] == 400
    assert server.request("/view?filename=a.png&subfolder=../..")[0] == 403
    assert server.request("/view?filename=absent.png")[0] == 404


def test_object_info_and_stats(server: Client) -> None:
    info = server.get("/object_info")
    assert info.keys() == DEFINITIONS.keys()
    assert info["CheckpointLoaderSimple"]["input"]["required"]["ckpt_name"][0] == MODELS["ckpt_name"]
    assert server.get("/object_info/Nope") == {}
    assert server.get("/api/system_stats")["system"]["comfyui_version"]


def test_missing_nodes(tmp_path: Path) -> None:
    with started(tmp_path, "--without", "SetUnionControlNetType,FaceDetailer") as client:
        assert "FaceDetailer" not in client.get("/object_info")
        status, answer = client.prompt(good())
    assert status == 400
    assert answer["error"]["type"] == "missing_node_type"
    assert answer["error"]["extra_info"]["class_type"] == "SetUnionControlNetType"
    assert answer["error"]["extra_info"]["node_id"] == "6"


def test_failing_node(tmp_path: Path) -> None:
    with started(tmp_path, "--fail-node", "9") as client:
        messages = asyncio.run(client.run(good()))
        error = next(m["data"] for m in messages if isinstance(m, dict) and m["type"] == "execution_error")
        status = client.get(f"/history/{messages[-1]}")[messages[-1]]["status"]
    assert (error["node_id"], error["node_type"]) == ("9", "KSampler")
    assert error["exception_message"] and "8" in error["executed"] and "10" not in error["executed"]
    assert (status["status_str"], status["completed"]) == ("error", False)
    assert "execution_error" in [kind for kind, _ in status["messages"]]


def test_closed_websocket_does_not_end_the_prompt(tmp_path: Path) -> None:
    with started(tmp_path, "--drop-websocket", "--delay", "0.02") as client:
        messages = asyncio.run(client.run(good()))
        kinds = [m["type"] for m in messages if isinstance(m, dict)]
        assert "executing" in kinds and "execution_success" not in kinds
        for _ in range(100):
            history = client.get(f"/history/{messages[-1]}")
            if history:
                break
            time.sleep(0.02)
    assert history[messages[-1]]["outputs"]["11"]["images"]


def test_interrupt(tmp_path: Path) -> None:
    with started(tmp_path, "--delay", "0.3") as client:

        def stop(message: dict[str, Any]) -> None:
            if message["type"] == "executing" and message["data"]["node"] is not None:
                queue = client.get("/queue")
                assert len(queue["queue_running"]) == 1
                client.request("/interrupt", b"{}")

        messages = asyncio.run(client.run(good(), stop))
    kinds = [m["type"] for m in messages if isinstance(m, dict)]
    assert "execution_interrupted" in kinds and "executed" not in kinds
