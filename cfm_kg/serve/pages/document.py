"""The page of a document: its titles, what meetings did with it, and its like at other meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfm_kg.description import Description, Source
from cfm_kg.serve.pages import search
from cfm_kg.serve.pages.showing import about
from cfm_kg.serve.pages.view import ACTIONS, Explorer, View
from cfm_kg.vocab import CFM, DCTERMS_TITLE

_MOST = 40


@dataclass(frozen=True, slots=True)
class Handled:
    """What a meeting did with a document, and who says so. IRIs."""

    document: str
    title: str
    meeting: str
    date: str
    action: str
    sources: tuple[Source, ...] = ()


def document(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described document."""
    view = explorer.view()
    titles = [fact for fact in found.facts if fact.property == DCTERMS_TITLE]
    facts = [f for f in found.facts if f.property in map(CFM, ("documentType", "initiator", "forBody"))]
    topics = [fact for fact in found.facts if fact.property == CFM("topic")]
    actions = dict.fromkeys(map(CFM, ACTIONS))
    handled = [
        Handled(found.iri, "", link.subject, view.one(link.subject, "date"), link.property, link.sources)
        for link in found.links
        if link.property in actions
    ]
    ready = view.made("names") or not explorer.site.settings.served
    told = {fact.property for fact in (*titles, *facts, *topics)}
    return about(
        explorer,
        "document.html",
        found,
        json_ld,
        path,
        told,
        titles=titles,
        facts=facts,
        topics=topics,
        handled=sorted(handled, key=lambda one: (one.date, one.meeting, one.action)),
        family=sorted(_family(explorer, view, found), key=lambda one: (one.date, one.document))
        if ready
        else (),
        ready=ready,
    )


def _family(explorer: Explorer, view: View, found: Description) -> Iterator[Handled]:
    """Documents of this title, or of one in nearly the same words, with what became of each."""
    names = search.ready(explorer, view)
    like = [
        iri
        for fact in found.facts
        if fact.property == DCTERMS_TITLE
        for iri in names.family(view.told(fact.value), "document")
    ]
    for iri in list(dict.fromkeys(one for one in like if one != found.iri))[:_MOST]:
        for action in ACTIONS:
            for meeting in sorted(set(view.subjects(action, iri))):
                title = next(view.stated(iri, DCTERMS_TITLE), "")
                yield Handled(iri, title, meeting, view.one(meeting, "date"), CFM(action))
