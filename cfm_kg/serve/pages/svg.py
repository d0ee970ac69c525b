"""Drawings made of text: elements whose texts and attributes are escaped, with a title and a description."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def element(name: str, *content: str | Markup, **attributes: str | float) -> Markup:
    """An element. Underscores in attributes' names stand for hyphens; one at the end is dropped."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"'
        for key, value in attributes.items()
    )
    inside = "".join(str(escape(part)) for part in content)
    return Markup(f"<{name}{told}>{inside}</{name}>")


def _number(value: str | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def drawing(
    title: str, description: str, width: float, height: float, parts: Iterable[Markup], name: str
) -> Markup:
    """An image that tells in words what it shows."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *parts,
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="group",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="chart",
    )


def linked(href: str, label: str, *shapes: Markup) -> Markup:
    """Shapes that lead to a page; the label is what is shown at a pointer and told to who cannot see."""
    if not href:
        return element("g", element("title", label), *shapes)
    return element("a", element("title", label), *shapes, href=href, aria_label=label)


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> Markup:
    """Words whose line stands at a point."""
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=kind or "label")


def bar(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    """A bar with soft corners."""
    return element("rect", x=x, y=y, width=max(width, 2.0), height=height, rx=2, class_=kind)


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "rule") -> Markup:
    """A thin line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def mark(x: float, y: float, kind: str) -> Markup:
    """A meeting: round in person, a diamond online, hatched where it is only planned."""
    if kind == "online":
        return element("path", d=f"M{x - 7:.1f} {y:g}l7 -7l7 7l-7 7z", class_="mark online")
    return element("circle", cx=x, cy=y, r=6, class_=f"mark {kind}")


HATCH = Markup(
    '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="hatch-ground" width="4" height="4"/>'
    '<rect class="hatch-line" width="2" height="4"/></pattern></defs>'
)
"""The pattern that marks of class `planned` are filled with."""
