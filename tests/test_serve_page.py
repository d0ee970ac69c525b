"""What docs/serve.md shows is asked of a real server, which must answer as it shows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from needing import program
from pages import blocks, steps
from serving import serving
from typer.main import get_command

from cfm_kg.cli.app import app

PAGE = (Path(__file__).parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")


def test_sessions_are_real(seeds_folder: Path, tmp_path: Path) -> None:
    curl = program("curl", "apt-get install curl")
    with serving(seeds_folder / "store") as server:

        def ask(arguments: list[str]) -> tuple[int, str]:
            here = [one.replace("http://127.0.0.1:8000/", server.url) for one in arguments]
            done = subprocess.run([curl, "-s", *here], cwd=tmp_path, capture_output=True, check=False)
            return done.returncode, done.stdout.decode()

        done = []
        for block in blocks(PAGE):
            if block.file:
                (tmp_path / block.file).write_text(block.body)
            if block.kind == "console" and block.body.startswith("$ curl"):
                done += list(steps(block.body, ask, "curl"))
    wrong = [f"`{step.command}` prints\n" + "\n".join(step.printed) for step in done if not step.agrees]
    assert not wrong, "\n".join(wrong)
    assert len(done) >= 6


def test_options_are_those_of_the_command() -> None:
    command = get_command(app).get_command(None, "serve")  # type: ignore[attr-defined]
    known = {name for parameter in command.params for name in parameter.opts}
    named = set(re.findall(r"`(--[a-z-]+)`", PAGE))
    assert {"--timeout", "--parallel", "--writable", "--token-file"} <= named <= known | {"--timeout-s"}
