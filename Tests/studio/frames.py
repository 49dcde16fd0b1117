"""A WebSocket client that can violate the protocol: frames as bytes, valid and invalid."""
from __future__ import annotations

import contextlib
import os
import socket
import struct
from base64 import b64encode

from studio import Studio

TEXT, BINARY, CONTINUATION, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, masked: bool = True, reserved: int = 0, length: int | None = None) -> bytes:
    """Return the bytes of a frame; `length` is the claimed length, whatever the actual one."""
    length = len(payload) if length is None else length
    head = bytes([(fin << 7) | (reserved << 4) | opcode])
    bit = masked << 7
    if length < 126:
        head += bytes([bit | length])
    elif length < 1 << 16:
        head += bytes([bit | 126]) + struct.pack(">H", length)
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", length)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


class RawSocket:
    """A WebSocket after its handshake, as a plain connection."""

    def __init__(self, studio: Studio) -> None:
        self.socket = socket.create_connection(("127.0.0.1", studio.port), timeout=10)
        key = b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /socket?token={studio.token} HTTP/1.1\r\nHost: 127.0.0.1:{studio.port}\r\nOrigin: {studio.origin}\r\n"
            f"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            received = self.socket.recv(4096)
            assert received, answer
            answer += received
        assert answer.startswith(b"HTTP/1.1 101"), answer

    def __enter__(self) -> RawSocket:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send bytes; the other side may have hung up already."""
        with contextlib.suppress(OSError):
            self.socket.sendall(data)

    def drain(self, seconds: float) -> bool:
        """Read what arrives for a while; return whether the other side hung up."""
        self.socket.settimeout(seconds)
        try:
            while self.socket.recv(1 << 16):
                pass
        except TimeoutError:
            return False
        except OSError:
            return True
        return True
