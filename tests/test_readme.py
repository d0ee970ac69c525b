"""Everything that README and manual show is run, and must print what they show."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest
from pages import Step, blocks, rewritten, steps
from typer.testing import CliRunner

from cfm_kg.cli import _global_first
from cfm_kg.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/usage.md", "docs/build.md", "docs/entries.md", "docs/tables.md")


def run(arguments: list[str]) -> tuple[int, str]:
    done = CliRunner().invoke(app, _global_first(arguments), prog_name="cfm-kg")
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout, with the build of the articles that come with the tool."""
    folder = tmp_path_factory.mktemp("built")
    for name in ("seeds", "tests"):
        (folder / name).symlink_to(ROOT / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["build", "--quiet"])[0] == 0
    return folder


@pytest.fixture
def checkout(built: Path, tmp_path: Path) -> Path:
    """The same for one page alone: no page leans on another."""
    return Path(shutil.copytree(built, tmp_path / "checkout", symlinks=True))


@pytest.mark.parametrize("name", PAGES)
def test_sessions_are_real(
    name: str, checkout: Path, update_golden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    page = (ROOT / name).read_text()
    sessions, wrong, number = dict[int, str](), list[Step](), 0
    for block in blocks(page):
        if block.file:
            Path(block.file).write_text(block.body)
        if block.kind == "console":
            done = list(steps(block.body, run))
            number += len(done)
            wrong += [step for step in done if not step.agrees]
            lines = [line for step in done for line in (f"$ {step.command}", *step.corrected())]
            sessions[block.start] = "".join(f"{line}\n" for line in lines)
        if block.kind == "python":  # reads what the commands before it wrote
            assert faults(block.body, name) == 0
    assert number >= 3
    if update_golden:
        (ROOT / name).write_text(rewritten(page, sessions))
        return
    assert not wrong, (
        "\n".join(f"{name}: `{step.command}` prints\n" + "\n".join(step.printed) for step in wrong)
        + "\nif that is right: pytest tests/test_readme.py --update-golden, and read the difference"
    )


def test_pages_show_python() -> None:
    assert any(block.kind == "python" for name in PAGES for block in blocks((ROOT / name).read_text()))


def faults(session: str, name: str) -> int:
    """How many of its examples print something else; none at all counts as one."""
    found = doctest.DocTestParser().get_doctest(session, {}, name, name, 0)
    return doctest.DocTestRunner().run(found).failed if found.examples else 1


def test_blocks_that_are_not_run_are_few_and_named() -> None:
    kinds = {block.kind for name in PAGES for block in blocks((ROOT / name).read_text()) if not block.file}
    assert kinds == {"console", "python", "sh"}


@pytest.mark.parametrize(
    "shown",
    ["cfm-kg 9.9.9\n", "", "cfm-kg\n", "…\nx\n", "x\n…\n", "…\n\n"],
)
def test_wrong_output_is_found(shown: str) -> None:
    (step,) = steps(f"$ cfm-kg --version\n{shown}", run)
    assert not step.agrees
    assert step.corrected()[-1:] != ("x",)


def test_right_output_passes_and_exit_codes_count() -> None:
    version = run(["--version"])[1]
    (right,) = steps(f"$ cfm-kg --version\n{version}", run)
    (short,) = steps("$ cfm-kg --help\n…\n", run)
    assert right.agrees
    assert short.agrees
    _, wrong = steps("$ cfm-kg query no-such-question\n…\n$ echo $?\n0\n", run)
    assert (wrong.printed, wrong.agrees) == (("2",), False)
    with pytest.raises(ValueError, match="only run cfm-kg"):
        list(steps("$ rm -r build\n", run))


def test_a_wrong_python_session_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert faults(">>> 1 + 1\n3\n", "planted") == 1
    assert faults("1 + 1\n", "no prompt") == 1
    capsys.readouterr()


def test_updating_keeps_the_lines_around_an_ellipsis() -> None:
    step = Step("x", ("old", "…", "end"), ("a", "b", "c", "d"))
    assert step.corrected() == ("a", "…", "d")
    page = "a\n```console\n$ x\nold\n```\nb\n"
    (block,) = blocks(page)
    assert rewritten(page, {block.start: "$ x\nnew\n"}) == page.replace("old", "new")
