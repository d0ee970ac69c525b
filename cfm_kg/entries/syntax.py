"""What keeps a file from being read: where, the line itself, and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cfm_kg.entries.model import Entry, Finding, Place
from cfm_kg.vocab import prefixes

_LINE_END = re.compile(r"\r\n|\n|\r")
_DETAIL = re.compile(r"^Parser error (?:at|between) line .*?: ", re.DOTALL)
_SHOWN = 200
"""Characters of a long line that are shown."""
_REMOTE = "LoadDocumentCallback"
"""What the parser names where a context is not in the file."""


@dataclass(frozen=True, slots=True)
class _Mending:
    """How to mend what a parser says (`said`) of a line that reads so from about there on (`line`)."""

    remedy: str
    example: str = ""
    said: str = ""
    line: str = ""
    kind: str = ""


_MENDINGS = (
    _Mending(
        'write "@context": "context.jsonld" or leave it out', '"@context": "context.jsonld",', said=_REMOTE
    ),
    _Mending("use straight quotation marks", '"text"@en', line=r"[\u201c-\u201e\u00ab\u00bb\u2018\u2019]"),
    _Mending(
        "put a date in quotation marks, with its type",
        '"2021-05-19"^^xsd:date',
        said="not a valid subject",
        line=r"-?\d\d-\d\d",
    ),
    _Mending("write a language tag with a hyphen", '"text"@en-GB', said="Unexpected character", line="_"),
    _Mending("remove the comma before the bracket", said="comma stands before"),
    _Mending("separate values by commas, and close what is open with ] or }", said="delimiter"),
    _Mending(
        "write the IRI in full, with angle brackets and a scheme", "<https://example.org/s>", said="No scheme"
    ),
    _Mending("write %20 for a space in an IRI, and %25 for %", said="Invalid IRI"),
    _Mending("end the statement with a full stop", said="must be followed by a dot"),
    _Mending("end the statement before this one with a full stop", said="A dot is expected"),
    _Mending(
        "end the statement with a full stop, and close the graph with }", said="Unexpected end", kind="trig"
    ),
    _Mending(
        "close what is open: a quotation mark, a bracket, or the statement with a full stop",
        said="(?i)unexpected end",
    ),
)
_USUAL = "correct the line: statements end with a full stop, values are separated by commas, properties by ;"
_USUAL_JSON = "correct the line: keys and values stand in quotation marks, with commas between the pairs"
_EXAMPLES = {
    "ttl": '<https://example.org/s> rdfs:label "a name"@en ; cfm:isoCode "XX" .',
    "trig": '<https://example.org/g> { <https://example.org/s> rdfs:label "a name"@en . }',
    "nt": '<https://example.org/s> <https://example.org/p> "text"@en .',
    "nq": '<https://example.org/s> <https://example.org/p> "text"@en <https://example.org/graph> .',
    "jsonld": '{"id": "https://example.org/s", "type": "Country", "isoCode": "XX"}',
}


def unparsed(entry: Entry, language: str, error: SyntaxError) -> Finding:
    """The finding for a text that its parser refuses; `language` is the format's name."""
    detail = _DETAIL.sub("", str(error.msg))
    lines = _LINE_END.split(entry.text)
    line, column = _spot(entry.text, lines, error, detail)
    shown = lines[line - 1]
    mending = _mending(entry, detail, shown[max(0, column - 4) :])
    said = "its context is not in the file" if _REMOTE in detail else detail
    if len(shown) > _SHOWN:
        start = max(0, column - _SHOWN // 2)
        shown = f"…{shown[start : start + _SHOWN]}…"
    return Finding(
        "Violation",
        "syntax",
        f"this is not valid {language}: {said}",
        Place(entry.name, line, column),
        constraint="syntax",
        expected=f"{language}; the file was read up to here",
        remedy=mending.remedy,
        example=mending.example or _EXAMPLES.get(entry.kind, ""),
        line=shown.rstrip(),
    )


def _spot(text: str, lines: list[str], error: SyntaxError, detail: str) -> tuple[int, int]:
    """Line and column; behind the last text where the parser ran out of it."""
    if error.lineno is None:
        # Rules of JSON-LD itself come without a place: they are about the key that they name.
        key = re.search(r"@[a-z]+", detail)
        found = key and (re.search(f'"{key[0]}"', text) or re.search(f'"{key[0][1:]}"', text))
        before = text[: found.start()] if found else ""
        ends = _LINE_END.split(before)
        return len(ends), len(ends[-1]) + 1
    line, column = min(error.lineno, len(lines)), error.offset or 1
    if _says(lines[line - 1]):
        return line, column
    while line > 1 and not _says(lines[line - 1]):
        line -= 1
    return line, len(lines[line - 1].rstrip()) + 1


def _says(line: str) -> bool:
    return not re.match(r"\s*(?:#|$)", line)


_OTHERS = {
    "<!doctype|<html": ("a web page, and no entry", "cfm-kg extract page.html"),
    r"[{\[]\s*[\"{\[]": ("JSON-LD: give the file its suffix", "entry.jsonld"),
    r"@?(?:prefix|base)\b": ("Turtle: give the file its suffix", "entry.ttl"),
    r"\w+(?:,\w+)+\s*[\r\n]": ("CSV: give the file its suffix", "entry.csv"),
}
"""How files begin that have the suffix of another format."""


def _mending(entry: Entry, detail: str, rest: str) -> _Mending:
    for head, (what, example) in _OTHERS.items():
        own = example.endswith("." + entry.kind) or (entry.kind == "trig" and example.endswith(".ttl"))
        if not own and re.match(rf"\s*(?:{head})", entry.text, re.IGNORECASE):
            return _Mending(f"it looks like {what}", example)
    prefix = re.search(r"prefix (\S*): has not been declared", detail)
    if prefix:
        known = prefixes().get(prefix[1])
        declaration = f"@prefix {prefix[1]}: <{known or 'https://example.org/ns#'}> ."
        return _Mending("declare the prefix at the head of the file, or write the IRI in full", declaration)
    for one in _MENDINGS:
        if one.kind in ("", entry.kind) and re.search(one.said, detail) and re.search(one.line, rest):
            return one
    return _Mending(_USUAL_JSON if entry.kind == "jsonld" else _USUAL)
