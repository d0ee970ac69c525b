"""The page of a topic: the meetings and documents on it, over the years."""

from __future__ import annotations

from collections import Counter

from cfm_kg.description import Description
from cfm_kg.serve.pages.showing import about
from cfm_kg.serve.pages.view import ACTIONS, Explorer, View
from cfm_kg.vocab import CFM, DCTERMS_TITLE, SKOS, SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL

_MOST = 100
_YEARS = 40


def topic(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described topic."""
    view = explorer.view()
    order, known = view.place_in_order, view.meetings
    on_it = set(view.having("topic", found.iri))
    papers = sorted(iri for iri in on_it if iri not in order)
    handling = {meeting for iri in papers for meeting in _meetings(view, iri)}
    places = sorted((order[iri] for iri in on_it | handling if iri in order), reverse=True)
    meetings = [known[at] for at in places]
    said = {link.subject: link.sources for link in found.links if link.property == CFM("topic")}
    spelt = {SKOS("prefLabel"), SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL, SKOS("inScheme"), SKOS("topConceptOf")}
    return about(
        explorer,
        "topic.html",
        found,
        json_ld,
        path,
        spelt | {SKOS("broader"), SKOS("narrower")},
        meetings=[(one, said.get(one.iri, ())) for one in meetings[:_MOST]],
        number=len(meetings),
        years=sorted(Counter(one.year for one in meetings if one.year).items())[-_YEARS:],
        papers=[
            (iri, next(view.stated(iri, DCTERMS_TITLE), ""), said.get(iri, ())) for iri in papers[:_MOST]
        ],
        paper_number=len(papers),
        broader=sorted(set(view.stated(found.iri, SKOS("broader")))),
        narrower=sorted(
            {iri for iri, above in view.everywhere(SKOS("broader")) if above == found.iri}, key=view.label
        ),
        spellings=sorted(
            {*view.stated(found.iri, SKOS("prefLabel")), *view.stated(found.iri, SKOS_ALT_LABEL)}
        ),
    )


def _meetings(view: View, document: str) -> set[str]:
    return {meeting for action in ACTIONS for meeting in view.subjects(action, document)}
