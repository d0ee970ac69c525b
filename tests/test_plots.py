"""Figures for papers: the same bytes for the same facts, whole files, nothing cut, and clear refusals."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree
from needing import need
from typer.testing import CliRunner

from cfm_kg.cli.app import app
from cfm_kg.errors import CfmError
from cfm_kg.plots.figures import Figure, figure
from cfm_kg.plots.kinds import Kind, Span
from cfm_kg.plots.write import write
from cfm_kg.store import open_store

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = ("date", "body", "format", "status", "place")


@pytest.fixture(scope="module", autouse=True)
def _matplotlib() -> None:
    need(find_spec("matplotlib"), "matplotlib", "pip install 'cfm-kg[plot]'")


@pytest.fixture(scope="module")
def folder(seeds_folder: Path) -> Path:
    return seeds_folder / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> ox.Store:
    return open_store(folder)


def many(number: int) -> Figure:
    """A timeline of meetings of nine bodies."""
    rows = tuple(
        (f"{1990 + at % 30}-05-{1 + at % 28:02}", f"Council {at % 9}", "in person", "held", "")
        for at in range(number)
    )
    return Figure(Kind.TIMELINE, "Many", "many", COLUMNS, rows)


def overlaps(found: Figure, title: str | None = None) -> list[str]:
    """Words that leave the figure, or lie on the title or the note."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    from cfm_kg.plots.drawing import drawn

    made = drawn(found, title)
    canvas = FigureCanvasAgg(made)
    canvas.draw()  # type: ignore[no-untyped-call]
    frame = made.bbox.padded(1)
    ticks = {one for axes in made.axes for one in axes.get_xticklabels()}
    shown = [one for one in made.findobj(Text) if one.get_visible() and one.get_text().strip()]
    # Numbers beyond a scale's ends are there, but are not drawn.
    low, high = made.axes[0].get_xlim()
    own = [one for one in shown if one not in ticks or low <= one.get_position()[0] <= high]
    boxes = [(one.get_text(), one.get_window_extent()) for one in own]
    outer = [box for text, box in boxes if text in (title or found.title, found.note)]
    cut = [
        text for text, box in boxes if not (frame.contains(box.x0, box.y0) and frame.contains(box.x1, box.y1))
    ]
    return cut + [text for text, box in boxes if sum(box.overlaps(other) for other in outer) > (box in outer)]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_figure_is_the_same_bytes_and_well_made(store: ox.Store, kind: Kind) -> None:
    found = figure(kind, store)
    svg, page = write(found, "svg"), write(figure(kind, store), "html")
    assert svg.decode().partition("?>")[2].strip() in page.decode()  # drawn twice, equal
    root = etree.fromstring(svg)
    assert [root.findtext(SVG + name) for name in ("title", "desc")] == [found.title, found.note]
    assert root.get("aria-labelledby") == "figure-title figure-desc"
    assert not re.search(rb"<dc:date|\b20\d\d-\d\d-\d\dT|Matplotlib", svg)
    told = page.decode()
    assert len(re.findall(r"<tr>", told)) == len(found.rows) + 1
    outside = re.findall(r'(?:src|href|url\()="?\s*([a-z]+:)?//', told.replace("xmlns", ""))
    assert not outside
    assert "<script" not in told
    assert overlaps(found) == []


def test_pictures_and_papers_open(store: ox.Store) -> None:
    from PIL import Image

    found = figure(Kind.CHAIRMANSHIPS, store)
    first, again = ({form: write(found, form) for form in ("png", "pdf")} for _ in range(2))
    assert first == again
    with Image.open(io.BytesIO(first["png"])) as image:
        image.load()
        assert image.size[0] == 2160
        assert image.info["Title"] == "Chairmanships"
    assert first["pdf"].startswith(b"%PDF")


def test_another_process_draws_the_same(folder: Path, store: ox.Store, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from cfm_kg.cli import main; main()", "plot", "attendance"]
    settings = {**os.environ, "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(tmp_path / "matplotlibrc")}
    (tmp_path / "matplotlibrc").write_text("font.size: 20\nsvg.fonttype: none\n")
    done = subprocess.run(
        [*command, "--store", str(folder)],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (tmp_path / "attendance.svg").read_bytes() == write(figure(Kind.ATTENDANCE, store), "svg")
    assert done.stderr == "attendance.svg: Attendance by country (7 meetings held, 2020 to 2024)\n"
    assert done.stdout == ""


def test_bounds_hold(store: ox.Store) -> None:
    found = figure(Kind.TIMELINE, store, Span("2021-05", "2023", "csto-cfm"))
    assert [row[0] for row in found.rows] == ["2021-05-19", "2023-06-20"]
    assert found.title == "Meetings of the Council of Foreign Ministers of the CSTO"
    turns = figure(Kind.CHAIRMANSHIPS, store, Span("2021", "2022", organization="csto"))
    assert [row[:3] for row in turns.rows] == [("CSTO", "2021", "Tajikistan")]


def test_many_meetings_become_bars_and_long_words_fit() -> None:
    from cfm_kg.plots.drawing import drawn

    axes = drawn(many(400)).axes[0]
    assert len(axes.containers) == 7
    assert sum(patch.get_height() for patch in axes.patches) == 400  # type: ignore[attr-defined]
    assert overlaps(many(400)) == []
    odd = Figure(
        Kind.TIMELINE, "A <b> $x^2$", "n", COLUMNS, (("2020", "Council & <i> " * 9, "hybrid", "held", ""),)
    )
    assert overlaps(odd) == []
    assert "<td>Council &amp; &lt;i&gt;" in write(odd, "html").decode()
    assert overlaps(many(3), "A title that is far too long for a figure of this width " * 3)


def test_what_cannot_be_drawn_is_told(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def told(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["plot", *arguments, "--store", str(folder)])
        assert done.exit_code == 2
        assert not list(tmp_path.iterdir())
        return done.output

    assert "name the file .svg, .pdf, .png, .html" in told("timeline", "--out", "x.gif")
    assert "no meeting with a date fits" in told("timeline", "--to", "1990")
    assert "'soon' is no date" in told("chairmanships", "--from", "soon")
    assert "use --organization" in told("chairmanships", "--body", "csto-cfm")
    assert "'csto-cmf' is no value for the parameter 'body'" in told("topics", "--body", "csto-cmf")
    assert "the file cannot be written" in told("topics", "--out", "none/x.svg")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert "pip install 'cfm-kg[plot]'" in told("topics")


def test_an_unknown_format_is_refused(store: ox.Store) -> None:
    with pytest.raises(CfmError, match="no format 'gif'"):
        write(figure(Kind.TOPICS, store), "gif")
