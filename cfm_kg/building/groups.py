"""Groups: what is said of a meeting and its parts, or of another thing, is fused by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from cfm_kg.building.records import Fragment, pack
from cfm_kg.fuse import Naming, Statement
from cfm_kg.model import Reading
from cfm_kg.vocab import BASE

_ID = BASE + "id/"
_OF_MEETINGS = frozenset({"meeting", "participation", "document", "tally", "intervention"})
"""Kinds of things that are named after a meeting: they are grouped with it."""
_OF_ORGANIZATIONS = frozenset({"chairmanship"})
"""Kinds of things that are named after an organisation and vie with each other."""


def home_of(iri: str) -> str:
    """The group of a thing, by its name.

    A meeting `meeting/<body>/<day>` and what is named after it (`document/<body>/<day>/…`) are one group, the
    turns at the head of one organisation another; any other thing is a group of its own.
    """
    if not iri.startswith(_ID):
        return iri
    kind, _, rest = iri[len(_ID) :].partition("/")
    if kind in _OF_MEETINGS:
        body, _, rest = rest.partition("/")
        return f"{_ID}meeting/{body}/{rest.partition('/')[0]}"
    if kind in _OF_ORGANIZATIONS:
        return f"{_ID}{kind}/{rest.partition('/')[0]}"
    return iri


def scattered(
    reading: Reading, statements: Iterable[Statement], final: Callable[[str], str], unions: Mapping[str, str]
) -> Iterator[tuple[str, str, bytes]]:
    """What an article says, by the home that its things have in the end: home, article, packed fragment."""
    homes: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        home = home_of(final(statement.subject))
        homes[unions.get(home, home)].append(statement)
    for home, said in homes.items():
        yield home, reading.article, pack(Fragment.of(reading, said))


def leanings(facts: Iterable[tuple[str, str, object]], known: Container[str]) -> list[str]:
    """The things that facts name and that neither they nor the registry describe."""
    every = list(facts)
    own = {subject for subject, _, _ in every}
    named = {value for _, _, value in every if isinstance(value, str) and value.startswith(_ID)}
    return sorted(name for name in named - own if name not in known)


def unions(naming: Naming) -> dict[str, str]:
    """Groups that count as another one: of meetings that shapes compare."""
    joined: dict[str, str] = {}
    for meetings in naming.rivals:
        homes = sorted({_end(home_of(meeting), joined) for meeting in meetings})
        joined |= dict.fromkeys(homes[1:], homes[0])
    return {home: _end(home, joined) for home in joined}


def _end(home: str, joined: Mapping[str, str]) -> str:
    while home in joined:
        home = joined[home]
    return home


def renamed_homes(old: Naming, new: Naming) -> set[str]:
    """The groups by whose names something may bear another name, or be grouped otherwise, than before."""
    changed = {name for pair in zip(_joins(old), _joins(new), strict=True) for name in _differing(*pair)}
    changed |= {subject for subject, _ in old.superseded ^ new.superseded}
    changed |= {name for pair in old.same.apart ^ new.same.apart for name in pair}
    changed |= {name for rivals in {*old.rivals} ^ {*new.rivals} for name in rivals}
    homes, before = {home_of(name) for name in changed}, set[str]()
    steps = [step for naming in (old, new) for step in _joins(naming)]
    while homes != before:
        before = set(homes)
        homes |= {home_of(a) for step in steps for a, b in step.items() if home_of(b) in homes}
    return homes


def _joins(naming: Naming) -> list[Mapping[str, str]]:
    return [naming.same.joins, *naming.steps]


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
