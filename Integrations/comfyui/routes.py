"""The route through which a node's button opens its scene in the studio."""

import ipaddress
import os

from .command import PosemapError
from .scene import scene_path
from .studio import Studios


def add_routes(server):
    """Add POST /posemap/studio to ComfyUI's server: {"scene"} in, {"scene", "address"} or {"error"} out."""
    from aiohttp import web

    studios = Studios(lambda path: server.send_sync("posemap.saved", {"scene": path}))

    @server.routes.post("/posemap/studio")
    async def open_studio(request):
        refusal = refused(request)
        if refusal:
            return web.json_response({"error": refusal}, status=403)
        try:
            scene = (await request.json())["scene"]
            path = os.path.realpath(scene_path(scene))
        except (ValueError, KeyError, TypeError, AttributeError):
            return web.json_response({"error": 'The request must be {"scene": "the path of a scene file"}.'}, status=400)
        if not scene.strip() or not os.path.isfile(path):
            return web.json_response({"error": f"There is no scene file {path}."}, status=404)
        try:
            return web.json_response({"scene": path, "address": await studios.address(path)})
        except PosemapError as fault:
            return web.json_response({"error": str(fault)}, status=500)

    return studios


def refused(request):
    """Return the reason why a request gets no studio, or "".

    A studio writes files, and is only for the user of this machine: not for other machines that can reach ComfyUI, and
    not for pages of other sites in the user's browser.
    """
    if not _is_here(request.remote or "") or not _is_here(_name(request.headers.get("Host", ""))):
        return "The studio opens only in a browser on the machine that runs ComfyUI, at http://127.0.0.1."
    if request.content_type != "application/json":
        return "The request must be JSON."
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.headers["Host"]:
        return "The request comes from another site."
    return ""


def _name(host):
    """Return a Host header without its port."""
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _is_here(name):
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
