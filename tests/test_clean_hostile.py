"""Input that is no article, or is made to hurt."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from test_clean import FIRST, SECOND, document, told

from cfm_kg.clean import clean
from cfm_kg.errors import CfmError
from cfm_kg.model import Source

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", "text/plain"),
        (b" \n\t", "text/html"),
        (b"\x00\x01\x02PNG" * 50, "text/plain"),
        (bytes(range(1, 9)) * 50, "text/plain"),
        (b"<html><script>only()</script></html>", "text/html"),
        (b"%PDF-1.4 cut", "application/pdf"),
        (b"PK\x03\x04 cut", WORD),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(data: bytes, media_type: str) -> None:
    with pytest.raises(CfmError) as failure:
        clean(Source("here.x", data, "", media_type))
    assert "here.x" in str(failure.value)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000_000,
        "Ministers met. " * 70_000,
        "1 2 3 4 5 " * 100_000,
        "June 21, " * 100_000,
        "- \n" * 20_000,
        "(" * 30_000 + ")" * 30_000,
        "A, " * 10_000 + "\n" + "A " * 10_000,
        "| " * 1000 + "\n" + "NORTH " * 500,
    ],
    ids=["one line", "sentences", "numbers", "dates", "bullets", "brackets", "commas", "bars"],
)
def test_large_and_monotonous_texts_are_read_whole(text: str) -> None:
    read = document(text)
    assert read.text.strip() == text.strip()
    assert read.blocks[-1].span.end >= len(text.rstrip()) - 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings_of_plain_text(encoding: str) -> None:
    text = "Министры иностранных дел пяти стран провели заседание совета и приняли заявление о маяках."
    assert document(text.encode(encoding)).text == text


def test_a_stray_byte_does_not_spoil_a_page() -> None:
    text = FIRST.encode() + " Café, naïve, été.".encode() * 30 + b"\xff tail"
    assert document(text).text.startswith(FIRST)


def test_word_documents() -> None:
    made = docx.Document()
    made.add_heading("Ministers of harbour states meet", 1)
    made.add_paragraph(FIRST)
    made.add_paragraph("Statement on lighthouses", style="List Bullet")
    made.add_table(1, 2).cell(0, 0).text = "Northport"
    made.add_paragraph(SECOND)
    out = io.BytesIO()
    made.save(out)
    doc = document(out.getvalue(), WORD)
    assert told(doc)[:2] == [FIRST, "• Statement on lighthouses"]
    assert SECOND in told(doc)
    assert "Northport" in doc.text


def test_a_document_that_unpacks_without_end() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    with pytest.raises(CfmError, match="too much"):
        document(out.getvalue(), WORD)


def _pdf(lines: list[str]) -> bytes:
    shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td\n{shown}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


def test_pdf_lines_become_paragraphs() -> None:
    doc = document(
        _pdf(
            [
                "Ministers of harbour states meet",
                "The foreign ministers of the five harbour states met in Port Haven on Fri-",
                "day and adopted a statement on the safety of lighthouses, a plan of",
                "joint works and a programme.",
                "- a plan of works",
            ]
        ),
        "application/pdf",
    )
    assert doc.text.split("\n") == [
        "Ministers of harbour states meet",
        "The foreign ministers of the five harbour states met in Port Haven on Friday and adopted a "
        "statement on the safety of lighthouses, a plan of joint works and a programme.",
        "- a plan of works",
    ]
