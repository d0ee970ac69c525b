"""What a reader process does with a question: ask the store, write the answer, tell what went wrong."""

from __future__ import annotations

import json
import sys
import traceback
from typing import IO

import pyoxigraph as ox

from cfm_kg.errors import CfmError
from cfm_kg.serve.readers.asking import ask, graph, named
from cfm_kg.serve.readers.frames import END, FAILED, frame
from cfm_kg.serve.readers.output import Output
from cfm_kg.serve.readers.question import Asked, Check, Extract, Fix, Graph, Named, Question, Update
from cfm_kg.serve.refusal import HttpError
from cfm_kg.serve.settings import Settings
from cfm_kg.store import LiveStore


def answer(asked: Asked, live: LiveStore, settings: Settings, out: IO[bytes]) -> None:
    """Write the answer as frames, or why there is none."""
    output = Output(out, asked.media, settings.limits)
    try:
        try:
            _dispatch(asked, live, settings, output)
        except OSError:  # the store's folder was replaced beneath the query
            if output.begun:
                raise
            live.forget()
            output = Output(out, asked.media, settings.limits)
            _dispatch(asked, live, settings, output)
        output.finish()
        output.send(frame(END))
    except CfmError as error:
        output.send(_failure(error))
    except MemoryError:
        output.send(_failure(HttpError(422, "the query needs too much memory", remedy="ask for less")))
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        output.send(_failure(HttpError(500, "the query could not run", why=type(error).__name__)))


def _dispatch(asked: Asked, live: LiveStore, settings: Settings, output: Output) -> None:
    match asked:
        case Question():
            ask(asked, _store(live), settings, output)
        case Named():
            named(asked, _store(live), settings, output)
        case Graph():
            graph(asked, _store(live), output)
        case Check():
            from cfm_kg.serve.readers.checking import check

            check(asked, live.folder, output)
        case Fix():
            from cfm_kg.serve.readers.checking import fix

            fix(asked, live.folder, output)
        case Extract():
            from cfm_kg.serve.readers.extracting import extract

            extract(asked, output)
        case Update():
            from cfm_kg.serve.readers.updating import update

            update(asked, live.folder, settings, output)


def _store(live: LiveStore) -> ox.Store:
    try:
        return live.snapshot().store
    except CfmError as error:
        raise HttpError(
            503,
            "the store cannot be read now",
            why=error.what,
            remedy="try again in a moment",
            headers={"Retry-After": "1"},
        ) from error


def _failure(error: CfmError) -> bytes:
    told: dict[str, object] = {
        "status": error.status if isinstance(error, HttpError) else 400,
        "what": error.what,
        "where": error.where,
        "why": error.why,
        "remedy": error.remedy,
        "headers": error.headers if isinstance(error, HttpError) else {},
    }
    return frame(FAILED, json.dumps(told).encode())
