"""The names of things that entries describe, and things that no shape looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from cfm_kg.dates import PartialDate
from cfm_kg.entries.model import Entry, Finding, Written, name_of
from cfm_kg.entries.stored import Facts
from cfm_kg.entries.terms import classes as known_classes
from cfm_kg.store.terms import ID_BASE
from cfm_kg.validate import short
from cfm_kg.validate.shapes import shapes
from cfm_kg.vocab import BASE, CFM, defined_terms, local

_MEETING = re.compile(re.escape(ID_BASE) + r"meeting/([^/]+)/(\d{4}(?:-\d\d){0,2})\Z")


def misplaced(entry: Entry, facts: Facts) -> Iterator[Finding]:
    """Things whose names lie elsewhere than those of all others, or say another thing than the entry does."""
    described = {name_of(one.triple.subject): one for one in reversed(entry.written)}
    outside = [one for iri, one in described.items() if _is_outside(iri, one, facts)]
    if outside:
        yield _outside(outside[-1], len(outside))
    for iri, one in reversed(described.items()):
        if iri in defined_terms():
            yield _defined(one, iri)
        if iri.startswith(ID_BASE) and re.search(r"%|[A-Z]", iri.removeprefix(ID_BASE)):
            yield _spelled(one, iri)
    for said in _by_property(entry).values():
        if len(said) == 1:
            yield from _differs(said[0], facts)


def _by_property(entry: Entry) -> dict[tuple[str, str], list[Written]]:
    found: dict[tuple[str, str], list[Written]] = {}
    for one in entry.written:
        found.setdefault((name_of(one.triple.subject), one.triple.predicate.value), []).append(one)
    return found


def _defined(one: Written, iri: str) -> Finding:
    return Finding(
        "Violation",
        "ontology",
        f"{short(iri)} is a term of the ontology, which entries do not change",
        one.subject,
        iri,
        constraint="the ontology",
        expected="things, not terms",
        remedy="name a thing of your own, or change the ontology's files",
        example="<meeting/csto-cfm/2021-05-19> a cfm:Meeting .",
    )


def _is_outside(iri: str, one: Written, facts: Facts) -> bool:
    kinds = facts.classes(one.triple.subject) if isinstance(one.triple.subject, ox.NamedNode) else ()
    return not iri.startswith((ID_BASE, CFM.iri)) and not known_classes().isdisjoint(kinds)


def _outside(one: Written, number: int) -> Finding:
    iri = name_of(one.triple.subject)
    # A base that is nearly right is a slip; whoever has names of their own may keep them.
    return Finding(
        "Violation" if iri.startswith(BASE) else "Warning",
        "outside",
        f"{number} of the things described are named outside of {ID_BASE}, where nobody looks for them"
        if number > 1
        else f"the thing is named outside of {ID_BASE}, where nobody looks for it",
        one.subject,
        iri,
        constraint="a name below id/",
        expected=f"names below {ID_BASE}",
        remedy="correct the base at the head of the file, or the name",
        example=f"@base <{ID_BASE}> .",
    )


def _spelled(one: Written, iri: str) -> Finding:
    return Finding(
        "Warning",
        "name-form",
        f"the name {short(iri)} has capitals or percent signs, and differs from the same name without them",
        one.subject,
        iri,
        constraint="a name that is spelled in one way",
        expected="lower-case letters, digits and hyphens",
        remedy="name the thing so; `cfm-kg new` makes such names",
        example="<person/jose-marrek>",
    )


def _is_date(text: str) -> bool:
    try:
        return str(PartialDate.parse(text)) == text
    except ValueError:
        return False


def _is_body(value: object, facts: Facts) -> bool:
    return isinstance(value, ox.NamedNode) and CFM("Body") in facts.classes(value)


def _differs(one: Written, facts: Facts) -> Iterator[Finding]:
    """A meeting that is named after another body or day than the one stated."""
    named = _MEETING.match(name_of(one.triple.subject))
    path, value = one.triple.predicate.value, name_of(one.triple.object)
    if named is None or path not in (CFM("body"), CFM("date")):
        return
    said = local(value) if path == CFM("body") else value
    wanted = named[1 if path == CFM("body") else 2]
    # What is wrong by itself is told by its shape.
    known = _is_body(one.triple.object, facts) if path == CFM("body") else _is_date(value)
    as_exact = path == CFM("date") and (said.startswith(wanted) or wanted.startswith(said))
    if not known or said == wanted or as_exact:
        return
    iri = name_of(one.triple.subject)
    yield Finding(
        "Warning",
        "name-differs",
        f"the meeting is named after {wanted}, and its {short(path)} is {said}",
        one.subject,
        iri,
        path,
        value,
        one.value,
        "the name of a meeting",
        "a name made of body and date",
        f"correct {short(path)}, or the name",
        short(iri.replace(f"/{wanted}", f"/{said}")),
    )


def untargeted(entry: Entry, facts: Facts, misspelt: tuple[str, ...]) -> Iterator[Finding]:
    """Things that no shape looks at: whatever is said of them goes unchecked.

    Those whose class is in one of the `misspelt` namespaces are left out, as that is told already.
    """
    classes = {target.term for target in shapes().targets if target.is_class}
    properties = {target.term for target in shapes().targets if not target.is_class}
    stated = {name_of(one.triple.subject): one for one in reversed(entry.written)}
    said: dict[str, set[str]] = {}
    for one in entry.written:
        said.setdefault(name_of(one.triple.subject), set()).add(one.triple.predicate.value)
    for iri, one in sorted(stated.items()):
        subject = one.triple.subject
        if not isinstance(subject, ox.NamedNode):
            continue
        kinds = facts.classes(subject)
        if (
            any(kind.startswith(misspelt) for kind in kinds)
            or kinds & classes
            or (said[iri] & properties and kinds)
        ):
            continue
        kind = iri.removeprefix(ID_BASE).partition("/")[0] if iri.startswith(ID_BASE) else ""
        likely = next((short(c) for c in sorted(classes) if local(c).lower() == kind), "cfm:Meeting")
        why = f"it is a {', '.join(map(short, sorted(kinds)))}" if kinds else "it has no class"
        yield Finding(
            "Warning",
            "untargeted",
            f"no shape looks at {short(iri)}, so nothing of what is said of it is checked: {why}",
            one.subject,
            iri,
            constraint="target of a shape",
            expected="a class that a shape targets",
            remedy="give it a class of the ontology with `a`",
            example=f"{short(iri)} a {likely} .",
        )
