"""`cfm-kg new`: draft an entry by hand."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cfm_kg.cli.terminal import Verbosity, guarded, tell, write
from cfm_kg.drafting.questions import QUESTIONS, Question
from cfm_kg.errors import DIFFERS, OK, CfmError

if TYPE_CHECKING:
    from cfm_kg.drafting.answers import Answers, Term
    from cfm_kg.drafting.drafts import Draft
    from cfm_kg.drafting.known import Catalogue
    from cfm_kg.entries import Report

app = typer.Typer(
    no_args_is_help=True,
    help="Draft an entry: a commented Turtle file, checked, with what it may be a duplicate of.",
    epilog="Example: cfm-kg new meeting --body csto-cfm --date 2021-05-19 --status held",
    rich_markup_mode=None,
    add_completion=False,
)
_EXAMPLES = {
    "meeting": "--body csto-cfm --date 2021-05-19 --place dushanbe --status held",
    "person": "--name 'Daina Verrick' --other-name 'Дайна Веррик@ru' --family-name Verrick",
    "document": "--title 'On borders' --type statement --meeting csto-cfm/2021-05-19 --action adopted",
    "chairmanship": "--organization csto --country tj --year 2021",
    "body": "--name 'Council of Elders of the Treaty' --organization csto --council-name 'Council of Elders'",
    "country": "--code TJ --capital dushanbe",
}
Given = Mapping[str, tuple[str, ...]]
"""What options say, by the names of the questions."""


def new(
    kind: str, given: Given, *, store: Path | None, out: str | None, force: bool, interactive: bool
) -> int:
    """Ask what no option answers, write the draft, tell what it is near to and what is wrong with it."""
    from cfm_kg.drafting.drafts import draft
    from cfm_kg.drafting.known import Catalogue
    from cfm_kg.drafting.nearby import nearby
    from cfm_kg.drafting.write import save, turtle
    from cfm_kg.store import open_store
    from cfm_kg.validate import short

    catalogue = Catalogue(open_store(store) if store else None)
    made = draft(kind, _answers(kind, given, catalogue, interactive), catalogue)
    text = turtle(made, catalogue)
    for near in nearby(made, catalogue):
        name = " ".join(filter(None, (short(near.iri), near.label)))
        tell(f"near to: {name}: {near.why}", Verbosity.QUIET)
    path = Path(out or made.file)
    if out == "-":
        write(text)
    else:
        save(text, path, replace=force)
        tell(f"wrote {path}")
    return _check(text, made, "-" if out == "-" else str(path), store)


def _answers(kind: str, given: Given, catalogue: Catalogue, interactive: bool) -> Answers:
    """All answers as terms. Raises CfmError for one that cannot be read or is missing."""
    from cfm_kg.drafting.answers import read_answer

    language = next(iter(given.get("language", ())), "en")
    missing = [q.option for q in QUESTIONS[kind] if q.required and q.name not in given]
    if missing and not interactive:
        why = "nobody can be asked: this is not a terminal, or --no-input is given"
        raise CfmError("an answer is missing", why=why, remedy=f"give {', '.join(missing)}")
    found: dict[str, tuple[Term, ...]] = {}
    for question in QUESTIONS[kind]:
        if question.name in given:
            texts = given[question.name]
            found[question.name] = tuple(read_answer(question, one, catalogue, language) for one in texts)
        elif interactive:
            from cfm_kg.cli.asking import ask

            found[question.name] = ask(question, catalogue, language)
        if question.name == "language" and found.get("language"):
            language = found["language"][0].value
            found |= {name: _retagged(values, language) for name, values in found.items()}
    return {name: values for name, values in found.items() if values}


def _retagged(values: tuple[Term, ...], language: str) -> tuple[Term, ...]:
    """Texts asked for before the language was known take it on."""
    import pyoxigraph as ox

    return tuple(
        ox.Literal(one.value, language=language)
        if isinstance(one, ox.Literal) and one.language == "en"
        else one
        for one in values
    )


def _check(text: str, made: Draft, name: str, store: Path | None) -> int:
    """Tell what is wrong with the draft; its exit code."""
    report = _report(text, name if name.endswith(".ttl") else made.file, store)
    for finding in report.findings:
        where = finding.value_where or finding.where
        told = f"{where}: {finding.severity}: {finding.message}"
        # A shape's message tells what to do itself.
        remedy = "" if finding.remedy in finding.message else f"\n  what to do: {finding.remedy}"
        tell(told + remedy, Verbosity.QUIET if finding.severity == "Violation" else Verbosity.NORMAL)
    if report.conforms():
        tell("it conforms to the shapes")
    return OK if report.conforms() else DIFFERS


def _report(text: str, name: str, store: Path | None) -> Report:
    from cfm_kg.entries import check_entries
    from cfm_kg.entries.read import parse_entry
    from cfm_kg.entries.stored import Facts, open_facts

    opened = open_facts(store)
    return check_entries([parse_entry(text.encode(), name, Facts(opened))], opened, store).report


_STORE = typer.Option(
    "--store",
    "-s",
    help="A store to look for duplicates in and to check against. Default: build/store if it is there.",
)
_USUAL_STORE = Path("build/store")
_OUT = typer.Option("--out", "-o", help="The file to write, or - for stdout. Default: named after the thing.")
_FORCE = typer.Option("--force", help="Replace the file if it is there.")
_NO_INPUT = typer.Option("--no-input", help="Ask nothing, not even on a terminal.")


def _command(kind: str) -> Callable[..., int]:
    """The command of one kind of entry, with an option for each of its questions."""
    questions = {question.name.replace("-", "_"): question for question in QUESTIONS[kind]}

    def command(**options: Any) -> int:
        usual = _USUAL_STORE if (_USUAL_STORE / "CURRENT").is_file() else None
        store, out, force = options["store"] or usual, options["out"], options["force"]
        interactive = not options["no_input"] and sys.stdin.isatty() and sys.stderr.isatty()
        said = {questions[name].name: value for name, value in options.items() if name in questions and value}
        given = {name: tuple(value) if isinstance(value, list) else (value,) for name, value in said.items()}
        return new(kind, given, store=store, out=out, force=force, interactive=interactive)

    fixed: dict[str, tuple[Any, Any]] = {
        "store": (Annotated[Path | None, _STORE], None),
        "out": (Annotated[str | None, _OUT], None),
        "force": (Annotated[bool, _FORCE], False),
        "no_input": (Annotated[bool, _NO_INPUT], False),
    }
    asked = {name: (_annotation(question), None) for name, question in questions.items()}
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in (asked | fixed).items()
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__doc__ = _help(kind)
    return command


def _annotation(question: Question) -> Any:
    note = " Required." if question.required else " May be given several times." if question.many else ""
    option = typer.Option(question.option, help=question.asks + note)
    return Annotated[list[str] | None, option] if question.many else Annotated[str | None, option]


def _help(kind: str) -> str:
    article = "an" if kind[0] in "aeiou" else "a"
    return (
        f"Draft {article} {kind}. On a terminal, what no option answers is asked.\n\n"
        "Things are named by label, name or IRI: Tajikistan, tj, country/tj.\n\n"
        "Exits with 0 where the draft conforms, 1 where it does not, 2 where it could not be made."
    )


for _kind in QUESTIONS:
    _epilog = f"Example: cfm-kg new {_kind} {_EXAMPLES[_kind]}"
    app.command(_kind, epilog=_epilog)(guarded(_command(_kind)))
