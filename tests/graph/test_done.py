"""Tasks that somebody calls done: known again in the next graph, or listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.done import Done, journal_of, read_done, stamp
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.workspace import Workspace
from chidao.graph.write.build import build

HEAD = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
Số: 12/KH-UBND
Lào Cai, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
về bến thủy

Thực hiện quy hoạch, Ủy ban nhân dân tỉnh ban hành Kế hoạch.
"""
TASKS = """
1. Sở Nội vụ
- Rà soát toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026.
2. Sở Công Thương
- Kiểm tra hàng hóa tại bến trước ngày 15/8/2026.
"""
MOVED = """
1. Sở Công Thương
- Kiểm tra hàng hóa tại bến trước ngày 15/8/2026.
2. Sở Nội vụ
- Rà soát   toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026.
"""
CHANGED = TASKS.replace("toàn bộ bến thủy", "toàn bộ bến thủy, bến khách")


def read(folder: Path, text: str) -> list[TaskRow]:
    (folder / "ke-hoach.txt").write_text(HEAD + text, encoding="utf-8")
    build([folder / "ke-hoach.txt"], folder / "graph", jobs=1)
    return Graph.open(folder / "graph").tasks()


@pytest.mark.slow
def test_an_entry_holds_when_places_change_and_is_listed_when_the_sentence_does(tmp_path: Path) -> None:
    first = read(tmp_path, TASKS)[0]
    office = Workspace(tmp_path / "office")
    said = Done(document=first.document, text=first.text, lead=first.lead, day="2026-06-20")
    said = journal_of(office).add(said)
    moved = read(tmp_path, MOVED)
    book = read_done(office)
    assert [[entry.id for entry in book.of(task)] for task in moved] == [[said.id], []]
    assert book.without_task(moved) == []
    changed = read(tmp_path, CHANGED)
    assert not any(book.of(task) for task in changed)
    assert book.without_task(changed) == [(said, [])], "nothing is dropped in silence"
    given_to_others = read(tmp_path, TASKS.replace("1. Sở Nội vụ", "1. Sở Y tế"))
    assert [(entry, [task.lead for task in near]) for entry, near in book.without_task(given_to_others)] == [
        (said, [("Sở Y tế tỉnh Lào Cai",)])
    ]
    journal_of(office).undo(said.id, by="")
    assert not any(read_done(office).of(task) for task in moved)


def test_the_stamp_changes_with_the_journal(tmp_path: Path) -> None:
    office = Workspace(tmp_path / "office")
    before = stamp(office)
    journal_of(office).add(Done(document="urn:d", text="việc", day="2026-06-20"))
    assert stamp(office) != before == stamp(None)


def test_a_journal_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    office = Workspace(tmp_path / "office")
    office.done.parent.mkdir()
    office.done.write_text('{"document": 3}\n', "utf-8")
    with pytest.raises(ChidaoError, match="line 1 cannot be read"):
        read_done(office)
    assert not read_done(None).entries
