"""Click the node pack's button in ComfyUI's own editor: the studio opens in a tab, and a save queues the workflow
again.

usage: button.py --posemap COMMAND --frontend FOLDER [--chromium COMMAND] [--picture FILE]

FOLDER is the wheel of comfyui-frontend-package, unzipped, as for editor.py. The pack is the one of Integrations/comfyui, loaded as ComfyUI
loads it; its route, the studio and the browser are real. The server is the stand-in of comfy_server.py. --picture keeps what the editor
looks like.
"""
from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
import tempfile
import types
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientSession, web
from playwright.async_api import BrowserContext, Page, async_playwright

from comfy_server import Server
from editor import command_line, files_of
from nodes import NODES, load_definitions
from server_validation import Options

PACK = Path(__file__).resolve().parents[2] / "Integrations/comfyui"
SCENE = {
    "canvas": [256, 384],
    "camera": {"frame": "all"},
    "characters": [{"id": "ana", "body": "female", "pose": "contrapposto"}],
}
# A node from the pack, connected to a preview; returns its buttons.
ADD = """() => {
  const [node, preview] = ["PosemapMap", "PreviewImage"].map((type) => window.LiteGraph.createNode(type));
  node.pos = [80, 120]; preview.pos = [520, 120];
  window.app.graph.clear();
  for (const one of [node, preview]) window.app.graph.add(one);
  node.connect(0, preview, 0);
  window.posemapNode = node;
  return node.widgets.filter((widget) => widget.type === "button").map((widget) => widget.name);
}"""
CLICK = 'window.posemapNode.widgets.find((widget) => widget.type === "button").callback()'


class PromptServer:
    """ComfyUI's server as packs see it."""

    def __init__(self, server: Server) -> None:
        self.routes = web.RouteTableDef()
        self._server = server

    def send_sync(self, event: str, data: dict[str, Any]) -> None:
        asyncio.ensure_future(self._server.queue.send(event, data))


def load_pack(server: PromptServer, inputs: Path) -> types.ModuleType:
    modules = {"server": types.ModuleType("server"), "folder_paths": types.ModuleType("folder_paths")}
    modules["server"].PromptServer = types.SimpleNamespace(instance=server)  # type: ignore[attr-defined]
    modules["folder_paths"].get_input_directory = lambda: str(inputs)  # type: ignore[attr-defined]
    sys.modules.update(modules)
    spec = importlib.util.spec_from_file_location("posemap_pack", PACK / "__init__.py", submodule_search_locations=[str(PACK)])
    assert spec and spec.loader
    pack = importlib.util.module_from_spec(spec)
    sys.modules["posemap_pack"] = pack
    spec.loader.exec_module(pack)
    return pack


def definition(name: str, node: Any) -> dict[str, Any]:
    """Return a node as described by /object_info."""
    inputs = node.INPUT_TYPES()
    return {
        "input": inputs, "input_order": {kind: list(names) for kind, names in inputs.items()},
        "output": list(node.RETURN_TYPES), "output_is_list": [False] * len(node.RETURN_TYPES), "output_name": list(node.RETURN_NAMES),
        "name": name, "display_name": name, "description": node.DESCRIPTION, "python_module": "custom_nodes.posemap",
        "category": node.CATEGORY, "output_node": False,
    }


@web.middleware
async def extensions(request: web.Request, handler: Any) -> web.StreamResponse:
    """Answers like ComfyUI, which serves the scripts of packs and lists them for its editor."""
    path = request.path.removeprefix("/api")
    if path == "/extensions":
        return web.json_response(["/extensions/posemap/studio.js"])
    if path.startswith("/extensions/posemap/"):
        return web.FileResponse(PACK / "web" / Path(path).name)
    return await handler(request)  # type: ignore[no-any-return]


async def save_a_turn(address: str) -> None:
    """Turn the figure in the studio and save, as its page does."""
    parts = urlsplit(address)
    token = parse_qs(parts.query)["token"][0]
    home = f"127.0.0.1:{parts.port}"
    async with ClientSession() as session:
        async with session.ws_connect(f"ws://{home}/socket?token={token}", origin=f"http://{home}", max_msg_size=0) as socket:
            await socket.send_json({"type": "view", "width": 64, "height": 64, "format": "png"})
            await socket.send_json({"type": "edit", "edit": {"kind": "yaw", "character": "ana", "degrees": 35}})
            await socket.send_json({"type": "save"})
            async for message in socket:
                if "saved" in str(message.data):
                    return


async def check(context: BrowserContext, page: Page, server: Server, studios: Any, scene: Path) -> None:
    buttons = await page.evaluate(ADD)
    assert buttons == ["open in studio"], buttons
    async with context.expect_page() as opening:
        await page.evaluate(CLICK)
    studio = await opening.value
    await studio.wait_for_url("http://127.0.0.1:*/**", timeout=60_000)
    await studio.wait_for_function("document.title.includes('scene')", timeout=60_000)
    assert await studio.evaluate("window.opener") is None, "the studio's page can reach ComfyUI's"
    print("ok   the button opens the studio:", await studio.title())
    assert not server.queue.pending and not server.queue.history
    ((_, address),) = studios._running.values()
    kept = await page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify(app.graph.serialize())")
    assert parse_qs(urlsplit(address).query)["token"][0] not in kept, "the token is kept in ComfyUI's page"
    await save_a_turn(address)
    for _ in range(200):
        if server.queue.pending:
            break
        await asyncio.sleep(0.05)
    (job,) = server.queue.pending
    assert any(node["class_type"] == "PosemapMap" for node in job.prompt.values()), job.prompt
    assert '"yaw": 35' in scene.read_text()
    print("ok   a save queues the workflow again")


async def main() -> int:
    options = command_line(__doc__)
    os.environ["POSEMAP"] = os.path.realpath(options.posemap)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in ("input", "output", "temp"):
            (folder / kind).mkdir()
        scene = folder / "input/scene.json"
        scene.write_text(json.dumps(SCENE))
        server = Server(Options({}, folder))
        prompts = PromptServer(server)
        pack = load_pack(prompts, folder / "input")
        server.options.definitions.update(load_definitions(NODES))
        server.options.definitions.update({name: definition(name, node) for name, node in pack.NODE_CLASS_MAPPINGS.items()})
        app = server.app()
        app.add_routes(prompts.routes)
        app.add_routes([web.RouteDef(route.method, "/api" + route.path, route.handler, route.kwargs) for route in prompts.routes])
        app.middlewares.append(files_of(options.frontend / "comfyui_frontend_package/static"))
        app.middlewares.append(extensions)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
            context = await browser.new_context(viewport={"width": 1200, "height": 700})
            page = await context.new_page()
            page.on("pageerror", lambda fault: print("page:", fault, file=sys.stderr))
            await page.goto(f"http://127.0.0.1:{runner.addresses[0][1]}/")
            await page.wait_for_function("!!window.LiteGraph?.registered_node_types.PosemapMap", timeout=60_000)
            await check(context, page, server, pack.STUDIOS, scene)
            if options.picture:
                await asyncio.sleep(2)
                await page.bring_to_front()
                await page.screenshot(path=options.picture)
            await browser.close()
        pack.STUDIOS.end()
        await runner.cleanup()
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
