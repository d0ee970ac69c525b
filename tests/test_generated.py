"""What goes into a generated article comes out of the reader, phrase by phrase and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml
from generator import Generated, article, articles, idle_article
from generator.alone import alone
from generator.phrasebook import phrasebook
from generator.world import world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judging import found, judged, reading

from cfm_kg.evaluate import difference_lines
from cfm_kg.evaluate.compare import Evaluation
from cfm_kg.model import Reading
from cfm_kg.vocab import CFM, local

FEW = settings(max_examples=20, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32 - 1)
EACH = 3
"""How many articles try each phrase."""
FAILING = Path(__file__).parent / "generator" / "failing.yaml"
MIX, MIX_SEED = 120, 11
PRECISION, RECALL = 0.98, 0.94
"""What a mix of all phrases must reach, those that fail by themselves included."""


def failing() -> dict[tuple[str, str], str]:
    """The phrases that are known not to be understood, and why."""
    listed = yaml.safe_load(FAILING.read_text(encoding="utf-8")) or []
    return {(one["frame"], one["way"]): one["reason"] for one in listed}


def phrases() -> Iterator[object]:
    """Every phrase as a case; an xfail that passes is an error, so that a mended rule shows up."""
    known, seen = failing(), dict[str, int]()
    for frame, way, _ in phrasebook():
        seen[frame] = seen.get(frame, 0) + 1
        why = known.get((frame, way))
        marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
        yield pytest.param(frame, way, id=f"{frame}-{seen[frame]}", marks=marks)


def read_all(made: Iterable[Generated]) -> list[Reading]:
    return [reading(one.id, one.text) for one in made]


def outcome(made: Sequence[Generated], readings: Iterable[Reading], folder: Path) -> Evaluation:
    """What was read from the articles, compared with what they should say."""
    return judged(found(readings, folder), [one.gold for one in made], folder)


def absent(one: Reading) -> set[str]:
    """Codes of the countries that are said to be missing, which gold facts don't tell."""
    return {
        local(str(claim.object)).upper() for claim in one.claims if claim.predicate == CFM("absentCountry")
    }


@pytest.mark.parametrize(("frame", "way"), list(phrases()))
def test_each_phrase_is_understood(frame: str, way: str, tmp_path: Path) -> None:
    made = [alone(frame, way, number) for number in range(EACH)]
    readings = read_all(made)
    differences = list(difference_lines(outcome(made, readings, tmp_path)))
    for one, read in zip(made, readings, strict=True):
        missing = {one.facts.absent.code} if one.facts and one.facts.absent else set[str]()
        if absent(read) != missing:
            differences.append(f"{one.id}: absent {absent(read)} for {missing}")
    assert not differences, "\n".join((*differences, *(one.text for one in made)))


def test_known_failures_name_phrases() -> None:
    every = {(frame, way) for frame, way, _ in phrasebook()}
    assert set(failing()) <= every
    assert len(every) > 200


def test_a_mix_of_everything_is_understood(tmp_path: Path) -> None:
    made = list(articles(MIX, MIX_SEED))
    assert {one.facts is None for one in made} == {True, False}
    result = outcome(made, read_all(made), tmp_path)
    report = "\n".join(difference_lines(result))
    assert result.micro.precision >= PRECISION, report
    assert result.micro.recall >= RECALL, report


def test_a_planted_error_is_seen(tmp_path: Path) -> None:
    """The comparison can fail: gold facts of one article against the text of another."""
    one, other = alone("held", phrasebook().frames["held"][0], 0), alone("chair", "{person} chaired it.", 1)
    mixed = [replace(one, gold={**other.gold, "id": one.id})]
    assert outcome(mixed, read_all(mixed), tmp_path).differences


@FEW
@given(SEEDS)
def test_a_text_without_a_meeting_gives_none(seed: int) -> None:
    made = idle_article("idle", world(), phrasebook(), Random(seed))
    claims = reading(made.id, made.text).claims
    assert not [claim for claim in claims if claim.predicate == CFM("body")], made.text


@FEW
@given(SEEDS)
def test_quotes_are_exact_and_the_same_bytes_read_the_same(seed: int) -> None:
    made = article("a", world(), phrasebook(), Random(seed))
    one, again = reading(made.id, made.text), reading(made.id, made.text)
    assert one == again
    assert one.claims
    for claim in one.claims:
        assert claim.exact
        assert one.document.text[claim.span.start : claim.span.end] == claim.exact


@FEW
@given(SEEDS)
def test_noise_changes_no_fact(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    made = article("a", world(), phrasebook(), Random(seed))
    folder = tmp_path_factory.mktemp("noise")
    plain = found([reading("a", made.plain)], folder)
    assert found([reading("a", made.text)], folder) == plain, made.text


def test_generator_is_deterministic_and_its_seed_matters() -> None:
    one, again, other = (list(articles(30, seed)) for seed in (5, 5, 6))
    assert one == again
    assert [made.text for made in one] != [made.text for made in other]


def test_generator_says_its_facts() -> None:
    """Gold facts are in the text word for word, where they are words."""
    made = [one for one in articles(200, 3) if one.facts]
    assert len(made) > 150
    for one in made:
        assert one.facts is not None
        said = one.text.lower()
        assert all(paper.title.lower() in said for paper in one.facts.papers)
        assert all(who.surname.lower() in said or who is one.facts.chair for who in one.facts.participants)
        assert one.facts.city is None or one.facts.city.name in one.text
        assert not set(one.facts.present) & {one.facts.absent}
