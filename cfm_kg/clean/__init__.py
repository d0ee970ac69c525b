"""Stage 2: a source becomes a document, its final text with its parts marked off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cfm_kg.clean.blocks import Hint, Line, split_lines
from cfm_kg.clean.chronicle import day_headings
from cfm_kg.clean.content import Content, content
from cfm_kg.clean.dateline import Dateline, find_dateline, whole_line
from cfm_kg.clean.headline import find_headline, is_address, is_letterhead, is_masthead
from cfm_kg.clean.imprint import Imprint, read_imprints
from cfm_kg.clean.language import UNDETERMINED, language_of, packs_for
from cfm_kg.clean.noise import mark_noise
from cfm_kg.clean.page import Page
from cfm_kg.clean.publication import margin_imprints, publication
from cfm_kg.clean.publisher import publisher
from cfm_kg.clean.stamps import grammar
from cfm_kg.clean.visit import is_doubtful
from cfm_kg.model import Block, BlockKind, Document, Source, Span
from cfm_kg.packs.cleaning import CleaningPack, all_cleaning

_DATELINE_PARAGRAPHS = 2
"""How many of the first paragraphs may bear a dateline."""


def clean(source: Source, packs: Sequence[CleaningPack] | None = None) -> Document:
    """The document that `source` holds; `packs` are the cleaning packs to use, all installed ones by default.

    Raises CfmError for a source that is empty, damaged or no text, and where its format needs an extra.
    """
    found = content(source)
    packs = tuple(packs) if packs is not None else all_cleaning()
    used = packs_for(found.text, packs)
    page = _page(found, used)
    url = source.url or found.metadata.get("url")
    published = publication(page, found.metadata.get("published"), url)
    return Document(
        name=source.name,
        sha256=source.sha256,
        text=found.text,
        blocks=tuple(_blocks(page, page.headline_span, published.span if published else None)),
        language=language_of(found.text, packs),
        headline=page.headline_span,
        publisher=publisher(page, found.metadata.get("publisher")),
        publication=published,
        url=url,
    )


def _page(found: Content, packs: tuple[CleaningPack, ...]) -> Page:
    languages = tuple(pack.language for pack in packs)
    dates = grammar(languages)
    lines = split_lines(found.text, found.hints)
    imprints = read_imprints(lines, dates, packs)
    noise = mark_noise(lines, packs, imprints)
    prose = [
        n for n, line in enumerate(lines) if line.prose and n not in noise and line.hint is not Hint.TITLE
    ]
    if not prose:
        prose = [n for n, line in enumerate(lines) if n not in noise and line.text.endswith((".", "!", "?"))]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), len(lines))
    dated = {n for n, imprint in imprints.items() if imprint.apart or (imprint.whole and imprint.words < 3)}
    headline = find_headline(lines, noise, first, packs, dates, found.metadata.get("title"), dated)
    datelines: dict[int, Dateline] = {}
    for number in range(first):
        text = lines[number].text
        plain = number in noise or is_letterhead(text, packs) or is_masthead(text.partition(",")[0], packs)
        alone = None if plain else whole_line(text, dates, languages)
        if alone is not None and (alone.stamp is not None or number == first - 1):
            datelines[number] = alone
    between = [n for n in range(headline[0] if headline else first, first) if n not in noise]
    for number in (*between, *prose[:_DATELINE_PARAGRAPHS]):
        if number in datelines:
            continue
        dateline = find_dateline(lines[number].text, dates, languages)
        if dateline is not None:
            datelines[number] = dateline
    number, span = headline or (-1, None)
    return Page(lines, noise, number, span, first, last, datelines, imprints, packs, dates)


def _blocks(page: Page, headline: Span | None, published: Span | None) -> list[Block]:
    dated = {number: imprint for number, imprint in margin_imprints(page) if imprint.whole}
    headings = day_headings(page)
    saved = {number for number, imprint in dated.items() if is_doubtful(number, imprint, page)}
    blocks: list[Block] = []
    for number, line in enumerate(page.lines):
        dateline = page.datelines.get(number)
        span = Span(line.span.start, line.span.start + dateline.length) if dateline else None
        if number == page.headline and headline is not None:
            blocks.extend(_headline_blocks(page, line, headline, span))
        else:
            visited = number in saved and not (published and line.span.covers(published))
            kind = BlockKind.NOISE if visited else _kind(page, number, dated)
            kind = BlockKind.PARAGRAPH if number in headings else kind
            blocks.append(Block(line.span, kind, span))
    return blocks


def _headline_blocks(page: Page, line: Line, headline: Span, dateline: Span | None) -> list[Block]:
    """The headline, and what shares its line."""
    beside = BlockKind.NOISE if page.headline in page.noise else BlockKind.FURNITURE
    parts = [Block(headline, BlockKind.HEADLINE, dateline)]
    before = line.text[: headline.start - line.span.start].rstrip()
    after = line.text[headline.end - line.span.start :].lstrip()
    if before:
        parts.insert(0, Block(Span(line.span.start, line.span.start + len(before)), beside))
    if after:
        parts.append(Block(Span(line.span.end - len(after), line.span.end), beside))
    return parts


def _kind(page: Page, number: int, dated: Mapping[int, Imprint]) -> BlockKind:
    line = page.lines[number]
    if number in page.noise:
        return BlockKind.NOISE
    dateline = page.datelines.get(number)
    alone = dateline is not None and dateline.length == len(line.text)
    if number in dated or alone or line.bare:
        return BlockKind.FURNITURE
    if dateline is not None:
        return BlockKind.PARAGRAPH
    if line.prose:
        return BlockKind.LIST_ITEM if line.item else BlockKind.PARAGRAPH
    if number < page.headline and page.first_prose < len(page.lines):
        return BlockKind.FURNITURE
    if _is_furniture(page, number):
        return BlockKind.FURNITURE
    if line.item:
        return BlockKind.LIST_ITEM
    inside = page.first_prose < number < page.last_prose
    return BlockKind.PARAGRAPH if inside or len(line.text.split()) > 2 else BlockKind.FURNITURE


def _is_furniture(page: Page, number: int) -> bool:
    """Letterheads, mastheads, bylines, source lines; mastheads only outside the prose."""
    text = page.lines[number].text
    if len(text) > 200:
        return False
    if any(pack.byline_at.match(text) or pack.source.match(text) for pack in page.packs):
        return True
    if page.first_prose < number < page.last_prose:
        return False
    return (
        is_letterhead(text, page.packs)
        or is_address(text)
        or (number < page.first_prose and is_masthead(text, page.packs))
    )


__all__ = ["UNDETERMINED", "clean"]
