"""Cleaning packs: the words of a language by which page furniture and noise are told from an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from cfm_kg.errors import CfmError
from cfm_kg.packs.files import read_yaml
from cfm_kg.resources import data_dir, languages_dir

_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class CleaningPack:
    """One language's words for cleaning, compiled: `*_at` patterns for `match`, the others for `search`."""

    language: str
    script: str
    function_words: frozenset[str]
    small_words: frozenset[str]
    months: Mapping[str, int]
    """Lower-case month names and abbreviations → 1…12."""
    weekdays: Mapping[str, int]
    """Lower-case weekday names → 0 (Monday) … 6."""
    day_words: Mapping[str, int]
    """Lower-case words for a day reckoned from that of writing ("yesterday") → days from it (-1)."""
    current_year: re.Pattern[str]
    coming_day: re.Pattern[str]
    """What stands before a day that is still to come."""
    """A year that the text speaks of as the present one, as group `y`."""
    ordinal_suffixes: tuple[str, ...]
    day_joiners: tuple[str, ...]
    year_suffixes: tuple[str, ...]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    page_saved: re.Pattern[str]
    other_day: re.Pattern[str]
    """What stands before the day of something else than publication: a next issue, a translation."""
    imprint_mark: re.Pattern[str]
    """What stands beside a publication date: an issue's number, an author, a count of readers."""
    issue: re.Pattern[str]
    """The number of an issue."""
    section_at: re.Pattern[str]
    inline_section_at: re.Pattern[str]
    comment_at: re.Pattern[str]
    control_at: re.Pattern[str]
    noise_at: re.Pattern[str]
    noise: re.Pattern[str]
    foot_at: re.Pattern[str]
    foot: re.Pattern[str]
    noise_phrases: tuple[str, ...]
    menu_words: frozenset[str]
    letterhead_at: re.Pattern[str]
    state_at: re.Pattern[str]
    genre_at: re.Pattern[str]
    masthead_words: frozenset[str]
    source: re.Pattern[str]
    byline_at: re.Pattern[str]
    agency_lead_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkupWords:
    """Words of `class` and `id` attributes, and tags, that tell what a part of a web page is."""

    noise: frozenset[str]
    strong_noise: frozenset[str]
    body: frozenset[str]
    date: frozenset[str]
    noise_tags: frozenset[str]


@cache
def load_cleaning(language: str) -> CleaningPack:
    """The cleaning pack of `language` (an ISO 639-1 code). Raises CfmError when it is missing or broken."""
    path = languages_dir() / language / "cleaning.yaml"
    if not path.is_file():
        raise CfmError(
            f"there is no cleaning pack for the language {language!r}",
            where=str(path),
            remedy=f"add the file after the model of another language ({', '.join(cleaning_languages())})",
        )
    try:
        return _compile(read_yaml(path))
    except (yaml.YAMLError, re.error, KeyError, TypeError, AttributeError, ValueError) as error:
        raise CfmError(
            "the cleaning pack cannot be read",
            where=str(path),
            why=f"{type(error).__name__}: {error}",
            remedy="compare it with another language's cleaning.yaml",
        ) from error


@cache
def cleaning_languages() -> tuple[str, ...]:
    """The languages that have a cleaning pack, sorted."""
    return tuple(sorted(path.parent.name for path in languages_dir().glob("*/cleaning.yaml")))


@cache
def all_cleaning() -> tuple[CleaningPack, ...]:
    """Every cleaning pack that is installed, by language code."""
    return tuple(load_cleaning(language) for language in cleaning_languages())


@cache
def load_markup() -> MarkupWords:
    """The words of web markup. Raises CfmError when the file is missing or broken."""
    path = data_dir("seeds") / "markup.yaml"
    try:
        data = read_yaml(path)
        return MarkupWords(
            noise=frozenset(data["noise_words"]),
            strong_noise=frozenset(data["strong_noise_words"]),
            body=frozenset(data["body_words"]),
            date=frozenset(data["date_words"]),
            noise_tags=frozenset(data["noise_tags"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise CfmError("the words of web markup cannot be read", where=str(path), why=str(error)) from error


def _compile(data: Mapping[str, Any]) -> CleaningPack:
    return CleaningPack(
        language=data["language"],
        script=data["script"],
        function_words=_lowered(data["function_words"]),
        small_words=_lowered(data["small_words"]),
        months={name.lower(): int(number) for number, names in data["months"].items() for name in names},
        weekdays={name.lower(): number for number, names in enumerate(data["weekdays"]) for name in names},
        day_words={name.lower(): int(days) for name, days in data["day_words"].items()},
        current_year=re.compile("|".join(data["current_year_patterns"]) or _NEVER, re.IGNORECASE),
        coming_day=_any(data["coming_day_patterns"]),
        ordinal_suffixes=tuple(data["ordinal_suffixes"]),
        day_joiners=tuple(data["day_joiners"]),
        year_suffixes=tuple(data["year_suffixes"]),
        published=_any(data["published_patterns"], r"(?<!\w)", r"(?!\w)"),
        updated=_any(data["updated_patterns"], r"(?<!\w)", r"(?!\w)"),
        page_saved=_any(data["page_saved_patterns"], r"(?<!\w)"),
        other_day=_any(data["other_day_patterns"], r"(?<!\w)"),
        imprint_mark=_any(data["imprint_mark_patterns"], r"(?<!\w)", r"(?!\w)"),
        issue=_any(data["issue_patterns"], r"(?<!\w)", r"(?!\w)"),
        section_at=_any(data["section_patterns"], r"\W{0,4}", r"(?!\w)"),
        inline_section_at=_any(data["inline_section_patterns"], r"\W{0,4}", r"(?!\w)"),
        comment_at=_any(data["comment_patterns"], r"\W{0,4}", r"\s*$"),
        control_at=_any(data["control_patterns"], r"[^\w(©*\[+]{0,4}"),
        noise_at=_any(data["noise_start_patterns"], r"[^\w(©*\[+]{0,4}"),
        noise=_any(data["noise_word_patterns"]),
        foot_at=_any(p[1:] for p in data["foot_patterns"] if p.startswith("^")),
        foot=_any(p for p in data["foot_patterns"] if not p.startswith("^")),
        noise_phrases=tuple(phrase.lower() for phrase in data["noise_phrases"]),
        menu_words=_lowered(data["menu_words"]),
        letterhead_at=_any(data["letterhead_patterns"]),
        state_at=_any(data["state_patterns"], "", r"\s*$"),
        genre_at=_any(data["genre_patterns"], "", r"\W*$"),
        masthead_words=_lowered(data["masthead_words"]),
        source=_any(data["source_patterns"], r"(?<!\w)"),
        byline_at=_any(data["byline_patterns"]),
        agency_lead_words=tuple(word.lower() for word in data["agency_lead_words"]),
    )


def _lowered(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _any(patterns: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    alternatives = "|".join(patterns) or _NEVER
    return re.compile(f"{before}(?:{alternatives}){after}", re.IGNORECASE)
