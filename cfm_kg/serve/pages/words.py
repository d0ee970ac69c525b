"""The words of queries: what an editor completes, and which of them are slips."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode as Node

from cfm_kg.description.labels import short
from cfm_kg.query.catalogue import catalogue
from cfm_kg.query.lexing import FORMS, tokens
from cfm_kg.query.nearest import nearest
from cfm_kg.resources import ontology_dir
from cfm_kg.serve.pages.view import View
from cfm_kg.vocab import BASE, defined_terms, prefixes, shipped_triples

_SYNTAX = """
    AS ASC BASE BIND BY DESC DISTINCT EXISTS FILTER FROM GRAPH GROUP HAVING IN LIMIT MINUS NAMED NOT OFFSET
    OPTIONAL ORDER PREFIX REDUCED UNDEF UNION VALUES WHERE
"""
_FUNCTIONS = """
    ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY FLOOR GROUP_CONCAT IF IRI ISBLANK
    ISIRI ISLITERAL ISNUMERIC LANG LANGMATCHES LCASE MAX MIN MONTH REGEX REPLACE ROUND SAMETERM SAMPLE STR
    STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS SUBSTR SUM UCASE YEAR
"""
_KINDS = ("Body", "Country", "Organization", "Place", "Role", "Topic")
"""Classes whose things are few and known beforehand."""
_MOST = 2_000
_CLASS = Node("http://www.w3.org/2002/07/owl#Class")


def words(view: View) -> list[tuple[str, str, str]]:
    """Text, kind and meaning of each word, sorted within their kinds."""
    found = [*_terms(view), *_others(), *_things(view)]
    found += [(f"{name}:", "prefix", iri) for name, iri in prefixes().items()]
    found += [(word, "keyword", "") for word in sorted({*FORMS, *_SYNTAX.split()})]
    return [*found, *((f"{word}()", "function", "") for word in _FUNCTIONS.split())]


def _terms(view: View) -> Iterator[tuple[str, str, str]]:
    """The ontology's own terms."""
    triples = [one for path in sorted(ontology_dir().glob("*.ttl")) for one in shipped_triples(path)]
    classes = {one.subject.value for one in triples if one.object == _CLASS and isinstance(one.subject, Node)}
    for iri in sorted(own_terms()):
        name = iri.rpartition("#")[2]
        kind = "class" if iri in classes else "value" if name[:1].isupper() else "property"
        yield short(iri), kind, view.label(iri)


def own_terms() -> set[str]:
    """IRIs of the ontology's own terms."""
    return {iri for iri in defined_terms() if iri.startswith(BASE + "ontology#")}


def _others() -> Iterator[tuple[str, str, str]]:
    """Terms of other vocabularies: those that the named queries use."""
    used = {token.text for one in catalogue().values() for token in tokens(one.text) if token.kind == "name"}
    for name in sorted(used):
        prefix, _, local = name.partition(":")
        if prefix in prefixes() and local and not prefixes()[prefix].startswith(BASE):
            yield name, "term", ""


def _things(view: View) -> Iterator[tuple[str, str, str]]:
    """Things that have a prefix of their own, by name."""
    own = {f"{BASE}id/{kind.lower()}/": kind.lower() for kind in _KINDS}
    known = {namespace: prefix for prefix, namespace in prefixes().items()}
    for start, kind in own.items():
        things = view.of_class(kind.capitalize(), facts=False)[:_MOST] if start in known else []
        for iri in things:
            if iri.startswith(start) and "/" not in iri.removeprefix(start):
                yield f"{known[start]}:{iri.removeprefix(start)}", kind, view.label(iri)


def slips(text: str) -> list[tuple[str, int, list[str]]]:
    """Names of the ontology that it does not define: each with its line, and names that come near."""
    prefix = next(name for name, iri in prefixes().items() if iri == BASE + "ontology#")
    own = {short(iri) for iri in own_terms()}
    wrong: dict[str, int] = {}
    for token in tokens(text):
        if token.kind == "name" and token.text.startswith(prefix + ":") and token.text.rstrip(".") not in own:
            wrong.setdefault(token.text, text.count("\n", 0, token.start) + 1)
    return [(name, line, list(nearest(name, sorted(own)))) for name, line in wrong.items()]
