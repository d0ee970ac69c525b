"""Gold facts: what annotators say that an article states. The format is told in docs/gold-format.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cfm_kg.dates import PartialDate
from cfm_kg.errors import CfmError

FORMATS = ("in-person", "videoconference", "hybrid")
STATUSES = ("held", "planned", "postponed", "cancelled")
ACTIONS = ("adopted", "signed", "approved-draft", "considered", "proposed")
REMEDY = "correct the file; docs/gold-format.md tells the format"


@dataclass(frozen=True, slots=True)
class GoldPerson:
    """A person with a post, for a country (ISO code) or, where that is None, for an organisation."""

    name: str
    post: str | None
    country: str | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document that a meeting handled; `type` and `status` in kebab case."""

    title: str
    type: str
    status: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldCount:
    """A number of documents that the text states."""

    type: str
    count: int
    status: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldMeeting:
    """A meeting that the article reports, recalls or announces; `main` where it is about it."""

    body: str
    main: bool
    date: str | None
    place: str | None = None
    country: str | None = None
    format: str | None = None
    status: str | None = None
    chair: str | None = None
    countries: tuple[str, ...] = ()
    participants: tuple[GoldPerson, ...] = ()
    documents: tuple[GoldDocument, ...] = ()
    counts: tuple[GoldCount, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """A country's turn at the head of an organisation."""

    organization: str
    country: str
    year: str | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """All gold facts of one article. `id` is the stem of the article's file name."""

    id: str
    published: str | None
    meetings: tuple[GoldMeeting, ...]
    persons: tuple[GoldPerson, ...] = ()
    turns: tuple[GoldTurn, ...] = ()


def load_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """Every gold article of a folder, by file name. Raises CfmError on a missing, empty or faulty folder."""
    if not folder.is_dir():
        raise CfmError(
            "there is no such folder of gold facts", where=str(folder), remedy="give a folder of *.json files"
        )
    articles = tuple(read_gold(path) for path in sorted(folder.glob("*.json")))
    if not articles:
        raise CfmError(
            "the folder holds no gold facts",
            where=str(folder),
            why="it has no *.json file",
            remedy="write one JSON file an article; docs/gold-format.md tells the format",
        )
    return articles


def read_gold(path: Path) -> GoldArticle:
    """The gold facts of one file. Raises CfmError that names the file and the faulty value."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CfmError("the gold file cannot be read", where=str(path), why=str(error)) from error
    except json.JSONDecodeError as error:
        raise CfmError(
            "the gold file is not JSON", where=f"{path}:{error.lineno}", why=error.msg, remedy=REMEDY
        ) from error
    return _article(_Reader(path, "", content))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One JSON object with the place where it stands, for errors that point there."""

    path: Path
    at: str
    content: Any

    def fail(self, key: str, why: str) -> CfmError:
        place = f"{self.at}.{key}".strip(".")
        return CfmError(f"{place or 'the file'} is wrong", where=str(self.path), why=why, remedy=REMEDY)

    def fields(self) -> Mapping[str, Any]:
        if not isinstance(self.content, dict):
            raise self.fail("", "it is not a JSON object")
        return self.content

    def text(self, key: str) -> str:
        value = self.maybe(key)
        if value is None:
            raise self.fail(key, "it is missing or null")
        return value

    def maybe(self, key: str) -> str | None:
        value = self.fields().get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self.fail(key, f"{value!r} is not text")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str | None:
        value = self.maybe(key)
        if value is not None and value not in allowed:
            raise self.fail(key, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def date(self, key: str) -> str | None:
        value = self.maybe(key)
        try:
            return None if value is None else str(PartialDate.parse(value))
        except ValueError as error:
            raise self.fail(key, str(error)) from error

    def country(self, key: str) -> str | None:
        value = self.maybe(key)
        if value is not None and re.fullmatch("[A-Z]{2}", value) is None:
            raise self.fail(key, f"{value!r} is not a two-letter ISO 3166-1 code")
        return value

    def flag(self, key: str) -> bool:
        value = self.fields().get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"{value!r} is neither true nor false")
        return value

    def number(self, key: str) -> int:
        value = self.fields().get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fail(key, f"{value!r} is not a whole number")
        return value

    def items(self, key: str) -> tuple[_Reader, ...]:
        value = self.fields().get(key, [])
        if not isinstance(value, list):
            raise self.fail(key, "it is not a list")
        place = f"{self.at}.{key}".strip(".")
        return tuple(_Reader(self.path, f"{place}[{i}]", item) for i, item in enumerate(value))


def _article(at: _Reader) -> GoldArticle:
    if "meetings" not in at.fields():
        raise at.fail("meetings", "it is missing; an article without a meeting has an empty list")
    return GoldArticle(
        id=at.text("id"),
        published=at.date("published"),
        meetings=tuple(_meeting(item) for item in at.items("meetings")),
        persons=tuple(_person(item) for item in at.items("persons")),
        turns=tuple(_turn(item) for item in at.items("chairmanships")),
    )


def _meeting(at: _Reader) -> GoldMeeting:
    countries = tuple(item.content for item in at.items("countries"))
    if not all(isinstance(code, str) for code in countries):
        raise at.fail("countries", "it is not a list of ISO codes")
    return GoldMeeting(
        body=at.text("body"),
        main=at.flag("main"),
        date=at.date("date"),
        place=at.maybe("place"),
        country=at.country("country"),
        format=at.one_of("format", FORMATS),
        status=at.one_of("status", STATUSES),
        chair=at.maybe("chair"),
        countries=countries,
        participants=tuple(_person(item) for item in at.items("participants")),
        documents=tuple(_document(item) for item in at.items("documents")),
        counts=tuple(_count(item) for item in at.items("document_counts")),
        optional=at.flag("optional"),
    )


def _person(at: _Reader) -> GoldPerson:
    return GoldPerson(at.text("name"), at.maybe("post"), at.country("country"), at.flag("optional"))


def _document(at: _Reader) -> GoldDocument:
    status = at.one_of("status", ACTIONS)
    return GoldDocument(at.text("title"), at.text("type"), status or at.text("status"), at.flag("optional"))


def _count(at: _Reader) -> GoldCount:
    status = at.one_of("status", ACTIONS)
    return GoldCount(at.text("type"), at.number("count"), status or at.text("status"), at.flag("optional"))


def _turn(at: _Reader) -> GoldTurn:
    country = at.country("country")
    return GoldTurn(at.text("org"), country or at.text("country"), at.date("year"), at.flag("optional"))
