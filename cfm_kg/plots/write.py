"""Figures as files: SVG, PDF, PNG and a page that needs nothing else. No date, no random name is in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lxml import etree

from cfm_kg.errors import CfmError
from cfm_kg.plots.figures import Figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_EXTRA = "pip install 'cfm-kg[plot]'"
_SVG = "{http://www.w3.org/2000/svg}"
_DPI = 300
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }}
body {{ margin: 0 auto; max-width: 60rem; padding: 1rem; background: Canvas; color: CanvasText; }}
svg {{ display: block; width: 100%; height: auto; background: #fff; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: .9rem; }}
caption {{ text-align: start; padding-block: .5rem; }}
th, td {{ text-align: start; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid; vertical-align: top; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{svg}
<div class="scroll" role="region" tabindex="0" aria-label="The figure as a table">
<table><caption>The figure as a table</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody></table>
</div>
</main>
</body>
</html>
"""


def write(figure: Figure, form: str, title: str | None = None) -> bytes:
    """The figure in one of FORMATS, under its own title or another. Raises CfmError without matplotlib."""
    if form not in _WRITERS:
        raise CfmError(f"a figure has no format {form!r}", remedy="name the file .svg, .pdf, .png or .html")
    try:
        import matplotlib as mpl

        from cfm_kg.plots.axes import STYLE
        from cfm_kg.plots.drawing import drawn
    except ImportError as error:
        raise CfmError(
            "figures need a package that is not installed", why=str(error), remedy=_EXTRA
        ) from error
    title = title or figure.title
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever this computer's own settings are
        style: Any = STYLE
        mpl.rcParams.update(style)
        return _WRITERS[form](drawn(figure, title), figure, title)


def _svg(canvas: Canvas, figure: Figure, title: str) -> bytes:
    out = io.BytesIO()
    canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = etree.fromstring(out.getvalue(), etree.XMLParser(remove_comments=True))
    for told in root.findall(f"{_SVG}metadata"):
        root.remove(told)
    for name, words in (("desc", figure.note), ("title", title)):
        element = etree.Element(_SVG + name, id=f"figure-{name}")
        element.text = words
        root.insert(0, element)
    root.set("role", "img")
    root.set("aria-labelledby", "figure-title figure-desc")
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _png(canvas: Canvas, figure: Figure, title: str) -> bytes:
    out = io.BytesIO()
    told = {"Title": title, "Description": figure.note, "Software": None}
    canvas.savefig(out, format="png", dpi=_DPI, metadata=told)
    return out.getvalue()


def _pdf(canvas: Canvas, figure: Figure, title: str) -> bytes:
    out = io.BytesIO()
    canvas.savefig(out, format="pdf", metadata={"Title": title, "Subject": figure.note, "CreationDate": None})
    return out.getvalue()


def _html(canvas: Canvas, figure: Figure, title: str) -> bytes:
    svg = _svg(canvas, figure, title).decode().partition("?>")[2].strip()
    body = "\n".join(
        "<tr>" + "".join(f"<td>{escape(value)}</td>" for value in row) + "</tr>" for row in figure.rows
    )
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in figure.columns)
    return _PAGE.format(title=escape(title), svg=svg, head=head, body=body).encode()


_WRITERS: Mapping[str, Callable[[Canvas, Figure, str], bytes]] = MappingProxyType(
    {"svg": _svg, "pdf": _pdf, "png": _png, "html": _html}
)
FORMATS = tuple(_WRITERS)
"""Suffixes of files that a figure can be."""
