"""The session on the page about remote stores is run against a real server."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign import oxigraph
from pages import Step, blocks, rewritten, steps
from typer.testing import CliRunner

from cfm_kg.cli.app import app

PAGE = Path(__file__).resolve().parent.parent / "docs" / "remote.md"
SHOWN = "http://localhost:7878"


def test_the_session_is_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    with oxigraph(tmp_path) as server:
        here = server.query.removesuffix("/query")

        def run(arguments: list[str]) -> tuple[int, str]:
            told = [argument.replace(SHOWN, here) for argument in arguments]
            done = CliRunner().invoke(app, told, prog_name="cfm-kg")
            return done.exit_code, done.output.replace(here, SHOWN)

        assert run(["--quiet", "build"])[0] == 0
        sessions = {b.start: list(steps(b.body, run)) for b in blocks(page) if b.kind == "console"}
    assert sum(map(len, sessions.values())) >= 3
    assert Path("pulled.nq").read_bytes() == Path("build/graph.nq").read_bytes()
    if update_golden:
        lines = {start: [x for s in done for x in shown(s)] for start, done in sessions.items()}
        PAGE.write_text(rewritten(page, {start: "\n".join(each) + "\n" for start, each in lines.items()}))
        return
    assert not [step for done in sessions.values() for step in done if not step.agrees]


def shown(step: Step) -> tuple[str, ...]:
    return (f"$ {step.command}", *step.corrected())
