"""Tests of access: only the studio's own page, on this machine, with the token; and only the scene's files."""
from __future__ import annotations

import socket

import pytest
from conftest import Start
from studio import Studio
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect
from websockets.typing import Origin
from wire import Wire

ESCAPES = [
    "/page/../scene.json",
    "/page/../../../../../../etc/passwd",
    "/page/%2e%2e/%2e%2e/etc/passwd",
    "/page/..%2f..%2f..%2fetc%2fpasswd",
    "/page/%252e%252e/etc/passwd",
    "/page/..%5c..%5cetc%5cpasswd",
    "/page//etc/passwd",
    "/page/%2fetc%2fpasswd",
    "/page/./../../etc/passwd",
    "/page/....//....//etc/passwd",
    "/page/index.html%00.png",
    "/page/%c0%ae%c0%ae/etc/passwd",
    "/page",
    "/page/",
    "/scene.json",
    "/etc/passwd",
    "//etc/passwd",
    "/plate?file=/etc/passwd",
    "/picture?job=1&name=../../scene.json",
    "/picture?job=../..&name=scene.json",
    "/picture?job=1&name=%2fetc%2fpasswd",
    "/thumbnail?kind=../..&name=etc/passwd",
    "/thumbnail?kind=pose&name=../../../../etc/passwd",
    "/thumbnail?kind=pose&name=/etc/passwd",
    "/map?name=../../scene.json&subject=female",
    "/map?name=depth&subject=../../scene.json",
]


@pytest.fixture
def studio(start: Start) -> Studio:
    return start()


def test_only_the_address_that_is_printed_opens_the_page(studio: Studio) -> None:
    assert studio.get("/").status == 200
    for token in ("", "x", studio.token[:-1], studio.token + "0", studio.token.upper() + "x"):
        answer = studio.get("/", token=token)
        assert answer.status == 403
        assert b"token" in answer.body and len(answer.body.splitlines()) == 1, answer.body
        assert studio.get("/map?name=depth&subject=female", token=token).status == 403
        assert studio.get("/thumbnail?kind=pose&name=stand", token=token).status == 403


def test_a_token_is_new_at_every_start(start: Start) -> None:
    tokens = {start().token for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) >= 22 for token in tokens)


def test_the_socket_wants_token_origin_and_host(studio: Studio) -> None:
    address = f"ws://127.0.0.1:{studio.port}/socket"

    def is_taken(address: str, origin: str | None, host: str | None = None) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", studio.port)) as plain, connect(
                address.replace("127.0.0.1", host or "127.0.0.1"), sock=plain, origin=Origin(origin) if origin else None, open_timeout=10
            ):
                return True
        except (InvalidHandshake, EOFError, OSError):
            return False

    right = f"{address}?token={studio.token}"
    assert is_taken(right, studio.origin)
    assert not is_taken(address, studio.origin)
    assert not is_taken(f"{address}?token=wrong", studio.origin)
    for origin in (None, "null", "http://evil.example", f"https://127.0.0.1:{studio.port}", "http://127.0.0.1", f"http://127.0.0.1:{studio.port}.evil.example"):
        assert not is_taken(right, origin), origin
    # Someone else's name that points here: the browser would send it as Host.
    assert not is_taken(right, studio.origin, "evil.example")
    assert not is_taken(right, f"http://evil.example:{studio.port}", "evil.example")


def test_other_pages_of_the_browser_are_refused(studio: Studio) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}, {"Host": f"evil.example:{studio.port}"}, {"Host": ""}):
        assert studio.get("/", **headers).status in (400, 403), headers
        assert studio.get("/map?name=depth&subject=female", **headers).status in (400, 403), headers
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        answer = studio.get("/", method=method)
        assert answer.status == 405, method
        assert not any(name.lower().startswith("access-control-") for name in answer.headers)


def test_the_page_can_neither_be_framed_nor_load_from_elsewhere(studio: Studio) -> None:
    headers = {name.lower(): value for name, value in studio.get("/").headers.items()}
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_nothing_outside_can_be_fetched(studio: Studio) -> None:
    for path in ESCAPES:
        # urllib does not normalize paths.
        answer = studio.get(path)
        assert answer.status in (400, 404), (path, answer)
        assert b"root:" not in answer.body and b"characters" not in answer.body


def test_it_listens_on_this_machine_only(studio: Studio) -> None:
    assert studio.listening() == {f"0100007F:{studio.port:04X}"}


def test_an_export_stays_where_the_scene_is(studio: Studio) -> None:
    outside = studio.folder / "outside"
    with Wire(studio) as wire:
        for folder in ("../outside", str(outside), "out/../../outside", "", "..", "/", "out\0"):
            wire.counts.clear()
            wire.send("export", folder=folder, maps=["mask"], only=None, together=False)
            wire.until_type("refusal")
    assert not outside.exists()
    assert studio.files() == {"scene/scene.json"} | {file for file in studio.files() if "/.git/" in file}
