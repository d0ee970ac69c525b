"""Differences grouped by kind of fact and likely cause, for whoever improves the rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cfm_kg.evaluate.ledger import Difference
from cfm_kg.evaluate.matching import fold, likeness, title_likeness

_CUT = 0.4
"""A title found that is this alike one that was missed is the same with something cut or added."""
_SPELLED = 0.5
"""A name found that is this alike one that was missed is its bearer's, told wrongly."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Differences of one kind with one cause."""

    kind: str
    cause: str
    differences: tuple[Difference, ...]


def groups(differences: Iterable[Difference]) -> tuple[Group, ...]:
    """The differences by kind and cause, the largest groups first."""
    by_article: dict[str, list[Difference]] = defaultdict(list)
    for one in differences:
        by_article[one.article].append(one)
    found: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for together in by_article.values():
        for one in together:
            found[one.kind, cause(one, together)].append(one)
    made = [Group(kind, why, tuple(rows)) for (kind, why), rows in found.items()]
    return tuple(sorted(made, key=lambda group: (-len(group.differences), group.kind, group.cause)))


def cause(one: Difference, together: Sequence[Difference]) -> str:
    """The likely cause of a difference, by what else differs in the same article."""
    other = "spurious" if one.what == "missed" else "missed"
    twins = [row for row in together if row.kind == one.kind and row.what == other]
    lost = any(
        row.kind == "meeting" and row.what == "missed" and "main True" in row.detail for row in together
    )
    if one.kind == "article":
        return "article not read"
    if one.kind == "meeting":
        return _paired(one, "other body or date" if twins else "")
    if one.kind.startswith(("meeting.", "document")) and one.what == "missed" and lost:
        return "meeting missed"
    if one.kind == "document":
        cut = any(title_likeness(_title(one), _title(row)) >= _CUT for row in twins)
        return _paired(one, "title cut or too long" if cut else "")
    if one.kind in ("meeting.participant", "person.post"):
        told = any(likeness(fold(_name(one)), fold(_name(row))) >= _SPELLED for row in twins)
        return _paired(one, "name unresolved" if told else "")
    if one.kind.startswith(("meeting.", "document.", "chairmanship.")) or one.kind == "published":
        return _value(one, twins)
    return _paired(one, "other value" if twins else "")


def _paired(one: Difference, cause_of_both: str) -> str:
    return cause_of_both or ("missed" if one.what == "missed" else "not in the gold facts")


def _value(one: Difference, twins: Sequence[Difference]) -> str:
    if one.detail.endswith("got None"):
        return "not found"
    if one.detail.endswith("for None"):
        return "not in the gold facts"
    return "wrong value" if twins else _paired(one, "")


def _title(one: Difference) -> str:
    return _field(one, "title")


def _name(one: Difference) -> str:
    return _field(one, "name") or one.detail


def _field(one: Difference, name: str) -> str:
    found = re.search(rf"\b{name} ('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", one.detail)
    return found[1][1:-1] if found else ""


def markdown(sets: Mapping[str, Iterable[Difference]]) -> str:
    """A report on several sets: for each kind and cause the number, and some of the differences."""
    lines = ["# Misses by kind and cause"]
    for name, differences in sets.items():
        found = groups(differences)
        lines += ["", f"## {name}", "", "| kind | cause | number |", "|---|---|---:|"]
        lines += [f"| {group.kind} | {group.cause} | {len(group.differences)} |" for group in found]
        for group in found:
            lines += ["", f"### {name}: {group.kind}, {group.cause} ({len(group.differences)})", ""]
            lines += [f"- {d.article} {d.what}: {d.detail}" for d in group.differences[:_SHOWN]]
            more = len(group.differences) - _SHOWN
            lines += [f"- and {more} more"] if more > 0 else []
    return "\n".join(lines) + "\n"
