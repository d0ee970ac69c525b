"""Looks for a natural language in Python files: words of the language packs and names of the registry.

Only what could be matched with a text counts: docstrings, comments and what is told to users (arguments of
errors, command help, prose put together from values, longer prose) may be English. Compound names
(`document_title_ends`, `guest-attends`) name rules and terms, unless the packs know them as a wording.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cfm_kg.reading import shipped_registry
from cfm_kg.registry import Name
from cfm_kg.resources import languages_dir

ALLOWED = Path(__file__).with_name("language_free_allowed.yaml")
TOLD_TO_USERS = frozenset(
    {"CfmError", "Dropped", "Unread", "Refused", "Resolution", "ValueError", "TypeError", "Publication"}
    | {"Option", "Argument", "Typer", "print"}
)
"""Calls whose strings people read."""
TELLING = frozenset(
    {
        "building",
        "upkeep",
        "cli",
        "evaluate",
        "fuse",
        "ingest",
        "query",
        "validate",
        "store",
        "diff",
        "drafting",
        "entries",
        "serve",
        "publishing",
        "mcp",
        "remote",
        "tables",
        "plots",
    }
    | {"explanation.py", "summary.py", "dates.py", "errors.py"}
)
"""Parts that look for no words in a text but talk to users: names of the registry alone are wrong in them."""
_ANY_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMPOUND = re.compile(r"[a-zA-Z0-9]+(?:[-_.:/][a-zA-Z0-9]+)+:?|[a-z]+(?:[A-Z][a-z]+)+")
_GROUP = re.compile(r"\(\?P<\w+>")
_UNIT = re.compile(r"\{!?([^{}\d]+)\}")
_WORD_LISTS = (
    "function_words",
    "small_words",
    "months",
    "weekdays",
    "day_words",
    "menu_words",
    "masthead_words",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or name of a language, and where it stands."""

    where: str
    found: str
    text: str


@cache
def wordings() -> frozenset[str]:
    """Everything that the language packs say in words, in lower case."""
    files = sorted(languages_dir().glob("*/*.yaml"))
    assert len(files) > 8
    return frozenset(
        wording.lower()
        for path in files
        for wording in _wordings(yaml.safe_load(path.read_text(encoding="utf-8")))
    )


@cache
def words() -> frozenset[str]:
    """The single words of all wordings, of four letters or more."""
    return frozenset(word for wording in wordings() for word in _WORD.findall(wording))


@cache
def names() -> frozenset[str]:
    """Names of people, places, countries, bodies and organisations."""
    registry = shipped_registry()
    things = (registry.people, registry.places, registry.countries, registry.bodies, registry.organizations)
    found: list[Name] = [name for kind in things for thing in kind.values() for name in thing.names]
    found += [name for country in registry.countries.values() for name in country.demonyms]
    found += [name for person in registry.people.values() for name in person.family_names]
    found += [name for body in registry.bodies.values() for name in body.council_names]
    found += [name for one in registry.organizations.values() for name in one.acronyms]
    return frozenset(name.text for name in found if len(name.text) > 1)


@cache
def allowed() -> frozenset[str]:
    """Words and names that may stand in code, each reviewed."""
    listed: Mapping[str, list[str]] = yaml.safe_load(ALLOWED.read_text(encoding="utf-8"))
    return frozenset(word for group in listed.values() for word in group)


def hits(path: Path) -> Iterator[Hit]:
    """What a Python file holds that a language pack or the registry should hold."""
    telling = bool(
        TELLING & set(path.parts[path.parts.index("cfm_kg") + 1 if "cfm_kg" in path.parts else 0 :])
    )
    for line, text in _literals(ast.parse(path.read_text(encoding="utf-8"))):
        for found in sorted({*_words(text, telling), *_names(text)} - allowed()):
            yield Hit(f"{path.name}:{line}", found, text)


def _words(text: str, telling: bool) -> Iterable[str]:
    if telling or text in allowed():
        return ()
    if _COMPOUND.fullmatch(text):
        return {text} & wordings() or {text.replace("-", " ")} & wordings()
    if " " in text and text.lower() in wordings():
        return {text}
    long = _WORD.findall(_GROUP.sub("(", text))
    if len(text.split()) > 4 and len({word.lower() for word in long} - words()) > 1:
        return ()
    read = long if len(long) == 1 else [word.lower() for word in long if not word.isupper()]
    return {word for word in read if word in words()}


def _names(text: str) -> Iterable[str]:
    for word in set(_ANY_WORD.findall(text)) & _by_first_word().keys():
        for name in _by_first_word()[word]:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                yield name


@cache
def _by_first_word() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names()):
        found.setdefault(_ANY_WORD.findall(name)[0], []).append(name)
    return found


def _literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values if " " in str(getattr(part, "value", "")))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in TOLD_TO_USERS:
                skipped.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def _wordings(pack: Mapping[str, Any]) -> Iterator[str]:
    yield from _texts(pack.get("words", {}))
    patterns = [rule["pattern"] for group in pack.get("rules", {}).values() for rule in group]
    for pattern in (*pack.get("define", {}).values(), *patterns):
        for choice in _UNIT.findall(pattern):
            yield from (word for word in choice.split("|") if word == word.lower())
    for key in _WORD_LISTS:
        yield from _texts(pack.get(key, ()))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for inner in value.values() for text in _texts(inner))
    elif isinstance(value, Iterable):
        yield from (text for inner in value for text in _texts(inner))
