"""SPARQL text as tokens: enough to find data blocks and forbidden words, never inside strings or IRIs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from cfm_kg.errors import CfmError

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"})
_REMEMBERED = 256
"""Texts of which it is kept what was found: named queries are asked again and again."""
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"{3}(?:\\.|"(?!"")|[^"\\])*\"{3} | '{3}(?:\\.|'(?!'')|[^'\\])*'{3}
      | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*')
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<space>\s+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it stands. `kind` is the name of its group in the grammar above."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query without space and comments."""
    return (token for token in all_tokens(text) if token.kind not in ("space", "comment"))


def all_tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, space and comments included: every character is in one."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "mark", match.group(), match.start(), match.end())


def variables(text: str) -> frozenset[str]:
    """The names of all variables, without their question marks."""
    return frozenset(token.text[1:] for token in tokens(text) if token.kind == "variable")


@lru_cache(maxsize=_REMEMBERED)
def data_blocks(text: str) -> tuple[tuple[str, int, int], ...]:
    """Each `VALUES ?name { … }`: the name, and where the content between the braces starts and ends."""
    return tuple(_data_blocks(list(tokens(text))))


def _data_blocks(found: list[Token]) -> Iterator[tuple[str, int, int]]:
    for i, token in enumerate(found[:-2]):
        opens = token.kind == "word" and token.text.upper() == "VALUES" and found[i + 1].kind == "variable"
        if opens and found[i + 2].text == "{":
            close = next((t for t in found[i + 3 :] if t.kind == "mark" and t.text == "}"), None)
            if close is not None:
                yield found[i + 1].text[1:], found[i + 2].end, close.start


def open_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where each `VALUES ?name { UNDEF }` starts and ends: it says nothing."""
    found = list(tokens(text))
    for i, token in enumerate(found[:-4]):
        rest = [t.text for t in found[i + 2 : i + 5]]
        opens = token.kind == "word" and token.text.upper() == "VALUES" and found[i + 1].kind == "variable"
        if opens and rest == ["{", "UNDEF", "}"]:
            yield token.start, found[i + 4].end


def graphs_named(text: str) -> tuple[frozenset[str], bool]:
    """The graphs behind the word GRAPH, as written, and whether any is a variable."""
    found = list(tokens(text))
    after = [b for a, b in pairwise(found) if a.kind == "word" and a.text.upper() == "GRAPH"]
    written = frozenset(token.text for token in after if token.kind in ("iri", "name"))
    return written, any(token.kind == "variable" for token in after)


def prefixes_needed(text: str) -> frozenset[str]:
    """Prefixes that a query uses and does not declare."""
    found = list(tokens(text))
    pairs = list(zip([None, *found], found, strict=False))
    names = [(a, b.text.partition(":")[0]) for a, b in pairs if b.kind == "name"]
    declared = {name for before, name in names if before and before.text.upper() == "PREFIX"}
    return frozenset(name for _, name in names) - declared


def pattern_start(text: str) -> int:
    """Where the outermost graph pattern begins, just after its brace. Raises CfmError where there is none."""
    found = list(tokens(text))
    form = form_of(text)
    depth, skip = 0, form == "CONSTRUCT" and _has_template(found)
    for token in found:
        if token.kind != "mark" or token.text not in "{}":
            continue
        if token.text == "{" and depth == 0 and not skip:
            return token.end
        depth += 1 if token.text == "{" else -1
        if depth == 0:
            skip = False
    raise CfmError(
        "the query has no graph pattern to bind a parameter in", remedy="write WHERE { … } into the query"
    )


def _has_template(found: list[Token]) -> bool:
    words = [t.text.upper() for t in found]
    return "CONSTRUCT" in words and words[words.index("CONSTRUCT") + 1 :][:1] == ["{"]


@lru_cache(maxsize=_REMEMBERED)
def form_of(text: str) -> str:
    """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`. Raises CfmError for an update or what is no query."""
    for token in tokens(text):
        word = token.text.upper()
        if token.kind == "word" and word in FORMS:
            return word
        if token.kind == "word" and word in UPDATES:
            raise CfmError(
                f"{word} would change data",
                why="only queries run here",
                remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE; to change a graph, build it again",
            )
    raise CfmError("this is not a SPARQL query", remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE")
