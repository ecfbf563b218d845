"""All tasks of a graph on a day: what the tables count is what is told of a list of all tasks."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from chidao.graph import seal
from chidao.graph.answers.done import Done, DoneBook, key
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.task_days import SOON, AllTasks
from chidao.graph.answers.task_sources import sources
from chidao.graph.answers.task_states import (
    STATES,
    TaskOnDay,
    agenda,
    by_month_day,
    by_party,
    by_state,
    on_day,
    standings,
    totals,
)
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.store import GraphError
from chidao.graph.tables.kept import keep_tables
from chidao.graph.write.build import build

PLAN = """ỦY BAN NHÂN DÂN TỈNH {place}
Số: {number}/KH-UBND
{name}, ngày 05 tháng {month} năm 2026

KẾ HOẠCH
phát triển bến thủy

1. Sở Nội vụ
- Rà soát toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026.
- Phối hợp với Sở Công Thương kiểm tra hàng hóa tại bến trước ngày 15/8/2026.
- Báo cáo kết quả trước ngày 25 hằng tháng.
- Họp giao ban hằng tuần.
2. Sở Y tế
- Tổng hợp nhu cầu thuốc, hoàn thành trước ngày 25/7/2026.
- Báo cáo kết quả trước ngày 25 hằng tháng.
3. UBND các xã, phường
- Tuyên truyền nội dung Kế hoạch đến người dân.
"""
PLACES = (("LÀO CAI", "Lào Cai", 3), ("SƠN LA", "Sơn La", 6), ("CAO BẰNG", "Cao Bằng", 9))
DAYS = (date(2026, 2, 1), date(2026, 6, 24), date(2026, 8, 15), date(2027, 1, 1))


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("task-days")
    for number, (place, name, month) in enumerate(PLACES):
        text = PLAN.format(place=place, name=name, month=month, number=number + 12)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    build(sorted(folder.glob("*.txt")), folder / "graph", jobs=1)
    return Graph.open(folder / "graph")


def said(task: TaskRow, **more: object) -> Done:
    return Done(document=task.document, text=task.text, lead=task.lead, **more)  # type: ignore[arg-type]


def book_of(tasks: list[TaskRow]) -> DoneBook:
    """Of every third task that it is done: what recurs for its next day. And of one that nobody knows, as of a document that is none."""
    found = {}
    for at, task in enumerate(tasks[::3]):
        due = on_day(task, DAYS[1]).next if task.due is None else None
        found[key(task.document, task.text, task.lead)] = [said(task, day=f"2026-06-{at % 28 + 1:02}", due=due or "")]
    found["none such", "x", ()] = [Done(document="none such", text="x", day="2026-01-01")]
    return DoneBook(found, frozenset(document for document, _, _ in found))


def agree(graph: Graph, day: date, book: DoneBook) -> None:
    items = agenda(graph.tasks(), day, book)
    found = graph.all_tasks(day, book)
    assert found is not None
    assert found.totals() == totals(items) and found.standings() == standings(items)
    for state, members in by_state(items).items():
        assert found.of_state(state, len(items) + 1) == members
        for offset in range(0, len(members) + 1, max(1, len(members) // 5)):
            assert found.of_state(state, 3, offset) == members[offset : offset + 3]
        of = [item for item in items if item.state == state]
        _parties_agree(found, of, state)
        _directives_agree(graph, found, of, state)
    _parties_agree(found, items, None)
    _directives_agree(graph, found, items, None)
    dues = sorted(item.next for item in items if item.next)
    for month, chosen in product(sorted({day, *map(date.fromisoformat, dues[:: len(dues) // 3 + 1])}), (None, *STATES)):
        wanted = by_month_day([item for item in items if chosen in (None, item.state)], month.year, month.month)
        told = found.month(month.year, month.month, chosen)
        assert {iso: found.part(lines, len(items)) for iso, lines in told.items()} == wanted
        assert {iso: sum(map(len, lines)) for iso, lines in told.items()} == {
            iso: len(of) for iso, of in wanted.items()
        }


def _parties_agree(found: AllTasks, items: list[TaskOnDay], state: str | None) -> None:
    parties = found.parties(state)
    leads = {party.iri or party.name: Counter(item.state for item in party.tasks) for party in by_party(items)}
    supports = {party.iri or party.name: len(party.tasks) for party in by_party(items, "support")}
    assert {party.iri or party.name: +party.counts for party in parties if party.counts.total()} == leads
    assert {party.iri or party.name: party.supported for party in parties if party.supported} == supports


def _directives_agree(graph: Graph, found: AllTasks, items: list[TaskOnDay], state: str | None) -> None:
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    above = sources(graph.store, (item.task for item in items))
    for item in items:
        for directive in above.of(item.task):
            wanted[directive.iri][item.state] += 1
    every, number = found.directives(state)
    assert {one.iri: +one.counts for one in every} == wanted and number == len(wanted)
    order = [(-sum(one.counts[name] for name in SOON), -one.counts.total(), one.label, one.date or "") for one in every]
    assert order == sorted(order)
    parts = [found.directives(state, limit=2, offset=offset)[0] for offset in range(0, number, 2)]
    assert [one for part in parts for one in part] == every


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("done", [False, True], ids=["nothing done", "some done"])
def test_tables_count_what_is_told_of_all_tasks(graph: Graph, day: date, done: bool) -> None:
    assert {"week", "overdue"} & set(by_state(agenda(graph.tasks(), day))) and len(graph.tasks()) > 15
    agree(graph, day, book_of(graph.tasks()) if done else DoneBook())


FORGED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "nothing in it": lambda told: {},
    "a list": lambda told: [told],
    "a count too many": lambda told: told | {"count": [*told["count"], 1]},
    "a day that is none": lambda told: told | {"day": [len(told["days"]), *told["day"][1:]]},
    "another document": lambda told: told | {"directives": [1, *told["directives"][1:]]},
    "a number that is too large": lambda told: told | {"directives": [1 << 63, *told["directives"][1:]]},
    "pairs beyond the end": lambda told: (
        told | {"pairs": [sum(told["pairs"]) + 1, -1, *(0 for _ in told["pairs"][2:])]}
    ),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_forged_counts_of_directives_are_found_anew(
    graph: Graph, tmp_path: Path, forge: Callable[[dict[str, Any]], Any]
) -> None:
    folder = Path(shutil.copytree(graph.generation.parent.parent, tmp_path / "graph"))
    path = folder / "tables" / f"{graph.generation.name}.sqlite"
    with closing(sqlite3.connect(path)) as tables:
        where = "WHERE question = 'directive-days'"
        (row,) = tables.execute(f"SELECT row FROM answered {where}").fetchone()
        tables.execute(f"UPDATE answered SET row = ? {where}", (json.dumps(forge(json.loads(row))),))
        tables.commit()
    keep_tables(path, seal.mark(graph.generation))  # as somebody who forges them would
    sound, forged = graph.all_tasks(DAYS[1]), Graph.open(folder).all_tasks(DAYS[1])
    assert sound and forged and sound.directives()[1] > 1
    for state in (None, *STATES):
        assert forged.directives(state) == sound.directives(state)


def test_tables_that_can_be_read_no_more_are_not_no_directives(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    found = graph.all_tasks(DAYS[1])
    assert found and found.directives()[1]
    monkeypatch.setattr(type(graph.store), "reading", lambda store, read: None)
    with pytest.raises(GraphError, match="cannot be read"):
        found.directives()


@pytest.mark.slow
def test_on_the_samples(sample_graph: Path) -> None:
    graph = Graph.open(sample_graph)
    days = sorted(date.fromisoformat(task.due) for task in graph.tasks() if task.due)
    for day in (days[0], days[len(days) // 2], days[-1] + timedelta(1)):
        agree(graph, day, DoneBook())
        agree(graph, day, book_of(graph.tasks()))
