"""PDF and DOCX → text. Needs the extra `office`."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from statistics import median

from cfm_kg.clean.blocks import is_item
from cfm_kg.errors import CfmError

_REMEDY = "pip install 'cfm-kg[office]'"
_UNPACKED = 256 * 1024 * 1024
"""Bytes that a document may unpack to."""
_HYPHEN = re.compile(r"[^\W\d_]-$")
_CLOSED = re.compile(r"[.!?:;…][\"”’»)]?$")


def read_pdf(data: bytes, name: str) -> tuple[str, dict[str, str]]:
    """A PDF's text, its lines joined to paragraphs, and its title. Raises CfmError."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise CfmError("PDF files need an extra", where=name, remedy=_REMEDY) from error
    # What is wrong with a file is told by the error; the library's running commentary is not.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else None) or ""
    except (PyPdfError, ValueError, KeyError, TypeError, OSError, RecursionError, AttributeError) as error:
        raise CfmError(
            "the PDF is damaged or locked", where=name, why=str(error), remedy="save it again without a lock"
        ) from error
    text = "\n\n".join("\n".join(_paragraphs(page.split("\n"))) for page in pages)
    if not text.strip():
        raise CfmError(
            "the PDF holds no text", where=name, why="it may be a scan", remedy="run a text recognition on it"
        )
    return text, {"title": title.strip()} if title.strip() else {}


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined where a page's margin broke a paragraph."""
    full = 0.8 * median([len(line) for line in lines if len(line) > 40] or [80])
    held = ""
    for raw in lines:
        line = raw.strip()
        broken = bool(held and line) and not is_item(line) and not _CLOSED.search(held)
        if broken and _HYPHEN.search(held) and line[0].islower():
            held = held[:-1] + line
        elif (
            held
            and line
            and not is_item(line)
            and (
                (broken and (len(held) >= full or line[0].islower()))
                or len(held.rsplit("\n", 1)[-1]) >= 1.15 * full
            )
        ):
            held = f"{held} {line}"
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def read_docx(data: bytes, name: str) -> tuple[str, dict[str, str]]:
    """A Word document's text, a line a paragraph, and its title. Raises CfmError."""
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise CfmError("Word documents need an extra", where=name, remedy=_REMEDY) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED:
                raise CfmError(
                    "the document unpacks to too much", where=name, why=f"more than {_UNPACKED} bytes"
                )
        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                lines.extend("\t".join(cell.text.strip() for cell in row.cells) for row in part.rows)
            else:
                listed = "List" in (part.style.name or "" if part.style else "") and part.text.strip()
                lines.append(f"• {part.text}" if listed else part.text)
        title = (document.core_properties.title or "").strip()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise CfmError(
            "the document is damaged", where=name, why=str(error), remedy="save it again"
        ) from error
    text = "\n".join(lines)
    if not text.strip():
        raise CfmError("the document holds no text", where=name, remedy="leave it out")
    return text, {"title": title} if title else {}
