"""Bytes → text: Unicode NFC, lines ended by a line feed, without what nobody sees, else unchanged."""

from __future__ import annotations

import codecs
import re
import unicodedata

from cfm_kg.errors import CfmError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
"""Bytes that are looked at to tell the character set."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphens; blanks of no width; marks of direction. What turns letters around is kept, and shown."""
_ODD_CASE = re.compile(r"[а-яёa-z][А-ЯЁA-Z]")
_ACCENTS = re.compile(r"[À-ÖØ-öø-ÿ]{3,}")
_UNLIKELY = re.compile(r"[Ѐ-ЏѐђѓєѕіїјљњћќўџЎўЈҐґ¤¦§¨ª¬®¯°±²³´µ¶¹º¿ÃÂÐÑÞ╨╤╧░▒▓]")


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of `data`. A declared character set is believed only as far as the bytes agree with it.

    Raises CfmError for an empty file and for bytes that are no text.
    """
    if not data.strip():
        raise CfmError("the source is empty", where=name, remedy="leave it out, or fetch it again")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return normalise(data[len(bom) :].decode(encoding, errors="replace"))
    if b"\x00" in data[:_SAMPLE]:
        raise _not_text(name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _legacy(data, declared, name)
    if len(_CONTROL.findall(text[:_SAMPLE])) * 20 > min(len(text), _SAMPLE):
        raise _not_text(name)
    return normalise(text)


def normalise(text: str) -> str:
    """NFC with line feeds only, without soft hyphens, blanks of no width and marks of direction."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text if text.isascii() else _UNSEEN.sub("", text))


def _legacy(data: bytes, declared: str | None, name: str) -> str:
    """Decode bytes that are not UTF-8 by the character set under which they read most like text."""
    import charset_normalizer  # takes long to load, and few pages need it

    names = [declared] if declared else []
    found = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if found is not None:
        names.append(found.encoding)
    names += ["cp1251", "koi8_r", "cp1252"]
    readings: list[tuple[int, int, str]] = []
    for order, encoding in enumerate(names):
        try:
            sample = data[:_SAMPLE].decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        readings.append((_implausible(sample), order, encoding))
    if not readings:
        # A few stray bytes in a UTF-8 page: keep the page and show where it is damaged.
        text = data.decode("utf-8", errors="replace")
        if text.count("\ufffd") * 50 > len(text):
            raise _not_text(name)
        return text
    return data.decode(min(readings)[2], errors="replace")


def _implausible(text: str) -> int:
    """How much a reading looks like one under the wrong character set; 0 for plain text."""
    patterns = ((5, _CONTROL), (3, _UNLIKELY), (3, _ACCENTS), (1, _ODD_CASE))
    return sum(weight * len(pattern.findall(text)) for weight, pattern in patterns)


def _not_text(name: str) -> CfmError:
    return CfmError(
        "the source is not text",
        where=name,
        why="it holds bytes that no text has",
        remedy="name its format by the file's suffix (.pdf, .docx, .warc.gz, .html, .txt)",
    )
