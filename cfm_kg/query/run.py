"""Running a query on a store, a store's folder or a graph file."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.quads import reference_quads
from cfm_kg.query.bind import Term, bind, check_names
from cfm_kg.query.catalogue import NamedQuery, catalogue, named, parse_query
from cfm_kg.query.faults import invalid_query
from cfm_kg.query.ordering import UnsortableError, in_order, split_order
from cfm_kg.query.remote import refuse_remote
from cfm_kg.query.results import Result, read_result
from cfm_kg.query.values import Names, StoreNames, Value, guessed_term, to_term
from cfm_kg.resources import ontology_dir, registry_dir
from cfm_kg.vocab import REGISTRY_GRAPH, prefixes

_READABLE = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".xml": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
}


def query(question: str, source: ox.Store | Path | str, /, **parameters: Value) -> Result:
    """Run a named query, a `.rq` file or SPARQL text on a store, a store's folder or a graph file.

    Parameters become RDF terms: `query("meetings", "build/store", country="TJ", since="2021")`. Raises
    CfmError for an unknown name or parameter, a faulty value or query, and a source that cannot be read.
    """
    return run(find_query(question), open_source(source), parameters)


def find_query(question: str) -> NamedQuery:
    """The query that a name, a file name or a text means. Raises CfmError."""
    if question in catalogue():
        return catalogue()[question]
    if "{" in question or "\n" in question:
        return parse_query(question)
    if question.endswith(".rq"):
        return _query_file(Path(question))
    return named(question)


def _query_file(path: Path) -> NamedQuery:
    try:
        return parse_query(path.read_text(encoding="utf-8"), path.stem, path)
    except (OSError, UnicodeDecodeError) as error:
        raise CfmError(
            "the query file cannot be read",
            where=str(path),
            why=getattr(error, "strerror", None) or str(error),
            remedy="give a file with a SPARQL query, or a name that `cfm-kg queries` lists",
        ) from error


def bound_text(query: NamedQuery, store: ox.Store, parameters: Mapping[str, Value]) -> str:
    """The query's text with its parameters bound; names are looked up in the store. Raises CfmError."""
    refuse_remote(query.text)
    check_names(query, parameters)
    return bind(query.text, parameter_terms(query, StoreNames(store), parameters))


def run(query: NamedQuery, store: ox.Store, parameters: Mapping[str, Value]) -> Result:
    """Run a query with its parameters. Raises CfmError."""
    text = bound_text(query, store, parameters)
    try:
        return _answer(store, text)
    except SyntaxError as error:
        raise invalid_query(str(query.path or query.name), text, str(error.msg or error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise CfmError("the query could not run", where=query.name, why=str(error)) from error


def _answer(store: ox.Store, text: str) -> Result:
    """What the query finds. Rows are sorted here if that gives the engine's order."""
    unordered, order = split_order(text)
    if order:
        with suppress(SyntaxError, UnsortableError):  # then the engine sorts, or tells of the text as it is
            return in_order(read_result(store.query(unordered, prefixes=dict(prefixes()))), order)
    return read_result(store.query(text, prefixes=dict(prefixes())))


def parameter_terms(query: NamedQuery, names: Names, given: Mapping[str, Value]) -> dict[str, Term]:
    """The terms of given parameters and of defaults. Raises CfmError for a faulty value."""
    terms: dict[str, Term] = {}
    for name, value in given.items():
        parameter = query.parameter(name)
        terms[name] = guessed_term(value, name) if parameter is None else to_term(value, parameter, names)
    for parameter in query.parameters:
        if parameter.default is not None and parameter.name not in given:
            terms[parameter.name] = to_term(parameter.default, parameter, names)
    return terms


def open_source(source: ox.Store | Path | str) -> ox.Store:
    """A store to query: given as it is, a store's folder (read-only), or a graph file. Raises CfmError.

    A file without the registry's graph gets the shipped registry beside it, so that every named query works.
    """
    if isinstance(source, ox.Store):
        return source
    path = Path(source)
    if path.is_dir():
        return _open_folder(path)
    if not path.exists():
        raise CfmError(
            "there is no store and no graph file here", where=str(path), remedy="run `cfm-kg build` first"
        )
    return _load_file(path)


def _open_folder(path: Path) -> ox.Store:
    if not (path / "CURRENT").is_file():
        raise CfmError("this folder is not a store", where=str(path), remedy="run `cfm-kg build` first")
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise CfmError("the store cannot be opened", where=str(path), why=str(error)) from error


def _load_file(path: Path) -> ox.Store:
    rdf_format = _READABLE.get(path.suffix.lower())
    if rdf_format is None:
        raise CfmError(
            "this file's format is not known by its suffix",
            where=str(path),
            remedy="name it with one of " + ", ".join(_READABLE),
        )
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=rdf_format)
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise CfmError(
            f"this is not valid {rdf_format.name}", where=f"{path}{line}", why=error.msg
        ) from error
    except OSError as error:
        raise CfmError("the file cannot be read", where=str(path), why=str(error)) from error
    if not store.contains_named_graph(ox.NamedNode(REGISTRY_GRAPH)):
        files = [*registry_dir().glob("*.ttl"), *ontology_dir().glob("concepts.ttl")]
        store.extend(reference_quads(files))
    return store
