"""The studio's WebSocket with its page's protocol, without a browser."""
from __future__ import annotations

import contextlib
import json
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from studio import Studio

Message = dict[str, Any]
# The first requests of a page.
SIZE = (256, 256)


@dataclass(frozen=True)
class Picture:
    """A binary message: its head and the bytes of its picture."""

    head: Message
    data: bytes

    @staticmethod
    def read(frame: bytes) -> Picture:
        (length,) = struct.unpack_from("<I", frame)
        assert 4 + length <= len(frame), "a head that ends after its frame"
        return Picture(json.loads(frame[4 : 4 + length]), frame[4 + length :])


class Wire:
    """A connection to a studio. It keeps the newest message of each type, and acknowledges pictures as they arrive."""

    def __init__(self, studio: Studio, size: tuple[int, int] = SIZE, form: str = "png") -> None:
        address = f"ws://127.0.0.1:{studio.port}/socket?token={studio.token}"
        self._stack = contextlib.ExitStack()
        self.socket: ClientConnection = self._stack.enter_context(
            connect(address, origin=Origin(studio.origin), max_size=None, open_timeout=30, compression=None)
        )
        self.newest: dict[str, Message] = {}
        self.picture: Picture | None = None
        self.counts: dict[str, int] = {}
        self._probes = 0
        self.send("view", width=size[0], height=size[1], format=form)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._stack.close()

    # Sending

    def send(self, type: str, **members: Any) -> None:
        self.socket.send(json.dumps({"type": type} | members))

    def edit(self, kind: str, **members: Any) -> None:
        self.send("edit", edit={"kind": kind} | members)

    # Receiving

    def receive(self, seconds: float = 30) -> Message | Picture:
        """Return the next message; a picture of the view is acknowledged immediately."""
        data = self.socket.recv(timeout=seconds)
        if isinstance(data, bytes):
            picture = Picture.read(data)
            if picture.head["kind"] == "view":
                self.picture = picture
                self.send("shown", number=picture.head["number"])
            self._count(picture.head["kind"])
            return picture
        message: Message = json.loads(data)
        self.newest[message["type"]] = message
        self._count(message["type"])
        return message

    def _count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def until(self, holds: Callable[[Message | Picture], Any], what: str, seconds: float = 30) -> Message | Picture:
        """Return the next message that meets a condition."""
        end = time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            try:
                message = self.receive(rest)
            except TimeoutError:
                break
            if holds(message):
                return message
        raise AssertionError(f"in {seconds} s no {what}; heard of {self.counts}")

    def until_type(self, type: str, seconds: float = 30) -> Message:
        message = self.until(lambda one: isinstance(one, dict) and one["type"] == type, type, seconds)
        assert isinstance(message, dict)
        return message

    def until_picture(self, holds: Callable[[Message], Any] = lambda head: True, seconds: float = 30) -> Picture:
        picture = self.until(lambda one: isinstance(one, Picture) and one.head["kind"] == "view" and holds(one.head), "picture", seconds)
        assert isinstance(picture, Picture)
        return picture

    def settle(self, seconds: float = 30) -> None:
        """Wait until the server has processed everything that was sent, using a handle name that only this test
        knows."""
        self._probes += 1
        word = f"probe-{self._probes}"
        self.send("grab", handle=word, x=0, y=0)
        self.until(lambda one: isinstance(one, dict) and one["type"] == "refusal" and word in one["message"], f"answer to {word}", seconds)

    def refusals_of(self, message: Message) -> list[str]:
        """Return the server's objection to a message."""
        self._probes += 1
        word = f"probe-{self._probes}"
        self.socket.send(json.dumps(message))
        self.send("grab", handle=word, x=0, y=0)
        refusals: list[str] = []
        while True:
            refusal = str(self.until_type("refusal")["message"])
            if word in refusal:
                return refusals
            refusals.append(refusal)

    def until_document(self, holds: Callable[[Message], Any] = lambda document: True, seconds: float = 30) -> Message:
        """Return the document once it meets a condition."""
        known = self.newest.get("document")
        if known and holds(known):
            return known
        found = self.until(lambda one: isinstance(one, dict) and one["type"] == "document" and holds(one), "such document", seconds)
        assert isinstance(found, dict)
        return found

    def handle(self, name: str) -> tuple[float, float]:
        """Return a handle's position in the picture."""
        picture = self.picture or self.until_picture()
        for handle in picture.head["handles"]:
            if handle["handle"] == name:
                return handle["x"], handle["y"]
        raise AssertionError(f"no handle {name} among {[one['handle'] for one in picture.head['handles']]}")


def is_open(wire: Wire) -> bool:
    """Return whether the other side still answers a ping."""
    try:
        return wire.socket.ping().wait(10)
    except ConnectionClosed:
        return False
