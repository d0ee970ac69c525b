"""The sentence of the article that a doubtful fact came from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.entries.model import Finding, Quote, name_of
from cfm_kg.entries.stored import Facts
from cfm_kg.vocab import CFM, OA, RDF

_LONGEST = 400
_ENDS = ".!?…\n"


def quoted(finding: Finding, facts: Facts, texts: Path | None) -> Finding:
    """The finding with the words behind its fact, if a claim has them; `texts` holds articles' texts."""
    if not finding.focus or finding.focus.startswith("_:"):
        return finding
    subject = ox.NamedNode(finding.focus)
    for triple in facts.match(None, ox.NamedNode(RDF("subject")), subject):
        claim = triple.subject
        fits = finding.path is None or _one(facts, claim, RDF("predicate")) == finding.path
        if fits and finding.value in (None, _one(facts, claim, RDF("object"))):
            return replace(finding, quote=_quote(facts, claim, texts))
    return finding


def _one(facts: Facts, node: object, predicate: str) -> str:
    assert isinstance(node, ox.NamedNode | ox.BlankNode)
    return next((name_of(t.object) for t in facts.match(node, ox.NamedNode(predicate), None)), "")


def _quote(facts: Facts, claim: object, texts: Path | None) -> Quote:
    article, exact = _one(facts, claim, CFM("article")), _one(facts, claim, OA("exact"))
    about = ox.NamedNode(article) if article else ox.BlankNode()
    digest = _one(facts, about, CFM("sha256"))
    sentence = exact
    try:
        text = (texts / f"{digest}.txt").read_text(encoding="utf-8") if texts and digest else ""
        start, end = int(_one(facts, claim, OA("start"))), int(_one(facts, claim, OA("end")))
        if text[start:end] == exact:
            sentence = _around(text, start, end)
    except (OSError, ValueError):
        pass  # the quote alone will do
    return Quote(article, _one(facts, about, CFM("sourceFile")), exact, sentence)


def _around(text: str, start: int, end: int) -> str:
    """The text from the sentence's beginning to its end, as far as full stops tell."""
    first = max(text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n")) + 1
    last = min((i for mark in _ENDS if (i := text.find(mark, end)) >= 0), default=len(text)) + 1
    return " ".join(text[max(first, start - _LONGEST) : min(last, end + _LONGEST)].split())
