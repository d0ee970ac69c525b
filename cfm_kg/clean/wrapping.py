"""Plain text whose lines were broken at a margin, as in mails: its paragraphs made one line again."""

from __future__ import annotations

import re
from collections import Counter
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


_PAGE = re.compile(r"\f?\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*$")
"""A line that is the number of a page."""
_SENTENCE_END = tuple(".!?:;")
_DIVIDED = 3
"""So many words at least must go on in the next line, and this share of lines, where words are divided."""
_DIVIDED_SHARE = 0.1
_RAGGED = 0.75
"""A typeset line that goes on has so much of the letters of the longest one at least."""


def unwrapped(text: str) -> str:
    """`text` with lines joined that a margin broke; as it is where no margin is to be seen.

    A line was broken at the margin where the next one's first word had no room on it. A blank takes the place
    of the break, or nothing after a hyphen; the hyphen goes too where the text divides words. Heads of pages
    within a sentence are left out.
    """
    lines = _without_page_heads(text.split("\n"))
    pairs, margin = list(pairwise(lines)), _margin(lines)
    broken = [_broken(*pair, margin) for pair in pairs] if margin else _ragged(pairs)
    if not any(broken):
        return text
    divides = _divides(pairs, sum(broken))
    parts = [lines[0]]
    for (line, following), joined in zip(pairs, broken, strict=True):
        if divides and _at_hyphen(line, following):
            whole = _is_divided(line, following, text)
            parts[-1] = parts[-1].rstrip()[:-1] if whole else parts[-1].rstrip()
            parts.append(following.lstrip())
        elif joined:
            parts += "" if _HYPHEN.search(line) else " ", following.lstrip()
        else:
            parts += "\n", following
    return "".join(parts)


def _without_page_heads(lines: Sequence[str]) -> list[str]:
    """The lines but for the numbers of pages, with lines told on several, that stand within a sentence."""
    times = Counter(line.strip() for line in lines)
    kept: list[str] = []
    block: list[str] = []
    for line in lines:
        if not line.strip() or _PAGE.match(line) or times[line.strip()] > 1:
            block.append(line)
            continue
        numbered = any(_PAGE.match(one) for one in block if one.strip())
        if not (numbered and kept and _goes_on(kept[-1], line)):
            kept += block
        kept.append(line)
        block = []
    return kept + block


def _goes_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to another."""
    return not line.rstrip().endswith(_SENTENCE_END) and following.lstrip()[:1].islower()


def _ragged(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Which lines are broken where a typesetter divided words: their letters differ in width, so do lines."""
    followed = [(a, b) for a, b in pairs if a.strip() and b.strip()]
    if not _divides(followed, len(followed)):
        return [False] * len(pairs)
    least = _RAGGED * max(len(line.rstrip()) for line, _ in followed)
    return [
        bool(following.strip())
        and least <= len(line.rstrip())
        and not line.rstrip().endswith(_SENTENCE_END)
        and not starts_item(following.strip())
        for line, following in pairs
    ]


def _divides(pairs: Sequence[tuple[str, str]], broken: int) -> bool:
    """Whether words are divided at the end of lines, not only broken at a hyphen that they have."""
    at_hyphen = sum(_at_hyphen(line, following) for line, following in pairs)
    return at_hyphen >= max(_DIVIDED, _DIVIDED_SHARE * broken)


def _at_hyphen(line: str, following: str) -> bool:
    """Whether a line ends in a hyphen, and the next one goes on in lower case."""
    return _HYPHEN.search(line.rstrip()) is not None and following.lstrip()[:1].islower()


def _is_divided(line: str, following: str, text: str) -> bool:
    """Whether a line's last word goes on in the next one: it is written with its hyphen nowhere else."""
    return line.split()[-1] + following.split(maxsplit=1)[0].rstrip(".,;:!?)\"'”’") not in text


def _margin(lines: Sequence[str]) -> int:
    """At how many characters lines were broken; 0 where they were not."""
    followed = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    lengths = [len(line.rstrip()) for line, _ in followed]
    short = [length for length in lengths if length <= _WIDE]
    if len(short) < _BREAKS or len(lengths) - len(short) > _LONG * len(lengths):
        return 0
    margin = max(short)
    if margin < _NARROW:
        return 0
    going_on = [b.lstrip()[0].islower() for a, b in followed if _broken(a, b, margin)]
    enough = len(going_on) >= max(_BREAKS, _SHARE * len(followed))
    return margin if enough and sum(going_on) >= _LOWER * len(going_on) else 0


def _broken(line: str, following: str, margin: int) -> bool:
    """Whether the first word of the following line had no room on a line."""
    if not line.strip() or not following.strip() or starts_item(following.strip()):
        return False
    first, length = following.split(maxsplit=1)[0], len(line.rstrip())
    # Without its hyphen a divided word would have had to go on.
    room = length - 1 if _HYPHEN.search(line) else length + 1
    return margin < room + len(first) and length <= margin
