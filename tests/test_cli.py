"""The commands as a user meets them: help, output, exit codes, pipes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from cfm_kg.cli import _global_first
from cfm_kg.cli.app import app
from cfm_kg.cli.commands import HELP
from cfm_kg.cli.terminal import Verbosity, guarded, set_verbosity
from cfm_kg.errors import CfmError
from cfm_kg.resources import articles_dir
from cfm_kg.store import FORMATS

ROOT = Path(__file__).resolve().parent.parent
FILES = ("graph.ttl", "graph.nq", "graph.trig", "report.json", "claims.jsonl")


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run(*arguments: str | Path, stdin: str = "") -> Done:
    """Run a command in this process, where what it loads stays loaded."""
    done = CliRunner().invoke(app, _global_first([*map(str, arguments)]), input=stdin, prog_name="cfm-kg")
    return Done(done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())


def spawn(*arguments: str | Path) -> Done:
    """Run a command as a user does."""
    command = [sys.executable, "-c", "from cfm_kg.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    folder = tmp_path_factory.mktemp("built") / "build"
    return folder, spawn("build", "--out", folder)


def a_claim(folder: Path) -> dict[str, object]:
    line = (folder / "claims.jsonl").read_text().splitlines()[0]
    return dict(json.loads(line))


def test_all_commands_are_there() -> None:
    names = {"build", "extract", "explain", "validate", "queries", "query", "export", "evaluate"}
    assert names <= set(HELP)


@pytest.mark.parametrize("command", HELP)
def test_help_tells_what_it_does_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert re.search(rf"Example:\s+cfm-kg\s+{command}\b", done.out)
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    made = group.commands[command]
    assert " ".join((made.help or "").partition("\n\n")[0].split()) == HELP[command], (
        "the list says otherwise"
    )
    assert [one.name for one in made.params if not getattr(one, "help", None)] == [], "without help"


def loaded(*arguments: str | Path) -> set[str]:
    """The modules that a command has loaded when it ends."""
    code = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "from cfm_kg.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, check=True)
    return set(done.stderr.decode().split())


HEAVY = {
    "rdflib",
    "pyshacl",
    "rich",
    "rapidfuzz",
    "yaml",
    "asyncio",
    "lxml",
    "cfm_kg.reading",
    "cfm_kg.validate",
}


def test_help_loads_little() -> None:
    """What a command takes to start is what it loads; help loads no command at all."""
    found = loaded("--help")
    assert "typer" in found
    assert found & {*HEAVY, "pyoxigraph", "msgspec"} == set()
    ours = {name for name in found if name.startswith("cfm_kg")}
    parts = {f"cfm_kg.cli.{name}" for name in ("app", "commands", "terminal")}
    assert ours == {"cfm_kg", "cfm_kg.cli", "cfm_kg.errors", *parts}
    assert len(found) < 200


def test_a_question_loads_what_answers_it(built: tuple[Path, Done]) -> None:
    found = loaded("query", "meetings", "--store", built[0] / "store")
    assert "pyoxigraph" in found
    assert found & {*HEAVY, "cfm_kg.validate"} == set()
    assert {name for name in found if name.startswith("cfm_kg.cli.")} == {
        f"cfm_kg.cli.{name}" for name in ("app", "commands", "endpoints", "queries", "terminal")
    }
    assert len(found) < 240


def test_version_and_completion() -> None:
    assert re.fullmatch(r"cfm-kg \d+\.\d+\.\d+\n", run("--version").out)
    assert "--install-completion" in run("--help").out


def test_faulty_usage_exits_with_2() -> None:
    for arguments in (["biuld"], ["build", "--nope"], ["query"], ["export", "--format", "pdf"]):
        done = run(*arguments)
        assert (done.code, done.out) == (2, ""), arguments
        assert "Traceback" not in done.err


def test_global_options_may_stand_anywhere() -> None:
    assert _global_first(["build", "x", "-q"]) == ["--quiet", "build", "x"]
    assert _global_first(["build", "--", "-q"]) == ["build", "--", "-q"]


def test_build_prints_meetings_and_writes_all_files(built: tuple[Path, Done]) -> None:
    folder, done = built
    assert done.code == 0, done.err
    assert done.out.startswith("date ")
    for day in ("2020-05-26", "2023-06-20", "2024-06-21"):
        assert f"\n{day}  csto-cfm" in done.out
    assert "\x1b" not in done.out + done.err
    assert "5 articles" in done.err
    for name in (*FILES, "store", "texts"):
        assert (folder / name).exists()
        assert name in done.err
    shown = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    assert shown == {*FILES, "store", "texts"}


def test_build_is_the_same_whatever_the_order(built: tuple[Path, Done], tmp_path: Path) -> None:
    articles = sorted(articles_dir().glob("*.txt"), reverse=True)
    assert len(articles) == 5
    done = run("build", *articles, *articles[:2], "--out", tmp_path / "again", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert done.out == built[1].out
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (built[0] / name).read_bytes(), name


def test_every_quote_stands_in_the_texts_of_the_build(built: tuple[Path, Done]) -> None:
    texts = {path.stem: path.read_text() for path in (built[0] / "texts").iterdir()}
    assert len(texts) == 5
    store = ox.Store.read_only(str(built[0] / "store"))
    rows = store.query(
        "PREFIX cfm: <https://w3id.org/cfm-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>"
        "SELECT ?sha ?exact ?start ?end { GRAPH ?g { ?claim cfm:article ?article ; oa:exact ?exact ;"
        " oa:start ?start ; oa:end ?end . ?article cfm:sha256 ?sha } }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    number = 0
    for row in rows:
        sha, exact, start, end = (str(row[name].value) for name in ("sha", "exact", "start", "end"))
        assert texts[sha][int(start) : int(end)] == exact
        number += 1
    assert number > 50


def test_sources_that_do_not_exist_exit_with_2(tmp_path: Path) -> None:
    done = run("build", tmp_path / "absent.txt", "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert "absent.txt" in done.err
    assert "Traceback" not in done.err


def test_extract_shows_the_quote_behind_each_fact() -> None:
    article = sorted(articles_dir().glob("*.txt"))[0]
    done = run("extract", article)
    assert done.code == 0, done.err
    assert done.out.startswith(f"{article.name}, published 2023-06-21 (publication line)")
    assert re.search(
        r"\nmeeting/csto-cfm/2023-06-20\n(?:  .*\n)*  [0-9a-f]{8} +place +Minsk +“Minsk”\n", done.out
    )


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "jsonld"])
def test_extract_writes_graphs_that_parse(suffix: str) -> None:
    article = sorted(articles_dir().glob("*.txt"))[0]
    done = run("extract", article, "--format", suffix)
    assert done.code == 0, done.err
    formats = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS}
    quads = list(ox.parse(done.out, format=formats.get(suffix, ox.RdfFormat.JSON_LD)))
    assert any(quad.predicate.value.endswith("#place") for quad in quads)


def test_extract_json_and_highlight_agree_with_the_text() -> None:
    article = sorted(articles_dir().glob("*.txt"))[0]
    content = json.loads(run("extract", article, "--format", "json").out)
    marked = run("extract", article, "--highlight").out
    text = marked.replace("⟦", "").replace("⟧", "")
    assert "⟦" in marked
    assert content["claims"]
    for claim in content["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_explain_tells_sentence_rule_and_resolution(built: tuple[Path, Done]) -> None:
    claim = a_claim(built[0])
    name = str(claim["claim"]).rsplit("/", 1)[1]
    for wording in (str(claim["claim"]), f"claim:{name}", name[:10]):
        done = run("explain", wording, "--build", built[0])
        assert done.code == 0, done.err
        assert str(claim["rule"]) in done.out
        assert str(claim["sentence"]) in done.out
    assert run("explain", "nonsense", "--build", built[0]).code == 2
    assert "there is no claim ''" in run("explain", "", "--build", built[0]).err


def test_validate_exits_with_0_1_or_2(built: tuple[Path, Done], tmp_path: Path) -> None:
    good = run("validate", built[0] / "graph.ttl")
    assert (good.code, "conforms" in good.out) == (0, True), good.out
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(
        "<https://w3id.org/cfm-kg/id/meeting/x/1> a <https://w3id.org/cfm-kg/ontology#Meeting> .\n"
    )
    assert run("validate", wrong).code == 1
    report = json.loads(run("validate", wrong, "--format", "json").out)
    assert report["conforms"] is False
    assert list(ox.parse(run("validate", wrong, "--format", "ttl").out, format=ox.RdfFormat.TURTLE))
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a:b> <a:c> 1 .\n<a:b> nonsense .\n")
    done = run("validate", broken)
    assert (done.code, done.out) == (2, "")
    assert "broken.ttl:2" in done.err


def test_queries_are_listed_and_run(built: tuple[Path, Done]) -> None:
    assert "meetings" in run("queries").out
    assert "since (date, optional)" in run("queries", "meetings").out
    store = built[0] / "store"
    done = run("query", "meetings", "--store", store, "--param", "since=2023", "--format", "csv")
    assert done.code == 0, done.err
    assert "2023-06-20" in done.out
    assert "2020-05-26" not in done.out
    from_file = run("query", "meetings", "--graph", built[0] / "graph.nq", "-p", "since=2023", "-f", "csv")
    assert from_file.out == done.out
    asked = run("query", "-", "--store", store, stdin="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert asked.code == 0
    assert run("query", "nonsense", "--store", store).code == 2
    assert run("query", "meetings", "--store", store, "--param", "since").code == 2
    assert run("query", "meetings", "--store", built[0] / "no-store").code == 2


def test_exports_equal_the_files_of_the_build(built: tuple[Path, Done], tmp_path: Path) -> None:
    for suffix in FORMATS:
        done = run("export", "--format", suffix, "--store", built[0] / "store")
        assert done.code == 0, done.err
        if suffix in ("ttl", "nq", "trig"):
            assert done.out.encode() == (built[0] / f"graph.{suffix}").read_bytes()
    out = tmp_path / "facts.nt"
    assert run("export", "-f", "nt", "-o", out, "--store", built[0] / "store").out == ""
    merged = {quad.triple for quad in ox.parse(path=str(built[0] / "graph.ttl"))}
    assert {quad.triple for quad in ox.parse(path=str(out))} == merged
    assert run("export", "--graph", "urn:absent", "--store", built[0] / "store").code == 2


def test_evaluate_measures_and_keeps_floors(built: tuple[Path, Done]) -> None:
    gold = ROOT / "tests" / "cases" / "seeds"
    done = run("evaluate", built[0] / "graph.nq", gold)
    assert done.code == 0, done.err
    assert "micro over 5 articles" in done.out
    assert run("evaluate", built[0] / "graph.nq", gold, "--floor", "1.01").code == 1
    assert "f1" in json.loads(run("evaluate", built[0] / "graph.nq", gold, "--json").out)
    assert run("evaluate", built[0] / "graph.nq", built[0] / "absent").code == 2


def failing(error: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code"),
    [(CfmError("a", remedy="b"), 2), (KeyboardInterrupt(), 130), (ZeroDivisionError("oh"), 2)],
)
def test_failures_are_sentences_with_exit_codes(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as exit_:
        guarded(failing(error))()
    assert exit_.value.exit_code == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("cfm-kg: ")
    assert "Traceback" not in captured.err


def test_verbose_shows_the_trace(capsys: pytest.CaptureFixture[str]) -> None:
    set_verbosity(Verbosity.VERBOSE)
    try:
        with pytest.raises(typer.Exit):
            guarded(failing(ZeroDivisionError("oh")))()
    finally:
        set_verbosity(Verbosity.NORMAL)
    assert "Traceback" in capsys.readouterr().err


def test_a_closed_pipe_is_no_error(built: tuple[Path, Done]) -> None:
    code = "from cfm_kg.cli import main; main()"
    command = f"{sys.executable} -c '{code}' export -f nq --store {built[0] / 'store'} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1
