"""Refusing queries that would send data to another server.

SPARQL's lexing depends on its grammar: `<` begins an IRI or compares, and engines need no space around
keywords (`trueSERVICE<http://…>{}` runs). So what could be a SERVICE clause is looked for in the bare text,
where none can hide; tokens only excuse what stands in a string, a comment or a longer name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cfm_kg.errors import CfmError
from cfm_kg.query.lexing import Token, all_tokens

_SPACE = r"(?:\s|\#[^\r\n]*(?:[\r\n]|\Z))*"
_CLAUSE = re.compile(rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?[^\s{{}}]+{_SPACE}\{{", re.IGNORECASE)
"""The keyword, what names the server, and the brace that opens the pattern for it."""
_PREFIX = re.compile(r"[^:]*SERVICE[^:]*:", re.IGNORECASE)


def refuse_remote(text: str) -> None:
    """Raise CfmError for a query or update that calls another server, or could."""
    clauses = [match.start() for match in _CLAUSE.finditer(text)]
    if not clauses:
        return
    found = list(all_tokens(text))
    doubtful = any(_doubtful(found))
    for start in clauses:
        token = next(token for token in found if token.start <= start < token.end)
        if doubtful or not _harmless(token):
            raise CfmError(
                "SERVICE is refused",
                where=f"line {text.count(chr(10), 0, start) + 1} of the query",
                why="it would call another server from here",
                remedy="run the parts apart and join their results",
            )


def _harmless(token: Token) -> bool:
    """Whether the word within this token is no keyword. A name's prefix may be one: `SERVICE:x {}` runs."""
    if token.kind == "name":
        return _PREFIX.match(token.text) is None
    return token.kind in ("string", "comment", "iri", "variable")


def _doubtful(found: list[Token]) -> Iterator[bool]:
    """Whether an IRI is one, or a comparison up to the next `>`, which may hide a quote or a comment's start.

    Comparisons stand in brackets only.
    """
    depth = 0
    for token in found:
        if token.kind == "mark" and token.text in "()":
            depth += 1 if token.text == "(" else -1
        yield depth > 0 and token.kind == "iri" and bool(set(token.text) & set("#')"))
