"""Content negotiation: which of the media types on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from starlette.datastructures import Headers

_HEADERS = 256
_FLAVOURS = frozenset({"charset", "profile", "version"})
_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_TYPE = re.compile(rf"(?:\*|\*/\*|(?!\*/){_TOKEN}/{_TOKEN})\Z")
"""A type, a range of types, or a lone `*`, which some clients send for `*/*`."""
_QUALITY = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_MEMBER = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
"""What stands between two commas; a comma in quotation marks ends nothing."""


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header, such as `text/*;q=0.5`."""

    kind: str
    subkind: str
    parameters: tuple[tuple[str, str], ...]
    quality: float

    def matches(self, media: str) -> bool:
        """Whether a media type lies in the range. What tells a flavour of a type is no obstacle."""
        kind, subkind, parameters = parse_media(media)
        mine = tuple(pair for pair in self.parameters if pair[0] not in _FLAVOURS)
        return self.kind in ("*", kind) and self.subkind in ("*", subkind) and set(mine) <= set(parameters)

    @property
    def exactness(self) -> tuple[bool, bool, int]:
        """The more exact range decides about a media type."""
        return self.kind != "*", self.subkind != "*", len(self.parameters)


def accepted(headers: Headers) -> str | None:
    """What a request accepts: its Accept headers, of which there may be several, as one."""
    return ", ".join(headers.getlist("accept")) or None


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer with the highest quality, or None. Of equals, one that is named, then the earlier one.

    No header, or one that says nothing, accepts everything.
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offers[0] if offers else None
    best = max(offers, key=lambda offer: _liking(offer, ranges), default=None)
    return best if best is not None and _liking(best, ranges)[0] > 0 else None


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


def _liking(offer: str, ranges: Sequence[Range]) -> tuple[float, bool, bool]:
    """The quality of the most exact range that fits, and how exact it is: what is named beats a wildcard."""
    fitting = max((one for one in ranges if one.matches(offer)), key=lambda one: one.exactness, default=None)
    return (fitting.quality, *fitting.exactness[:2]) if fitting else (0.0, False, False)


@lru_cache(_HEADERS)
def _ranges(accept: str) -> tuple[Range, ...]:
    return tuple(_parsed(accept))


def _parsed(accept: str) -> Iterator[Range]:
    """The ranges of a header. A member that is none, or whose quality is no number, says nothing."""
    for text in _MEMBER.findall(accept):
        kind, subkind, parameters = parse_media(text)
        quality = dict(parameters).get("q", "1")
        if _TYPE.match(essence(text)) and _QUALITY.fullmatch(quality):
            own = tuple(pair for pair in parameters if pair[0] != "q")
            yield Range(kind, subkind or "*", own, min(1.0, float(quality)))
