"""A graph in a notebook."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import pandas
import pytest

import chidao
from chidao.extract.errors import ChidaoError
from chidao.viz.notebook import SHOWN, Graph, Table

DIRECTIVE = "15-NQ/TW"


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> Graph:
    return chidao.Graph(sample_graph)


def test_a_document_shows_itself(graph: Graph) -> None:
    found = graph.document("nghi quyet 15-nq/tw")
    assert (found.label, found.date) == ("Nghị quyết 15-NQ/TW", "2022-05-05")
    assert "Nghị quyết 15-NQ/TW" in repr(found)
    html = found._repr_html_()
    assert "<mark>" in html
    assert "16-CTr/TU" in html
    assert not re.search(r"<script|\son\w+=|https?://[^<]*\.(?:js|css)", html)
    with pytest.raises(AttributeError):
        _ = found.nothing


def test_a_body_shows_itself(graph: Graph) -> None:
    html = graph.body("Thành ủy Hà Nội")._repr_html_()
    assert "Chương trình hành động 16-CTr/TU" in html


def test_tables_become_frames(graph: Graph) -> None:
    table = graph.implementers(DIRECTIVE)
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns)
    assert len(frame) == len(table) == 2
    assert pandas.api.types.is_datetime64_any_dtype(frame["date"])
    assert frame.loc[frame.label == "Chương trình hành động 16-CTr/TU", "days"].item() == 113
    assert all(frame.sentence.str.len() > 0)


def test_coverage_tasks_search_questions_queries(graph: Graph) -> None:
    coverage = graph.coverage(DIRECTIVE)
    assert {row["body"] for row in coverage if row["state"] == "implemented"} == {"thành phố Hà Nội"}
    assert len(graph.coverage([DIRECTIVE, "57-NQ/TW"]).to_pandas().directive.unique()) == 2
    assert len(graph.tasks(due_before=date(2023, 1, 1))) < len(graph.tasks())
    assert graph.tasks(document="12/NQ-CP").to_pandas().due.notna().any()
    assert graph.search("nghi quyet 57")[0]["label"] == "Nghị quyết 57-NQ/TW"
    assert len(graph.ask("who-acted", directive=DIRECTIVE))
    rows = graph.query("SELECT ?label WHERE { ?d a chidao:Document ; rdfs:label ?label } ORDER BY ?label LIMIT 3")
    assert (rows.columns, len(rows)) == (("label",), 3)
    assert graph.query("ASK { ?s ?p ?o }")[0] == {"answer": "true"}


def test_the_structures_below(graph: Graph) -> None:
    assert graph.network().number_of_nodes() > 20
    assert len(graph.dataset()) > 100
    assert repr(graph).startswith("Graph(")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda g: g.document("15-NQ/TU"), "2 documents are called"),
        (lambda g: g.document("99-KL/TW"), "99-KL/TW"),
        (lambda g: g.body("Sở Mây"), "Sở Mây"),
        (lambda g: g.ask("why"), "why"),
        (lambda g: g.query("SELECT"), "malformed"),
        (lambda g: g.query("SELECT * { SERVICE <http://127.0.0.1:9/> {} }"), "SERVICE is refused"),
        (lambda g: Graph("/nowhere/at/all"), "chidao build"),
    ],
)  # fmt: skip
def test_errors_say_what_to_do(graph: Graph, ask: object, said: str) -> None:
    with pytest.raises(ChidaoError, match=re.escape(said)):
        ask(graph)  # type: ignore[operator]


def test_values_are_escaped_and_long_tables_are_cut() -> None:
    table = Table(("a", "b"), tuple({"a": "<script>alert(1)</script>", "b": i} for i in range(SHOWN + 5)))
    html = table._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "5 more rows" in html
    assert repr(table) == f"<Table of {SHOWN + 5} rows: a, b>"


def test_days_that_are_missing_are_no_days() -> None:
    frame = Table(("date",), ({"date": "2025-01-02"}, {"date": None})).to_pandas()
    assert frame.date[0] == pandas.Timestamp("2025-01-02")
    assert pandas.isna(frame.date[1])


def test_without_pandas_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ChidaoError, match=r"pip install 'chidao\[notebook\]'"):
        Table(("a",), ({"a": 1},)).to_pandas()


@pytest.mark.slow
def test_the_session_in_the_docs_runs(
    root: Path, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "samples").mkdir()
    for path in samples.iterdir():
        (tmp_path / "samples" / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(
        r"^```python\n(.*?)^```", (root / "docs" / "notebook.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(blocks) == 3
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    printed = capsys.readouterr().out
    assert "2 Nghị quyết 12/NQ-CP 278" in printed
    assert "implemented" in printed
