"""Numbers to draw, out of the rows of an answer: what is added up, by what, and in which shares."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.serve.pages.asking import Cell, Outcome

ROWS = ""
"""In place of a column's name: the rows themselves, counted or each by itself."""
_NUMERIC = re.compile(r"(?:[a-zA-Z]*[iI]nteger|int|long|short|byte|unsigned\w+|decimal|double|float)")
_YEAR = re.compile(r"(-?\d{4})(?:-\d\d(?:-\d\d(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?")
_SERIES = 6
REST = "other"


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be drawn: columns of numbers, columns to group by, and which of them are years."""

    numbers: tuple[str, ...]
    groups: tuple[str, ...]
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers by group and share. Groups are years where `timed`."""

    of: str
    by: str
    split: str
    timed: bool
    groups: tuple[str, ...]
    shares: tuple[str, ...]
    numbers: Mapping[tuple[str, str], float]

    def total(self, group: str) -> float:
        """All shares of a group together."""
        return sum(self.numbers.get((group, share), 0) for share in self.shares)


def choice_of(found: Outcome) -> Choice | None:
    """What may be drawn of an answer; None where nothing can."""
    numbers, years, names = list[str](), list[str](), list[str]()
    for at, name in enumerate(found.columns):
        cells = [row[at] for row in found.rows if row[at].text]
        if not cells:
            continue
        kind = numbers if all(map(_numeric, cells)) else years if all(map(_year, cells)) else names
        kind.append(name)
    if not numbers and not years:
        return None
    groups = tuple(name for name in found.columns if name in years or name in names)
    return Choice(tuple(numbers), groups, frozenset(years))


def _numeric(cell: Cell) -> bool:
    return _NUMERIC.fullmatch(cell.datatype.rpartition("#")[2]) is not None and _number(cell) is not None


def _number(cell: Cell) -> float | None:
    try:
        found = float(cell.text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _year(cell: Cell) -> bool:
    return not cell.iri and _YEAR.fullmatch(cell.text) is not None


def tally_of(found: Outcome, choice: Choice, asked: Mapping[str, str], told: Callable[[Cell], str]) -> Tally:
    """The numbers that `asked` names (`of`, `by`, `split`), else what the answer looks made for."""
    of = _one(asked.get("of"), (*choice.numbers, ROWS), choice.numbers[0] if choice.numbers else ROWS)
    before = found.columns[: found.columns.index(of)] if of else found.columns
    first = next((name for name in before if name in choice.years), ROWS if of else choice.groups[0])
    by = _one(asked.get("by"), (*choice.groups, ROWS), first)
    timed = by in choice.years
    names = [name for name in before if name in choice.groups and name not in choice.years]
    names.sort(key=lambda name: _things(found, name))  # rather names than things, which may repeat them
    guess = names[0] if timed and of and names else ROWS
    split = _one(asked.get("split"), (*choice.groups, ROWS), guess)
    numbers: dict[tuple[str, str], float] = {}
    for at, row in enumerate(found.rows):
        cells = dict(zip(found.columns, row, strict=True))
        group = _group(cells, by, timed, told) if by else _each(cells, choice, told, at)
        share = told(cells[split]) if split else ""
        value = _number(cells[of]) if of else 1.0
        if group and value is not None:
            numbers[group, share] = numbers.get((group, share), 0) + value
    return _gathered(of, by, split, timed, numbers)


def _one(asked: str | None, allowed: Sequence[str], otherwise: str) -> str:
    return asked if asked is not None and asked in allowed else otherwise


def _things(found: Outcome, name: str) -> bool:
    at = found.columns.index(name)
    return any(row[at].iri for row in found.rows)


def _group(cells: Mapping[str, Cell], by: str, timed: bool, told: Callable[[Cell], str]) -> str:
    match = _YEAR.fullmatch(cells[by].text) if timed else None
    return match[1] if match else "" if timed else told(cells[by])


def _each(cells: Mapping[str, Cell], choice: Choice, told: Callable[[Cell], str], at: int) -> str:
    """A row's own name: its texts, else its things, else its number."""
    named = [cells[name] for name in choice.groups if name not in choice.years]
    texts = [cell.text for cell in named if cell.text and not cell.iri] or [told(cell) for cell in named]
    return ", ".join(filter(None, texts)) or str(at + 1)


def _gathered(of: str, by: str, split: str, timed: bool, numbers: Mapping[tuple[str, str], float]) -> Tally:
    groups = dict.fromkeys(group for group, _ in numbers)
    sizes: dict[str, float] = {}
    for (_, share), number in numbers.items():
        sizes[share] = sizes.get(share, 0) + number
    shares = sorted(sizes, key=lambda share: (-sizes[share], share))
    kept = shares if len(shares) <= _SERIES else shares[: _SERIES - 1]
    merged: dict[tuple[str, str], float] = {}
    for (group, share), number in numbers.items():
        own = (group, share if share in kept else REST)
        merged[own] = merged.get(own, 0) + number
    told = tuple(kept) if kept == shares else (*kept, REST)
    return Tally(of, by, split, timed, tuple(sorted(groups) if timed else groups), told, merged)
