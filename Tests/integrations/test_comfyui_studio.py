"""The button of the ComfyUI nodes: the pack's route on a real aiohttp server, as in ComfyUI, and a real studio."""

import asyncio
import json
import os
import sys
import types
import urllib.parse

import pytest
from aiohttp import ClientSession, web
from conftest import ROOT
from test_comfyui_nodes import load

JSON = {"Content-Type": "application/json"}


class ComfyServer:
    """The parts of ComfyUI's PromptServer that the pack uses; the browser sees the address ``home``."""

    def __init__(self):
        self.routes = web.RouteTableDef()
        self.sent = asyncio.Queue()
        self.home = ""

    def send_sync(self, event, data):
        self.sent.put_nowait((event, data))

    async def start(self):
        application = web.Application()
        application.add_routes(self.routes)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.home = "http://127.0.0.1:%d" % runner.addresses[0][1]
        return runner


@pytest.fixture
def routes(tmp_path_factory, scene_folder, monkeypatch, tmp_path):
    """Return the module of the pack's route, with the scene's folder as ComfyUI's input folder."""
    folder_paths = types.ModuleType("folder_paths")
    folder_paths.get_input_directory = lambda: str(scene_folder)
    monkeypatch.setitem(sys.modules, "folder_paths", folder_paths)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    pack = load(tmp_path_factory.mktemp("custom_nodes") / "posemap")
    return __import__(pack.__name__ + ".routes", fromlist=["add_routes"])


def in_comfyui(routes, work):
    """Run ``work(server, session)`` while the pack's route is served; afterward, no studio runs."""

    async def run():
        server = ComfyServer()
        studios = routes.add_routes(server)
        runner = await server.start()
        try:
            async with ClientSession() as session:
                await work(server, session, studios)
        finally:
            processes = [process for process, _ in studios._running.values()]
            studios.end()
            for process in processes:
                await asyncio.wait_for(process.wait(), 20)
            await runner.cleanup()

    asyncio.run(run())


async def ask(server, session, document, status, **headers):
    """Return the route's answer to a click."""
    body = document if isinstance(document, str) else json.dumps(document)
    async with session.post(f"{server.home}/posemap/studio", data=body, headers={**JSON, **headers}) as response:
        answer = await response.json()
        assert response.status == status, answer
        return answer


def test_a_click_opens_the_scene_and_a_save_is_told(routes, scene_folder):
    scene = os.path.realpath(scene_folder / "scene.json")

    async def work(server, session, studios):
        first, second = await asyncio.gather(*(ask(server, session, {"scene": "scene.json"}, 200) for _ in range(2)))
        assert first == second, "two clicks open one studio"
        assert first["scene"] == scene
        address = urllib.parse.urlsplit(first["address"])
        token = urllib.parse.parse_qs(address.query)["token"][0]
        assert address.hostname == "127.0.0.1" and len(token) >= 20

        before = open(scene).read()
        socket = f"ws://127.0.0.1:{address.port}/socket?token={token}"
        async with session.ws_connect(socket, origin=f"http://127.0.0.1:{address.port}", max_msg_size=0) as page:
            await page.send_json({"type": "view", "width": 64, "height": 64, "format": "png"})
            await page.send_json({"type": "save"})
            yaw = {"kind": "yaw", "character": "ana", "degrees": 35}
            await page.send_json({"type": "edit", "edit": yaw})
            await page.send_json({"type": "save"})
            told = await asyncio.wait_for(server.sent.get(), 60)
        assert told == ("posemap.saved", {"scene": scene})
        after = open(scene).read()
        assert after != before and '"yaw": 35' in after
        assert server.sent.empty(), "a save that writes nothing is not told"

    in_comfyui(routes, work)


def test_a_studio_that_has_ended_opens_again(routes):
    async def work(server, session, studios):
        first = await ask(server, session, {"scene": "scene.json"}, 200)
        ((process, _),) = studios._running.values()
        process.terminate()
        await process.wait()
        second = await ask(server, session, {"scene": "scene.json"}, 200)
        assert second["scene"] == first["scene"] and second["address"] != first["address"]

    in_comfyui(routes, work)


def test_only_this_machine_and_comfyuis_own_page_get_a_studio(routes):
    async def work(server, session, studios):
        own = server.home
        await ask(server, session, {"scene": "gone.json"}, 404, Origin=own)
        for headers, words in (
            ({"Origin": "http://evil.example"}, "another site"),
            ({"Origin": "null"}, "another site"),
            # A name that an attacker points to this machine.
            ({"Host": "evil.example:8188", "Origin": "http://evil.example:8188"}, "on the machine that runs ComfyUI"),
            # Requests that a form on another site can send without permission.
            ({"Content-Type": "text/plain"}, "must be JSON"),
        ):
            answer = await ask(server, session, {"scene": "scene.json"}, 403, **headers)
            assert words in answer["error"] and set(answer) == {"error"}
        assert not studios._running

    in_comfyui(routes, work)
    far = types.SimpleNamespace(remote="192.168.1.7", headers={"Host": "127.0.0.1:8188"}, content_type="application/json")
    assert "on the machine that runs ComfyUI" in routes.refused(far)
    far.remote = "::1"
    far.headers["Host"] = "[::1]:8188"
    assert routes.refused(far) == ""


def test_what_is_wrong_is_said_in_a_sentence(routes, scene_folder, monkeypatch):
    async def work(server, session, studios):
        assert "no scene file" in (await ask(server, session, {"scene": "gone.json"}, 404))["error"]
        assert "no scene file" in (await ask(server, session, {"scene": " "}, 404))["error"]
        for document in ("{", {}, {"scene": 7}, []):
            assert '{"scene": ' in (await ask(server, session, document, 400))["error"]
        monkeypatch.setenv("POSEMAP", "/nowhere")
        answer = await ask(server, session, {"scene": "scene.json"}, 500)
        assert answer["error"] == "/nowhere, named in $POSEMAP, is not a command that can be run."

    in_comfyui(routes, work)


def test_comfyui_serves_the_button(routes):
    pack = sys.modules[routes.__package__]
    script = ROOT / "Integrations/comfyui" / pack.WEB_DIRECTORY / "studio.js"
    text = script.read_text()
    # The names shared by page and route.
    assert '"/posemap/studio"' in text and '"posemap.saved"' in text
