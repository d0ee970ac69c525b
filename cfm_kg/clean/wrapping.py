"""Plain text whose lines were broken at a margin, as in mails: its paragraphs made one line again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cfm_kg.clean.blocks import starts_item

_NARROW, _WIDE = 40, 120
"""Characters that a margin leaves at least and at most."""
_BREAKS = 5
"""So many lines at least must have been broken at the margin, and this share of those that are followed."""
_LOWER = 0.2
"""This share of them must go on in lower case: rows of a table may be as long, but begin anew."""
_SHARE = 0.5
_LONG = 0.05
"""This share of lines may be longer: addresses that could not be broken."""
_HYPHEN = re.compile(r"[^\W\d_][-‐]$")


def unwrapped(text: str) -> str:
    """`text` with lines joined that a margin broke; as it is where no margin is to be seen.

    A line was broken at the margin where the next one's first word had no room on it. A blank takes the place
    of the break, or nothing after a hyphen.
    """
    lines = text.split("\n")
    margin = _margin(lines)
    if not margin:
        return text
    parts = [lines[0]]
    for line, following in pairwise(lines):
        if _broken(line, following, margin):
            parts += "" if _HYPHEN.search(line) else " ", following.lstrip()
        else:
            parts += "\n", following
    return "".join(parts)


def _margin(lines: Sequence[str]) -> int:
    """At how many characters lines were broken; 0 where they were not."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    short = [length for length in lengths if length <= _WIDE]
    if len(short) < _BREAKS or len(lengths) - len(short) > _LONG * len(lengths):
        return 0
    margin = max(short)
    if margin < _NARROW:
        return 0
    followed = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    going_on = [b.lstrip()[0].islower() for a, b in followed if _broken(a, b, margin)]
    enough = len(going_on) >= max(_BREAKS, _SHARE * len(followed))
    return margin if enough and sum(going_on) >= _LOWER * len(going_on) else 0


def _broken(line: str, following: str, margin: int) -> bool:
    """Whether the first word of the following line had no room on a line."""
    if not line.strip() or not following.strip() or starts_item(following.strip()):
        return False
    first = following.split(maxsplit=1)[0]
    return margin < len(line.rstrip()) + 1 + len(first) and len(line.rstrip()) <= margin
