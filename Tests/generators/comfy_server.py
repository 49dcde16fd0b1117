"""A stand-in for a ComfyUI server: its API and its checks, without models.

    comfy_server.py [--nodes FOLDER] [--models models.json] [--port 0] [--without CLASS,…]
                    [--fail-node ID] [--drop-websocket] [--delay SECONDS] [--folder FOLDER]
                    [--certificate PEM] [--token TOKEN] [--redirect URL]

The first line of output is the port. A workflow is validated in the order and with the words of ComfyUI's
execution.validate_prompt; "executing" it writes, for each image that SaveImage or PreviewImage would save,
a PNG of the size that the graph implies in a color that depends on the node's id.

models.json: {"ckpt_name": ["a.safetensors"], "UpscaleModelLoader.model_name": ["4x.pth"]}: the choices of
the combos that ComfyUI fills from folders, by input or by class and input.
"""

from __future__ import annotations
import argparse
import asyncio
import json
import os
import signal
import ssl
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from nodes import NODES, load_definitions
from server_queue import Job, Queue
from server_validation import Options, Validation, failure, inside, installed, with_uploads


class Server:
    """The routes of ComfyUI's API that posemap and its tests use."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.queue = Queue(options)

    async def websocket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(timeout=1)
        await socket.prepare(request)
        client = request.query.get("clientId") or uuid.uuid4().hex
        self.queue.sockets[client] = socket
        await self.queue.send("status", {"status": self.queue.status(), "sid": client}, client)
        async for message in socket:
            if message.type == WSMsgType.ERROR:
                break
        if self.queue.sockets.get(client) is socket:
            del self.queue.sockets[client]
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
        number = float(body["number"]) if "number" in body else self.queue.number
        self.queue.number += 1
        job = Job(number, body.get("prompt_id") or str(uuid.uuid4()), body["prompt"], extra, validation.outputs)
        self.queue.pending.append(job)
        self.queue.wake.set()
        await self.queue.send("status", {"status": self.queue.status()})
        return web.json_response({"prompt_id": job.id, "number": number, "node_errors": node_errors})

    async def get_all_history(self, request: web.Request) -> web.Response:
        most = int(request.query.get("max_items", len(self.queue.history)))
        return web.json_response(dict(list(self.queue.history.items())[-most:] if most > 0 else []))

    async def get_history(self, request: web.Request) -> web.Response:
        """Return the history; empty for a prompt that has not ended, as in ComfyUI."""
        prompt_id = request.match_info["prompt_id"]
        return web.json_response({prompt_id: self.queue.history[prompt_id]} if prompt_id in self.queue.history else {})

    async def get_queue(self, request: web.Request) -> web.Response:
        running = [self.queue.running.listed()] if self.queue.running else []
        return web.json_response(
            {"queue_running": running, "queue_pending": [one.listed() for one in self.queue.pending]}
        )

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
        if self.queue.running and wanted in (None, self.queue.running.id):
            self.queue.interrupt.set()
        return web.Response()

    @web.middleware
    async def doorkeeper(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """As a proxy before a ComfyUI that is open to the world."""
        with (self.options.folder / "requests.txt").open("a") as log:
            log.write(f"{request.method} {request.path} {request.headers.get('Authorization', '-')}\n")
        if self.options.redirect:
            raise web.HTTPTemporaryRedirect(self.options.redirect + request.path_qs)
        if self.options.token and request.headers.get("Authorization") != f"Bearer {self.options.token}":
            raise web.HTTPUnauthorized()
        response: web.StreamResponse = await handler(request)
        return response

    def app(self) -> web.Application:
        # ComfyUI's own limit; aiohttp's is 1 MB.
        app = web.Application(client_max_size=100 * 1024 * 1024, middlewares=[self.doorkeeper])
        for prefix in ("", "/api"):
            app.add_routes(
                [
                    web.get(prefix + "/ws", self.websocket),
                    web.post(prefix + "/upload/image", self.upload),
                    web.post(prefix + "/prompt", self.post_prompt),
                    web.get(prefix + "/history", self.get_all_history),
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
    """Return `a.png`, or `a (1).png` if a different picture has this name; an equal picture keeps its name."""
    candidate, number = path, 1
    while candidate.exists() and candidate.read_bytes() != data:
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate


async def serve(options: Options, port: int) -> None:
    server = Server(options)
    runner = web.AppRunner(server.app(), access_log=None)
    await runner.setup()
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
    site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=context)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await server.queue.work()


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in for a ComfyUI server.")
    parser.add_argument("--nodes", type=Path, default=NODES, help="folder with node definitions")
    parser.add_argument("--models", type=Path, help="JSON: input name → file names")
    parser.add_argument("--port", type=int, default=8188, help="0: any free one, see the first line of output")
    parser.add_argument("--without", default="", help="classes that are not installed, with commas")
    parser.add_argument("--fail-node", help="id of a node whose execution fails")
    parser.add_argument("--drop-websocket", action="store_true", help="close the websocket after the first node")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds for each node")
    parser.add_argument("--certificate", type=Path, help="a PEM file with a certificate and its key: https")
    parser.add_argument("--token", help="what Authorization: Bearer must say")
    parser.add_argument("--redirect", help="where every request is sent instead")
    parser.add_argument("--folder", type=Path, help="where input, output and temp are; else a temporary folder")
    arguments = parser.parse_args()
    models = json.loads(arguments.models.read_text()) if arguments.models else {}
    without = {name for name in arguments.without.split(",") if name}
    definitions = installed(load_definitions(arguments.nodes), models, without)
    # A server that is told to end removes its temporary folder first.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="comfy-") as temporary:
        options = Options(
            definitions,
            arguments.folder or Path(temporary),
            arguments.fail_node,
            arguments.drop_websocket,
            arguments.delay,
            arguments.certificate,
            arguments.token,
            arguments.redirect,
        )
        for kind in ("input", "output", "temp"):
            options.place(kind).mkdir(parents=True, exist_ok=True)
        try:
            asyncio.run(serve(options, arguments.port))
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
