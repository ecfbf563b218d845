"""The lines of what differs between two generations, of a directive, of a body."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from chidao.graph import seal
from chidao.graph.answers.changed import Changed, changed, concerning, kept_states, part_of_kept
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.lookup import NamingError
from chidao.graph.select import node, rows
from chidao.graph.store import Folder, generation_before
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.changed import KINDS, Chosen, KeptChanges, Told
from chidao.graph.tables.kept import keep_tables
from chidao.graph.write.build import build

PLAN = "05-ke-hoach-huyen-uy-dong-anh.txt"
FIRST = ("01-nghi-quyet-15-nq-tw.txt", "03-chuong-trinh-16-ctr-tu.txt")
ENDS = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI

Số: 7/2025/QĐ-UBND

Lào Cai, ngày 10 tháng 3 năm 2025

QUYẾT ĐỊNH
Bãi bỏ Quyết định số 3/2021/QĐ-UBND

Điều 1. Bãi bỏ Quyết định số 3/2021/QĐ-UBND ngày 05 tháng 02 năm 2021 của Ủy ban nhân dân tỉnh Lào Cai.
Điều 2. Quyết định này có hiệu lực từ ngày 20 tháng 3 năm 2025.
"""


@pytest.fixture(scope="module")
def graph(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of two files at first, then of two more."""
    folder = tmp_path_factory.mktemp("changed")
    build([samples / name for name in FIRST], folder / "graph", jobs=1)
    (folder / "ends.txt").write_text(ENDS, encoding="utf-8")
    build([*(samples / name for name in (*FIRST, PLAN)), folder / "ends.txt"], folder / "graph", jobs=1)
    return folder / "graph"


def lines(graph: Path, directive: str | None = None, body: str | None = None) -> list[Changed]:
    found = Graph.open(graph).changes(directive, body=body)
    assert found is not None
    return found


def test_what_files_add_by_kind(graph: Path) -> None:
    found = lines(graph)
    assert {line.kind for line in found} == set(KINDS)
    assert [line.kind for line in found] == sorted((line.kind for line in found), key=KINDS.index)
    read = {line.label for line in found if line.kind == "document" and line.read}
    assert read == {"Kế hoạch 45-KH/HU", "Quyết định 7/2025/QĐ-UBND"}
    states = {(line.label, line.state) for line in found if line.kind == "state" and line.new}
    assert states == {("Quyết định 3/2021/QĐ-UBND", "expired"), ("Quyết định 7/2025/QĐ-UBND", "in-force")}
    assert len({line.identity for line in found}) == len(found)


def test_a_document_whose_file_has_come_is_not_said_to_be_named_no_more(graph: Path) -> None:
    assert [line for line in lines(graph) if line.kind == "document" and not line.new] == []


def test_the_other_way_round(graph: Path) -> None:
    current = Graph.open(graph)
    before = generation_before(current.generation)
    assert before is not None
    older = Graph(before).store
    there, back = changed(older, current.store), changed(current.store, older)
    assert {line.identity for line in there if line.new} == {
        line.identity.replace(" - ", " + ", 1) for line in back if not line.new
    }


def test_a_directive_has_what_carries_out_what_carries_it_out(graph: Path) -> None:
    found = lines(graph, "15-NQ/TW")
    assert {line.label for line in found} == {"Kế hoạch 45-KH/HU"}
    assert {"document", "relation", "task"} == {line.kind for line in found}


def test_a_body_has_what_it_issues_and_what_it_is_to_do(graph: Path) -> None:
    own = {line.label for line in lines(graph, body="Ủy ban nhân dân tỉnh Lào Cai")}
    assert own == {"Quyết định 7/2025/QĐ-UBND", "Quyết định 3/2021/QĐ-UBND"}
    leads = next(line for line in lines(graph) if line.kind == "task" and line.bodies)
    assert leads in lines(graph, body=leads.bodies[0])


def test_a_name_that_means_nothing(graph: Path) -> None:
    with pytest.raises(NamingError):
        Graph.open(graph).changes("99-NQ/TW")


@pytest.mark.slow
def test_without_a_generation_before(graph: Path, tmp_path: Path, samples: Path) -> None:
    build([samples / FIRST[0]], tmp_path / "first", jobs=1)
    first = Graph.open(tmp_path / "first")
    assert (generation_before(first.generation), first.changes(), first.changes("15-NQ/TW")) == (None, None, None)
    copy = Folder(shutil.copytree(graph, tmp_path / "copy"))
    older = generation_before(copy.current())
    assert older is not None
    shutil.rmtree(older)
    assert Graph.open(copy.path).changes() is None


PUT_OFF = ENDS.replace("20 tháng 3 năm 2025", "20 tháng 9 năm 2026")
IN_PART = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI

Số: 9/2025/QĐ-UBND

Lào Cai, ngày 12 tháng 5 năm 2025

QUYẾT ĐỊNH
Sửa đổi Quyết định số 7/2025/QĐ-UBND

Điều 1. Bãi bỏ Điều 2 Quyết định số 7/2025/QĐ-UBND ngày 10 tháng 3 năm 2025 của Ủy ban nhân dân tỉnh Lào Cai.
Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 6 năm 2025.
"""
BUILDS = {
    "a file more": ({"a.txt": ENDS}, {"a.txt": ENDS, "b.txt": IN_PART}),
    "a file less": ({"a.txt": ENDS, "b.txt": IN_PART}, {"a.txt": ENDS}),
    "another day": ({"a.txt": ENDS, "b.txt": IN_PART}, {"a.txt": PUT_OFF, "b.txt": IN_PART}),
    "all others": ({"a.txt": ENDS}, {"b.txt": IN_PART}),
}
DAYS = ("2024-01-01", "2025-03-19", "2025-03-20", "2025-05-31", "2025-06-01", "2026-09-19", "2026-09-20", "2030-01-01")


@pytest.fixture(params=BUILDS)
def two(request: pytest.FixtureRequest, samples: Path, tmp_path: Path) -> Path:
    """A graph of some files that was built again when they were others."""
    for files in BUILDS[request.param]:
        for path in (tmp_path / "files").glob("*"):
            path.unlink()
        (tmp_path / "files").mkdir(exist_ok=True)
        for name, text in files.items():
            (tmp_path / "files" / name).write_text(text, encoding="utf-8")
        for name in (FIRST, (*FIRST, PLAN))["b.txt" in files]:
            shutil.copy(samples / name, tmp_path / "files")
        build([tmp_path / "files"], tmp_path / "graph", jobs=1)
    return tmp_path / "graph"


def generations(graph: Path) -> tuple[Graph, Graph]:
    after = Graph.open(graph)
    older = generation_before(after.generation)
    assert older is not None
    return Graph(older), after


def kept_of(graph: Path) -> KeptChanges:
    before, after = generations(graph)
    kept = KeptChanges.since(after.store, seal.mark(before.generation))
    assert kept is not None
    return kept


@pytest.mark.slow
def test_what_is_kept_is_what_differs(two: Path) -> None:
    before, after = generations(two)
    kept = kept_of(two)
    for on in map(date.fromisoformat, DAYS):
        expected = changed(before.store, after.store, on)
        found = part_of_kept(kept, Chosen(), kept_states(kept, after.store, on))
        assert sorted(map(repr, found.lines)) == sorted(map(repr, expected))
        assert [line.kind for line in found.lines] == [line.kind for line in expected]
        assert found.total == len(expected)


@pytest.mark.slow
def test_of_a_directive_and_of_a_body_it_is_what_differs(two: Path) -> None:
    before, after = generations(two)
    every = changed(before.store, after.store)
    stores = (before.store, after.store)
    for iri in {line.iri for line in every} | {line.other for line in every if line.other}:
        if next(rows(after.store, "internal/document", document=node(iri)), None):
            expected = concerning(every, stores, directive=iri)
            assert sorted(map(repr, after.changes(iri) or ())) == sorted(map(repr, expected))
    bodies = {row["body"] for row in rows(after.store, "internal/table-bodies")}
    assert bodies
    for body in bodies:
        assert sorted(map(repr, after.changes(body=body) or ())) == sorted(
            map(repr, concerning(every, stores, body=body))
        )


@pytest.mark.slow
def test_parts_follow_each_other(two: Path) -> None:
    after = Graph.open(two)
    every = after.changes() or []
    for kind in (None, *KINDS):
        for new in (None, True, False):
            chosen = [line for line in every if kind in (None, line.kind) and new in (None, line.new)]
            shown: list[Changed] = []
            for offset in range(0, len(chosen) + 3, 3):
                part = after.changed_part(kind=kind, new=new, limit=3, offset=offset)
                assert part is not None and part.total == len(chosen)
                assert sum(part.counts.values()) == len(every)
                shown += part.lines
            assert shown == chosen


def test_a_part_reads_the_lines_that_it_shows(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Told] = []
    found = KeptChanges.lines

    def lines(self: KeptChanges, chosen: Chosen, limit: int | None = None, offset: int = 0) -> list[Told]:
        told = found(self, chosen, limit, offset)
        read.extend(line for line in told if line.kind != "state")
        return told

    monkeypatch.setattr(KeptChanges, "lines", lines)
    part = Graph.open(graph).changed_part(limit=3, offset=4)
    assert part is not None and part.total > 10
    assert len(read) == 3


def test_the_generation_before_is_not_opened(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current = Graph.open(graph)
    assert current.store
    monkeypatch.setattr(Tabled, "open", lambda *_: pytest.fail("opened"))
    assert current.changed_part("15-NQ/TW", limit=3)
    assert current.changed_part(body="Ủy ban nhân dân tỉnh Lào Cai", limit=3)
    assert current.changed_part(limit=3)


def test_what_is_kept_since_another_generation_is_not_told(graph: Path) -> None:
    assert KeptChanges.since(Graph.open(graph).store, "0" * 16) is None


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("state", "{}"), ("state", '{"label": "x"}'), ("state", '{"iri": "https://x/1"}'), ("state", '{"iri": 7, "label": "x"}'),
        ("state", '{"iri": [], "label": "x"}'), ("state", "[]"), ("state", "x"), ("relation", "{}"), ("document", '{"iri": 7}'),
    ],
)  # fmt: skip
def test_forged_lines_are_no_answer(graph: Path, tmp_path: Path, kind: str, told: str) -> None:
    """Then the generations themselves are compared."""
    copy = Folder(shutil.copytree(graph, tmp_path / "copy"))
    path = copy.tables / f"{copy.current().name}.sqlite"
    with closing(sqlite3.connect(path)) as tables:
        assert tables.execute("UPDATE changed SET told = ? WHERE kind = ?", (told, kind)).rowcount
        tables.commit()
    keep_tables(path, seal.mark(copy.current()))  # as somebody who forges them would
    assert sorted(map(repr, lines(copy.path))) == sorted(map(repr, lines(graph)))
    assert sorted(map(repr, lines(copy.path, "15-NQ/TW"))) == sorted(map(repr, lines(graph, "15-NQ/TW")))
