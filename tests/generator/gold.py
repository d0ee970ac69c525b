"""What a reader should find in a generated article, in the format of gold facts."""

from __future__ import annotations

from typing import Any

from .facts import Facts, Official

Json = dict[str, Any]


def gold(identifier: str, facts: Facts | None, published: str | None) -> Json:
    """The gold facts of one article; without `facts` it tells of no meeting."""
    return {
        "id": identifier,
        "published": published,
        "meetings": [_meeting(facts)] if facts else [],
        "persons": [_person(one) for one in _named(facts)] if facts else [],
        "chairmanships": _turns(facts) if facts else [],
    }


def _meeting(facts: Facts) -> Json:
    city = facts.city
    return {
        "body": facts.council.body,
        "main": True,
        "date": facts.day.isoformat(),
        "place": city.name if city else None,
        "country": city.country.code if city else None,
        "format": facts.format,
        "status": facts.status,
        "chair": facts.chair.name if facts.chair else None,
        "countries": [country.code for country in facts.present],
        "participants": [_person(one) for one in _named(facts)],
        "documents": [
            {"title": paper.title, "type": paper.type, "status": paper.action} for paper in facts.papers
        ],
        "document_counts": _counts(facts),
    }


def _named(facts: Facts) -> tuple[Official, ...]:
    return (*((facts.chair,) if facts.chair else ()), *facts.participants)


def _person(one: Official) -> Json:
    return {"name": one.name, "country": one.country.code, "post": one.role.replace("-", " ")}


def _counts(facts: Facts) -> list[Json]:
    """The number told; a number beside a list of as many documents may be told or not."""
    if facts.count:
        kind = "other" if facts.count.type == "document" else facts.count.type
        return [{"type": kind, "count": facts.count.number, "status": facts.count.action}]
    by_kind: dict[tuple[str, str], int] = {}
    for paper in facts.papers:
        by_kind[paper.type, paper.action] = by_kind.get((paper.type, paper.action), 0) + 1
    return [
        {"type": kind, "count": number, "status": action, "optional": True}
        for (kind, action), number in by_kind.items()
        if number > 1
    ]


def _turns(facts: Facts) -> list[Json]:
    if not facts.turn:
        return []
    return [
        {
            "org": facts.council.organization,
            "country": facts.turn.country.code,
            "year": str(facts.turn.year),
        }
    ]
