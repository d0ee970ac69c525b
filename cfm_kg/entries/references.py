"""References to things of which neither the entries nor the store say anything."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from cfm_kg.entries.model import Entry, Finding, Written, name_of
from cfm_kg.entries.naming import Names
from cfm_kg.entries.stored import TYPE, Facts
from cfm_kg.entries.terms import classes, nearest
from cfm_kg.entries.wanted import allowed_values, class_of
from cfm_kg.store.terms import ID_BASE
from cfm_kg.validate import short
from cfm_kg.vocab import CFM, local

_MANY = 2000
"""Things of a kind from which on a name is no more compared with all of them."""
_SHORTEST = 2
"""Letters that a name must have to be taken for a misspelling of another."""


def dangling(entry: Entry, facts: Facts) -> Iterator[Finding]:
    """References to what nobody knows."""
    seen: set[tuple[str, str, str]] = set()
    for one in entry.written:
        value, path = one.triple.object, one.triple.predicate
        # Classes and terms are not things: they are looked at as terms of the ontology.
        if path == TYPE or not isinstance(value, ox.NamedNode) or any(allowed_values(path.value)):
            continue
        key = (name_of(one.triple.subject), path.value, value.value)
        if value.value.startswith(ID_BASE) and not facts.knows(value) and key not in seen:
            seen.add(key)
            yield _dangling(one, value.value, facts)


def _dangling(one: Written, iri: str, facts: Facts) -> Finding:
    path = one.triple.predicate.value
    kind = class_of(path) or _kind(iri)
    near = _nearest(iri, kind, facts) if kind else []
    offered = [f"{short(one)} ({facts.label(ox.NamedNode(one)) or 'no label'})" for one in near]
    meant = f"did you mean {' or '.join(offered)}? Or " if near else ""
    name = local(kind).lower() or "thing"
    described = f"{short(iri)} a {short(kind)} ." if kind else ""
    return Finding(
        "Violation",
        "dangling",
        f"nothing is known of {short(iri)}",
        one.subject,
        name_of(one.triple.subject),
        path,
        iri,
        one.value,
        "a reference to something known",
        f"a {name} that the store holds or the entry describes",
        meant + "describe it in the same file",
        f"{short(path)} {short(near[0])} ;" if near else described,
    )


def _kind(iri: str) -> str:
    """The class that a name tells: that of things below its first part."""
    kind = iri.removeprefix(ID_BASE).partition("/")[0]
    return next((c for c in sorted(classes()) if c.startswith(CFM.iri) and local(c).lower() == kind), "")


def _nearest(iri: str, kind: str, facts: Facts) -> list[str]:
    """Known things of a class that are named or spelled like one; none where there are very many."""
    known, name = facts.instances(kind, _MANY), local(iri)
    if len(known) == _MANY or len(name) < _SHORTEST:
        return []
    text, names = name.replace("-", " "), Names(facts)
    return names.same(text, kind) or nearest(iri, known) or names.alike(text, kind)
