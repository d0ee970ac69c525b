"""Where the statements of Turtle, TriG, N-Triples and N-Quads stand. The text is known to be well-formed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import pyoxigraph as ox

from cfm_kg.entries.model import Place, Written
from cfm_kg.vocab import RDF_TYPE, XSD

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
  | (?P<string>\"{3}(?:\\.|"(?!"")|[^"\\])*\"{3} | '{3}(?:\\.|'(?!'')|[^'\\])*'{3}
      | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*')
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<typed>\^\^)
  | (?P<blank>_:[\w](?:[\w.-]*[\w-])?)
  | (?P<number>[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?(?<!\.))
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%.-]|\\.)*(?:[\w:%-]|\\.))?)
  | (?P<word>[A-Za-z]+)
  | (?P<space>\s+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Lines:
    """Line and column of an offset in a text."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, offset: int) -> Place:
        """The place of a character, by its offset in the text."""
        line = bisect_right(self._starts, offset)
        return Place(self._name, line, offset - self._starts[line - 1] + 1)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A term with its span; blank nodes in brackets have no term of their own."""

    term: ox.NamedNode | ox.BlankNode | ox.Literal
    start: int
    end: int


def written(name: str, text: str, base: str) -> tuple[list[Written], dict[str, str]]:
    """The statements of a text with their places, and its prefixes. Those inside brackets are left out."""
    walk = _Walk(name, text, base)
    return list(walk.statements()), walk.prefixes


class _Walk:
    def __init__(self, name: str, text: str, base: str) -> None:
        self._lines = Lines(name, text)
        self._tokens = [
            _Token(m.lastgroup or "mark", m.group(), m.start(), m.end())
            for m in _TOKEN.finditer(text)
            if m.lastgroup not in ("comment", "space")
        ]
        self._at = 0
        self._base = base
        self.prefixes: dict[str, str] = {}

    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def statements(self) -> Iterator[Written]:
        """Each subject with what follows it, up to the full stop or brace that ends it."""
        while (token := self._next()) is not None:
            if token.text.lstrip("@").upper() in ("PREFIX", "BASE"):
                self._declaration()
            elif token.text in "{}." or token.text.upper() == "GRAPH":
                self._take()
            else:
                subject = self._item()
                if subject is not None and (after := self._next()) is not None and after.text != "{":
                    yield from self._properties(subject)

    def _declaration(self) -> None:
        is_prefix = self._take().text.lstrip("@").upper() == "PREFIX"
        if is_prefix:
            prefix = self._take().text[:-1]
            self.prefixes[prefix] = self._iri(self._take().text)
        else:
            self._base = self._iri(self._take().text)

    def _properties(self, subject: _Item) -> Iterator[Written]:
        predicate: _Item | None = None
        while (token := self._next()) is not None and token.text not in (".", "}"):
            if token.text == ";":
                self._take()
                predicate = None
            elif token.text == ",":
                self._take()
            elif predicate is None:
                predicate = self._item()
            else:
                value = self._item()
                if value is not None and predicate is not None:
                    if isinstance(subject.term, ox.Literal) or not isinstance(predicate.term, ox.NamedNode):
                        continue
                    yield self._written(subject, predicate, value)

    def _written(self, subject: _Item, predicate: _Item, value: _Item) -> Written:
        assert not isinstance(subject.term, ox.Literal)
        assert isinstance(predicate.term, ox.NamedNode)
        where, property_where, value_where = (
            self._lines.place(item.start) for item in (subject, predicate, value)
        )
        triple = ox.Triple(subject.term, predicate.term, value.term)
        return Written(triple, where, property_where, value_where, (value.start, value.end))

    def _item(self) -> _Item | None:
        token = self._take()
        if token.kind == "string":
            return self._literal(token)
        if token.text in "[(":
            return self._bracketed(token)
        term = self._term(token)
        return None if term is None else _Item(term, token.start, token.end)

    def _bracketed(self, opening: _Token) -> _Item:
        depth, token = 1, opening
        while depth and self._next() is not None:
            token = self._take()
            depth += (token.text in "[(") - (token.text in "])")
        return _Item(ox.BlankNode(), opening.start, token.end)

    def _term(self, token: _Token) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        if token.kind == "iri" or token.kind == "name":
            return ox.NamedNode(self._iri(token.text))
        if token.kind == "blank":
            return ox.BlankNode(token.text[2:])
        if token.kind == "number":
            kind = "double" if "e" in token.text.lower() else "decimal" if "." in token.text else "integer"
            return ox.Literal(token.text, datatype=ox.NamedNode(XSD(kind)))
        if token.text == "a":
            return ox.NamedNode(RDF_TYPE)
        if token.text in ("true", "false"):
            return ox.Literal(token.text, datatype=ox.NamedNode(XSD("boolean")))
        return None

    def _literal(self, token: _Token) -> _Item:
        quotes = 3 if token.text[:3] in ('"""', "'''") else 1
        value = _ESCAPE.sub(_unescaped, token.text[quotes:-quotes])
        after = self._next()
        if after is not None and after.kind == "tag":
            return _Item(ox.Literal(value, language=self._take().text[1:]), token.start, after.end)
        if after is not None and after.kind == "typed":
            self._take()
            kind = self._take()
            return _Item(
                ox.Literal(value, datatype=ox.NamedNode(self._iri(kind.text))), token.start, kind.end
            )
        return _Item(ox.Literal(value), token.start, token.end)

    def _iri(self, text: str) -> str:
        if text.startswith("<"):
            iri = _ESCAPE.sub(_unescaped, text[1:-1])
            return iri if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri) else urljoin(self._base, iri)
        prefix, _, rest = text.partition(":")
        return self.prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", rest)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT.get(match[3], match[3])
