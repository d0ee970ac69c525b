"""Looking a thing up with its sources, and checking an entry."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from cfm_kg.description import Description, Fact, Match, Source, describe, iri_of, nearest
from cfm_kg.description.labels import property_label, short
from cfm_kg.entries import KINDS, check_bytes
from cfm_kg.entries.formats.json import content
from cfm_kg.entries.formats.text import text as report_text
from cfm_kg.errors import CfmError
from cfm_kg.mcp.asking import Asking
from cfm_kg.mcp.tools import Json, Reply, Tool, arguments_schema
from cfm_kg.query.catalogue import THINGS

_SURE = 95.0
"""Percent of likeness from which a name is taken for a thing's, if no other thing bears it too."""
_FACTS, _LINKS = 100, 50
"""So many facts and links of a thing are shown."""


def entity_tools(asking: Asking) -> Iterator[Tool]:
    """`look_up` and `check_entry`."""
    yield _look_up(asking)
    yield _check(asking)


def _look_up(asking: Asking) -> Tool:
    async def run(arguments: Json) -> Reply:
        return await asyncio.to_thread(_found, asking, arguments["thing"], arguments.get("kind"))

    properties: dict[str, Json] = {
        "thing": {
            "type": "string",
            "minLength": 1,
            "description": "a name in any spelling, a code such as TJ, a path such as "
            "meeting/csto-cfm/2021-05-19, or an IRI",
        },
        "kind": {"type": "string", "enum": list(THINGS), "description": "look for names of this kind only"},
    }
    description = (
        "Tell what is known of one person, meeting, document, country, body, organisation, place, post, topic"
        " or article, and who says so: each fact with the article's exact words, file, date and address. "
        "Takes a name (spelling need not be right) or an IRI; where a name may mean several things, they are "
        "listed. Start here when you have a name, or want to cite the source of a fact."
    )
    schema = arguments_schema(properties, ("thing",))
    return Tool("look_up", "Look a thing up, with its sources", description, schema, run)


def _found(asking: Asking, wanted: str, kind: str | None) -> Reply:
    snapshot, labels = asking.labels()
    iri, others = iri_of(wanted), tuple[Match, ...]()
    if iri is None:
        others = asking.index().find(wanted, kind)
        if not others:
            raise CfmError(
                f"nothing here is named like {wanted!r}",
                remedy="try another spelling or no kind; query_people, query_meetings and others list things",
            )
        sure = [match for match in others if match.score >= _SURE]
        if len(sure) != 1:
            return _candidates(wanted, others)
        iri = sure[0].iri
    try:
        found = describe(snapshot.store, iri, labels)
    except ValueError as error:
        raise CfmError(f"{wanted!r} is not an IRI", why=str(error)) from error
    if found is None:
        near = ", ".join(short(one) for one in nearest(snapshot.store, iri))
        hint = f"did you mean one of {near}" if near else "give a name instead"
        raise CfmError(f"the graph says nothing of {short(iri)}", remedy=hint)
    return _described(found, [match for match in others if match.iri != iri])


def _candidates(wanted: str, matches: Sequence[Match]) -> Reply:
    lines = [f"{wanted!r} may mean several things. Look one of them up by its path:", ""]
    lines += [f"- {short(m.iri)}: {m.label} ({m.kind}; {m.name}, {m.score:.0f}% alike)" for m in matches]
    return Reply("\n".join(lines) + "\n", {"candidates": [asdict(match) for match in matches]})


def _described(found: Description, others: Sequence[Match]) -> Reply:
    kinds = ", ".join(property_label(kind) for kind in found.classes)
    lines = [f"# {found.label}", "", f"{short(found.iri)} ({kinds})", ""]
    for name, facts in groupby(found.facts[:_FACTS], lambda fact: fact.property):
        lines += _told(property_label(name), list(facts))
    if found.links:
        lines += ["", "What leads to it:", ""]
    for link in found.links[:_LINKS]:
        told = f"- {link.label} ({short(link.subject)}): {property_label(link.property)}"
        lines += [told, *_sources(link.sources)]
    hidden = max(0, len(found.facts) - _FACTS) + max(0, len(found.links) - _LINKS)
    if hidden or found.cut:
        lines += ["", f"{hidden or 'Some'} more facts are not shown: ask for them with sparql."]
    if others:
        lines += ["", "Named alike: " + ", ".join(f"{m.label} ({short(m.iri)})" for m in others)]
    values = {
        "iri": found.iri,
        "label": found.label,
        "classes": list(found.classes),
        "facts": [_fact(fact) for fact in found.facts[:_FACTS]],
        "links": [asdict(link) for link in found.links[:_LINKS]],
        "truncated": bool(hidden or found.cut),
        "others": [asdict(match) for match in others],
    }
    return Reply("\n".join(lines) + "\n", values)


def _told(name: str, facts: Sequence[Fact]) -> Iterator[str]:
    """The values of one property: a line each where someone is quoted for it, together where nobody is."""
    plain = [_value(fact) for fact in facts if not fact.sources]
    if plain:
        yield f"- {name}: {'; '.join(plain)}"
    for fact in facts:
        if fact.sources:
            yield f"- {name}: {_value(fact)}"
            yield from _sources(fact.sources)


def _value(fact: Fact) -> str:
    if isinstance(fact.value, str):
        return f"{fact.label} ({short(fact.value)})"
    return " ".join(fact.value.value.split()) + (f" [{fact.value.language}]" if fact.value.language else "")


def _fact(fact: Fact) -> Json:
    value: Json = {"iri": fact.value} if isinstance(fact.value, str) else fact.value._asdict()
    sources = [asdict(source) for source in fact.sources]
    return {"property": fact.property, "value": value, "label": fact.label, "sources": sources}


def _sources(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        article = ", ".join(filter(None, (one.title, one.publisher, one.issued, one.url or one.file)))
        yield f"  - “{' '.join(one.quote.split())}” ({article}; {short(one.claim)})"


def _check(asking: Asking) -> Tool:
    async def run(arguments: Json) -> Reply:
        entry, kind = arguments["text"].encode(), arguments.get("format", "ttl")
        report = await asyncio.to_thread(check_bytes, entry, kind, asking.live.snapshot().store)
        return Reply(report_text(report), content(report))

    properties: dict[str, Json] = {
        "text": {"type": "string", "minLength": 1, "description": "the whole entry, as the file would be"},
        "format": {"type": "string", "enum": list(KINDS), "default": "ttl", "description": "its format"},
    }
    description = (
        "Check an entry (RDF or a CSV table) that someone wants to add to the graph, against the shapes and "
        "in the context of what is stored: what is wrong, on which line, why, and how to mend it. Nothing is "
        "added. Use it before handing an entry to a person, and again after each correction. The resources "
        "cfm-kg://shapes/NAME and cfm-kg://ontology say what an entry must look like."
    )
    schema = arguments_schema(properties, ("text",))
    return Tool("check_entry", "Check an entry", description, schema, run)
