"""`/meetings`: the table, and the same rows as CSV, JSON and Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.serve.linked.forms import BY_SUFFIX
from cfm_kg.serve.pages import search
from cfm_kg.serve.pages.filters import FIELDS, Choice, choices, chosen
from cfm_kg.serve.pages.paging import part
from cfm_kg.serve.pages.showing import asked_of, shown
from cfm_kg.serve.pages.view import Explorer, Meeting, View, slug_of, thing_of
from cfm_kg.serve.refusal import HttpError
from cfm_kg.vocab import RDFS_LABEL

_MOST_TURTLE = 5_000
_COLUMNS = ("body", "place", "country", "format", "status")


def meetings(explorer: Explorer, request: Request) -> Response:
    """The table, filtered, sorted and paged."""
    view, asked = explorer.view(), _asked(explorer, request)
    rows = part(chosen(view, asked), asked, explorer.site.root + "meetings")
    query = rows.address(page="").partition("?")[2]
    offered = ready(explorer, view)
    told = {"rows": rows, "asked": asked, "choices": offered, "query": query, "filtered": _said(asked)}
    return shown(explorer, request, "meetings.html", view, **told)


def ready(explorer: Explorer, view: View) -> dict[str, list[Choice]]:
    """What the form's fields may be, made once a state."""
    return view.keep("choices", lambda: choices(view))


def _said(asked: dict[str, str]) -> bool:
    return any(asked.get(name) for name in FIELDS)


def _asked(explorer: Explorer, request: Request) -> dict[str, str]:
    """The parameters; a person's name becomes the name of that person's address."""
    asked = asked_of(request)
    name, view = asked.get("person", ""), explorer.view()
    if name and not any(view.stated(thing_of("person", name), RDFS_LABEL)):
        found = search.ready(explorer, view).find(name, "person")
        asked["person"] = slug_of(found[0].iri) if found else name
    return asked


def download(explorer: Explorer, request: Request) -> Response:
    """The rows that the table would show on all its pages."""
    suffix = request.path_params["suffix"]
    if suffix not in _WRITERS:
        raise HttpError(
            404, f"there is no form .{suffix}", where=request.url.path, remedy="use .csv, .json or .ttl"
        )
    view, asked = explorer.view(), _asked(explorer, request)
    rows = chosen(view, asked)
    if suffix == "ttl" and len(rows) > _MOST_TURTLE:
        why = f"these are {len(rows)} meetings, and a file holds {_MOST_TURTLE}"
        raise HttpError(422, "too many meetings for one file", why=why, remedy="filter them, or take /dumps/")
    media, write = _WRITERS[suffix]
    headers = {
        "Content-Disposition": f'attachment; filename="meetings.{suffix}"',
        "Cache-Control": "no-cache",
    }
    return Response(write(view, rows), headers=headers, media_type=media)


def _records(view: View, rows: Sequence[Meeting]) -> list[dict[str, str]]:
    records = list[dict[str, str]]()
    for one in rows:
        record = asdict(one)
        for name in _COLUMNS:
            record[name + "Name"] = view.label(record[name]) if record[name] else ""
        records.append(record)
    return records


def _csv(view: View, rows: Sequence[Meeting]) -> bytes:
    out = io.StringIO()
    names = [*Meeting.__slots__, *(name + "Name" for name in _COLUMNS)]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_records(view, rows))
    return out.getvalue().encode()


def _json(view: View, rows: Sequence[Meeting]) -> bytes:
    return json.dumps({"meetings": _records(view, rows)}, ensure_ascii=False, indent=1).encode()


def _turtle(view: View, rows: Sequence[Meeting]) -> bytes:
    write = BY_SUFFIX["ttl"].write
    assert write is not None
    return write(
        quad
        for one in rows
        for quad in view.store.quads_for_pattern(ox.NamedNode(one.iri), None, None, ox.DefaultGraph())
    )


_WRITERS: dict[str, tuple[str, Callable[[View, Sequence[Meeting]], bytes]]] = {
    "csv": ("text/csv", _csv),
    "json": ("application/json", _json),
    "ttl": ("text/turtle", _turtle),
}
