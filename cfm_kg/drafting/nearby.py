"""What an entry may be a duplicate of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from cfm_kg.dates import PartialDate
from cfm_kg.drafting.drafts import Draft, Thing
from cfm_kg.drafting.known import Catalogue, Known
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDFS_LABEL, SKOS_ALT_LABEL, slug

_DAYS = 10
"""Two meetings of one body within so many days may be one."""
_LIKE = 85
"""Percent of likeness from which two names may be one person's or document's."""
_NAMES = frozenset({RDFS_LABEL, SKOS_ALT_LABEL, DCTERMS_TITLE, CFM("councilName")})
_MOST = 5


@dataclass(frozen=True, slots=True)
class Near:
    """A thing that the draft is near to, and why."""

    iri: str
    label: str
    why: str


def nearby(draft: Draft, catalogue: Catalogue) -> tuple[Near, ...]:
    """Possible duplicates in the registry and the store, the likeliest first."""
    found = {}
    if catalogue.exists(draft.main.iri):
        found[draft.main.iri] = Near(draft.main.iri, "", "there is a thing of this name already")
    near = {"meeting": _meetings, "chairmanship": _turns}.get(draft.kind, _named_alike)
    for one in near(draft.main, draft.kind, catalogue):
        found.setdefault(one.iri, one)
    return tuple(found.values())[:_MOST]


def _of(thing: Thing, name: str) -> str | None:
    return next((value.value for predicate, value in thing.statements if predicate == CFM(name)), None)


def _stored(catalogue: Catalogue, name: str, value: str) -> Iterator[ox.NamedNode]:
    """Things of the store that have a value."""
    if catalogue.store is not None:
        pattern = (None, ox.NamedNode(CFM(name)), ox.NamedNode(value), ox.DefaultGraph())
        for quad in catalogue.store.quads_for_pattern(*pattern):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject


def _value(catalogue: Catalogue, thing: ox.NamedNode, name: str) -> str | None:
    assert catalogue.store is not None
    quads = catalogue.store.quads_for_pattern(thing, ox.NamedNode(CFM(name)), None, ox.DefaultGraph())
    return next((q.object.value for q in quads if isinstance(q.object, ox.Literal | ox.NamedNode)), None)


def _meetings(draft: Thing, kind: str, catalogue: Catalogue) -> Iterator[Near]:
    body, own = _of(draft, "body"), PartialDate.parse(_of(draft, "date") or "1")
    found = []
    for meeting in _stored(catalogue, "body", body or ""):
        text = _value(catalogue, meeting, "date")
        try:
            date = PartialDate.parse(text or "")
        except ValueError:
            continue
        apart = _apart(own, date)
        if apart <= _DAYS:
            found.append((apart, meeting.value, str(date)))
    for apart, iri, when in sorted(found):
        yield Near(
            iri, when, "the same body on the same date" if not apart else "the same body, near in time"
        )


def _apart(one: PartialDate, other: PartialDate) -> int:
    """Days between two dates, 0 where both may mean the same day."""
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


def _turns(draft: Thing, kind: str, catalogue: Catalogue) -> Iterator[Near]:
    organization, year = _of(draft, "organization"), _of(draft, "year")
    for turn in _stored(catalogue, "organization", organization or ""):
        if year is not None and _value(catalogue, turn, "year") == year:
            country = (_value(catalogue, turn, "country") or "").rpartition("/")[2].upper()
            yield Near(turn.value, country, "the same organisation in the same year")


def _named_alike(draft: Thing, kind: str, catalogue: Catalogue) -> Iterator[Near]:
    own = [slug(value.value).replace("-", " ") for name, value in draft.statements if name in _NAMES]
    known = catalogue.things(kind[0].upper() + kind[1:])
    names = {
        (iri, position): slug(name).replace("-", " ")
        for iri, one in known.items()
        for position, name in enumerate((one.label, *one.names))
    }
    scores: dict[str, float] = {}
    for name in filter(None, own):
        hits: Iterable[tuple[str, float, tuple[str, int]]] = process.extract(
            name, names, scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE, limit=_MOST * 4
        )
        for _, score, (iri, _) in hits:
            scores[iri] = max(score, scores.get(iri, 0.0))
    yield from (_alike(known[iri], scores[iri]) for iri in sorted(scores, key=lambda i: (-scores[i], i)))
    yield from _same_values(draft, catalogue)


def _alike(known: Known, score: float) -> Near:
    return Near(known.iri, known.label, "of the same name" if score >= 100 else f"named alike ({score:.0f}%)")


def _same_values(draft: Thing, catalogue: Catalogue) -> Iterator[Near]:
    """Countries of the same code."""
    code = _of(draft, "isoCode")
    for country in catalogue.registry.countries.values():
        if code == country.code:
            yield Near(country.iri, country.label, "the same code")
