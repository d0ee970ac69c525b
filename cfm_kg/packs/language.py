"""A language made ready to read with: its lexicon, its patterns, and how its sentences end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from cfm_kg.errors import CfmError
from cfm_kg.packs.alphabet import Alphabet, Letters, letters
from cfm_kg.packs.files import read_yaml
from cfm_kg.packs.grammar import Grammar, Rule
from cfm_kg.packs.lexicon import Entry, Lexicon, Wordings, packed
from cfm_kg.packs.needs import numbered
from cfm_kg.packs.patterns import expand, is_class, literal_class, units, words_of
from cfm_kg.packs.scanner import Scanner
from cfm_kg.packs.tokens import Tokenizer
from cfm_kg.packs.wordings import sets, wordings
from cfm_kg.resources import languages_dir


class Pack(NamedTuple):
    """A language's data files, merged. `rules` are name → pattern and meaning, by group."""

    language: str
    words: tuple[Entry, ...]
    definitions: Mapping[str, str]
    rules: Mapping[str, tuple[Mapping[str, str], ...]]
    chunks: tuple[str, ...]
    settings: Mapping[str, Any]


class Compiled(msgspec.Struct, frozen=True):
    """A pack and a registry's names made ready, as plain values that can be kept."""

    language: str
    settings: dict[str, Any]
    words: Mapping[str, msgspec.Raw]
    """Wordings as `lexicon.packed` makes them."""
    topics: Mapping[str, msgspec.Raw]
    letters: Letters
    needs: tuple[tuple[str, ...], ...]
    """What rules need, by number."""
    rules: dict[str, tuple[CompiledRule, ...]]
    """By group."""


class CompiledRule(msgspec.Struct, frozen=True):
    """A rule with its definitions inserted."""

    pattern: str
    means: dict[str, Any]
    where: str
    needed: tuple[int, ...]
    code: bytes
    """The pattern as `frozen` keeps it."""


class Language:
    """A language to read with."""

    def __init__(self, compiled: Compiled) -> None:
        self.name = compiled.language
        self.settings = compiled.settings
        tokens = _tokenizer(compiled.settings)
        self.alphabet = Alphabet(compiled.letters)
        self.scan = Scanner(tokens, Lexicon(compiled.words), self.alphabet)
        self.topics = Scanner(tokens, Lexicon(compiled.topics), Alphabet.of((), ()))
        groups = {
            group: tuple(
                [
                    Rule(r.means["name"], r.pattern, r.means, self.alphabet, r.where, r.needed, r.code)
                    for r in rules
                ]
            )
            for group, rules in compiled.rules.items()
        }
        self.grammar = Grammar(groups, map(frozenset, compiled.needs), self.alphabet)


def compile_pack(pack: Pack, names: Iterable[Entry] = (), topics: Iterable[Entry] = ()) -> Compiled:
    """A pack and a registry's names made ready. Raises CfmError where a pattern is not valid."""
    expanded = {group: [*_expanded(pack, group, rules)] for group, rules in pack.rules.items()}
    patterns = [pattern for rules in expanded.values() for _, pattern, _ in rules]
    literals = {word for pattern in patterns for word in words_of(pattern)}
    spoken = [Entry(word, literal_class(word), word) for word in sorted(literals)]
    tokens = _tokenizer(pack.settings)
    inherited = pack.settings.get("inherited", ())
    words = wordings([*pack.words, *spoken, *names], pack.settings.get("hides"), tokens, inherited)
    chunks = {frozenset(chunk.split()) for chunk in pack.chunks}
    used = (unit.choice for pattern in patterns for unit in units(pattern) if unit.choice)
    needs, needed = numbered(patterns)
    written = letters(used, sets(words, tokens) | chunks)
    alphabet = Alphabet(written)

    def ready(rule: Mapping[str, str], pattern: str, where: str) -> CompiledRule:
        code = Rule(rule["name"], pattern, rule, alphabet, where).frozen()
        return CompiledRule(pattern, dict(rule), where, needed[pattern], code)

    return Compiled(
        pack.language,
        dict(pack.settings),
        _raw(words),
        _raw(wordings(topics, tokenizer=tokens)),
        written,
        tuple([tuple(sorted(choice)) for choice in needs]),
        {group: tuple([ready(*rule) for rule in rules]) for group, rules in expanded.items()},
    )


def _tokenizer(settings: Mapping[str, Any]) -> Tokenizer:
    return Tokenizer(settings.get("ordinals", ()), settings.get("initial_letters", ""))


def _raw(words: Wordings) -> dict[str, msgspec.Raw]:
    return {word: msgspec.Raw(those) for word, those in packed(words).items()}


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
            rules[group] = _rules(rules.get(group, ()), found, group, path)
        settings |= part.get("settings", {})
    return Pack(language, tuple(words), definitions, rules, tuple(first.get("chunks", ())), settings)


def _rules(
    known: tuple[Mapping[str, str], ...], found: Iterable[Mapping[str, str]], group: str, path: Path
) -> tuple[Mapping[str, str], ...]:
    """The rules of a group, known and found ones. Each has its name alone: claims and figures tell it."""
    rules, names = tuple(found), {rule["name"] for rule in known}
    for rule in rules:
        if not {"name", "pattern"} <= rule.keys():
            raise CfmError(
                f"a rule of {group!r} lacks its name or pattern",
                where=str(path),
                remedy="write {name: …, pattern: …}",
            )
        if rule["name"] in names:
            raise CfmError(
                f"two rules of {group!r} are named {rule['name']!r}",
                where=str(path),
                remedy="rename one, or join their patterns",
            )
        names.add(rule["name"])
    return (*known, *rules)


def _words(classes: Mapping[str, Any], path: Path) -> Iterable[Entry]:
    """`CLASS: [word, …]` or `CLASS: {value: word or [word, …]}`."""
    for kind, listed in classes.items():
        if not is_class(kind):
            raise CfmError(f"{kind!r} is not a class name", where=str(path), remedy="write it in capitals")
        groups = listed.items() if isinstance(listed, dict) else [(None, listed)]
        for value, written in groups:
            for wording in [written] if isinstance(written, str) else written:
                yield Entry(str(wording), kind, str(wording if value is None else value))


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded = read_yaml(path)
    except (OSError, yaml.YAMLError) as error:
        raise CfmError("a language pack cannot be read", where=str(path), why=str(error)) from error
    if not isinstance(loaded, dict):
        raise CfmError("a language pack must be a mapping", where=str(path))
    return loaded
