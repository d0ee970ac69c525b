"""Parameters become RDF terms in a query's data blocks.

What a user writes never becomes query text: it is first made a term, and the term's own serialisation, which
escapes whatever needs it, fills `VALUES ?name { … }`. Such a block works on every SPARQL 1.1 endpoint.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.catalogue import NamedQuery
from cfm_kg.query.lexing import data_blocks, form_of, pattern_start, variables
from cfm_kg.query.nearest import suggestion

Term = ox.NamedNode | ox.Literal


def bind(text: str, terms: Mapping[str, Term]) -> str:
    """The query with each variable of `terms` bound in its data block, or in a new one where it lacks one.

    Lines keep their numbers, so that errors point into the text as it was written.
    """
    edits = [(start, end, f" {terms[name]} ") for name, start, end in data_blocks(text) if name in terms]
    new = terms.keys() - {name for name, _, _ in data_blocks(text)}
    if new:
        at = pattern_start(text)
        edits.append((at, at, "".join(f" VALUES ?{name} {{ {terms[name]} }}" for name in sorted(new))))
    for start, end, block in sorted(edits, reverse=True):
        text = text[:start] + block + text[end:]
    return text


def check_names(query: NamedQuery, given: Mapping[str, object]) -> None:
    """Raise CfmError for a parameter that the query does not know, or that it needs and was not given."""
    form_of(query.text)
    known = [p.name for p in query.parameters]
    if not query.title:  # no header says what the parameters are
        known = known or sorted(variables(query.text))
    for name in given:
        if name not in known:
            listed = f"its parameters: {', '.join(known)}" if known else "it takes none"
            raise CfmError(
                f"the query {query.name!r} has no parameter {name!r}", remedy=suggestion(name, known, listed)
            )
    for parameter in query.parameters:
        if parameter.required and parameter.name not in given:
            raise CfmError(
                f"the query {query.name!r} needs the parameter {parameter.name!r}",
                why=f"{parameter.text} ({parameter.type})",
                remedy=f"add --param {parameter.name}=…",
            )
