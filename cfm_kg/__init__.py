"""Turn articles about council meetings into a checked knowledge graph.

The functions `build`, `extract`, `validate`, `query` and `check` do what the commands of the same names do;
`check_bytes` and `fix_bytes` take an entry that is in no file.
They import what they need when they are called, so that importing the package costs nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from cfm_kg.entries.fix import Fixed
    from cfm_kg.entries.model import Report
    from cfm_kg.model import Reading
    from cfm_kg.pipeline import Build
    from cfm_kg.query.results import Result
    from cfm_kg.query.values import Value
    from cfm_kg.validate.report import ValidationReport

__all__ = ["build", "check", "check_bytes", "extract", "fix_bytes", "query", "validate"]


def build(
    sources: Iterable[str | Path] | str | Path | None = None,
    out: str | Path | None = None,
    *,
    decisions: Iterable[str | Path] = (),
) -> Build:
    """Read articles (files, folders, globs; default: those that come with the tool) and make the graph.

    All is in the result, in memory; its files are written to the folder `out`, if given. What cannot be
    read is listed in the result's `unread`. Folders of human `decisions` count besides those that come with
    the tool and those in `out`. For many articles, or to build again what changed, use
    `cfm_kg.building.build_folder`. Raises CfmError where `out` cannot be written or a decision is faulty.
    """
    from cfm_kg.building import write_build
    from cfm_kg.fuse import folders_of, load_decisions
    from cfm_kg.ingest import sources as found_at
    from cfm_kg.pipeline import assemble, read_all
    from cfm_kg.resources import articles_dir, decisions_dir

    if sources is None:
        sources = articles_dir()
    places = [sources] if isinstance(sources, str | Path) else sources
    folders = [decisions_dir()] if out is None else folders_of(Path(out))
    rulings = load_decisions([*folders, *map(Path, decisions)])
    result = assemble(read_all(found_at([str(place) for place in places])), decisions=rulings)
    if out is not None:
        write_build(result, Path(out))
    return result


def extract(article: str | Path) -> Reading:
    """What one article says: claims with their quotes. Raises CfmError where it cannot be read."""
    from cfm_kg.ingest import one_source
    from cfm_kg.reading import read

    return read(one_source(str(article)))


def validate(
    data: rdflib.Graph | Path | str | Iterable[Path | str], *, reference: bool = True
) -> ValidationReport:
    """Judge an rdflib graph or RDF files by the shapes, leaning on the shipped registry if `reference`.

    Raises CfmError, naming file, line and reason, where a file cannot be read.
    """
    from cfm_kg.validate import validate as judge

    return judge(data, reference=reference)


def query(question: str, source: pyoxigraph.Store | Path | str, /, **parameters: Value) -> Result:
    """Run a named query, a `.rq` file or SPARQL text on a store, a store's folder or a graph file.

    Parameters become RDF terms. Raises CfmError for what is unknown, faulty or cannot be read.
    """
    from cfm_kg.query import query as ask

    return ask(question, source, **parameters)


def check(entries: str | Path | Iterable[str | Path], store: str | Path | None = None) -> Report:
    """Check files as entries, together, in the context of a store; without one, of the shipped registry.

    Raises CfmError where a file cannot be read or its suffix tells no format, and where there is no store.
    What is wrong in a file that can be read, syntax included, is in the report.
    """
    from cfm_kg.entries import check as judge

    return judge(entries, store)


def check_bytes(
    content: bytes, kind: str, store: pyoxigraph.Store | str | Path | None = None, *, name: str = ""
) -> Report:
    """Check bytes as an entry of a format, as `check` does a file, and touch no file but the store's.

    `kind` is ttl, trig, nt, nq, jsonld or csv; findings call the entry by `name`. Raises CfmError where the
    format is unknown, the entry too large, or there is no store.
    """
    from cfm_kg.entries import check_bytes as judge

    return judge(content, kind, store, name=name)


def fix_bytes(
    content: bytes,
    kind: str,
    store: pyoxigraph.Store | str | Path | None = None,
    *,
    name: str = "",
    language: str = "en",
) -> Fixed:
    """The fixes of an entry that need no thought, as a diff, and the entry with them; as for `check_bytes`.

    Texts in Latin letters that need a language tag and have none get `language`.
    """
    from cfm_kg.entries import fix_bytes as mend

    return mend(content, kind, store, name=name, language=language)


class _Package(ModuleType):
    """Keeps the functions above in place: importing the stage of the same name would replace them."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
