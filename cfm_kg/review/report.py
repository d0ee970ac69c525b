"""What a build's report tells reviewers: words not told, things left apart, decisions applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Left:
    """Words of an article that were noticed and could not be told, and why. Offsets are code points."""

    stage: str
    reason: str
    detail: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Apart:
    """Things that may be one and were left apart: the first may be any of the others, and so many more."""

    things: tuple[str, ...]
    reason: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a decision in the build."""

    decision: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Article:
    article: str
    dropped: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class _Report:
    articles: tuple[_Article, ...] = ()
    unsettled: tuple[Apart, ...] = ()
    decisions: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What reviewers need of a report. `left` is by article, only where something is."""

    left: dict[str, tuple[Left, ...]] = field(default_factory=dict)
    apart: tuple[Apart, ...] = ()
    decisions: tuple[Applied, ...] = ()


def told(folder: Path) -> Told:
    """What the report in a build's folder tells; nothing where there is none that can be read."""
    try:
        report = msgspec.json.decode((folder / FILE).read_bytes(), type=_Report)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Told()
    left = {one.article: one.dropped for one in report.articles if one.dropped}
    return Told(left, report.unsettled, report.decisions)
