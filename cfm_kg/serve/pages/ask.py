"""`/ask`: named queries as forms, and SPARQL of one's own; the answer as a table, a chart or a map."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cfm_kg.query.catalogue import NamedQuery, catalogue
from cfm_kg.serve.answers import AnswerResponse
from cfm_kg.serve.pages import picturing
from cfm_kg.serve.pages.asked import Asking, asking, lines_of
from cfm_kg.serve.pages.asking import Outcome, media_of, outcome
from cfm_kg.serve.pages.filters import Choice, offered
from cfm_kg.serve.pages.showing import fresh
from cfm_kg.serve.pages.view import Explorer, View
from cfm_kg.serve.pages.words import slips, words
from cfm_kg.serve.readers.question import GRAPHS, RESULTS, Asked, Named, Question
from cfm_kg.serve.refusal import HttpError
from cfm_kg.vocab import prefixes

_FORMATS = {
    "json": RESULTS[0],
    "csv": RESULTS[2],
    "tsv": RESULTS[3],
    "xml": RESULTS[1],
    "ttl": GRAPHS[0],
    "nt": GRAPHS[1],
    "jsonld": GRAPHS[2],
}
_EXAMPLE = """\
SELECT ?meeting ?date ?chair WHERE {
  ?meeting a cfm:Meeting ; cfm:date ?date .
  OPTIONAL { ?meeting cfm:chair ?chair }
}
ORDER BY DESC(?date)
LIMIT 50
"""
_OFFERED = ("body", "country", "organization", "person", "place", "role", "topic")
"""Types of parameters whose things a form offers by name."""
_FEW = 300


async def ask(explorer: Explorer, request: Request) -> Response:
    """The forms; with a query's name or text in the address also its answer."""
    asked = asking(request)
    found = await _outcome(request, asked) if asked.run else None
    return await run_in_threadpool(_page, explorer, asked, found)


def _page(explorer: Explorer, asked: Asking, found: Outcome | None) -> Response:
    view = explorer.view()
    text = asked.text or (asked.named.text if asked.named else _EXAMPLE)
    kinds = picturing.kinds_of(found, view) if found else ()
    kind = asked.view.get("as", "")
    kind = kind if kind in kinds else "table"
    here = explorer.site.root + "ask"
    return fresh(
        explorer,
        "ask.html",
        view,
        queries=list(catalogue().values()),
        asked=asked,
        named=asked.named,
        given=dict(asked.given),
        choices=_choices(view, asked.named),
        text=text,
        found=found,
        kind=kind,
        kinds=[(one, asked.address(here, **({} if one == "table" else {"as": one}))) for one in kinds],
        picture=_picture(explorer, view, asked, found, kind) if found else None,
        slips=slips(text) if found and not found.rows and found.columns else [],
        downloads=_downloads(explorer, asked) if found else [],
        prefixes=prefixes(),
        unknown=asked.name if asked.name and not asked.named else "",
    )


async def _outcome(request: Request, asked: Asking) -> Outcome:
    media = media_of(asked.form)
    question: Asked = Question(asked.text, media)
    return await outcome(request, Named(asked.name, asked.given, media) if asked.named else question)


def _picture(
    explorer: Explorer, view: View, asked: Asking, found: Outcome, kind: str
) -> picturing.Picture | None:
    if kind == "chart":
        return picturing.chart(found, view, asked.view)
    return picturing.plotted(found, explorer, view) if kind == "map" else None


def _choices(view: View, named: NamedQuery | None) -> dict[str, list[Choice]]:
    """For each type of parameter the things that it may be."""
    wanted = {one.type for one in named.parameters} & set(_OFFERED) if named else set[str]()

    def things(kind: str) -> list[Choice]:
        return view.keep(f"things {kind}", lambda: _few(view, kind))

    return {kind: things(kind.capitalize()) for kind in sorted(wanted)}


def _few(view: View, kind: str) -> list[Choice]:
    """The things of a class; none where they are too many for a form."""
    found = view.of_class(kind, facts=False)
    return offered(view, set(found)) if len(found) <= _FEW else []


def _kinds(form: str) -> tuple[str, ...]:
    return ("csv", "tsv", "json", "xml") if form in ("SELECT", "ASK") else ("ttl", "nt", "jsonld")


def _downloads(explorer: Explorer, asked: Asking) -> list[tuple[str, str]]:
    root, kinds = explorer.site.root, _kinds(asked.form)
    if asked.named is None:
        return [(kind, f"{root}ask.{kind}?" + urlencode({"query": asked.text})) for kind in kinds]
    path = f"{root}queries/{asked.name}?"
    return [(kind, path + urlencode([*asked.given, ("format", kind)])) for kind in kinds]


async def download(explorer: Explorer, request: Request) -> Response:
    """The whole answer of a query in the address, as a file."""
    kind, text = request.path_params["suffix"], lines_of(request.query_params.get("query", ""))
    if kind not in _FORMATS or not text:
        raise HttpError(404, "there is no such answer", where=request.url.path, remedy="see /ask")
    if kind not in _kinds(asking(request).form):
        raise HttpError(406, f"this query's answer has no form .{kind}", remedy="see /ask")
    asked: Asked = Question(text, _FORMATS[kind])
    headers = {"Content-Disposition": f'attachment; filename="answer.{kind}"'}
    return AnswerResponse(request.app.state.readers, asked, headers)


def completions(explorer: Explorer, request: Request) -> Response:
    """What the editor completes: terms, things, prefixes, words of SPARQL."""
    view = explorer.view()
    found = view.keep("words", lambda: words(view))
    return JSONResponse({"words": found}, headers={"Cache-Control": "public, max-age=60"})
