"""A stand-in for a ComfyUI server: its API and its checks, without models.

    comfy_server.py [--nodes FOLDER] [--models models.json] [--port 0] [--without CLASS,…]
                    [--fail-node ID] [--drop-websocket] [--delay SECONDS] [--folder FOLDER]

The first line of output is the port. A workflow is validated in the order and with the words of ComfyUI's
execution.validate_prompt; "executing" it writes, for each image that SaveImage or PreviewImage would save,
a PNG of the size that the graph implies in a colour that depends on the node's id.

models.json: {"ckpt_name": ["a.safetensors"], "UpscaleModelLoader.model_name": ["4x.pth"]}: the choices of
the combos that ComfyUI fills from folders, by input or by class and input.
"""

from __future__ import annotations

import argparse
import asyncio
import colorsys
import hashlib
import io
import json
import os
import re
import struct
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

from aiohttp import WSCloseCode, WSMsgType, web
from PIL import Image, PngImagePlugin

from lint import (
    DYNAMIC_COMBO,
    NODES,
    Definitions,
    Input,
    Json,
    Prompt,
    is_link,
    load_definitions,
    node_inputs,
    types_match,
)

UPLOADED = ("LoadImage", "LoadImageMask")
SAVERS = {"SaveImage": "output", "PreviewImage": "temp", "SaveVideo": "output"}
SAMPLERS = ("KSampler", "KSamplerAdvanced", "SamplerCustomAdvanced", "DetailerForEach", "FaceDetailer")
# Where a picture's size comes from, in the order to ask.
SIZE_INPUTS = ("latent_image", "samples", "pixels", "images", "images.image0", "image", "destination", "video")
UNKNOWN_SIZE = (64, 64)


@dataclass
class Options:
    definitions: Definitions
    folder: Path
    fail_node: str | None = None
    drop_websocket: bool = False
    delay: float = 0.0

    def place(self, kind: str) -> Path:
        return self.folder / kind


# MARK: node definitions as this server has them


def installed(definitions: Definitions, models: dict[str, list[str]], without: set[str]) -> Definitions:
    """The definitions with the combos filled that are empty in the files, and without what is "not installed"."""
    unknown = without - definitions.keys()
    if unknown:
        raise SystemExit(f"--without: no such class: {', '.join(sorted(unknown))}")
    kept = {name: json.loads(json.dumps(one)) for name, one in definitions.items() if name not in without}
    for name, definition in kept.items():
        for group in ("required", "optional"):
            for input_name, spec in definition["input"].get(group, {}).items():
                choices = models.get(f"{name}.{input_name}", models.get(input_name, []))
                if spec[0] == []:
                    # ComfyUI has this one without any file.
                    spec[0] = choices + (["pixel_space"] if input_name == "vae_name" else [])
                elif spec[0] == "COMBO" and spec[1].get("options") == []:
                    spec[1]["options"] = choices
    return kept


def with_uploads(definitions: Definitions, folder: Path) -> Definitions:
    files = sorted(one.name for one in folder.iterdir() if one.is_file())
    for name in UPLOADED:
        if name in definitions:
            definitions[name]["input"]["required"]["image"][0] = files
    return definitions


# MARK: validation, as in ComfyUI's execution.py


def failure(kind: str, message: str, details: str = "", **extra: Any) -> Json:
    return {"type": kind, "message": message, "details": details, "extra_info": extra}


def inside(folder: Path, name: str) -> Path | None:
    """The path of a name under a folder, or None if the name leads out of it."""
    path = Path(os.path.abspath(folder / name))
    return path if path.is_relative_to(os.path.abspath(folder)) else None


def annotated_path(options: Options, name: str) -> Path | None:
    """`a.png`, `sub/a.png` or `a.png [output]`, as LoadImage takes them."""
    match = re.fullmatch(r"(.*) \[(input|output|temp)\]", name)
    path = inside(options.place(match[2] if match else "input"), match[1] if match else name)
    return path if path is not None and path.is_file() else None


class Validation:
    """One prompt against the definitions. Literals are converted in place, as ComfyUI does."""

    def __init__(self, prompt: Prompt, options: Options) -> None:
        self.prompt = prompt
        self.options = options
        self.definitions = options.definitions
        self.results: dict[str, tuple[bool, list[Json]]] = {}
        self.outputs: list[str] = []

    def run(self) -> tuple[Json | None, dict[str, Json]]:
        """(error, node errors): no error means that at least one output can be made."""
        error = self.missing_class()
        if error is not None:
            return error, {}
        outputs = [i for i, node in self.prompt.items() if self.definitions[node["class_type"]]["output_node"]]
        if not outputs:
            return failure("prompt_no_outputs", "Prompt has no outputs"), {}
        failed = {o: reasons for o in outputs for good, reasons in [self.output(o)] if not good}
        self.outputs = [o for o in outputs if o not in failed]
        errors = self.node_errors(failed)
        if self.outputs:
            return None, errors
        details = "\n".join(f"{e['message']}: {e['details']}" for reasons in failed.values() for e in reasons)
        return failure("prompt_outputs_failed_validation", "Prompt outputs failed validation", details), errors

    def missing_class(self) -> Json | None:
        for node_id, node in self.prompt.items():
            kind, title = node.get("class_type"), node.get("_meta", {}).get("title")
            if kind in self.definitions:
                continue
            if "class_type" not in node:
                name = title or f"ID #{node_id}"
                message = f"Node '{name}' has no class_type. The workflow may be corrupted or a custom node is missing."
            else:
                title = title or kind
                message = f"Node '{title}' not found. The custom node may not be installed."
            return failure(
                "missing_node_type",
                message,
                f"Node ID '#{node_id}'",
                node_id=node_id,
                class_type=kind,
                node_title=title,
            )
        return None

    def output(self, node_id: str) -> tuple[bool, list[Json]]:
        try:
            return self.node(node_id, [])
        except Exception as error:  # a link to nowhere is a KeyError here, as in ComfyUI
            info = {"exception_type": type(error).__name__, "traceback": []}
            reason = failure("exception_during_validation", "Exception when validating node", str(error), **info)
            self.results[node_id] = (False, [reason])
            return False, [reason]

    def node_errors(self, failed: dict[str, list[Json]]) -> dict[str, Json]:
        """By node: its own reasons, and the outputs that cannot be made for them."""
        errors: dict[str, Json] = {}
        for output in failed:
            for node_id, (good, reasons) in self.results.items():
                if good or not reasons:
                    continue
                kind = self.prompt.get(node_id, {}).get("class_type")
                entry = errors.setdefault(node_id, {"errors": reasons, "dependent_outputs": [], "class_type": kind})
                entry["dependent_outputs"].append(output)
        return errors

    def node(self, node_id: str, visiting: list[str]) -> tuple[bool, list[Json]]:
        if node_id in self.results:
            return self.results[node_id]
        if node_id in visiting:
            self.mark_cycle(visiting[visiting.index(node_id) :])
            return self.results[node_id]
        node = self.prompt[node_id]
        errors: list[Json] = []
        below_good = True
        for name, one in node_inputs(self.definitions[node["class_type"]], node["inputs"]).items():
            if name not in node["inputs"]:
                if one.required:
                    errors.append(failure("required_input_missing", "Required input is missing", name, input_name=name))
            elif is_link(node["inputs"][name]):
                error, good = self.link(node_id, one, node["inputs"][name], visiting)
                errors += error
                below_good &= good
            else:
                errors += self.literal(node, one)
        errors += self.custom(node)
        # A cycle below may have said something of this node already.
        known = self.results.get(node_id, (True, []))
        self.results[node_id] = (known[0] and below_good and not errors, known[1] + errors)
        return self.results[node_id]

    def mark_cycle(self, cycle: list[str]) -> None:
        path = " -> ".join(f"{i} ({self.prompt[i]['class_type']})" for i in cycle + cycle[:1])
        for node_id in cycle:
            reason = failure("dependency_cycle", "Dependency cycle detected", path, node_id=node_id, cycle_nodes=cycle)
            self.results[node_id] = (False, [reason])

    def link(self, node_id: str, one: Input, value: list[Any], visiting: list[str]) -> tuple[list[Json], bool]:
        info = {"input_name": one.name, "input_config": config(one)}
        if len(value) != 2:
            message = "Bad linked input, must be a length-2 list of [node_id, slot_index]"
            return [failure("bad_linked_input", message, one.name, **info, received_value=value)], True
        received = self.definitions[self.prompt[value[0]]["class_type"]]["output"][value[1]]
        if not types_match(received, one.type):
            details = f"{one.name}, received_type({received}) mismatch input_type({one.type})"
            message = "Return type mismatch between linked nodes"
            more = {"received_type": received, "linked_node": value}
            return [failure("return_type_mismatch", message, details, **info, **more)], True
        try:
            return [], self.node(value[0], visiting + [node_id])[0]
        except Exception as error:
            info |= {"exception_message": str(error), "exception_type": type(error).__name__, "traceback": []}
            message = "Exception when validating inner node"
            reason = failure("exception_during_inner_validation", message, str(error), **info, linked_node=value)
            self.results[value[0]] = (False, [reason])
            return [], False

    def literal(self, node: Json, one: Input) -> list[Json]:
        value = node["inputs"][one.name]
        info = {"input_name": one.name, "input_config": config(one)}
        if isinstance(value, dict) and "__value__" in value:
            value = value["__value__"]
        convert = {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}.get(one.type, lambda same: same)
        try:
            value = node["inputs"][one.name] = convert(value)
        except Exception as error:
            message = f"Failed to convert an input value to a {one.type} value"
            more = {"received_value": value, "exception_message": str(error)}
            return [failure("invalid_input_type", message, f"{one.name}, {value}, {error}", **info, **more)]
        if node["class_type"] in UPLOADED and one.name == "image":
            return []  # LoadImage looks for the file itself, see custom()
        if "min" in one.options and value < one.options["min"]:
            message = f"Value {value} smaller than min of {one.options['min']}"
            return [failure("value_smaller_than_min", message, one.name, **info, received_value=value)]
        if "max" in one.options and value > one.options["max"]:
            message = f"Value {value} bigger than max of {one.options['max']}"
            return [failure("value_bigger_than_max", message, one.name, **info, received_value=value)]
        if one.choices is not None and value not in one.choices:
            return [not_in_list(one, value)]
        return []

    def custom(self, node: Json) -> list[Json]:
        name = node["inputs"].get("image")
        if node["class_type"] not in UPLOADED or not isinstance(name, str):
            return []
        if annotated_path(self.options, name) is not None:
            return []
        details = f"image - Invalid image file: {name}"
        return [failure("custom_validation_failed", "Custom validation failed for node", details, input_name="image")]


def config(one: Input) -> list[Any]:
    """[type, options] as the definition has it: a combo's type is its list."""
    if one.choices is None or one.type == DYNAMIC_COMBO or "options" in one.options:
        return [one.type, one.options]
    return [one.choices, one.options]


def not_in_list(one: Input, value: Any) -> Json:
    choices = one.choices or []
    # ComfyUI keeps long lists of files out of its answer.
    short = len(choices) <= 20
    listed = str(choices) if short else f"(list of length {len(choices)})"
    info = {"input_name": one.name, "input_config": config(one) if short else None, "received_value": value}
    return failure("value_not_in_list", "Value not in list", f"{one.name}: {value!r} not in {listed}", **info)


# MARK: what the graph implies


def execution_order(prompt: Prompt, outputs: list[str]) -> list[str]:
    order: list[str] = []

    def visit(node_id: str) -> None:
        if node_id not in order:
            for value in prompt[node_id]["inputs"].values():
                if is_link(value):
                    visit(value[0])
            order.append(node_id)

    for node_id in outputs:
        visit(node_id)
    return order


@dataclass(frozen=True)
class Batch:
    width: int
    height: int
    count: int = 1

    def scaled(self, factor: float) -> Batch:
        return Batch(round(self.width * factor), round(self.height * factor), self.count)


class Sizes:
    """How many pictures of what size come out of a node, by the way back to where the size is given."""

    def __init__(self, prompt: Prompt, options: Options) -> None:
        self.prompt = prompt
        self.options = options

    def of(self, node_id: str) -> Batch:
        node = self.prompt[node_id]
        kind, inputs = node["class_type"], node["inputs"]
        if kind in UPLOADED:
            path = annotated_path(self.options, inputs["image"])
            return Batch(*picture_size(path)) if path else Batch(*UNKNOWN_SIZE)
        if isinstance(inputs.get("width"), int) and isinstance(inputs.get("height"), int):
            return self.given(node)
        if kind == "ImageFromBatch":
            return self.part(inputs)
        return self.source(inputs).scaled(self.factor(kind, inputs))

    def given(self, node: Json) -> Batch:
        inputs, before = node["inputs"], self.source(node["inputs"])
        width, height = inputs["width"], inputs["height"]
        # 0 in a scale node means: as the other side asks.
        width = width or round(before.width * height / before.height) or before.width
        height = height or round(before.height * width / before.width) or before.height
        if "LATENT" in self.options.definitions[node["class_type"]]["output"]:
            width, height = width // 8 * 8, height // 8 * 8
        count = inputs.get("length", inputs.get("batch_size", before.count))
        return Batch(width, height, count if isinstance(count, int) else before.count)

    def part(self, inputs: Json) -> Batch:
        before = self.source(inputs)
        length = inputs["length"] if isinstance(inputs["length"], int) else 1
        return Batch(before.width, before.height, min(length, before.count))

    def source(self, inputs: Json) -> Batch:
        names = SIZE_INPUTS
        if isinstance(inputs.get("select"), int):
            names = (f"input{inputs['select']}",)
        for name in names:
            if is_link(inputs.get(name)):
                return self.of(inputs[name][0])
        return Batch(*UNKNOWN_SIZE)

    def factor(self, kind: str, inputs: Json) -> float:
        if kind in ("ImageScaleBy", "LatentUpscaleBy") and not is_link(inputs["scale_by"]):
            return inputs["scale_by"]
        if kind == "ImageUpscaleWithModel":
            return self.model_factor(inputs["upscale_model"])
        return 1

    def model_factor(self, link: Any) -> float:
        """By the model's name: `4x_…`, `RealESRGAN_x2`, `2x-…`."""
        name = self.prompt[link[0]]["inputs"].get("model_name", "") if is_link(link) else ""
        match = re.search(r"([248])x|x([248])", str(name), re.IGNORECASE)
        return int(match[1] or match[2]) if match else 4


def picture_size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def colour(node_id: str, index: int) -> tuple[int, int, int]:
    digest = hashlib.sha256(f"{node_id}/{index}".encode()).digest()
    red, green, blue = colorsys.hsv_to_rgb(digest[0] / 256, 0.6, 0.8)
    return round(red * 255), round(green * 255), round(blue * 255)


def write_png(path: Path, batch: Batch, node_id: str, index: int, prompt: Prompt) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("prompt", json.dumps(prompt))
    picture = Image.new("RGB", (batch.width, batch.height), colour(node_id, index))
    picture.save(path, pnginfo=info, compress_level=1)


def save_names(folder: Path, prefix: str, count: int, suffix: str) -> Iterator[tuple[str, str]]:
    """(subfolder, file name): `<prefix>_00001_.png` on from what is there."""
    subfolder, _, stem = prefix.rpartition("/")
    place = inside(folder, subfolder)
    if place is None:
        raise ValueError("Saving image outside the output folder is not allowed.")
    place.mkdir(parents=True, exist_ok=True)
    there = [re.fullmatch(re.escape(stem) + r"_(\d+)_\..*", one.name) for one in place.iterdir()]
    first = max((int(match[1]) for match in there if match), default=0) + 1
    for number in range(first, first + count):
        yield subfolder, f"{stem}_{number:05}_{suffix}"


def save(options: Options, prompt: Prompt, node_id: str) -> Json:
    """The "ui" output of a saving node; the files are there when it is told."""
    node = prompt[node_id]
    kind = SAVERS[node["class_type"]]
    folder, batch = options.place(kind), Sizes(prompt, options).of(node_id)
    prefix = node["inputs"].get("filename_prefix", "ComfyUI_temp")
    if node["class_type"] == "SaveVideo":
        subfolder, name = next(save_names(folder, prefix, 1, ".mp4"))
        # The head of an MP4 and nothing more: nobody plays it.
        (folder / subfolder / name).write_bytes(b"\x00\x00\x00\x14ftypisom\x00\x00\x00\x00isom")
        return {"images": [{"filename": name, "subfolder": subfolder, "type": kind}], "animated": [True]}
    images = []
    for index, (subfolder, name) in enumerate(list(save_names(folder, prefix, batch.count, ".png"))):
        write_png(folder / subfolder / name, batch, node_id, index, prompt)
        images.append({"filename": name, "subfolder": subfolder, "type": kind})
    return {"images": images}


# MARK: the queue


class Interrupted(Exception):
    pass


@dataclass
class Job:
    number: float
    id: str
    prompt: Prompt
    extra: Json
    outputs: list[str]
    messages: list[Any] = field(default_factory=list)
    results: dict[str, Json] = field(default_factory=dict)
    executed: list[str] = field(default_factory=list)
    at: str | None = None

    def listed(self) -> list[Any]:
        return [self.number, self.id, self.prompt, self.extra, self.outputs]


class Server:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.sockets: dict[str, web.WebSocketResponse] = {}
        self.pending: list[Job] = []
        self.running: Job | None = None
        self.history: dict[str, Json] = {}
        self.wake = asyncio.Event()
        self.interrupt = asyncio.Event()
        self.number = 0

    async def send(self, kind: str, data: Json, client: str | None = None) -> None:
        """To one client, or to all if none is named."""
        sockets = list(self.sockets.values()) if client is None else [self.sockets.get(client)]
        for socket in sockets:
            if socket is not None and not socket.closed:
                try:
                    await socket.send_json({"type": kind, "data": data})
                except (ConnectionError, RuntimeError):
                    pass  # the socket closes at this very moment

    def status(self) -> Json:
        return {"exec_info": {"queue_remaining": len(self.pending) + (self.running is not None)}}

    async def tell(self, job: Job, kind: str, data: Json) -> None:
        """The messages that stay in the history too."""
        data = {"prompt_id": job.id, **data, "timestamp": int(time.time() * 1000)}
        job.messages.append([kind, data])
        if "client_id" in job.extra:
            await self.send(kind, data, job.extra["client_id"])

    async def to_client(self, job: Job, kind: str, data: Json) -> None:
        if "client_id" in job.extra:
            await self.send(kind, {**data, "prompt_id": job.id}, job.extra["client_id"])

    async def work(self) -> None:
        while True:
            await self.wake.wait()
            while self.pending:
                self.pending.sort(key=lambda one: one.number)
                self.running = self.pending.pop(0)
                self.interrupt.clear()
                await self.execute(self.running)
            self.wake.clear()

    async def execute(self, job: Job) -> None:
        await self.tell(job, "execution_start", {})
        await self.tell(job, "execution_cached", {"nodes": []})
        good = False
        try:
            for node_id in execution_order(job.prompt, job.outputs):
                job.at = node_id
                await self.node(job, node_id)
                job.executed.append(node_id)
                if self.options.drop_websocket and len(job.executed) == 1:
                    await self.drop(job)
            await self.tell(job, "execution_success", {})
            good = True
        except Interrupted:
            await self.tell(job, "execution_interrupted", self.where(job))
        except Exception as error:
            await self.tell(job, "execution_error", {**self.where(job), **self.what(job, error)})
        self.remember(job, good)
        self.running = None
        await self.to_client(job, "executing", {"node": None})
        await self.send("status", {"status": self.status()})

    async def node(self, job: Job, node_id: str) -> None:
        kind = job.prompt[node_id]["class_type"]
        await self.to_client(job, "executing", {"node": node_id, "display_node": node_id})
        await self.pause()
        if node_id == self.options.fail_node:
            raise RuntimeError(f"node {node_id} fails, as --fail-node asks")
        if kind in SAMPLERS:
            await self.sample(job, node_id)
        if kind in SAVERS:
            output = save(self.options, job.prompt, node_id)
            job.results[node_id] = output
            await self.to_client(job, "executed", {"node": node_id, "display_node": node_id, "output": output})

    async def sample(self, job: Job, node_id: str) -> None:
        steps = job.prompt[node_id]["inputs"].get("steps", 4)
        steps = steps if isinstance(steps, int) else 4
        for value in range(1, steps + 1):
            await self.to_client(job, "progress", {"value": value, "max": steps, "node": node_id})
            state = {"value": value, "max": steps, "state": "running", "node_id": node_id}
            await self.to_client(job, "progress_state", {"nodes": {node_id: state}})
        await self.preview(job)

    async def preview(self, job: Job) -> None:
        """ComfyUI sends previews as binary messages among the others; a client has to bear them."""
        socket = self.sockets.get(job.extra.get("client_id", ""))
        if socket is None or socket.closed:
            return
        data = io.BytesIO()
        Image.new("RGB", (8, 8), (128, 128, 128)).save(data, "JPEG")
        try:
            await socket.send_bytes(struct.pack(">II", 1, 1) + data.getvalue())
        except ConnectionError:
            pass

    async def pause(self) -> None:
        """The delay of a node, or less if it is interrupted."""
        try:
            await asyncio.wait_for(self.interrupt.wait(), max(self.options.delay, 0.0001))
        except TimeoutError:
            return
        raise Interrupted

    async def drop(self, job: Job) -> None:
        socket = self.sockets.pop(job.extra.get("client_id", ""), None)
        if socket is not None:
            await socket.close(code=WSCloseCode.GOING_AWAY)

    def where(self, job: Job) -> Json:
        assert job.at is not None
        return {"node_id": job.at, "node_type": job.prompt[job.at]["class_type"], "executed": job.executed}

    def what(self, job: Job, error: Exception) -> Json:
        assert job.at is not None
        inputs = {name: [value] for name, value in job.prompt[job.at]["inputs"].items() if not is_link(value)}
        return {
            "exception_message": f"{error}\n",
            "exception_type": type(error).__name__,
            "traceback": [],
            "current_inputs": inputs,
            "current_outputs": job.executed,
        }

    def remember(self, job: Job, good: bool) -> None:
        meta = {i: {"node_id": i, "display_node": i, "parent_node": None, "real_node_id": i} for i in job.results}
        status = {"status_str": "success" if good else "error", "completed": good, "messages": job.messages}
        self.history[job.id] = {"prompt": job.listed(), "outputs": job.results, "status": status, "meta": meta}

    # MARK: the routes

    async def websocket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=1)
        await socket.prepare(request)
        client = request.query.get("clientId") or uuid.uuid4().hex
        self.sockets[client] = socket
        await self.send("status", {"status": self.status(), "sid": client}, client)
        async for message in socket:
            if message.type == WSMsgType.ERROR:
                break
        if self.sockets.get(client) is socket:
            del self.sockets[client]
        return socket

    async def upload(self, request: web.Request) -> web.Response:
        post = await request.post()
        image, kind = post.get("image"), str(post.get("type", "input"))
        if not isinstance(image, web.FileField) or not image.filename or kind not in ("input", "temp", "output"):
            return web.Response(status=400)
        folder, subfolder = self.options.place(kind), str(post.get("subfolder", ""))
        path = inside(folder, os.path.join(subfolder, image.filename))
        if path is None or inside(folder, subfolder) is None:
            return web.Response(status=400)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = image.file.read()
        if post.get("overwrite") not in ("true", "1"):
            path = free_path(path, data)
        path.write_bytes(data)
        return web.json_response({"name": path.name, "subfolder": subfolder, "type": kind})

    async def post_prompt(self, request: web.Request) -> web.Response:
        body = await request.json()
        if "prompt" not in body:
            error = failure("no_prompt", "No prompt provided", "No prompt provided")
            return web.json_response({"error": error, "node_errors": {}}, status=400)
        validation = Validation(body["prompt"], self.options)
        error, node_errors = validation.run()
        if error is not None:
            return web.json_response({"error": error, "node_errors": node_errors}, status=400)
        extra = body.get("extra_data", {})
        if "client_id" in body:
            extra["client_id"] = body["client_id"]
        number = float(body["number"]) if "number" in body else self.number
        self.number += 1
        job = Job(number, body.get("prompt_id") or str(uuid.uuid4()), body["prompt"], extra, validation.outputs)
        self.pending.append(job)
        self.wake.set()
        await self.send("status", {"status": self.status()})
        return web.json_response({"prompt_id": job.id, "number": number, "node_errors": node_errors})

    async def get_history(self, request: web.Request) -> web.Response:
        """Empty for a prompt that has not ended, as ComfyUI's."""
        prompt_id = request.match_info["prompt_id"]
        return web.json_response({prompt_id: self.history[prompt_id]} if prompt_id in self.history else {})

    async def get_queue(self, request: web.Request) -> web.Response:
        running = [self.running.listed()] if self.running else []
        return web.json_response({"queue_running": running, "queue_pending": [one.listed() for one in self.pending]})

    async def view(self, request: web.Request) -> web.StreamResponse:
        name, kind = request.query.get("filename", ""), request.query.get("type", "output")
        if not name or name.startswith("/") or ".." in name or kind not in ("input", "output", "temp"):
            return web.Response(status=400)
        folder = inside(self.options.place(kind), request.query.get("subfolder", ""))
        if folder is None:
            return web.Response(status=403)
        path = folder / os.path.basename(name)
        return web.FileResponse(path) if path.is_file() else web.Response(status=404)

    async def get_object_info(self, request: web.Request) -> web.Response:
        definitions = with_uploads(self.options.definitions, self.options.place("input"))
        name = request.match_info.get("name")
        if name is None:
            return web.json_response(definitions)
        return web.json_response({name: definitions[name]} if name in definitions else {})

    async def system_stats(self, request: web.Request) -> web.Response:
        system = {
            "os": sys.platform,
            "ram_total": 1 << 34,
            "ram_free": 1 << 33,
            "comfyui_version": "0.38.1",
            "python_version": sys.version,
            "pytorch_version": "none",
            "embedded_python": False,
            "argv": ["main.py"],
        }
        sizes = {"vram_total": 1 << 34, "vram_free": 1 << 33, "torch_vram_total": 0, "torch_vram_free": 0}
        return web.json_response(
            {"system": system, "devices": [{"name": "cpu", "type": "cpu", "index": None, **sizes}]}
        )

    async def post_interrupt(self, request: web.Request) -> web.Response:
        try:
            body = await request.json()
        except json.JSONDecodeError:
            body = {}
        wanted = body.get("prompt_id")
        if self.running and wanted in (None, self.running.id):
            self.interrupt.set()
        return web.Response()

    def app(self) -> web.Application:
        # ComfyUI's own limit; aiohttp's is 1 MB.
        app = web.Application(client_max_size=100 * 1024 * 1024)
        for prefix in ("", "/api"):
            app.add_routes(
                [
                    web.get(prefix + "/ws", self.websocket),
                    web.post(prefix + "/upload/image", self.upload),
                    web.post(prefix + "/prompt", self.post_prompt),
                    web.get(prefix + "/history/{prompt_id}", self.get_history),
                    web.get(prefix + "/queue", self.get_queue),
                    web.get(prefix + "/view", self.view),
                    web.get(prefix + "/object_info", self.get_object_info),
                    web.get(prefix + "/object_info/{name}", self.get_object_info),
                    web.get(prefix + "/system_stats", self.system_stats),
                    web.post(prefix + "/interrupt", self.post_interrupt),
                ]
            )
        return app


def free_path(path: Path, data: bytes) -> Path:
    """`a.png`, or `a (1).png` if there is another picture of this name; the same picture keeps its name."""
    candidate, number = path, 1
    while candidate.exists() and candidate.read_bytes() != data:
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate


# MARK: the program


async def serve(options: Options, port: int) -> None:
    server = Server(options)
    runner = web.AppRunner(server.app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await server.work()


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for a ComfyUI server.")
    parser.add_argument("--nodes", type=Path, default=NODES, help="folder with node definitions")
    parser.add_argument("--models", type=Path, help="JSON: input name → file names")
    parser.add_argument("--port", type=int, default=8188, help="0: any free one, see the first line of output")
    parser.add_argument("--without", default="", help="classes that are not installed, with commas")
    parser.add_argument("--fail-node", help="id of a node whose execution fails")
    parser.add_argument("--drop-websocket", action="store_true", help="close the websocket after the first node")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds for each node")
    parser.add_argument("--folder", type=Path, help="where input, output and temp are; else a temporary folder")
    arguments = parser.parse_args()
    models = json.loads(arguments.models.read_text()) if arguments.models else {}
    without = {name for name in arguments.without.split(",") if name}
    definitions = installed(load_definitions(arguments.nodes), models, without)
    with tempfile.TemporaryDirectory(prefix="comfy-") as temporary:
        options = Options(
            definitions,
            arguments.folder or Path(temporary),
            arguments.fail_node,
            arguments.drop_websocket,
            arguments.delay,
        )
        for kind in ("input", "output", "temp"):
            options.place(kind).mkdir(parents=True, exist_ok=True)
        try:
            asyncio.run(serve(options, arguments.port))
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
