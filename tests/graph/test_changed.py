"""The lines of what differs between two generations, of a directive, of a body."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chidao.graph.answers.changed import KINDS, Changed, changed
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.lookup import NamingError
from chidao.graph.store import Folder, generation_before
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
