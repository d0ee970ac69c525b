"""A language made ready to read with: its lexicon, its patterns, and how its sentences end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cfm_kg.errors import CfmError
from cfm_kg.packs.grammar import Alphabet, Grammar, compile_rule, expand, is_class, literal_class, words_of
from cfm_kg.packs.lexicon import Entry, Lexicon
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
        self.name = pack.language
        self.settings = pack.settings
        self.alphabet = Alphabet()
        expanded = {
            group: [(rule, expand(rule["pattern"], pack.definitions, f"{pack.language}: {group}")) for rule in rules]
            for group, rules in pack.rules.items()
        }
        literals = {word for rules in expanded.values() for _, pattern in rules for word in words_of(pattern)}
        spoken = [Entry(word, literal_class(word), word) for word in sorted(literals)]
        self.lexicon = Lexicon([*pack.words, *spoken, *names], pack.settings.get("hides"))
        self.lexicon.announce(self.alphabet)
        self.topics = Lexicon(topics)
        for chunk in pack.chunks:
            self.alphabet.code(frozenset(chunk.split()))
        self.grammar = Grammar(
            {
                group: tuple(
                    compile_rule(rule["name"], pattern, rule, self.alphabet) for rule, pattern in rules
                )
                for group, rules in expanded.items()
            }
        )


def load_pack(language: str) -> Pack:
    """Read `<language>.yaml` and the files that it includes. Raises CfmError."""
    main = languages_dir() / f"{language}.yaml"
    if not main.is_file():
        known = ", ".join(sorted(p.stem for p in languages_dir().glob("*.yaml")))
        raise CfmError(f"no language pack {language!r}", where=str(languages_dir()), remedy=f"known: {known}")
    first = _read(main)
    parts = [first, *(_read(main.with_suffix("") / f"{name}.yaml") for name in first.get("include", ()))]
    words: list[Entry] = []
    definitions: dict[str, str] = {}
    rules: dict[str, tuple[Mapping[str, str], ...]] = {}
    settings: dict[str, Any] = {}
    for part in parts:
        words.extend(_words(part.get("words", {})))
        definitions |= part.get("define", {})
        for group, found in part.get("rules", {}).items():
            rules[group] = rules.get(group, ()) + tuple(found)
        settings |= part.get("settings", {})
    return Pack(language, tuple(words), definitions, rules, tuple(first.get("chunks", ())), settings)


def _words(classes: Mapping[str, Any]) -> Iterable[Entry]:
    """`CLASS: [word, …]` or `CLASS: {value: word or [word, …]}`."""
    for kind, listed in classes.items():
        if not is_class(kind):
            raise CfmError(f"{kind!r} is not a class name", remedy="write it in capitals")
        groups = listed.items() if isinstance(listed, dict) else [(None, listed)]
        for value, wordings in groups:
            for wording in [wordings] if isinstance(wordings, str) else wordings:
                yield Entry(str(wording), kind, str(wording if value is None else value))


def _read(path: Path) -> dict[str, Any]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise CfmError("a language pack cannot be read", where=str(path), why=str(error)) from error
    if not isinstance(loaded, dict):
        raise CfmError("a language pack must be a mapping", where=str(path))
    return loaded
