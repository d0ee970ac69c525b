"""The triple patterns of the rules across nodes, so that only what a rule looks at need be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.lexing import Token, tokens
from cfm_kg.validate.shapes import Rule
from cfm_kg.vocab import RDF_TYPE, prefixes

Part = str | ox.NamedNode | ox.Literal
"""A variable's name, or a term."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern of a rule."""

    subject: Part
    predicate: Part
    value: Part

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        """Subject, predicate, value."""
        return self.subject, self.predicate, self.value


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns that must hold together, and groups that may hold or must not beside them."""

    patterns: tuple[Pattern, ...]
    others: tuple[Group, ...]

    def paths(self) -> Iterator[tuple[tuple[Pattern, ...], ...]]:
        """Each group with those that it stands in, outermost first."""
        yield (self.patterns,)
        for other in self.others:
            for path in other.paths():
                yield (self.patterns, *path)

    def properties(self) -> set[str]:
        """All properties that are looked at."""
        parts = (pattern.predicate for path in self.paths() for pattern in path[-1])
        return {part.value for part in parts if isinstance(part, ox.NamedNode)}


@cache
def patterns_of(rule: Rule) -> Group:
    """What a rule's query looks at. Raises CfmError for a query in words that are not known here."""
    found = list(tokens(rule.query))
    start = next(i for i, token in enumerate(found) if token.text == "{")
    return _Reader(rule, found, start).group()


class _Reader:
    """Reads what the shapes use of SPARQL: triples, ; and , lists, paths with /, OPTIONAL, NOT EXISTS."""

    def __init__(self, rule: Rule, found: list[Token], start: int) -> None:
        self._rule, self._tokens, self._at = rule, found, start
        self._fresh = count()

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _unknown(self, token: Token) -> CfmError:
        return CfmError(
            f"the query of a rule uses {token.text!r}, which checks of entries do not understand",
            where=self._rule.shape,
            remedy="write the rule with triples, OPTIONAL, FILTER, BIND and NOT EXISTS alone",
        )

    def group(self) -> Group:
        self._take()
        patterns: list[Pattern] = []
        others: list[Group] = []
        while (token := self._peek()).text != "}":
            word = token.text.upper()
            if word in ("OPTIONAL", "NOT", "EXISTS", "FILTER", "BIND"):
                self._take()
            elif token.text == "(":
                others += self._parenthesis()
            elif token.text == "{":
                others.append(self.group())
            elif token.text == ".":
                self._take()
            elif token.kind in ("variable", "iri", "name"):
                patterns += self._triples()
            else:
                raise self._unknown(token)
        self._take()
        return Group(tuple(patterns), tuple(others))

    def _parenthesis(self) -> Iterator[Group]:
        self._take()
        depth = 1
        while depth:
            if self._peek().text == "{":
                yield self.group()
                continue
            text = self._take().text
            depth += (text == "(") - (text == ")")

    def _triples(self) -> Iterator[Pattern]:
        subject = self._part()
        while True:
            steps = self._path()
            for value in self._values():
                start = subject
                for step in steps[:-1]:
                    middle = f" {next(self._fresh)}"
                    yield Pattern(start, step, middle)
                    start = middle
                yield Pattern(start, steps[-1], value)
            if self._peek().text != ";":
                return
            self._take()

    def _path(self) -> list[Part]:
        steps = [self._part()]
        while self._peek().text == "/":
            self._take()
            steps.append(self._part())
        return steps

    def _values(self) -> Iterator[Part]:
        yield self._part()
        while self._peek().text == ",":
            self._take()
            yield self._part()

    def _part(self) -> Part:
        token = self._take()
        if token.kind == "variable":
            return token.text[1:]
        if token.kind == "iri":
            return ox.NamedNode(token.text[1:-1])
        if token.kind == "name":
            prefix, _, rest = token.text.partition(":")
            return ox.NamedNode(prefixes()[prefix] + rest)
        if token.text == "a":
            return ox.NamedNode(RDF_TYPE)
        if token.text in ("true", "false"):
            return ox.Literal(token.text == "true")
        raise self._unknown(token)
