"""The stand-in server's queue: waiting and running prompts, websocket messages about them, and ended prompts."""

from __future__ import annotations
import asyncio
import io
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, web
from PIL import Image

from nodes import Json, Prompt, is_link
from server_pictures import SAVERS, save
from server_validation import Options

SAMPLERS = ("KSampler", "KSamplerAdvanced", "SamplerCustomAdvanced", "DetailerForEach", "FaceDetailer")


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


class Queue:
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
        """Send to one client, or to all if none is named."""
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
        """Send messages that also stay in the history."""
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
        """Send previews as binary messages among the others, as ComfyUI does; clients must tolerate them."""
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
        """Wait for the delay of a node, or less if it is interrupted."""
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
