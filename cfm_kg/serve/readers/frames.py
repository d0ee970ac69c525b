"""How a reader process and the server talk over pipes: frames of a kind, a length and so many bytes."""

from __future__ import annotations

import asyncio
import io
import struct
from collections.abc import Callable
from typing import IO

DATA, END, FAILED = b"D", b"E", b"F"
"""A part of the answer; its end; why there is none, or no more of it, as JSON."""
SIZE = 64 * 1024
"""So many bytes of an answer go into one frame."""
_HEAD = struct.Struct("!cI")


def frame(kind: bytes, content: bytes = b"") -> bytes:
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


class Output(io.RawIOBase):
    """What an engine writes its answer to: it leaves in frames, and is counted against limits."""

    def __init__(self, send: Callable[[bytes], None], check: Callable[[bytes], None]) -> None:
        super().__init__()
        self._send = send
        self._check = check
        self._held = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, part: object) -> int:
        """Hold a part back until a frame is full. Raises what `check` raises."""
        content = bytes(part)  # type: ignore[call-overload]
        self._check(content)
        self._held += content
        if len(self._held) >= SIZE:
            self.finish()
        return len(content)

    def finish(self) -> None:
        """Send what is held back."""
        if self._held:
            self._send(frame(DATA, bytes(self._held)))
            self._held.clear()
