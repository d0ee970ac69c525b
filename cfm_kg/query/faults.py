"""What is wrong with a query's text, told from the parser's message."""

from __future__ import annotations

import re

from cfm_kg.errors import CfmError
from cfm_kg.query.lexing import tokens

_CLASSES = re.compile(r"\[(?:'[^']*'|\\'|[^\]'])*\]")
"""The sets of characters that the parser lists; nobody wants to read them."""
_ITEM = re.compile(r'"(?:\\.|[^"\\])+"|[A-Za-z][\w ]*')
_SHOWN = 12


def invalid_query(name: str, text: str, message: str) -> CfmError:
    """What the parser of SPARQL objects to in a text: where, what stands there, and what may stand there."""
    unpaired = _unpaired(text)
    if unpaired is not None:
        return _left_open(name, text, *unpaired)
    place = re.search(r"(\d+):(\d+)", message)
    line, column = (int(place[1]), int(place[2])) if place else (0, 0)
    expected = _expected(message)
    reasons = [item for item in expected if " " in item]
    why = _reason(reasons[0]) if reasons else _unexpected(text, line, column, expected)
    return CfmError(
        "this is not valid SPARQL",
        where=f"{name}:{line}:{column}" if place else name,
        why=why,
        remedy="correct the query at that line",
    )


def _unpaired(text: str) -> tuple[int, int] | None:
    """Where a bracket stands that is still open where one of another kind closes, and where that one stands.

    The parser only tells of the end that it came to. `{` left open at the end it tells well enough.
    """
    open_ones = list[tuple[str, int]]()
    for token in tokens(text):
        if token.kind == "mark" and token.text in "([{":
            open_ones.append((token.text, token.start))
        elif token.kind == "mark" and token.text in ")]}" and open_ones:
            opened, start = open_ones.pop()
            if opened + token.text not in ("()", "[]", "{}"):
                return start, token.start
    return None


def _left_open(name: str, text: str, start: int, end: int) -> CfmError:
    (line, column), (until, at) = (
        (text.count("\n", 0, one) + 1, one - text.rfind("\n", 0, one)) for one in (start, end)
    )
    return CfmError(
        "this is not valid SPARQL",
        where=f"{name}:{line}:{column}",
        why=f"{text[start]!r} is still open where {text[end]!r} stands, at line {until}, character {at}",
        remedy="close it, or take it away",
    )


def _expected(message: str) -> list[str]:
    told = _CLASSES.sub("", message.partition("expected")[2].removeprefix(" one of"))
    return [item.strip('"').replace('\\"', '"') for item in _ITEM.findall(told)]


def _reason(told: str) -> str:
    return "a prefix is not declared" if told == "Prefix not found" else told[0].lower() + told[1:]


def _unexpected(text: str, line: int, column: int, expected: list[str]) -> str:
    rows = text.splitlines()
    rest = rows[line - 1][column - 1 :] if 0 < line <= len(rows) else ""
    found = re.match(r"\s*(\w+|\S)", rest)
    told = f"there is {found[1]!r}" if found else "the text ends"
    if not expected:
        return f"it does not read as a query up to here, where {told}"
    more = " …" if len(expected) > _SHOWN else ""
    return f"{told}, where one of these may stand: {' '.join(expected[:_SHOWN])}{more}"
