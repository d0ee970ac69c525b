"""`/check`: an entry is pasted or chosen, and told what is wrong with it, line by line. Nothing is stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from cfm_kg.errors import CfmError
from cfm_kg.serve.pages.showing import fresh, shown
from cfm_kg.serve.pages.view import Explorer
from cfm_kg.serve.readers import Readers
from cfm_kg.serve.readers.question import Check, Fix
from cfm_kg.serve.refusal import HttpError

KINDS = {
    "ttl": "Turtle",
    "trig": "TriG",
    "nt": "N-Triples",
    "nq": "N-Quads",
    "jsonld": "JSON-LD",
    "csv": "CSV",
}
_LONGEST = 200_000
"""So many bytes of an entry the page takes; /validate takes more."""
_LINES, _FINDINGS = 1_000, 200
_EXAMPLE = """\
@base <https://w3id.org/cfm-kg/id/> .
@prefix cfm: <https://w3id.org/cfm-kg/ontology#> .

<meeting/csto-cfm/2021-09-15> a cfm:Meeting ;
    cfm:body <body/csto-cfm> ;
    cfm:date "2021-09-15" ;
    cfm:meetingStatus cfm:Hold .
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the entry with what was found at it."""

    number: int
    text: str
    findings: tuple[dict[str, Any], ...]


def form(explorer: Explorer, request: Request) -> Response:
    """The empty form with an example."""
    told: dict[str, Any] = {
        "text": _EXAMPLE,
        "kind": "ttl",
        "kinds": KINDS,
        "report": None,
        "error": None,
        "lines": [],
        "diff": "",
    }
    return shown(explorer, request, "check.html", explorer.view(), **told, rest=[], fixed="")


async def check(explorer: Explorer, request: Request) -> Response:
    """The report beside the entry's lines, and what could be fixed without thought."""
    content, kind = await _entry(request)
    text = content.decode("utf-8", "replace")
    report, error, diff, fixed = None, None, "", ""
    try:
        if len(content) > _LONGEST:
            raise HttpError(413, "the entry is too long for this page", remedy="send it to /validate")
        readers: Readers = request.app.state.checkers
        asked = Check(content, kind, f"entry.{kind}", "json", "application/json")
        async with readers.answer(asked) as answer:
            report = json.loads(await answer.body())
        diff, fixed = await _fixed(readers, content, kind)
    except CfmError as found:
        error = found
    lines, rest = _lines(text, report["findings"][:_FINDINGS] if report else [])
    status = 200 if error is None else error.status if isinstance(error, HttpError) else 400
    told = {"text": text, "kind": kind, "kinds": KINDS, "report": report, "error": error}
    return fresh(
        explorer,
        "check.html",
        explorer.view(),
        status,
        **told,
        lines=lines,
        rest=rest,
        diff=diff,
        fixed=fixed,
    )


async def _entry(request: Request) -> tuple[bytes, str]:
    """The form's file where one was chosen, else its text; line ends as LF."""
    async with request.form(max_files=1, max_fields=10) as sent:
        file, text, kind = sent.get("file"), sent.get("entry"), sent.get("format")
        content = (
            await file.read() if isinstance(file, UploadFile) and file.filename else str(text or "").encode()
        )
        if isinstance(file, UploadFile) and file.filename:
            kind = file.filename.rpartition(".")[2].lower()
    return content.replace(b"\r\n", b"\n"), kind if isinstance(kind, str) and kind in KINDS else "ttl"


async def _fixed(readers: Readers, content: bytes, kind: str) -> tuple[str, str]:
    """The change as a unified diff, and the entry with it; empty where nothing is fixed without thought."""
    try:
        async with readers.answer(Fix(content, kind, f"entry.{kind}")) as answer:
            found = json.loads(await answer.body())
    except CfmError:
        return "", ""  # what cannot be read is told by the report
    return found["diff"], found["entry"]


def _lines(text: str, findings: list[dict[str, Any]]) -> tuple[list[Line], list[dict[str, Any]]]:
    """The lines, each with its findings, and the findings that belong to no line."""
    at: dict[int, list[dict[str, Any]]] = {}
    for one in findings:
        place = one.get("value_where") or one.get("where") or {}
        at.setdefault(int(place.get("line") or 0), []).append(one)
    lines = text.splitlines()[:_LINES]
    told = [Line(number, line, tuple(at.pop(number, ()))) for number, line in enumerate(lines, 1)]
    return told, [one for rest in at.values() for one in rest]
