"""What a request to a SPARQL endpoint asks for (SPARQL 1.1 Protocol, sections 2.1 and 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from cfm_kg.serve.addresses import absolute
from cfm_kg.serve.negotiation import essence, parse_media
from cfm_kg.serve.refusal import HttpError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_KNOWN = frozenset({*_DATASET, *(name for names in _DATASET.values() for name in names)})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update as text, with the graphs that make up its dataset."""

    text: str
    update: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def operation(request: Request) -> Operation | None:
    """The operation; None where a GET asks for none. Raises HttpError where the protocol is not followed."""
    pairs = _pairs(request.scope["query_string"], "the address")
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in pairs):
            raise HttpError(400, "an update cannot be sent with GET", remedy="send it with POST")
        return _read(pairs) if any(name == "query" for name, _ in pairs) else None
    sent = essence(request.headers.get("content-type"))
    if sent not in (FORM, QUERY, UPDATE):
        raise HttpError(
            415,
            f"the request's media type is {sent}" if sent else "the request tells no media type",
            remedy=f"send {QUERY}, {UPDATE} or {FORM}",
            headers={"Accept-Post": f"{QUERY}, {UPDATE}, {FORM}"},
        )
    _utf8_only(request)
    body = await request.body()
    if sent == FORM:
        return _read([*pairs, *_pairs(body, "the form")])
    if any(name in ("query", "update") for name, _ in pairs):
        raise HttpError(400, "there are two operations", why="one is in the address, one is the body")
    return _read([*pairs, ("query" if sent == QUERY else "update", _decoded(body))])


def _read(pairs: Sequence[tuple[str, str]]) -> Operation:
    texts = [(name, value) for name, value in pairs if name in ("query", "update")]
    if len(texts) != 1:
        raise HttpError(
            400,
            f"there are {len(texts)} operations" if texts else "there is no query",
            remedy="send one `query` or one `update`",
        )
    (kind, text) = texts[0]
    default, named = (_iris(pairs, name) for name in _DATASET[kind])
    return Operation(text, kind == "update", default, named)


def _iris(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(absolute(value, name) for key, value in pairs if key == name)


def _pairs(content: bytes, where: str) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(content.decode("ascii"), keep_blank_values=True, errors="strict", separator="&")
    except (UnicodeDecodeError, ValueError) as error:
        raise HttpError(
            400, "this is not UTF-8 with its octets escaped", where=where, remedy="escape octets as %C3%A9"
        ) from error
    return [(name, value) for name, value in pairs if name in _KNOWN]


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HttpError(
            400, "the text is not UTF-8", why=f"byte {error.start} is no part of a character"
        ) from error


def _utf8_only(request: Request) -> None:
    parameters = dict(parse_media(request.headers.get("content-type", ""))[2])
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise HttpError(415, f"the text is in {charset}", why="SPARQL is UTF-8", remedy="send it in UTF-8")
