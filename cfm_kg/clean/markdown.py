"""Markdown → the text that a reader sees."""

from __future__ import annotations

import re

import yaml
from markdown_it import MarkdownIt

_FRONT = re.compile(r"\s*---\n(.*?)\n(?:---|\.\.\.)\s*\n", re.S)
_KEYS = {
    "title": "title",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "url": "url",
}


def to_html(text: str) -> tuple[str, dict[str, str]]:
    """The page of a Markdown text, and what its front matter says of it."""
    metadata: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        try:
            told = yaml.safe_load(front[1])
        except yaml.YAMLError:
            told = None
        if isinstance(told, dict):
            metadata = {_KEYS[key]: str(value) for key, value in told.items() if key in _KEYS and value}
            text = text[front.end() :]
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    return f"<!DOCTYPE html><body>{parser.render(text)}</body>", metadata
