"""What somebody may have meant by a misspelt name."""

from __future__ import annotations

from collections.abc import Iterable

_ENOUGH = 60.0
"""How alike, of 100, a name must be to be suggested."""


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like this one, at most three, the nearest first."""
    from rapidfuzz import fuzz, process  # only needed once something is wrong

    found = process.extract(
        name, sorted(set(known)), scorer=fuzz.ratio, processor=str.casefold, limit=3, score_cutoff=_ENOUGH
    )
    return [match for match, _, _ in found]


def suggestion(name: str, known: Iterable[str], listed_by: str) -> str:
    """What to do about a misspelt name."""
    near = nearest(name, known)
    return (f"did you mean {' or '.join(near)}? " if near else "") + f"see {listed_by}"
