"""Asking on a terminal, with completion from the registry and the store."""

from __future__ import annotations

import sys

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, FuzzyWordCompleter, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.output.defaults import create_output
from prompt_toolkit.validation import ValidationError, Validator

from cfm_kg.drafting.answers import Term, read_answer
from cfm_kg.drafting.known import Catalogue, terms
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
            raise ValidationError(message=f"{error.what}: {error.remedy}") from error


def _completer(question: Question, catalogue: Catalogue) -> Completer | None:
    if question.form is Form.THING:
        known = catalogue.things(question.of).values()
        meta = {one.label: one.path for one in sorted(known, key=lambda one: one.label)}
        return FuzzyWordCompleter(list(meta), meta_dict=meta, WORD=True)
    if question.form is Form.CHOICE:
        return WordCompleter(sorted(terms(question.of)), ignore_case=True)
    return WordCompleter(question.of.split()) if question.form is Form.WORD else None
