"""The named queries: files `queries/*.rq` whose header comments tell title, description and parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cfm_kg.errors import CfmError
from cfm_kg.query.lexing import data_blocks
from cfm_kg.query.nearest import suggestion
from cfm_kg.resources import queries_dir
from cfm_kg.vocab import shipped_text

THINGS = (
    "article", "body", "chairmanship", "country", "document", "meeting", "organization", "person", "place",
    "post", "role", "topic",
)  # fmt: skip
"""Parameter types that name a thing: by slug, name, code, prefixed name or IRI."""
TYPES = ("date", "integer", "iri", "string", "term", *THINGS)
"""`term` is a term of the ontology, one of the parameter's choices."""
_FIELD = re.compile(r"#\s*(title|description|param|key|column):\s*(.*)")
_PARAMETER = re.compile(r"(\w+)\s+([\w-]+)((?:\s+[\w-]+(?:=\S+)?)*)\s+—\s+(.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query. Neither optional nor with a default means that it must be given."""

    name: str
    type: str
    text: str
    optional: bool = False
    default: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether the query cannot run without it."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what its header says of it."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    path: Path | None = None

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)


@cache
def catalogue() -> Mapping[str, NamedQuery]:
    """All shipped queries by name, sorted. Raises CfmError where a file's header is faulty."""
    paths = sorted(queries_dir().glob("*.rq"))
    if not paths:
        raise CfmError("there are no named queries", where=str(queries_dir()), remedy="install cfm-kg again")
    return MappingProxyType({path.stem: read_query(path) for path in paths})


def named(name: str) -> NamedQuery:
    """The query of that name. Raises CfmError that suggests the nearest names."""
    found = catalogue().get(name)
    if found is None:
        raise CfmError(
            f"there is no query {name!r}", remedy=suggestion(name, catalogue(), "`cfm-kg queries`")
        )
    return found


def read_query(path: Path) -> NamedQuery:
    """The query of a file, its names moved to this run's base. Raises CfmError."""
    if not path.is_file():
        raise CfmError(
            "there is no such query file", where=str(path), remedy="give a file with a SPARQL query"
        )
    query = parse_query(shipped_text(path), path.stem, path)
    if not query.title or not query.description:
        raise CfmError(
            "the query's header is incomplete",
            where=str(path),
            remedy="begin the file with `# title: …` and `# description: …`",
        )
    return query


def header(text: str) -> list[tuple[str, str, int]]:
    """The fields that a query's header comments give: key, value and line; they may run over lines."""
    fields: list[tuple[str, str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _FIELD.match(line)
        if match:
            fields.append((match.group(1), match.group(2).strip(), number))
        elif line.startswith("#   ") and fields:
            key, value, at = fields[-1]
            fields[-1] = (key, f"{value} {line[1:].strip()}", at)
        elif line.strip() and not line.startswith("#"):
            break
    return fields


def parse_query(text: str, name: str = "query", path: Path | None = None) -> NamedQuery:
    """A query from its text. Header lines may be missing. Raises CfmError for a faulty parameter line."""
    fields = header(text)
    title = " ".join(value for key, value, _ in fields if key == "title")
    description = " ".join(value for key, value, _ in fields if key == "description")
    where = str(path or name)
    parameters = tuple(_parameter(value, f"{where}:{at}") for key, value, at in fields if key == "param")
    blocks = {name for name, _, _ in data_blocks(text)}
    for parameter in parameters:
        if parameter.name not in blocks:
            raise CfmError(
                f"the query never uses its parameter {parameter.name!r}",
                where=where,
                remedy=f"write VALUES ?{parameter.name} {{ UNDEF }} into its graph pattern",
            )
    return NamedQuery(name, title, description, parameters, text, path)


def _parameter(line: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match.group(2) not in TYPES:
        raise CfmError(
            f"this is not a parameter: {line!r}",
            where=where,
            why="it must read `name type [optional] [default=…] [one-of=a|b] — text`",
            remedy="types are " + ", ".join(TYPES),
        )
    name, kind, options, text = match.groups()
    settings = dict(option.partition("=")[::2] for option in options.split())
    unknown = settings.keys() - {"optional", "default", "one-of"}
    if unknown:
        raise CfmError(f"unknown option {sorted(unknown)[0]!r} of a parameter", where=where)
    choices = tuple(settings["one-of"].split("|")) if "one-of" in settings else ()
    if kind == "term" and not choices:
        raise CfmError(f"the parameter {name!r} has no choices", where=where, remedy="add one-of=a|b")
    return Parameter(name, kind, text.strip(), "optional" in settings, settings.get("default"), choices)
