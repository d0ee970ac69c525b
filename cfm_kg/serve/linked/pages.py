"""Pages: templates in which every text is shown as text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cfm_kg.description.labels import property_label, short
from cfm_kg.serve.linked.forms import FORMS
from cfm_kg.serve.linked.site import Site

_TEMPLATES = Path(__file__).parent.parent / "templates"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Controls, and marks that turn the direction of text around them."""


def page(site: Site, template: str, **values: Any) -> bytes:
    """A page from a template of `serve/templates/`."""
    return _environment().get_template(template).render(site=site, **values).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["forms"] = FORMS
    environment.filters |= {"seen": seen, "short": short, "property": property_label}
    return environment


def seen(text: str) -> str:
    """A text with its invisible characters shown by their numbers."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
