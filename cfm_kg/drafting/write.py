"""A draft as Turtle that explains itself."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from cfm_kg.drafting.drafts import Draft, Thing
from cfm_kg.drafting.known import Catalogue, comments
from cfm_kg.drafting.questions import QUESTIONS, Form
from cfm_kg.errors import CfmError
from cfm_kg.store.terms import TermWriter
from cfm_kg.vocab import CFM, RDF_TYPE

_WIDTH = 100


def turtle(draft: Draft, catalogue: Catalogue) -> str:
    """The draft with prefixes, the labels of what it names, and what could be added."""
    writer, labels = TermWriter(), _labels(draft, catalogue)
    blocks = [_block(thing, writer, labels) for thing in (draft.main, *draft.others)]
    missing = list(_missing(draft))
    head = f"# A {draft.kind}. Check it with `cfm-kg check`, take it over with `cfm-kg add`.\n"
    return "\n".join([head + writer.header(), *blocks, *missing])


def _labels(draft: Draft, catalogue: Catalogue) -> Mapping[str, str]:
    """The labels of the things that are named, by IRI."""
    found: dict[str, str] = {}
    for question in QUESTIONS[draft.kind]:
        if question.form is Form.THING:
            found |= {iri: one.label for iri, one in catalogue.things(question.of).items()}
    found |= {iri: one.label for iri, one in catalogue.things("Post").items()}
    return found


def _block(thing: Thing, writer: TermWriter, labels: Mapping[str, str]) -> str:
    kind = next((value.value for name, value in thing.statements if name == RDF_TYPE), None)
    lines = _comment(comments().get(kind or "", ""))
    lines.append(writer.iri(thing.iri))
    last = len(thing.statements) - 1
    for position, (predicate, value) in enumerate(thing.statements):
        note = labels.get(value.value) if isinstance(value, ox.NamedNode) else None
        line = f"    {writer.predicate(predicate)} {writer.term(value)} {'.' if position == last else ';'}"
        lines.append(f"{line}  # {note}" if note else line)
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]


def _missing(draft: Draft) -> Iterator[str]:
    """What else could be said of the thing, as comments."""
    said = {predicate for predicate, _ in draft.main.statements}
    own = [q.says for q in QUESTIONS[draft.kind] if q.says and q.says.startswith("cfm:")]
    left = [name for name in own if CFM(name[4:]) not in said and (draft.kind, name) not in _ELSEWHERE]
    if left:
        yield "# Not said yet; add it above the last full stop where it is known:"
        for name in left:
            yield from _comment(f"{name}: {comments().get(CFM(name[4:]), '')}")
        yield ""


_ELSEWHERE = frozenset(
    {("person", "cfm:start"), ("person", "cfm:end"), ("document", "cfm:meeting"), ("document", "cfm:handled")}
)
"""What is said of another thing than the one asked for."""


def save(text: str, path: Path, *, replace: bool = False) -> None:
    """Write a draft. Raises CfmError where the file is there and must stay, or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL)
        with os.fdopen(os.open(path, flags, 0o666), "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        remedy = "choose another file with --out, or replace it with --force"
        raise CfmError("this file is there already", where=str(path), remedy=remedy) from error
    except OSError as error:
        remedy = "choose another place with --out"
        why = error.strerror or str(error)
        raise CfmError("the draft cannot be written", where=str(path), why=why, remedy=remedy) from error
