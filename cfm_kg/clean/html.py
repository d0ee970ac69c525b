"""HTML → the text that a browser shows, with what its markup tells of each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import lxml.etree
import lxml.html
import trafilatura

from cfm_kg.clean.blocks import Hint, folded, is_prose
from cfm_kg.clean.content import Content
from cfm_kg.clean.decode import decode, normalise
from cfm_kg.clean.metadata import page_metadata
from cfm_kg.errors import CfmError
from cfm_kg.packs.cleaning import load_markup

_INVISIBLE = frozenset(
    """head script style template svg math canvas object embed audio video map datalist title meta link
    noframes noscript textarea select""".split()  # noqa: SIM905
)
_PARAGRAPHS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote article section main pre figure hr".split()  # noqa: SIM905
)
_LINES = _PARAGRAPHS | frozenset(
    """html body div li dt dd tr address header footer nav aside form fieldset center caption thead tbody
    figcaption details summary dialog legend option menu button td th""".split()  # noqa: SIM905
)
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_NESTING = re.compile(
    r"</?(?:div|span|font|b|i|em|strong|center|blockquote|section|table|tr|td|tbody)\b[^>]*>", re.I
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SPACE = re.compile(r"\s+")
_LARGE, _HALF = 0.3, 0.6
"""Shares of a page's text from which a part is no noise, if its name says so faintly, or plainly."""


def read_html(
    data: bytes, name: str, metadata: Mapping[str, str], declared: str | None, base: str | None
) -> Content:
    """The visible text of a page, its metadata and hints; `metadata` given overrides the page's own.

    `declared` is the character set by the one who served it. Raises CfmError where there is no page.
    """
    found = _CHARSET.search(data[:8192])
    declared = declared or (found[1].decode("ascii", "replace") if found else None)
    tree = _parse(decode(data, name=name, declared=declared), name)
    told = {**page_metadata(tree, base), **metadata}
    lines = list(_Renderer(tree).lines())
    hints = tuple(_placed(lines, _main_text(tree)))
    text = "".join(("\n" if gap else "") + line + "\n" for line, _, gap in lines)
    if not text.strip():
        raise CfmError("the page shows no text", where=name, remedy="save it from a browser, scripts run")
    return Content(text.lstrip("\n"), told, hints)


def _parse(markup: str, name: str) -> lxml.html.HtmlElement:
    markup = _XML_DECLARATION.sub("", markup)
    tree, whole = _tree(markup, name)
    if not whole:
        # The parser gives up on elements nested by the thousand. Those mean nothing: go on without them.
        tree, whole = _tree(_NESTING.sub("<br>", markup), name)
    if not whole:
        raise CfmError("the page's elements are nested too deep", where=name, remedy="save its text instead")
    return tree


def _tree(markup: str, name: str) -> tuple[lxml.html.HtmlElement, bool]:
    """The page's tree, and whether it is the whole page."""
    # The parser takes bytes and is told their encoding: what the page declares was looked at already.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(markup.encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise CfmError("the page cannot be parsed", where=name, why=str(error)) from error
    fatal = any(entry.level_name == "FATAL" for entry in parser.error_log)
    return tree, not fatal


def _main_text(tree: lxml.html.HtmlElement) -> frozenset[str]:
    """The lines that the extraction library takes for the article, folded."""
    try:
        text = trafilatura.extract(
            tree, include_comments=False, include_tables=True, favor_recall=True, output_format="txt"
        )
    except Exception:  # the library promises nothing; without it the page's own marks must do
        text = None
    return frozenset(folded(line) for line in normalise(text or "").split("\n") if line.strip())


def _placed(lines: list[tuple[str, Hint | None, bool]], main: frozenset[str]) -> Iterator[Hint | None]:
    """Hints, completed: what stands below the main text and is no prose is noise."""
    inside = [
        n
        for n, (line, hint, _) in enumerate(lines)
        if hint is not Hint.NOISE and folded(line.lstrip("•")) in main
    ]
    last = inside[-1] if inside else len(lines)
    prose = [n for n, (line, hint, _) in enumerate(lines) if hint is not Hint.NOISE and is_prose(line)]
    last = max(last, prose[-1] if prose else 0)
    for number, (_, hint, _) in enumerate(lines):
        below = number > last and hint not in (Hint.ITEM, Hint.DATE)
        yield Hint.NOISE if below else hint


class _Renderer:
    """Walks a page once and gathers its lines. Not recursive: pages nest without end."""

    def __init__(self, tree: lxml.html.HtmlElement) -> None:
        self._tree = tree
        self._markup = load_markup()
        self._size = max(1, len(tree.text_content()))
        self._out: list[tuple[str, Hint | None, bool]] = []
        self._buffer: list[str] = []
        self._gap = False
        self._hints: list[tuple[lxml.html.HtmlElement, Hint]] = []
        self._line_hint: Hint | None = None
        self._counters: list[int | None] = []

    def lines(self) -> list[tuple[str, Hint | None, bool]]:
        """Each line with its hint, and whether a blank line stands before it."""
        walk = lxml.etree.iterwalk(self._tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start" and (not tag or tag in _INVISIBLE or self._hidden(element)):
                walk.skip_subtree()
            elif event == "start":
                self._open(element, tag)
            else:
                self._close(element, tag)
        self._flush()
        return self._out

    def _open(self, element: lxml.html.HtmlElement, tag: str) -> None:
        if tag in _LINES and tag not in _CELLS:
            self._flush()
            self._gap = self._gap or tag in _PARAGRAPHS
        elif tag in _CELLS and self._buffer:
            self._buffer.append(" \t ")
        elif tag == "br":
            self._flush()
        hint = self._hint(element, tag)
        if hint is not None:
            self._hints.append((element, hint))
        if tag in ("ul", "ol"):
            self._counters.append(0 if tag == "ol" else None)
        if tag == "li":
            self._bullet()
        if element.text:
            self._add(element.text)

    def _close(self, element: lxml.html.HtmlElement, tag: str) -> None:
        if tag in _LINES and tag not in _CELLS:
            self._flush()
            self._gap = self._gap or tag in _PARAGRAPHS
        if self._hints and self._hints[-1][0] is element:
            self._hints.pop()
        if tag in ("ul", "ol") and self._counters:
            self._counters.pop()
        if element.tail and element is not self._tree:
            self._add(element.tail)

    def _bullet(self) -> None:
        count = self._counters[-1] if self._counters else None
        if count is None:
            self._buffer.append("• ")
        else:
            self._counters[-1] = count + 1
            self._buffer.append(f"{count + 1}. ")
        self._line_hint = Hint.ITEM

    def _add(self, text: str) -> None:
        self._buffer.append(text)
        if text.strip() and self._hints and self._line_hint is not Hint.NOISE:
            marks = {hint for _, hint in self._hints}
            if Hint.NOISE in marks:
                # A share button within a paragraph must not take the paragraph with it.
                if not "".join(self._buffer[:-1]).strip("• \t\n"):
                    self._line_hint = Hint.NOISE
            else:
                self._line_hint = self._line_hint or self._hints[-1][1]
        elif text.strip() and not self._hints and self._line_hint is Hint.NOISE:
            self._line_hint = None

    def _flush(self) -> None:
        text = normalise("".join(self._buffer))
        cells = (_SPACE.sub(" ", cell).strip() for cell in text.split("\t"))
        line = "\t".join(cell for cell in cells if cell)
        if line and line != "•":
            self._out.append((line, self._line_hint, self._gap))
            self._gap = False
        self._buffer.clear()
        self._line_hint = None

    def _hint(self, element: lxml.html.HtmlElement, tag: str) -> Hint | None:
        if tag == "h1":
            return Hint.TITLE
        if tag in _HEADINGS:
            return Hint.HEADING
        if tag == "time":
            return Hint.DATE
        words = {
            part.lower()
            for attribute in ("class", "id", "role")
            for part in _NAME_PARTS.findall(element.get(attribute) or "")
        }
        strong = tag in self._markup.noise_tags or bool(words & self._markup.strong_noise)
        faint = bool(words & self._markup.noise) and not words & self._markup.body
        if (strong or faint) and tag not in ("html", "body"):
            share = len(element.text_content()) / self._size
            if share < (_HALF if strong else _LARGE):
                return Hint.NOISE
        if words & self._markup.date and len(element.text_content()) < 160:
            return Hint.DATE
        return None

    @staticmethod
    def _hidden(element: lxml.html.HtmlElement) -> bool:
        return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))
