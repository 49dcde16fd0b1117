"""The reader (lint.py) and the stand-in server (comfy_server.py) refuse what they should.

    python -m pytest Tests/generators/test_reference.py

Each bad workflow is the good one with one fault.
"""

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

import lint

HERE = Path(__file__).parent
DEFINITIONS = lint.load_definitions()
Edit = Callable[[dict[str, Any]], Any]


# MARK: workflows


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


def good() -> lint.Prompt:
    """SDXL, one map."""
    return {
        "1": node("CheckpointLoaderSimple", ckpt_name="sd_xl_base_1.0.safetensors"),
        "2": node("CLIPTextEncode", text="a knight", clip=["1", 1]),
        "3": node("CLIPTextEncode", text="", clip=["1", 1]),
        "4": node("LoadImage", image="pose.png"),
        "5": node("ControlNetLoader", control_net_name="promax.safetensors"),
        "6": node("SetUnionControlNetType", control_net=["5", 0], type="openpose"),
        "7": node(
            "ControlNetApplyAdvanced",
            positive=["2", 0],
            negative=["3", 0],
            control_net=["6", 0],
            image=["4", 0],
            strength=0.8,
            start_percent=0.0,
            end_percent=1,
        ),
        "8": node("EmptyLatentImage", width=128, height=192, batch_size=2),
        "9": node(
            "KSampler",
            model=["1", 0],
            seed=18446744073709551615,
            steps=3,
            cfg=7.0,
            sampler_name="euler",
            scheduler="normal",
            positive=["7", 0],
            negative=["7", 1],
            latent_image=["8", 0],
            denoise=1.0,
        ),
        "10": node("VAEDecode", samples=["9", 0], vae=["1", 2]),
        "11": node("SaveImage", images=["10", 0], filename_prefix="set/knight"),
    }


def dynamic() -> lint.Prompt:
    """Inputs that come with values: autogrow, a dynamic combo, a switch."""
    return {
        "1": node("LoadImage", image="a.png"),
        "2": node("LoadImage", image="b.png"),
        "3": node(
            "BatchImagesNode", **{"images.image0": ["1", 0], "images.image1": ["2", 0], "images.image2": ["1", 0]}
        ),
        "4": node("ImpactSwitch", select=2, sel_mode=False, input1=["1", 0], input2=["3", 0]),
        "5": node("CreateVideo", images=["4", 0], fps=16.0, bit_depth=8),
        "6": node(
            "SaveVideo",
            video=["5", 0],
            filename_prefix="video/a",
            format="auto",
            codec="auto",
            **{"format.codec": "auto"},
        ),
    }


def put(node_id: str, name: str, value: Any) -> Edit:
    return lambda prompt: prompt[node_id]["inputs"].__setitem__(name, value)


def take(node_id: str, name: str) -> Edit:
    return lambda prompt: prompt[node_id]["inputs"].pop(name)


def with_edit(prompt: dict[str, Any], edit: Edit) -> dict[str, Any]:
    edit(prompt)
    return prompt


def to_editor(prompt: lint.Prompt) -> dict[str, Any]:
    """The editor's form of an API workflow, as the official templates have it."""
    nodes: dict[int, dict[str, Any]] = {}
    links: list[list[Any]] = []
    for order, (node_id, one) in enumerate(prompt.items()):
        definition = DEFINITIONS[one["class_type"]]
        values: list[Any] = []
        inputs: list[dict[str, Any]] = []
        for name, declared in lint.node_inputs(definition, one["inputs"]).items():
            value = one["inputs"].get(name)
            if declared.is_widget:
                values.append(lint.default_of(declared) if value is None or lint.is_link(value) else value)
                values += ["fixed"] if declared.has_control else []
            elif value is None:
                continue
            socket = {"name": name, "type": declared.type, "link": None}
            inputs.append(socket | ({"widget": {"name": name}} if declared.is_widget else {}))
        if one["class_type"].startswith("LoadImage"):
            values.append("image")
        outputs = [
            {"name": name, "type": kind, "slot_index": slot, "links": []}
            for slot, (name, kind) in enumerate(zip(definition["output_name"], definition["output"]))
        ]
        nodes[int(node_id)] = {
            "id": int(node_id),
            "type": one["class_type"],
            "pos": [0, 0],
            "size": [300, 100],
            "flags": {},
            "order": order,
            "mode": 0,
            "inputs": inputs,
            "outputs": outputs,
            "properties": {"Node name for S&R": one["class_type"]},
            "widgets_values": values,
        }
    for node_id, one in prompt.items():
        for name, source, slot in lint.links_of(one):
            target_slot = [i["name"] for i in nodes[int(node_id)]["inputs"]].index(name)
            output = nodes[int(source)]["outputs"][slot]
            links.append([len(links) + 1, int(source), slot, int(node_id), target_slot, output["type"]])
            output["links"].append(len(links))
            nodes[int(node_id)]["inputs"][target_slot]["link"] = len(links)
    return {
        "last_node_id": max(nodes),
        "last_link_id": len(links),
        "nodes": list(nodes.values()),
        "links": links,
        "groups": [],
        "config": {},
        "extra": {},
        "version": 0.4,
    }


# MARK: the reader

FAULTS: dict[str, tuple[Edit, str]] = {
    "unknown class": (lambda p: p.update({"12": node("NoSuchNode")}), "unknown class"),
    "required input missing": (take("9", "denoise"), "denoise: required, missing"),
    "no such input": (put("8", "depth", 3), "has no input depth"),
    "number as text": (put("9", "steps", "20"), "expected a whole number"),
    "fraction as whole number": (put("9", "steps", 20.0), "expected a whole number"),
    "truth as number": (put("9", "cfg", True), "expected a number"),
    "not finite": (put("9", "cfg", float("nan")), "expected a number"),
    "null": (put("2", "text", None), "expected a text"),
    "too small": (put("9", "steps", 0), "0 is below 1"),
    "too big": (put("9", "seed", 18446744073709551616), "is above"),
    "no such choice": (put("6", "type", "segmentation"), "none of the 9 choices"),
    "no file name": (put("1", "ckpt_name", ""), "expected a file name"),
    "value for a socket": (put("9", "model", "sdxl"), "expected a link to MODEL"),
    "wrong type": (put("9", "model", ["1", 1]), "expected MODEL, is linked to CLIP"),
    "link to a widget of another type": (put("9", "steps", ["1", 0]), "expected INT, is linked to MODEL"),
    "no such output": (put("9", "model", ["1", 3]), "links to output 3"),
    "negative output": (put("9", "model", ["1", -1]), "links to output -1"),
    "no such node": (put("9", "model", ["99", 0]), "node 99, which is not there"),
    "node id as number": (put("9", "model", [1, 0]), "is not a link"),
    "half a link": (put("9", "model", ["1"]), "is not a link"),
    "cycle": (put("8", "width", ["9", 0]), "cycle: "),
    "no output node": (lambda p: p.pop("11"), "no output node"),
    "not needed": (
        lambda p: p.update({"12": node("VAELoader", vae_name="a.safetensors")}),
        "12 VAELoader: no output needs it",
    ),
}


@pytest.mark.parametrize("workflow", [good, dynamic])
def test_reader_takes_good_workflow(workflow: Callable[[], lint.Prompt]) -> None:
    assert lint.api_errors(workflow(), DEFINITIONS) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_reader_refuses(fault: str) -> None:
    edit, expected = FAULTS[fault]
    errors = lint.api_errors(with_edit(good(), edit), DEFINITIONS)
    assert any(expected in error for error in errors), errors


@pytest.mark.parametrize(
    "edit, expected",
    [
        (take("3", "images.image1"), "images.image1: required, missing"),
        (put("3", "images", ["1", 0]), "has no input images"),
        (take("6", "format.codec"), "format.codec: required, missing"),
        (put("6", "format.codec", "prores"), "none of the"),
        (put("6", "format.speed", 1), "has no input format.speed"),
        (put("4", "inputX", ["1", 0]), "has no input inputX"),
    ],
)
def test_reader_follows_inputs_that_come_and_go(edit: Edit, expected: str) -> None:
    errors = lint.api_errors(with_edit(dynamic(), edit), DEFINITIONS)
    assert any(expected in error for error in errors), errors


def test_reader_looks_through_a_switch() -> None:
    prompt = dynamic()
    prompt["4"]["inputs"] |= {"input1": ["1", 1], "input2": ["2", 1]}
    assert any("expected IMAGE, is linked to MASK" in error for error in lint.api_errors(prompt, DEFINITIONS))


@pytest.mark.parametrize("data", [[], {}, "text", {"1": {"inputs": {}}}, {"1": {"class_type": "LoadImage"}}])
def test_reader_refuses_what_is_no_workflow(data: Any) -> None:
    assert lint.api_errors(data, DEFINITIONS)


def test_comfy_lint_agrees(tmp_path: Path) -> None:
    files = {"good": good(), "dynamic": dynamic(), "bad": with_edit(good(), take("9", "denoise"))}
    for name, prompt in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(prompt))
    found = lint.comfy_lint({tmp_path / f"{name}.json": prompt for name, prompt in files.items()}, DEFINITIONS)
    assert found[tmp_path / "good.json"] == []
    assert found[tmp_path / "dynamic.json"] == []
    assert any("denoise" in error for error in found[tmp_path / "bad.json"])


def run_lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, HERE / "lint.py", folder], capture_output=True, text=True)


def test_program_counts_and_fails(tmp_path: Path) -> None:
    assert run_lint(tmp_path).returncode == 1  # an empty folder proves nothing
    (tmp_path / "a.api.json").write_text(json.dumps(good()))
    (tmp_path / "a.json").write_text(json.dumps(to_editor(good())))
    passed = run_lint(tmp_path)
    assert passed.returncode == 0 and "2 passed, 0 failed" in passed.stdout, passed.stdout
    (tmp_path / "b.json").write_text('{"1": NaN')
    failed = run_lint(tmp_path)
    assert failed.returncode == 1 and "2 passed, 1 failed" in failed.stdout, failed.stdout


def test_program_compares_editor_with_api(tmp_path: Path) -> None:
    (tmp_path / "a.api.json").write_text(json.dumps(good()))
    (tmp_path / "a.json").write_text(json.dumps(to_editor(with_edit(good(), put("9", "steps", 4)))))
    failed = run_lint(tmp_path)
    assert failed.returncode == 1 and "steps: 4 in the editor file, 3 in the API file" in failed.stdout, failed.stdout


# MARK: the editor's form


@pytest.mark.parametrize("workflow", [good, dynamic])
def test_editor_file_is_same_graph(workflow: Callable[[], lint.Prompt]) -> None:
    editor = to_editor(workflow())
    assert lint.editor_errors(editor, DEFINITIONS) == []
    assert lint.differences(lint.editor_to_api(editor, DEFINITIONS), workflow(), DEFINITIONS) == []


def of_type(editor: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in editor["nodes"] if one["type"] == kind)


EDITOR_FAULTS: dict[str, tuple[Edit, str]] = {
    "input does not know its link": (
        lambda e: of_type(e, "VAEDecode")["inputs"][0].update(link=None),
        "input samples says",
    ),
    "output does not know its link": (
        lambda e: of_type(e, "KSampler")["outputs"][0].update(links=[]),
        "output LATENT says",
    ),
    "link missing in table": (lambda e: e["links"].pop(), "is not in links"),
    "link twice": (lambda e: e["links"].append(e["links"][0]), "twice"),
    "link of wrong type": (lambda e: e["links"][0].__setitem__(5, "MASK"), "MASK, but"),
    "link to no slot": (lambda e: e["links"][0].__setitem__(4, 40), "no input 40"),
    "link to no node": (lambda e: e["links"][0].__setitem__(3, 40), "not both there"),
    "last link too low": (lambda e: e.update(last_link_id=1), "last_link_id"),
    "last node too low": (lambda e: e.update(last_node_id=1), "last_node_id"),
    "no seed control": (lambda e: of_type(e, "KSampler")["widgets_values"].pop(1), "KSampler: the value after seed"),
    "no upload button": (lambda e: of_type(e, "LoadImage")["widgets_values"].pop(), "LoadImage: widgets_values ends"),
    "widget too many": (lambda e: of_type(e, "CLIPTextEncode")["widgets_values"].append(1), "1 too many"),
    "unknown class": (lambda e: of_type(e, "KSampler").update(type="KSamplerX"), "unknown class"),
    "unknown input": (lambda e: of_type(e, "VAEDecode")["inputs"][0].update(name="latent"), "has no input latent"),
    "socket missing": (lambda e: of_type(e, "LoadImage")["outputs"].pop(), "outputs are"),
    "input socket missing": (lambda e: of_type(e, "VAEDecode")["inputs"].pop(), "input vae is missing"),
    "no order": (lambda e: of_type(e, "LoadImage").pop("order"), "order is missing"),
    "no version": (lambda e: e.pop("version"), "version is missing"),
    "value out of range": (lambda e: of_type(e, "KSampler")["widgets_values"].__setitem__(2, 0), "0 is below 1"),
    "muted source": (lambda e: of_type(e, "LoadImage").update(mode=2), "image: required, missing"),
}


@pytest.mark.parametrize("fault", EDITOR_FAULTS)
def test_editor_reader_refuses(fault: str) -> None:
    edit, expected = EDITOR_FAULTS[fault]
    errors = lint.editor_errors(with_edit(to_editor(good()), edit), DEFINITIONS)
    assert any(expected in error for error in errors), errors


def test_bypassed_node_passes_its_input_on() -> None:
    editor = to_editor(good())
    of_type(editor, "SetUnionControlNetType")["mode"] = 4
    prompt = lint.editor_to_api(editor, DEFINITIONS)
    assert "6" not in prompt
    assert prompt["7"]["inputs"]["control_net"] == ["5", 0]


# MARK: the server

MODELS = {"ckpt_name": ["sd_xl_base_1.0.safetensors"], "control_net_name": ["promax.safetensors"]}


class Client:
    """The few calls that the tests need."""

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

    async def run(
        self, prompt: lint.Prompt, on_message: Callable[[dict[str, Any]], None] = lambda _: None
    ) -> list[Any]:
        """Queues a prompt; all messages up to the end or to the closing of the websocket."""
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


# Fault → the node that is blamed, the type of the error, a part of its details.
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
        for _, source, _ in lint.links_of(one):
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


def server_end(server: Client, prompt: lint.Prompt) -> str:
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
