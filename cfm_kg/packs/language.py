"""A language made ready to read with: its lexicon, its patterns, and how its sentences end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cfm_kg.errors import CfmError
from cfm_kg.packs.alphabet import Alphabet
from cfm_kg.packs.files import read_yaml
from cfm_kg.packs.grammar import Grammar, Rule
from cfm_kg.packs.lexicon import Entry, Lexicon
from cfm_kg.packs.patterns import expand, is_class, literal_class, units, words_of
from cfm_kg.packs.scanner import Scanner
from cfm_kg.packs.tokens import Tokenizer
from cfm_kg.resources import languages_dir


class Pack(NamedTuple):
    """A language's data files, merged. `rules` are name → pattern and meaning, by group."""

    language: str
    words: tuple[Entry, ...]
    definitions: Mapping[str, str]
    rules: Mapping[str, tuple[Mapping[str, str], ...]]
    chunks: tuple[str, ...]
    settings: Mapping[str, Any]


class Language:
    """A pack and a registry's names, compiled."""

    def __init__(self, pack: Pack, names: Iterable[Entry] = (), topics: Iterable[Entry] = ()) -> None:
        """Raises CfmError where a pattern has an unknown definition."""
        self.name = pack.language
        self.settings = pack.settings
        expanded = {group: [*_expanded(pack, group, rules)] for group, rules in pack.rules.items()}
        patterns = [pattern for rules in expanded.values() for _, pattern, _ in rules]
        literals = {word for pattern in patterns for word in words_of(pattern)}
        spoken = [Entry(word, literal_class(word), word) for word in sorted(literals)]
        tokens = Tokenizer(pack.settings.get("ordinals", ()), pack.settings.get("initial_letters", ""))
        words = [*pack.words, *spoken, *names]
        inherited = pack.settings.get("inherited", ())
        lexicon = Lexicon(words, pack.settings.get("hides"), tokens, inherited)
        chunks = {frozenset(chunk.split()) for chunk in pack.chunks}
        used = (unit.choice for pattern in patterns for unit in units(pattern) if unit.choice)
        self.alphabet = Alphabet(used, lexicon.sets() | chunks)
        self.scan = Scanner(tokens, lexicon, self.alphabet)
        self.topics = Scanner(tokens, Lexicon(topics, tokenizer=tokens), Alphabet((), ()))
        groups = {
            group: tuple(Rule(rule["name"], pattern, rule, self.alphabet, at) for rule, pattern, at in rules)
            for group, rules in expanded.items()
        }
        self.grammar = Grammar(groups, self.alphabet)


def _expanded(
    pack: Pack, group: str, rules: Iterable[Mapping[str, str]]
) -> Iterator[tuple[Mapping[str, str], str, str]]:
    """Each rule, its pattern with definitions inserted, and where it stands."""
    for rule in rules:
        where = f"{pack.language}: rule {rule['name']!r} of {group!r}"
        yield rule, expand(rule["pattern"], pack.definitions, where), where


def load_pack(language: str) -> Pack:
    """Read `<language>.yaml` and the files that it includes. Raises CfmError."""
    main = languages_dir() / f"{language}.yaml"
    if not main.is_file():
        known = ", ".join(sorted(p.stem for p in languages_dir().glob("*.yaml")))
        raise CfmError(f"no language pack {language!r}", where=str(languages_dir()), remedy=f"known: {known}")
    first = _read(main)
    paths = [main, *(main.with_suffix("") / f"{name}.yaml" for name in first.get("include", ()))]
    words: list[Entry] = []
    definitions: dict[str, str] = {}
    rules: dict[str, tuple[Mapping[str, str], ...]] = {}
    settings: dict[str, Any] = {}
    for path, part in zip(paths, [first, *map(_read, paths[1:])], strict=True):
        words.extend(_words(part.get("words", {}), path))
        definitions |= part.get("define", {})
        for group, found in part.get("rules", {}).items():
            rules[group] = rules.get(group, ()) + _rules(found, group, path)
        settings |= part.get("settings", {})
    return Pack(language, tuple(words), definitions, rules, tuple(first.get("chunks", ())), settings)


def _rules(found: Iterable[Mapping[str, str]], group: str, path: Path) -> tuple[Mapping[str, str], ...]:
    rules = tuple(found)
    for rule in rules:
        if not {"name", "pattern"} <= rule.keys():
            raise CfmError(
                f"a rule of {group!r} lacks its name or pattern",
                where=str(path),
                remedy="write {name: …, pattern: …}",
            )
    return rules


def _words(classes: Mapping[str, Any], path: Path) -> Iterable[Entry]:
    """`CLASS: [word, …]` or `CLASS: {value: word or [word, …]}`."""
    for kind, listed in classes.items():
        if not is_class(kind):
            raise CfmError(f"{kind!r} is not a class name", where=str(path), remedy="write it in capitals")
        groups = listed.items() if isinstance(listed, dict) else [(None, listed)]
        for value, wordings in groups:
            for wording in [wordings] if isinstance(wordings, str) else wordings:
                yield Entry(str(wording), kind, str(wording if value is None else value))


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded = read_yaml(path)
    except (OSError, yaml.YAMLError) as error:
        raise CfmError("a language pack cannot be read", where=str(path), why=str(error)) from error
    if not isinstance(loaded, dict):
        raise CfmError("a language pack must be a mapping", where=str(path))
    return loaded
