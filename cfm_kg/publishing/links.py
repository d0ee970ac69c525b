"""Pages of the server as files: links become relative, and what a header said stands in the page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote

from cfm_kg.publishing.addresses import Target

_LINK = re.compile(r' (href|src|action)="(/[^"]*)"')
"""Quotation marks in texts are escaped: only tags have these."""
_SAFE = "/:@!$&'()*+,;=-._~"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
_CHARSET = '<meta charset="utf-8">\n'


def relative(file: str, target: Target) -> str:
    """The link from one file to another."""
    path = posixpath.relpath(target.file, posixpath.dirname(file) or ".")
    told = "" if target.file == file and target.fragment else quote(path, _SAFE)
    return told + ("#" + target.fragment if target.fragment else "")


def as_file(
    page: str, file: str, find: Callable[[str], Target | None], base: str | None, absolute: bool = False
) -> str:
    """A page whose links lead to files; those that lead nowhere are words. `absolute`: links begin with the
    base, for a page that is shown at any address.
    """

    def changed(match: re.Match[str]) -> str:
        target = find(unescape(match[2]))
        if target is None:
            return ""
        if absolute:
            return f' {match[1]}="{escape(f"{base}{quote(target.file, _SAFE)}")}"'
        return f' {match[1]}="{escape(relative(file, target))}"'

    head = f'{_CHARSET}<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    if base is not None and not absolute:
        head += f'<link rel="canonical" href="{escape(base + quote(canonical(file), _SAFE))}">\n'
    return _LINK.sub(changed, page).replace(_CHARSET, head, 1)


def canonical(file: str) -> str:
    """The path under which a file is known."""
    return "" if file == "index.html" else file
