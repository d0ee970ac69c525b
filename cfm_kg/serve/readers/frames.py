"""How a reader process and the server talk over pipes: frames of a kind, a length and so many bytes."""

from __future__ import annotations

import asyncio
import struct
from typing import IO

DATA, END, FAILED = b"D", b"E", b"F"
"""A part of the answer; its end; why there is none, or no more of it, as JSON."""
_HEAD = struct.Struct("!cI")


def frame(kind: bytes, content: bytes | bytearray = b"") -> bytes:
    """A frame as it is sent."""
    return _HEAD.pack(kind, len(content)) + content


def read_frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame; None where the other side has gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    content = stream.read(length)
    return (kind, content) if len(content) == length else None


async def receive_frame(stream: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next frame. Raises asyncio.IncompleteReadError where the other side has gone."""
    kind, length = _HEAD.unpack(await stream.readexactly(_HEAD.size))
    return kind, await stream.readexactly(length)
