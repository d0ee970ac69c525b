"""`/ask`: named queries as forms, and SPARQL of one's own."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.errors import CfmError
from cfm_kg.query.catalogue import NamedQuery, catalogue
from cfm_kg.query.lexing import form_of
from cfm_kg.serve.answers import AnswerResponse
from cfm_kg.serve.pages.asking import Outcome, media_of, outcome
from cfm_kg.serve.pages.showing import fresh
from cfm_kg.serve.pages.view import Explorer
from cfm_kg.serve.readers.question import GRAPHS, RESULTS, Asked, Named, Question
from cfm_kg.serve.refusal import HttpError

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


async def ask(explorer: Explorer, request: Request) -> Response:
    """The forms; with a query's name or text in the address also its answer."""
    name, text = request.query_params.get("name", ""), request.query_params.get("query", "")
    named = catalogue().get(name)
    given = [
        (key, value.strip())
        for key, value in request.query_params.multi_items()
        if key not in ("name", "query", "run") and value.strip()
    ]
    found: Outcome | None = None
    downloads = list[tuple[str, str]]()
    if named is not None and ("run" in request.query_params or given):
        own = _form(named.text)
        found = await outcome(request, Named(name, tuple(given), media_of(own)))
        downloads = _downloads(f"{explorer.site.root}queries/{name}", given, own)
    elif text:
        own = _form(text)
        found = await outcome(request, Question(_lines(text), media_of(own)))
        downloads = [
            (kind, f"{explorer.site.root}ask.{kind}?" + urlencode({"query": text})) for kind in _kinds(own)
        ]
    return fresh(
        explorer,
        "ask.html",
        explorer.view(),
        queries=list(catalogue().values()),
        named=named,
        given=dict(given),
        text=_lines(text) if text else _written(named),
        found=found,
        downloads=downloads,
        unknown=name if name and named is None else "",
    )


def _lines(text: str) -> str:
    """Forms send lines as CR LF; places in queries count LF."""
    return text.replace("\r\n", "\n")


def _written(named: NamedQuery | None) -> str:
    return named.text if named else _EXAMPLE


def _form(text: str) -> str:
    try:
        return form_of(text)
    except CfmError:
        return "SELECT"  # the engine will say where it is wrong


def _kinds(form: str) -> tuple[str, ...]:
    return ("csv", "tsv", "json", "xml") if form in ("SELECT", "ASK") else ("ttl", "nt", "jsonld")


def _downloads(path: str, given: list[tuple[str, str]], form: str) -> list[tuple[str, str]]:
    return [(kind, f"{path}?" + urlencode([*given, ("format", kind)])) for kind in _kinds(form)]


async def download(explorer: Explorer, request: Request) -> Response:
    """The whole answer of a query in the address, as a file."""
    kind, text = request.path_params["suffix"], request.query_params.get("query", "")
    if kind not in _FORMATS or not text:
        raise HttpError(404, "there is no such answer", where=request.url.path, remedy="see /ask")
    if kind not in _kinds(_form(text)):
        raise HttpError(406, f"this query's answer has no form .{kind}", remedy="see /ask")
    asked: Asked = Question(_lines(text), _FORMATS[kind])
    headers = {"Content-Disposition": f'attachment; filename="answer.{kind}"'}
    return AnswerResponse(request.app.state.readers, asked, headers)
