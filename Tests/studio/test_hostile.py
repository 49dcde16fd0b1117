"""Tests that any input over the socket is either accepted or rejected; the server continues, and so does the
document."""
from __future__ import annotations

import socket
from pathlib import Path

import pytest
from conftest import Start
from frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, RawSocket, frame
from messages import good
from mutations import Mutator
from studio import Studio
from websockets.exceptions import ConnectionClosed
from wire import Wire

SEED = 20
BATCH = 50


@pytest.fixture
def studio(start: Start) -> Studio:
    return start()


def files_around(studio: Studio) -> set[Path]:
    """Return all files beside the studio's folder and above it, within the test's own folder."""
    return {file for file in studio.folder.parent.rglob("*") if "/.git/" not in str(file)}


def is_sane(studio: Studio, original: str) -> None:
    """Check that the server serves a new tab, restores the scene's text, and shows it without a fault."""
    assert studio.is_running, studio.log.read_text()
    with Wire(studio) as wire:
        wire.edit("text", file=str(studio.scene), text=original)
        document = wire.until_document(lambda one: one["files"][0]["text"] == original)
        assert [one for one in document["diagnostics"] if one["severity"] == "error"] == []
        assert [one["id"] for one in document["scene"]["characters"]] == ["female", "male"]
        wire.send("view", width=120, height=120)
        picture = wire.until_picture(lambda head: head["width"] == 120)
        assert "female.leftHand" in [one["handle"] for one in picture.head["handles"]]


def test_mutated_messages_end_in_a_refusal_or_are_taken(studio: Studio, is_long: bool) -> None:
    original = studio.scene.read_text()
    around = files_around(studio)
    mutator = Mutator(SEED, str(studio.scene))
    count = 10_000 if is_long else 600
    answers = {"refused": 0, "closed": 0}
    wire = Wire(studio, size=(96, 128))
    for done in range(0, count, BATCH):
        batch = [mutator.message() for _ in range(BATCH)]
        try:
            for message in batch:
                wire.socket.send(message)
            wire.settle(60)
            # Whatever the batch made of the scene, the next one starts with a good one.
            wire.edit("text", file=str(studio.scene), text=original)
        except ConnectionClosed:
            answers["closed"] += 1
            assert studio.is_running, f"after {done} messages, in the batch:\n{[str(one)[:300] for one in batch]}\n{studio.log.read_text()}"
            wire = Wire(studio, size=(96, 128))
        answers["refused"] = answers["refused"] + wire.counts.pop("refusal", 0)
    wire.close()
    is_sane(studio, original)
    strays = {file for file in files_around(studio) - around if studio.scene.parent not in file.parents and "cache" not in file.parts}
    assert strays == set()
    print(f"\n{count} mutated messages: {answers['refused']} refused, {answers['closed']} connections closed")
    assert answers["refused"] > count / 3


def test_every_good_message_is_understood(studio: Studio) -> None:
    """The basis of the mutations is valid: no message is rejected for its form."""
    with Wire(studio, size=(96, 128)) as wire:
        for message in good(str(studio.scene)):
            if message["type"] in ("comfyui", "shown"):
                continue
            refusals = wire.refusals_of(message)
            forms = ("must be", "no message of the type", "no edit of the kind", "is missing", "is unknown")
            assert not any(form in one for one in refusals for form in forms), (message, refusals)


FRAMES: dict[str, bytes] = {
    "a binary frame": frame(BINARY, b"\x00\x01\x02"),
    "text that is no UTF-8": frame(TEXT, b'{"type":"\xff\xfe\xc0\xaf"}'),
    "a surrogate in UTF-8": frame(TEXT, b'{"type":"\xed\xa0\x80"}'),
    "a frame without a mask": frame(TEXT, b'{"type":"undo"}', masked=False),
    "reserved bits": frame(TEXT, b'{"type":"undo"}', reserved=7),
    "an opcode that there is not": frame(5, b"x"),
    "a control opcode that there is not": frame(12, b"x"),
    "a ping in pieces": frame(PING, b"a", fin=False) + frame(CONTINUATION, b"b"),
    "a ping that is too long": frame(PING, b"a" * 400),
    "a continuation of nothing": frame(CONTINUATION, b"x"),
    "a beginning in the middle of a message": frame(TEXT, b"{", fin=False) + frame(TEXT, b"}"),
    "a message of five thousand pieces": frame(TEXT, b"{", fin=False) + frame(CONTINUATION, b" ", fin=False) * 5_000 + frame(CONTINUATION, b"}"),
    "a message of empty pieces": frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"", fin=False) * 5_000 + frame(CONTINUATION, b""),
    "a good message in pieces": frame(TEXT, b'{"type"', fin=False) + frame(PING, b"between") + frame(CONTINUATION, b':"undo"}'),
    "more bytes than can be": frame(TEXT, b"x", length=(1 << 63) - 1),
    "a length with the highest bit": frame(TEXT, b"x", length=(1 << 64) - 1),
    "nine megabytes": frame(TEXT, b"x", length=9 << 20) + bytes(9 << 20),
    "pongs that nobody asked for": frame(PONG, b"x") * 1_000,
    "many pings": frame(PING, b"x" * 125) * 2_000,
    "a close of one byte": frame(CLOSE, b"\x03"),
    "a close with a code that there is not": frame(CLOSE, b"\x00\x00"),
    "a close, and then more": frame(CLOSE, b"\x03\xe8") + frame(TEXT, b'{"type":"undo"}'),
    "half a frame": frame(TEXT, b'{"type":"undo"}')[:5],
    "no frame": b"GET / HTTP/1.1\r\n\r\n",
    "nothing": b"",
}


def test_frames_that_no_client_may_send(studio: Studio) -> None:
    original = studio.scene.read_text()
    for what, data in FRAMES.items():
        with RawSocket(studio) as raw:
            raw.send(data)
            raw.drain(0.05)
        assert studio.is_running, f"{what}:\n{studio.log.read_text()}"
    is_sane(studio, original)


REQUESTS = [
    b"",
    b"\r\n\r\n",
    b"GET",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X-Much: " + b"y" * 200_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
    b"GET /%ff%fe?token=%ff HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /?%&%zz=%1 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
    bytes(range(256)) * 64,
]


def test_requests_that_are_none(studio: Studio) -> None:
    original = studio.scene.read_text()
    for request in REQUESTS:
        with socket.create_connection(("127.0.0.1", studio.port), timeout=5) as plain:
            plain.sendall(request)
            plain.settimeout(0.1)
            try:
                while plain.recv(1 << 16):
                    pass
            except OSError:
                pass
        assert studio.is_running, f"{request[:80]!r}:\n{studio.log.read_text()}"
    is_sane(studio, original)


def test_many_who_say_nothing_keep_nobody_out(studio: Studio) -> None:
    original = studio.scene.read_text()
    silent = [socket.create_connection(("127.0.0.1", studio.port)) for _ in range(200)]
    tabs = [Wire(studio, size=(64, 64)) for _ in range(12)]
    try:
        is_sane(studio, original)
    finally:
        for one in silent:
            one.close()
        for tab in tabs:
            tab.close()


def test_a_tab_that_reads_nothing_holds_nobody_up(studio: Studio) -> None:
    """A page in a frozen tab: data that it does not read must not fill the server's memory."""
    original = studio.scene.read_text()
    with RawSocket(studio) as frozen:
        frozen.send(frame(TEXT, b'{"type":"view","width":768,"height":768,"format":"rgba"}'))
        with Wire(studio, size=(64, 64)) as wire:
            for step in range(300):
                if step == 70:
                    # The first pictures load bodies, their sources, and OpenGL.
                    before = studio.resident_kilobytes
                wire.edit("yaw", character="male", degrees=step % 180)
                if step % 20 == 0:
                    wire.settle()
        is_sane(studio, original)
        grown = studio.resident_kilobytes - before
        # Its pictures since then amount to 540 MB.
        assert grown < 200_000, f"{grown} kB more for a tab that reads nothing"
