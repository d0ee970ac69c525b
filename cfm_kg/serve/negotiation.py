"""Content negotiation: which of the media types on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_HEADERS = 256


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header, such as `text/*;q=0.5`."""

    kind: str
    subkind: str
    parameters: tuple[tuple[str, str], ...]
    quality: float

    def matches(self, media: str) -> bool:
        """Whether a media type lies in the range. A charset that the range names is no obstacle."""
        kind, subkind, parameters = parse_media(media)
        mine = tuple(pair for pair in self.parameters if pair[0] != "charset")
        return self.kind in ("*", kind) and self.subkind in ("*", subkind) and set(mine) <= set(parameters)

    @property
    def exactness(self) -> tuple[bool, bool, int]:
        """The more exact range decides about a media type."""
        return self.kind != "*", self.subkind != "*", len(self.parameters)


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer with the highest quality, the earlier one of equals; None where none is acceptable.

    No header, or an empty one, accepts everything.
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offers[0] if offers else None
    best = max(offers, key=lambda offer: _quality(offer, ranges), default=None)
    return best if best is not None and _quality(best, ranges) > 0 else None


def parse_media(text: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Type, subtype and parameters of a media type, in lower case but for parameters' values."""
    essence, *rest = text.split(";")
    kind, _, subkind = essence.strip().lower().partition("/")
    pairs = (part.partition("=") for part in rest)
    parameters = tuple((name.strip().lower(), value.strip().strip('"')) for name, _, value in pairs if name)
    return kind, subkind, parameters


def essence(text: str | None) -> str:
    """A media type without its parameters, in lower case; empty where there is none."""
    return (text or "").partition(";")[0].strip().lower()


def _quality(offer: str, ranges: Sequence[Range]) -> float:
    fitting = [one for one in ranges if one.matches(offer)]
    return max(fitting, key=lambda one: one.exactness).quality if fitting else 0.0


@lru_cache(_HEADERS)
def _ranges(accept: str) -> tuple[Range, ...]:
    return tuple(_parsed(accept))


def _parsed(accept: str) -> Iterator[Range]:
    for text in accept.split(","):
        kind, subkind, parameters = parse_media(text)
        if not kind:
            continue
        own = tuple(pair for pair in parameters if pair[0] != "q")
        # A lone `*` is what some clients send for `*/*`.
        yield Range(kind, subkind or "*", own, _number(dict(parameters).get("q", "1")))


def _number(quality: str) -> float:
    try:
        return min(1.0, max(0.0, float(quality)))
    except ValueError:
        return 0.0
