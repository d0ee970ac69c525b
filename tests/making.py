"""Readings made by hand, for tests of what comes after resolving."""

from __future__ import annotations

from hashlib import sha256

from cfm_kg.dates import PartialDate
from cfm_kg.model import Block, BlockKind, Claim, Document, Literal, Node, Publication, Reading, Span
from cfm_kg.quads import Triple
from cfm_kg.vocab import CFM, DCTERMS_TITLE, RDF_TYPE, RDFS_LABEL, thing

BODY = thing("body", "csto-cfm")


def date(iso: str) -> Literal:
    return Literal(iso, PartialDate.parse(iso).datatype)


def meeting(day: str) -> str:
    return thing("meeting", "csto-cfm", day)


def reading(
    name: str,
    facts: list[Triple],
    *,
    published: str | None = None,
    publisher: str | None = None,
    entities: list[Triple] | None = None,
) -> Reading:
    """A reading whose claims each quote one word of its text."""
    digest = sha256(name.encode()).hexdigest()
    text = " ".join(f"w{number}" for number in range(len(facts))) or "nothing"
    claims, start = [], 0
    for number, (subject, predicate, value) in enumerate(facts):
        span = Span(start, start + len(f"w{number}"))
        claims.append(
            Claim(
                thing("claim", f"{name}-{number}"),
                subject,
                predicate,
                value,
                span,
                f"w{number}",
                "by-hand",
                0.9,
            )
        )
        start = span.end + 1
    document = Document(
        name=f"{name}.txt",
        sha256=digest,
        text=text,
        blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
        language="en",
        publisher=publisher,
        publication=Publication(PartialDate.parse(published), "by hand") if published else None,
    )
    return Reading(document, thing("article", digest[:16]), tuple(claims), tuple(entities or ()))


def about_meeting(day: str, **values: Node | list[Node]) -> list[Triple]:
    """Facts of one meeting of the body."""
    iri = meeting(day)
    facts: list[Triple] = [(iri, RDF_TYPE, CFM("Meeting")), (iri, CFM("body"), BODY)]
    if not day.startswith("undated"):
        facts.append((iri, CFM("date"), date(day)))
    for name, value in values.items():
        facts += [(iri, CFM(name), one) for one in (value if isinstance(value, list) else [value])]
    return facts


def about_document(day: str, slug: str, title: str, kind: str = "Statement") -> list[Triple]:
    """A document that the meeting adopted."""
    iri = thing("document", "csto-cfm", day, slug)
    return [
        (meeting(day), CFM("adopted"), iri),
        (iri, RDF_TYPE, CFM("Document")),
        (iri, CFM("documentType"), CFM(kind)),
        (iri, DCTERMS_TITLE, Literal(title, language="en")),
    ]


def person(slug: str, label: str) -> list[Triple]:
    iri = thing("person", slug)
    return [(iri, RDF_TYPE, CFM("Person")), (iri, RDFS_LABEL, Literal(label, language="en"))]
