"""Reading an answer: a label, a date or a code becomes an RDF term."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox
from rapidfuzz import fuzz, process, utils

from cfm_kg.dates import PartialDate
from cfm_kg.drafting.known import Catalogue, terms
from cfm_kg.drafting.questions import Form, Question
from cfm_kg.errors import CfmError
from cfm_kg.vocab import BASE, XSD, prefixes, slug

Term = ox.NamedNode | ox.Literal
Answers = Mapping[str, tuple[Term, ...]]
"""Answers by the names of their questions."""
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_PATH = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)+\Z")
_TAG = re.compile(r"(?P<text>.*\S)\s*@(?P<tag>[a-z]{2,3}(?:-[A-Za-z0-9]+)*)\Z", re.DOTALL)
_LIKE = 60
_MOST = 3


def read_answer(question: Question, text: str, catalogue: Catalogue, language: str = "en") -> Term:
    """An answer as a term. Raises CfmError that tells what was expected, and what is like it."""
    said = " ".join(text.split())
    if question.form is Form.THING:
        return _thing(question, said, catalogue)
    if question.form is Form.CHOICE:
        return ox.NamedNode(_choice(question, said, terms(question.of)))
    if question.form is Form.WORD:
        return ox.Literal(_choice(question, said, {word: word for word in question.of.split()}))
    if question.form in (Form.DATE, Form.YEAR):
        return _date(question, said)
    if question.form is Form.TEXT:
        tagged = _TAG.match(said)
        return (
            ox.Literal(tagged["text"], language=tagged["tag"])
            if tagged
            else ox.Literal(said, language=language)
        )
    return _spelled(question, said)


def _refused(question: Question, text: str, expected: str, near: tuple[str, ...] = ()) -> CfmError:
    meant = f"did you mean {' or '.join(near)}?" if near else expected
    return CfmError(f"{text!r} does not answer {question.option}", why=f"expected {expected}", remedy=meant)


def _thing(question: Question, text: str, catalogue: Catalogue) -> ox.NamedNode:
    kind = question.of[0].lower() + question.of[1:]
    if _IRI.match(text):
        return ox.NamedNode(text)
    known = catalogue.things(question.of)
    found = {one.iri for one in known.values() if text in (one.path, f"{kind}/{one.path}")}
    found = found or {one.iri for one in known.values() if text.casefold() == one.label.casefold()}
    found = found or {i for i, one in known.items() if text.casefold() in map(str.casefold, one.names)}
    if len(found) == 1:
        return ox.NamedNode(found.pop())
    if found:
        several = tuple(sorted(one.removeprefix(BASE + "id/") for one in found))
        raise _refused(question, text, "one of several of that name, by its own name", several)
    if _PATH.match(text) and (text.startswith(f"{kind}/") or "/" in text):
        return ox.NamedNode(f"{BASE}id/{text if text.startswith(f'{kind}/') else f'{kind}/{text}'}")
    labels = {name: one for one in known.values() for name in (one.label, *one.names)}
    close = process.extract(
        text, list(labels), scorer=_likeness, processor=utils.default_process, score_cutoff=_LIKE, limit=20
    )
    meant = dict.fromkeys(f"{labels[hit[0]].label} ({labels[hit[0]].path})" for hit in close)
    near = tuple(meant)[:_MOST]
    expected = f"a {kind} of the registry or the store, by its label, its name or its IRI"
    raise _refused(question, text, expected, near)


def _likeness(one: str, other: str, **_: object) -> float:
    """Percent: short names must be alike as wholes, long ones may share their words in another order."""
    return (fuzz.ratio(one, other) + fuzz.WRatio(one, other)) / 2


def _choice(question: Question, text: str, choices: Mapping[str, str]) -> str:
    def plain(word: str) -> str:
        return re.sub(r"^cfm:|[\s_-]", "", word).casefold()

    found = {plain(name): value for name, value in choices.items()}
    if plain(text) in found:
        return found[plain(text)]
    close = process.extract(plain(text), {name: plain(name) for name in choices}, score_cutoff=_LIKE, limit=2)
    raise _refused(question, text, "one of " + ", ".join(choices), tuple(hit[2] for hit in close))


def _date(question: Question, text: str) -> ox.Literal:
    try:
        date = PartialDate.parse(text)
    except ValueError as error:
        expected = "a year, 2021" if question.form is Form.YEAR else "a date: 2021-05-19, 2021-05 or 2021"
        raise _refused(question, text, expected) from error
    if question.form is Form.YEAR and date.precision > 1:
        raise _refused(question, text, "a year alone", (str(date.year),))
    return ox.Literal(str(date), datatype=ox.NamedNode(date.datatype))


def _spelled(question: Question, text: str) -> Term:
    if question.form is Form.LANGUAGE and re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", text):
        return ox.Literal(text)
    if question.form is Form.CODE and re.fullmatch(r"[A-Za-z]{2}", text):
        return ox.Literal(text.upper(), datatype=ox.NamedNode(XSD("string")))
    if question.form is Form.SLUG and text and slug(text) == text:
        return ox.Literal(text)
    entity = re.fullmatch(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/|wd:)?(Q[1-9][0-9]*)", text)
    if question.form is Form.WIKIDATA and entity:
        return ox.NamedNode(prefixes()["wd"] + entity[1])
    expected = {
        Form.LANGUAGE: "a language tag, such as en",
        Form.CODE: "two letters of ISO 3166-1, such as TJ",
        Form.SLUG: "lower-case letters, digits and hyphens",
        Form.WIKIDATA: "a Wikidata entity, such as Q42",
    }
    raise _refused(question, text, expected[question.form])
