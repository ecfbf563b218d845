"""Corrections by hand survive rebuilds, are undone without a trace, and a file of them that somebody forged is an error line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Correction
from chidao.graph.answers.ask import ask
from chidao.graph.answers.correcting import Correcting
from chidao.graph.answers.graph import Graph
from chidao.graph.corrections import check, checksum, journal, read_corrections
from chidao.graph.store import all_quads, read_store
from chidao.graph.validate import validate
from chidao.graph.workspace import Workspace, workspace_of
from chidao.graph.write.build import build
from chidao.tests.torture import corrections

PROGRAMME = "16-CTr/TU"
SHA = "0" * 64
FORGED: dict[str, dict[str, Any]] = {
    "no such kind": {"kind": "run", "document": "x"},
    "no day": {"kind": "field", "document": "x", "field": "date", "new": "2026-02-30"},
    "no day: '0025": {"kind": "field", "document": "x", "field": "date", "new": "0025-03-02"},
    "needs two documents": {"kind": "relation", "document": "x", "other": "x", "field": "implements", "why": "z"},
    "no number": {"kind": "field", "document": "x", "field": "number", "new": "<script>"},
    "no symbol": {"kind": "field", "document": "x", "field": "symbol", "new": "a b"},
    "no such field": {"kind": "field", "document": "x", "field": "__class__", "new": "y"},
    "names no document": {"kind": "field", "field": "title", "new": "y"},
    "no such fact": {"kind": "reject", "fact": "source", "told": "x", "quote": "y", "file": SHA},
    "which fact": {"kind": "reject", "fact": "relation", "told": "x"},
    "its file or row": {"kind": "apart", "document": "x", "file": "../../etc/passwd"},
    "its name or its moment": {"kind": "name", "body": "x", "new": "y", "id": "../../x"},
    "its moment cannot": {"kind": "name", "body": "x", "new": "y", "at": "2026"},
    "no text": {"kind": "name", "body": "x", "new": "\ud800"},
    "too long": {"kind": "name", "body": "x", "new": "y" * 20_000},
    "no such relation": {"kind": "relation", "document": "x", "other": "y", "field": "owns", "why": "z"},
    "a note": {"kind": "relation", "document": "x", "other": "y", "field": "implements"},
    "which two documents": {"kind": "same", "document": "x", "other": "x"},
    "which file means another": {"kind": "apart", "document": "x"},
    "somebody who leads": {"kind": "task", "field": "lead", "new": " ; ", "told": "x", "quote": "y", "file": SHA},
    "no deadline": {"kind": "task", "field": "deadline", "new": "soon", "told": "x", "quote": "y", "file": SHA},
    "which task": {"kind": "task", "field": "deadline", "new": "2026"},
    "which body": {"kind": "name", "new": "y"},
}


@pytest.mark.parametrize("told", FORGED)
def test_what_cannot_be_done_is_said(told: str) -> None:
    with pytest.raises(ChidaoError, match=told):
        check(Correction(**FORGED[told]))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '["kind"]',
        '{"kind": 1}',
        '{"document": "x"}',
        '{"kind": "name", "body": "x", "new": "y"}',
        json.dumps(FORGED["no day"] | {"id": "a"}),
    ],
)
def test_a_forged_line_is_one_line(tmp_path: Path, line: str) -> None:
    workspace = Workspace(tmp_path)
    workspace.corrections.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ChidaoError) as error:
        read_corrections(workspace)
    assert "\n" not in str(error.value) and error.value.path == str(workspace.corrections)


def test_what_was_undone_leaves_no_trace_in_the_checksum(tmp_path: Path) -> None:
    kept = journal(Workspace(tmp_path))
    assert checksum(kept.read()) == ""
    first = kept.add(Correction(kind="name", body="x", new="y", by="a"))
    before = checksum(kept.read())
    second = kept.add(replace(first, id="", new="z"))
    assert checksum(kept.read()) != before
    kept.undo(second.id, by="a")
    assert checksum(kept.read()) == before


def quads(graph: Path) -> set[str]:
    return {str(quad) for quad in all_quads(read_store(graph))}


def say(graph: Path, *made: Correction, by: str = "Lan") -> list[Correction]:
    kept = journal(workspace_of(graph))
    return [kept.add(replace(one, by=by)) for one in made]


@pytest.mark.slow
class TestInBuilds:
    @pytest.fixture
    def graph(self, samples: Path, tmp_path: Path) -> Path:
        build([samples], tmp_path / "graph", jobs=1)
        return tmp_path / "graph"

    def test_all_kinds_and_their_undoing(self, graph: Path, samples: Path) -> None:
        before, opened = quads(graph), Graph.open(graph)
        correcting, details = Correcting(opened), opened.show_document(PROGRAMME)
        programme, directive = details.iri, opened.document("15-NQ/TW").iri
        relation = next(r for r in details.relations if r.role == "subject" and r.predicate == "implements")
        act = next(a for a in opened.show_document("15-NQ/TW").actions if a.actor)
        task = opened.tasks()[0]
        made = say(
            graph,
            *correcting.field(programme, "date", "2022-08-30"),
            *correcting.field(directive, "title", "Về phát triển Thủ đô"),
            *correcting.no_relation(programme, "subject", "implements", directive, relation.evidence),
            *correcting.no_action(directive, act.action, act.actor, act.evidence),
            *correcting.task(task.document, task.text, task.place, "lead", "Sở Y tế; Các xã"),
            *correcting.task(task.document, task.text, task.place, "deadline", "2022-12-01"),
            *correcting.name(opened.body("Sở Nội vụ thành phố Hà Nội"), "Sở Nội vụ Hà Nội"),
            *correcting.relation(opened.document("08-QĐ/TU").iri, "implements", directive, "theo tờ trình"),
        )
        summary = build([], graph, jobs=1)
        assert (summary.read, summary.corrected, summary.to_review) == (0, len(made), 0)
        now = Graph.open(graph)
        assert now.document(PROGRAMME).date == "2022-08-30"
        assert now.document("15-NQ/TW").title == "Về phát triển Thủ đô"
        assert not any(
            r.evidence == relation.evidence and r.other == directive for r in now.show_document(PROGRAMME).relations
        )
        changed = next(t for t in now.tasks() if t.iri == task.iri)
        assert (changed.lead, changed.due) == (("Các xã", "Sở Y tế thành phố Hà Nội"), "2022-12-01")
        assert now.show_body("Sở Nội vụ Hà Nội").name == "Sở Nội vụ Hà Nội"
        by_hand = [r for r in now.show_document("08-QĐ/TU").relations if r.evidence.source == "corrections.jsonl"]
        assert [(r.predicate, r.other, r.evidence.sentence) for r in by_hand] == [
            ("implements", directive, "theo tờ trình")
        ]
        assert validate(graph)[1] == []
        rows = ask(now.store, "corrections", {}).rows
        assert len(rows) == len(made) and {row["state"] for row in rows} == {"applied"}
        assert build([samples], graph, jobs=1).unchanged
        for one in made:
            journal(workspace_of(graph)).undo(one.id, by="Lan")
        build([], graph, jobs=1)
        assert quads(graph) == before

    def test_built_step_by_step_is_as_built_at_once(self, graph: Path, samples: Path, tmp_path: Path) -> None:
        correcting = Correcting(Graph.open(graph))
        iri = Graph.open(graph).document(PROGRAMME).iri
        say(graph, *correcting.field(iri, "date", "2023-01-05"))
        build([], graph, jobs=1)
        moved = Graph.open(graph).document(PROGRAMME, year=2023).iri
        assert moved != iri
        say(graph, *Correcting(Graph.open(graph)).field(moved, "number", "26-CTr/TU"))
        build([], graph, jobs=1)
        build([samples], tmp_path / "fresh", jobs=1, workspace=workspace_of(graph))
        assert quads(graph) == quads(tmp_path / "fresh")

    def test_a_body_with_the_name_of_another_one_is_that_one(self, graph: Path, samples: Path, tmp_path: Path) -> None:
        before, opened = quads(graph), Graph.open(graph)
        iri, other = (opened.body(name) for name in ("Sở Nội vụ thành phố Hà Nội", "Thành ủy Hà Nội"))
        theirs = {task.text for body in (iri, other) for task in opened.tasks(body=body)}
        issued = {document.document for body in (iri, other) for document in opened.show_body(body).documents}
        assert len(opened.tasks(body=iri)) > 0 and len(opened.tasks(body=other)) < len(theirs)
        (one,) = say(graph, *Correcting(opened).name(iri, opened.show_body(other).name.lower()))
        assert (one.kind, one.body, one.other) == ("same", "ha-noi/so-noi-vu", "ha-noi/cap-uy")
        assert (summary := build([], graph, jobs=1)).corrected == 1 and summary.read == 0
        now = Graph.open(graph)
        assert {task.text for task in now.tasks(body=other)} == theirs
        assert {document.document for document in now.show_body(other).documents} == issued
        assert not any(iri in quad and "sameAs" not in quad for quad in quads(graph))
        assert validate(graph)[1] == []
        build([samples], tmp_path / "fresh", jobs=1, workspace=workspace_of(graph))
        assert quads(graph) == quads(tmp_path / "fresh")
        journal(workspace_of(graph)).undo(one.id, by="Lan")
        build([], graph, jobs=1)
        assert quads(graph) == before

    def test_what_an_earlier_version_kept_is_for_review(self, graph: Path) -> None:
        kept = [FORGED["no day: '0025"] | {"id": "a"}, FORGED["needs two documents"] | {"id": "b"}]
        workspace_of(graph).path.mkdir()
        lines = "".join(json.dumps(one) + "\n" for one in kept)
        workspace_of(graph).corrections.write_text(lines, encoding="utf-8")
        assert (summary := build([], graph, jobs=1)).to_review == 2 and summary.corrected == 0
        found = {row["because"] for row in ask(Graph.open(graph).store, "corrections", {}).rows}
        assert found == {"no-such-day", "not-two"} and validate(graph)[1] == []

    def test_a_forged_file_ends_a_build_and_leaves_the_graph(self, graph: Path) -> None:
        before = quads(graph)
        workspace_of(graph).path.mkdir()
        workspace_of(graph).corrections.write_text('{"kind": "run"}\n', encoding="utf-8")
        with pytest.raises(ChidaoError, match="corrections"):
            build([], graph, jobs=1)
        assert quads(graph) == before


@pytest.mark.slow
def test_a_short_history_loses_nothing() -> None:
    """`make torture` makes a thousand corrections."""
    assert corrections.attack(7, 30).endswith("none lost")
