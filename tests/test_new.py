"""Entries are drafted from options and from answers on a terminal, under the names that extraction gives."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cfm_kg.cli.app import app
from cfm_kg.cli.new import _EXAMPLES
from cfm_kg.drafting.questions import QUESTIONS, Form
from cfm_kg.entries import check
from cfm_kg.pipeline import shipped_reference
from cfm_kg.store import parse_file, write_store

STORED = Path(__file__).parent / "entries" / "stored.ttl"
CFM = "https://w3id.org/cfm-kg/ontology#"
MEETING = ("meeting", "--body", "csto-cfm", "--date", "2017-07-17", "--status", "held")
runner = CliRunner()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "store"
    write_store([*parse_file(STORED), *shipped_reference()], folder)
    return folder


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def new(*arguments: str | Path) -> Result:
    return runner.invoke(app, ["new", *map(str, arguments)])


def facts(path: Path) -> set[tuple[str, str, str]]:
    """Subject, predicate and value by what follows their namespaces."""

    def short(term: object) -> str:
        text = str(getattr(term, "value", term))
        return text.rpartition("/id/")[2] if "/id/" in text else re.split(r"[#/]", text)[-1]

    return {(short(q.subject), short(q.predicate), short(q.object)) for q in parse_file(path)}


@pytest.mark.parametrize(
    ("kind", "arguments", "file"),
    [
        ("meeting", MEETING[1:], "meeting-csto-cfm-2017-07-17.ttl"),
        ("person", ["--name", "Иво Маррек", "--language", "ru"], "person-ivo-marrek.ttl"),
        (
            "document",
            [
                "--title",
                "On orchards",
                "--type",
                "statement",
                "--meeting=csto-cfm/2019-05-22",
                "--action=adopted",
            ],
            "document-csto-cfm-2019-05-22-statement-on-orchards.ttl",
        ),
        (
            "chairmanship",
            ["--organization", "SCO", "--country", "Tajikistan", "--start", "2013-12"],
            "chairmanship-sco-2014-tj.ttl",
        ),
        (
            "body",
            [
                "--name=Council of Reef Keepers of the CSTO",
                "--organization=CSTO",
                "--council-name=Reef Council",
            ],
            "body-csto-rc.ttl",
        ),
        ("country", ["--code", "tk"], "country-tk.ttl"),
    ],
)
def test_each_kind_is_named_as_extraction_names_it_and_conforms(
    kind: str, arguments: list[str], file: str, store: Path
) -> None:
    done = new(kind, *arguments, "--store", store)
    assert done.exit_code == 0, done.output
    assert [path.name for path in Path().iterdir()] == [file]
    assert check(file, store).conforms(strict=True)
    assert Path(file).read_text(encoding="utf-8").startswith(f"# A {kind}. Check it")


def test_every_kind_has_an_example_that_works(store: Path) -> None:
    import shlex

    assert _EXAMPLES.keys() == QUESTIONS.keys()
    for kind, example in _EXAMPLES.items():
        done = new(kind, *shlex.split(example), "-o", "-")
        assert done.exit_code in (0, 1), done.output
        assert "does not answer" not in done.output


def test_every_question_is_an_option_with_help() -> None:
    for kind, questions in QUESTIONS.items():
        shown = runner.invoke(app, ["new", kind, "--help"], env={"COLUMNS": "200"}).output
        for question in questions:
            assert question.option in shown
            assert question.asks.split()[0] in shown
        assert f"cfm-kg new {kind}" in shown


def test_a_meeting_with_people_knows_posts_of_its_day() -> None:
    done = new(
        *MEETING,
        *("--place", "Minsk", "--chair", "Sergey Lavrov", "--participant", "Stanislav Zas"),
        *("--participant", "person/sirojiddin-muhriddin", "--out", "m.ttl"),
    )
    assert done.exit_code == 0, done.output
    said = facts(Path("m.ttl"))
    part = "participation/csto-cfm/2017-07-17/sirojiddin-muhriddin"
    assert ("meeting/csto-cfm/2017-07-17", "hostCountry", "country/by") in said, "follows from the place"
    assert ("meeting/csto-cfm/2017-07-17", "participation", part) in said
    assert (part, "capacity", "post/tj/minister-of-foreign-affairs") in said
    assert (part, "participationRole", "Member") in said
    assert ("participation/csto-cfm/2017-07-17/sergey-lavrov", "participationRole", "Chair") in said
    assert not any(s.endswith("stanislav-zas") and p == "capacity" for s, p, _ in said), "not yet in office"
    assert "# Minsk" in Path("m.ttl").read_text(encoding="utf-8")


def test_a_person_with_a_post_gets_a_tenure() -> None:
    new(
        "person",
        "--name",
        "Ivo Marrek",
        "--post",
        "post/tj/minister-of-foreign-affairs",
        "--since",
        "1991-09",
    )
    said = facts(Path("person-ivo-marrek.ttl"))
    tenure = "tenure/ivo-marrek/tj/minister-of-foreign-affairs/1991"
    assert {("person/ivo-marrek", "tenure", tenure), (tenure, "start", "1991-09")} <= said


def test_what_does_not_conform_is_written_and_told() -> None:
    done = new(*MEETING, "--end-date", "2017-07-16")
    assert done.exit_code == 1
    assert "meeting-csto-cfm-2017-07-17.ttl:12:17: Violation: The meeting ends on 2017-07-16" in done.output
    assert Path("meeting-csto-cfm-2017-07-17.ttl").exists()


def test_possible_duplicates_are_shown(store: Path) -> None:
    near = new("meeting", "--body", "csto-cfm", "--date", "2019-05-24", "--store", store, "-o", "-")
    assert "near to: <meeting/csto-cfm/2019-05-22> 2019-05-22: the same body, near in time" in near.output
    far = new("meeting", "--body", "csto-cfm", "--date", "2019-06-24", "--store", store, "-o", "-")
    assert "near to" not in far.output
    month = new("meeting", "--body", "csto-cfm", "--date", "2019-05", "--store", store, "-o", "-")
    assert "the same body on the same date" in month.output
    person = new("person", "--name", "Dayna Verrik", "--store", store, "-o", "-")
    assert re.search(r"near to: <person/daina-verrick> Daina Verrick: named alike \(\d\d%\)", person.output)
    known = new("person", "--name", "Sergei Lavrov", "-o", "-")
    assert "near to: <person/sergey-lavrov> Sergey Lavrov: of the same name" in known.output
    turn = ("--organization", "CSTO", "--country", "Armenia", "--year", "2019")
    assert "the same organisation in the same year" in new("chairmanship", *turn, "--store", store).output
    assert "there is a thing of this name already" in new("country", "--code", "TJ", "-o", "-").output


def test_scripts_are_told_which_answers_are_missing() -> None:
    done = new("meeting", "--date", "2017")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "give --body" in done.stderr
    assert "--date" not in done.stderr
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    ("option", "answer", "told"),
    [
        ("--body", "Council of Foreign Ministres of the CSTO", "csto-cfm"),
        ("--date", "19 May 2021", "2021-05-19, 2021-05 or 2021"),
        ("--date", "2021-02-30", "2021-05-19, 2021-05 or 2021"),
        ("--status", "hold", "did you mean Held?"),
        ("--chair", "Sergey Lavrof", "Sergey Lavrov (sergey-lavrov)"),
        ("--place", "xyzzy", "expected a place of the registry"),
    ],
)
def test_a_wrong_answer_is_told_with_what_was_meant(option: str, answer: str, told: str) -> None:
    done = new(*MEETING, option, answer)
    assert done.exit_code == 2
    assert f"{answer!r} does not answer {option}" in done.stderr
    assert told in done.stderr


def test_nothing_is_overwritten_unless_asked() -> None:
    file = Path("meeting-csto-cfm-2017-07-17.ttl")
    file.write_text("mine")
    done = new(*MEETING)
    assert done.exit_code == 2
    assert "--force" in done.stderr
    assert file.read_text() == "mine"
    assert new(*MEETING, "--force").exit_code == 0
    assert "cfm:Meeting" in file.read_text()
    assert new(*MEETING, "--out", "no/such/folder/m.ttl").exit_code == 0
    assert new(*MEETING, "--out", f"{file}/m.ttl").exit_code == 2


def test_a_dash_writes_to_stdout_alone() -> None:
    done = new(*MEETING, "--out", "-")
    assert done.stdout.startswith("# A meeting.")
    assert not list(Path().iterdir())


def test_questions_name_what_the_ontology_has() -> None:
    from cfm_kg.drafting.known import terms
    from cfm_kg.vocab import CFM as ONTOLOGY
    from cfm_kg.vocab import prefixes

    for question in (one for questions in QUESTIONS.values() for one in questions):
        if question.says:
            prefix, _, name = question.says.partition(":")
            assert ONTOLOGY(name) if prefix == "cfm" else prefix in prefixes()
        if question.form is Form.CHOICE:
            assert len(terms(question.of)) > 2


class Terminal:
    """A person at a terminal: waits for words, then types."""

    def __init__(self, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (40, 120))
        environment = os.environ | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = [sys.executable, "-c", "from cfm_kg.cli import main; main()", "new", *arguments]
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
        os.close(slave)
        self.seen = ""

    def read(self, seconds: float) -> None:
        ready, _, _ = select.select([self.master], [], [], seconds)
        try:
            shown = os.read(self.master, 65536).decode("utf-8", "replace") if ready else ""
            self.seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
        except OSError:  # Linux says so where the other side has left
            self.process.wait(10)

    def expect(self, words: str, seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while words not in self.seen:
            self.read(0.1)
            if time.monotonic() > end or (self.process.poll() is not None and words not in self.seen):
                self.process.kill()
                pytest.fail(f"{words!r} was not shown: {self.seen[-2000:]!r}")
        self.seen = self.seen.partition(words)[2]

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def answer(self, words: str, text: str) -> None:
        self.expect(words)
        time.sleep(0.2)
        self.type(text + "\r")

    def end(self) -> int:
        deadline = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.1)
        os.close(self.master)
        return self.process.wait(1)


def test_a_person_at_a_terminal_is_asked() -> None:
    terminal = Terminal("chairmanship", "--country", "Tajikistan")
    terminal.answer("organization:", "")
    terminal.expect("this is needed")
    terminal.type("CSTOO\r")
    terminal.expect("did you mean Collective Security Treaty Organization")
    terminal.type("\x7f")
    time.sleep(0.5)
    terminal.type("\r")
    terminal.answer("year (or nothing):", "2021")
    terminal.answer("start (or nothing):", "")
    terminal.answer("end (or nothing):", "")
    terminal.answer("holder (or nothing):", "Sirojiddin Muhriddin")
    terminal.answer("holder (another, or nothing):", "")
    terminal.expect("it conforms to the shapes")
    assert terminal.end() == 0
    assert ("chairmanship/csto/2021/tj", "holder", "person/sirojiddin-muhriddin") in facts(
        Path("chairmanship-csto-2021-tj.ttl")
    )


def test_a_terminal_completes_from_the_registry() -> None:
    terminal = Terminal("chairmanship", "--country", "Tajikistan", "--year", "2021", "--out", "c.ttl")
    terminal.expect("organization:")
    terminal.type("sec trea org")
    terminal.expect("Treaty Organization")
    terminal.type("\t")
    time.sleep(0.5)
    terminal.type("\r")
    for question in ("start", "end", "holder"):
        terminal.answer(f"{question} (or nothing):", "")
    assert terminal.end() == 0
    assert ("chairmanship/csto/2021/tj", "organization", "organization/csto") in facts(Path("c.ttl"))


def test_who_gives_up_leaves_no_file() -> None:
    terminal = Terminal("country")
    terminal.expect("code:")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert not list(Path().iterdir())
