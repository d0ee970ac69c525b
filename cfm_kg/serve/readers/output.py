"""What an engine writes its answer to: the answer leaves in frames, and is counted against the limits."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, TypeVar

from cfm_kg.serve.readers.frames import DATA, frame
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Limits

T = TypeVar("T")
_SIZE = 64 * 1024
"""So many bytes go into one frame."""
_ROWS: dict[str, tuple[bytes, int]] = {
    "application/sparql-results+json": (b'},{"', 1),
    "application/sparql-results+xml": (b"<result>", 0),
    "text/csv": (b"\n", -1),
    "text/tab-separated-values": (b"\n", -1),
}
"""What stands with each row and never within a term, where `"`, `<` and line ends are escaped; and how many
more rows than such marks there are.

In CSV line ends are not escaped: there a row with such a text counts as several.
"""


class Output(io.RawIOBase):
    """Where an answer of a media type goes. Writing raises HttpError beyond the limits."""

    def __init__(self, out: IO[bytes], media: str, limits: Limits) -> None:
        super().__init__()
        self.begun = False
        """Whether some of the answer has left."""
        self._out = out
        self._limits = limits
        self._mark, self._rows = _ROWS.get(media, (b"", 0))
        self._bytes = 0
        self._last = b""
        self._held = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, part: object) -> int:
        """Hold a part back until a frame is full."""
        content = bytes(part)  # type: ignore[call-overload]
        self._bytes += len(content)
        if self._bytes > self._limits.answer_bytes:
            raise _too_much(f"it has more than {self._limits.answer_bytes:,} bytes")
        if self._mark:
            self._count(content, self._mark)
        self._held += content
        if len(self._held) >= _SIZE:
            self.finish()
        return len(content)

    def _count(self, content: bytes, mark: bytes) -> None:
        seam = self._last + content
        self._rows += seam.count(mark)
        self._last = seam[len(seam) - len(mark) + 1 :] if len(mark) > 1 else b""
        if self._rows > self._limits.rows:
            raise _too_many(self._limits.rows)

    def finish(self) -> None:
        """Send what is held back."""
        if self._held:
            self.send(frame(DATA, self._held))
            self._held.clear()

    def send(self, content: bytes) -> None:
        """Send a frame, waiting while the server has no use for more."""
        self.begun = True
        rest = memoryview(content)
        while rest:  # a pipe may take a part only
            rest = rest[self._out.write(rest) or 0 :]

    def counted(self, items: Iterable[T]) -> Iterator[T]:
        """The items, counted as rows. Raises HttpError at one too many."""
        for number, item in enumerate(items, 1):
            if number > self._limits.rows:
                raise _too_many(self._limits.rows)
            yield item


def _too_many(rows: int) -> HttpError:
    return _too_much(f"it has more than {rows:,} rows")


def _too_much(why: str) -> HttpError:
    return HttpError(422, "the answer is too large", why=why, remedy="ask for less, or in parts with LIMIT")
