"""A claim without a quote does not exist: each one's quote is what its article says there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from cfm_kg.emit.graphs import check_quotes
from cfm_kg.errors import CfmError
from cfm_kg.ingest import sources
from cfm_kg.model import Reading, Source
from cfm_kg.reading import read
from cfm_kg.resources import articles_dir, languages_dir

CASES = Path(__file__).parent / "cases"
SETS = [
    (articles_dir(), "*.txt", 5, 20),
    (CASES / "en", "*.txt", 30, 10),
    (CASES / "messy", "*.txt", 30, 0),
    (CASES / "messy", "*.html", 8, 0),
    (CASES / "own", "*.txt", 36, 0),
    (CASES / "fresh", "*.txt", 34, 0),
    (CASES / "varied", "*.txt", 125, 0),
    (CASES / "varied", "*.html", 3, 0),
    (CASES / "short", "*.txt", 300, 0),
]
"""Folder, pattern, how many files it must find at least, and how many claims each must give at least."""


def readings(folder: Path, pattern: str) -> list[Reading]:
    places = [str(path) for path in sorted(folder.glob(pattern))]
    return [read(source) for source in sources(places) if isinstance(source, Source)]


@pytest.mark.parametrize(
    ("folder", "pattern", "files", "claims"), SETS, ids=[f"{one[0].name}-{one[1][2:]}" for one in SETS]
)
def test_every_quote_is_in_its_text(folder: Path, pattern: str, files: int, claims: int) -> None:
    found = readings(folder, pattern)
    assert len(found) >= files
    assert sum(len(reading.claims) for reading in found) > 5 * files
    for reading in found:
        assert len(reading.claims) >= claims
        for claim in reading.claims:
            start, end = claim.span.start, claim.span.end
            assert 0 <= start < end <= len(reading.document.text)
            assert reading.document.text[start:end] == claim.exact, f"{reading.document.name}: {claim}"


def test_russian_quotes_too_once_a_pack_reads_them() -> None:
    found = [source for source in sources([str(CASES / "ru" / "*.txt")]) if isinstance(source, Source)]
    assert len(found) == 16
    for source in found:
        if (languages_dir() / "ru.yaml").is_file():
            check_quotes(read(source))
        else:
            with pytest.raises(CfmError, match="no language pack"):
                read(source)


def test_a_false_quote_is_refused() -> None:
    (reading, *_) = readings(articles_dir(), "000*.txt")
    first, *others = reading.claims
    check_quotes(reading)
    with pytest.raises(CfmError, match="is not what the text says"):
        check_quotes(replace(reading, claims=(structs.replace(first, exact=first.exact + "x"), *others)))
