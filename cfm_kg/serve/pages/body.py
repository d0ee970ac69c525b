"""The page of a council: its meetings, who belongs to it, who chaired it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cfm_kg.description import Description
from cfm_kg.serve.pages.attendance import memberships, within
from cfm_kg.serve.pages.people import tenures
from cfm_kg.serve.pages.showing import about
from cfm_kg.serve.pages.turn import all_turns
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.vocab import CFM, RDFS_LABEL, SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL

_MEETINGS, _CHAIRS = 50, 50


@dataclass(frozen=True, slots=True)
class Member:
    """A country of the organisation, and who sits for it on the day of the last meeting. IRIs."""

    country: str
    start: str
    end: str
    post: str
    holders: tuple[str, ...]


def body(explorer: Explorer, found: Description, json_ld: str, path: str) -> bytes:
    """The page of a described council."""
    view = explorer.view()
    met, chairs = view.by_body.get(found.iri, []), view.chairs
    organization = view.one(found.iri, "partOf")
    seated = Counter(chair for one in met if (chair := chairs.get(one.iri, "")))
    last = {chairs[one.iri]: one for one in met if one.iri in chairs}
    spelt = set(map(CFM, ("councilName", "informalName", "partOf", "memberRole", "acronym")))
    return about(
        explorer,
        "body.html",
        found,
        json_ld,
        path,
        spelt | {RDFS_LABEL, SKOS_ALT_LABEL, SKOS_HIDDEN_LABEL},
        organization=organization,
        role=view.one(found.iri, "memberRole"),
        meetings=met[::-1][:_MEETINGS],
        number=len(met),
        years=sorted({one.year for one in met if one.year}),
        members=_members(view, found.iri, organization),
        as_of=view.last_date,
        chairs=[(iri, number, last[iri]) for iri, number in seated.most_common(_CHAIRS)],
        turns=[one for one in all_turns(view) if organization and one.organization == organization],
        spellings=sorted({*view.stated(found.iri, RDFS_LABEL), *view.stated(found.iri, SKOS_ALT_LABEL)}),
    )


def _members(view: View, iri: str, organization: str) -> list[Member]:
    """The organisation's countries, those that left last, with who holds the post that sits here."""
    if not organization:
        return []
    posts = {
        view.one(post, "country"): post
        for role in view.values(iri, "memberRole")
        for post in sorted(view.subjects("role", role), reverse=True)
    }
    found = [
        Member(country, start, end, post := posts.get(country, ""), _holders(view, post) if not end else ())
        for country, start, end in memberships(view, organization)
    ]
    return sorted(found, key=lambda one: (bool(one.end), view.label(one.country).casefold(), one.start))


def _holders(view: View, post: str) -> tuple[str, ...]:
    """Who holds a post on the day of the last meeting that is known: pages read no clock."""
    if not post:
        return ()
    known = tenures(view, sorted(set(view.subjects("post", post))))
    return tuple(
        dict.fromkeys(one.person for one in known if one.start and within(view.last_date, one.start, one.end))
    )
