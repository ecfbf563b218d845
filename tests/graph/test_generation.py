"""A generation that begins with the one before holds what one from nothing would: over histories of files, and with damage between."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from chidao.extract.facts import extract_text
from chidao.extract.iris import BASE
from chidao.extract.model import Facts, Source
from chidao.graph import seal
from chidao.graph.index.entries import Entry, entries
from chidao.graph.select import tuples
from chidao.graph.store import open_generation
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.differing import keep_changed
from chidao.graph.tables.kept import keep_tables, open_tables
from chidao.graph.tables.written import TableWriter
from chidao.graph.write import meaning
from chidao.graph.write.generation import Before, Written, write_store
from chidao.graph.write.manifest import Entry as File
from chidao.graph.write.manifest import Manifest, read_noted

build = import_module("chidao.graph.write.build").build

TYPES = (
    "Thực hiện Kế hoạch số {}/KH-UBND của Ủy ban nhân dân thành phố, Ủy ban nhân dân thành phố ban hành kế hoạch sau:",
    "Thực hiện Nghị quyết số {}-NQ/TU của Thành ủy Hà Nội, Ủy ban nhân dân thành phố ban hành kế hoạch sau:",
    "Căn cứ Chỉ thị số {}/CT-TTg ngày 0{}/3/2024 của Thủ tướng Chính phủ;",
)
"""Undated ones lean on what other files say of them, so a change of one file changes what others mean; the first plans carry out others
and are carried out, so a change of one changes what is below what it carries out."""
TASKS = (
    "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát các quy định; hoàn thành trước ngày 0{}/6/2024.",
    "Giao Sở Xây dựng chủ trì xây dựng đề án; báo cáo kết quả hằng quý.",
    "Giao Sở Nội vụ chủ trì tổ chức {} lớp bồi dưỡng.",
)
FILES = st.dictionaries(
    st.integers(0, 11), st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=3), min_size=1
)


@cache
def _facts(text: str, name: str) -> Facts:
    return extract_text(Source(name, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text))


def facts(number: int, cited: list[tuple[int, int]]) -> Facts:
    """What a small plan says that cites these."""
    lines = "\n".join(TYPES[kind].format(n, n) for kind, n in cited)
    lines += "".join(f"\n{at}. {TASKS[kind].format(n)}" for at, (kind, n) in enumerate(cited, 1))
    text = f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố: {number + 1}/KH-UBND\nHà Nội, ngày 05 tháng 4 năm 2024\nKẾ HOẠCH\nVề việc số {number}\n{lines}\n"
    return _facts(text, f"{number}.txt")


def held(path: Path) -> set[str]:
    return {str(quad) for quad in open_generation(path)}


def rows(path: Path) -> set[tuple[str, tuple[object, ...]]]:
    """All that the tables of a generation hold."""
    with closing(sqlite3.connect(path.with_suffix(".sqlite"))) as tables:
        names = [name for (name,) in tables.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {(name, row) for name in names for row in tables.execute(f"SELECT * FROM {name}")}


def publish(path: Path, files: dict[int, list[tuple[int, int]]], before: Before | None) -> tuple[Before, bool]:
    """Write and seal a generation with its tables; whether it began with the one before. Beside it lie the entries of an index, those of the
    generation before where they are gone on from, and what is kept of what is said otherwise than there."""
    tables = path.with_suffix(".sqlite")
    place = path.with_suffix(".meaning")
    meant = (
        meaning.open_kept(before.path.with_suffix(".meaning"), before.made.meaning, place)
        if before
        else meaning.new(place)
    )
    assert meant
    said = {str(number): [facts(number, files[number])] for number in sorted(files)}
    known = dict(meant.stamps())
    for name in known.keys() - said.keys():
        meant.drop(name)
    for name, found in said.items():
        if known.get(name) != found[0].source.sha256:
            meant.put(name, found[0].source.sha256, name.encode(), found)
    meant.settle((), said.__getitem__)
    made = Manifest(BASE, tuple(File(name, found[0].source.sha256, None) for name, found in said.items()))
    written = write_store(meant, said.__getitem__, made, path, before, lambda step, done, total: None, tables)
    made = replace(written.made, meaning=meaning.close(meant, place))
    seal.seal(path, written.held, made.plain(), (before.path, before.sealed) if before else None)
    _keep_beside(path, before, written)
    return Before(path, seal.check(path), made, tables), made.worn > 0


def _keep_beside(path: Path, before: Before | None, written: Written) -> None:
    keep_tables(path.with_suffix(".sqlite"), "mark")
    if before and before.tables and written.touched:
        every, some = (
            Path(shutil.copy(path.with_suffix(".sqlite"), path.with_suffix(end))) for end in (".every", ".some")
        )
        keep_changed(every, before.tables, "mark")
        keep_changed(some, before.tables, "mark", written.touched)
    store = Tabled(open_generation(path), open_tables(path.with_suffix(".sqlite"), "mark"))
    former = before.path.with_suffix(".entries") if before else None
    touched = written.touched.things if written.touched else None
    known = msgspec.msgpack.decode(former.read_bytes(), type=list[Entry]) if former and touched is not None else []
    files = {iri: (name,) for name, _, iri in tuples(store, "internal/index-files", ("path", "sha256", "document"))}
    path.with_suffix(".entries").write_bytes(
        msgspec.msgpack.encode(entries(store, files, known, touched if known else None))
    )


def kept_beside(path: Path) -> list[object]:
    """The entries that lie beside a generation, in their order."""
    return list(msgspec.msgpack.decode(path.with_suffix(".entries").read_bytes(), type=list[Entry]))


def lines(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as tables:
        return tables.execute("SELECT * FROM changed ORDER BY place").fetchall()


@pytest.mark.slow
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(first=FILES, changes=st.lists(st.tuples(st.integers(0, 11), st.none() | st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=3)), max_size=5))  # fmt: skip
def test_over_any_history(tmp_path_factory: pytest.TempPathFactory, first: dict[int, list[tuple[int, int]]], changes: list[tuple[int, list[tuple[int, int]] | None]]) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("history")
    files = {100 + n: [(1, 1)] for n in range(20)} | first
    before, _ = publish(folder / "0", files, None)
    for step, (number, cited) in enumerate(changes, 1):
        if cited is None:
            files.pop(number, None)
        else:
            files[number] = cited
        before, _ = publish(folder / f"{step}", files, before)
        publish(folder / "fresh", files, None)
        assert held(before.path) == held(folder / "fresh")
        assert rows(before.path) == rows(folder / "fresh")
        assert kept_beside(before.path) == kept_beside(folder / "fresh")
        if (every := before.path.with_suffix(".every")).exists():
            assert lines(every) == lines(before.path.with_suffix(".some"))
        assert before.sealed.quads == len(held(folder / "fresh"))
        assert {"reach", "counted", "tasks_due"} <= {table for table, _ in rows(before.path)}
        assert not list(seal.damage(before.path))
        shutil.rmtree(folder / "fresh")
    shutil.rmtree(folder)


def test_a_small_change_shares_the_store_and_many_write_it_anew(tmp_path: Path) -> None:
    files = {n: [(1, 1)] for n in range(12)}
    before, _ = publish(tmp_path / "0", files, None)
    shared = []
    for step in range(1, 6):
        files[0] = [(0, step)]
        after, began = publish(tmp_path / f"{step}", files, before)
        links = sum(path.samefile(before.path / path.name) for path in after.path.glob("*.sst") if (before.path / path.name).exists())  # fmt: skip
        assert began is (links > 0)
        shared.append(began)
        before = after
    assert shared == [True, True, True, False, True]


def test_a_change_reads_what_is_about_it_and_not_all_that_the_run_has_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a change costs does not grow with the files: of the run the tables say nothing."""
    looked: list[set[str]] = []
    change = TableWriter.change

    def watched(self: TableWriter, old: Store, new: Store, about: Iterable[str]) -> None:
        looked.append(set(about))
        change(self, old, new, looked[-1])

    monkeypatch.setattr(TableWriter, "change", watched)
    for many in (12, 24):
        files = {n: [(1, 1)] for n in range(many)}
        before, _ = publish(tmp_path / f"{many}", files, None)
        publish(tmp_path / f"{many} changed", {**files, 0: [(0, 2)]}, before)
    few, more = looked
    assert len(few) == len(more) > 5 and not any("/run/" in about for about in (*few, *more))


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_text(f"QUYẾT ĐỊNH\n\nCăn cứ Nghị định số {number}/2023/NĐ-CP;\n", "utf-8")
    return folder


@pytest.mark.slow
def test_a_build_begins_with_the_generation_before(docs: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    build([docs], graph, jobs=1)
    (docs / "0.txt").write_text("QUYẾT ĐỊNH\n\nCăn cứ Nghị định số 77/2023/NĐ-CP;\n", "utf-8")
    summary = build([docs], graph, jobs=1)
    second = graph / "generations" / "0002"
    assert read_noted(second).worn == 1 and 0 < summary.quads < seal.check(second).quads
    build([docs], tmp_path / "fresh", jobs=1)
    assert held(second) == held(tmp_path / "fresh" / "generations" / "0001")


@pytest.mark.slow
def test_no_build_begins_with_a_damaged_one(docs: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    build([docs], graph, jobs=1)
    store = next((graph / "generations" / "0001").glob("*.sst"))
    data = bytearray(store.read_bytes())
    data[len(data) // 3] ^= 1
    store.write_bytes(data)
    (docs / "0.txt").unlink()
    build([docs], graph, jobs=1)
    second = graph / "generations" / "0002"
    assert read_noted(second).worn == 0 and not list(seal.damage(second))
    build([docs], tmp_path / "fresh", jobs=1)
    assert held(second) == held(tmp_path / "fresh" / "generations" / "0001")
