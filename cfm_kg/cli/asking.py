"""Asking on a terminal, with completion from the registry and the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.validation import ValidationError, Validator

from cfm_kg.drafting.answers import Term, read_answer
from cfm_kg.drafting.known import Catalogue, comments, terms
from cfm_kg.drafting.questions import Form, Question
from cfm_kg.errors import CfmError


def ask(question: Question, catalogue: Catalogue, language: str) -> tuple[Term, ...]:
    """The answers that a person types; several where there may be, none where nothing is typed.

    Raises KeyboardInterrupt where the person gives up.
    """
    session = PromptSession[str](output=create_output(stdout=sys.stderr))
    found: list[Term] = []
    while True:
        more = " (another, or nothing)" if found else "" if question.required else " (or nothing)"
        try:
            text = session.prompt(
                f"{question.name.replace('-', ' ')}{more}: ",
                completer=_completer(question, catalogue),
                complete_while_typing=True,
                validator=_Readable(question, catalogue, language, needed=question.required and not found),
                validate_while_typing=False,
                bottom_toolbar=question.asks,
            )
        except EOFError as error:
            raise KeyboardInterrupt from error
        if not text.strip():
            return tuple(found)
        found.append(read_answer(question, text, catalogue, language))
        if not question.many:
            return tuple(found)


class _Readable(Validator):
    """Lets nothing pass that cannot be read as an answer."""

    def __init__(self, question: Question, catalogue: Catalogue, language: str, *, needed: bool) -> None:
        self._question, self._catalogue, self._language = question, catalogue, language
        self._needed = needed

    def validate(self, document: Document) -> None:
        """Raises ValidationError with what was expected, or with what was perhaps meant."""
        text = document.text
        if not text.strip():
            if self._needed:
                raise ValidationError(message=f"this is needed: {self._question.asks}")
            return
        try:
            read_answer(self._question, text, self._catalogue, self._language)
        except CfmError as error:
            raise ValidationError(len(text), f"{error.what}: {error.remedy}") from error


class _Whole(Completer):
    """Completes the whole answer from labels, each with a note; what has all the words that are typed."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._notes = notes

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """What starts as typed first, then what has the words anywhere, in label or note."""
        typed = document.text_before_cursor
        words = typed.casefold().split()
        hits = [
            label
            for label, note in self._notes.items()
            if all(w in f"{label} {note}".casefold() for w in words)
        ]
        for label in sorted(
            hits, key=lambda label: (not label.casefold().startswith(typed.casefold()), label)
        ):
            yield Completion(label, -len(typed), display_meta=self._notes[label])


def _completer(question: Question, catalogue: Catalogue) -> Completer | None:
    if question.form is Form.THING:
        return _Whole({one.label: one.path for one in catalogue.things(question.of).values()})
    if question.form is Form.CHOICE:
        return _Whole({name: comments().get(iri, "") for name, iri in terms(question.of).items()})
    return _Whole(dict.fromkeys(question.of.split(), "")) if question.form is Form.WORD else None
