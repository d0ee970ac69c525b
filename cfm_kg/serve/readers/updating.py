"""SPARQL Update on the store, in a process of its own that opens it to write and then ends."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.query.faults import invalid_query
from cfm_kg.query.lexing import tokens
from cfm_kg.serve.readers.asking import refuse_service
from cfm_kg.serve.readers.output import Output
from cfm_kg.serve.readers.question import Update
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.store.lock import InUseError, writing
from cfm_kg.vocab import prefixes


def update(asked: Update, folder: Path, settings: Settings, output: Output) -> None:
    """Change the store, wholly or not at all. Raises CfmError, or HttpError while another one writes."""
    if asked.using_graphs or asked.using_named_graphs:
        raise HttpError(400, "graphs cannot be given beside an update", remedy="write USING into the update")
    _refuse_foreign(asked.text, settings)
    try:
        with writing(folder.parent):
            _write(asked.text, folder, settings)
    except InUseError as error:
        raise HttpError(
            503, error.what, why=error.why, remedy="try again later", headers={"Retry-After": "5"}
        ) from error
    output.write(b"updated\n")


def _write(text: str, folder: Path, settings: Settings) -> None:
    try:
        store = ox.Store(str(folder))
        store.update(text, base_iri=settings.base, prefixes=dict(prefixes()))
        store.flush()
    except SyntaxError as error:
        raise invalid_query("update", text, str(error.msg or error)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise CfmError("the update could not run", why=str(error)) from error


def _refuse_foreign(text: str, settings: Settings) -> None:
    if settings.federated:
        return
    refuse_service(text)
    if any(token.kind == "word" and token.text.upper() == "LOAD" for token in tokens(text)):
        raise HttpError(
            403,
            "LOAD is refused",
            why="it would fetch from another server, or read files here",
            remedy="send the data itself, with INSERT DATA",
        )
