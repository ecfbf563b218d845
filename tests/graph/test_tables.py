"""What the tables answer is what SPARQL answers: every question that is there in SQL, on every corpus."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from contextlib import closing, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from chidao.graph import disk, seal, sums
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.reach import reach
from chidao.graph.index.kept_index import NoIndexError, is_whole, open_index
from chidao.graph.select import part_of_rows, rows
from chidao.graph.store import read_store
from chidao.graph.sums import agree as have_sums
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.kept import NoTablesError, are_whole, keep_tables, make_tables, open_tables
from chidao.graph.tables.reach import found, keep, kept
from chidao.graph.write.terms import TYPE, term
from chidao.tests.graph.agreement import agree, comparable, tabled

build = import_module("chidao.graph.write.build").build


@pytest.mark.slow
def test_on_the_samples(sample_graph: Path, tmp_path: Path) -> None:
    agree(tabled(sample_graph, tmp_path / "t.sqlite"))


@pytest.mark.slow
def test_on_laws(law_graph: Path, tmp_path: Path) -> None:
    agree(tabled(law_graph, tmp_path / "t.sqlite"))


@pytest.mark.slow
@pytest.mark.shared
def test_on_a_register(shared_data: Path, tmp_path: Path) -> None:
    lines = (shared_data / "registers" / "made-up-34-provinces.csv").read_text("utf-8").splitlines()
    (tmp_path / "register.csv").write_text("\n".join(lines[:200]), "utf-8")
    build([tmp_path / "register.csv"], tmp_path / "graph", jobs=1)
    agree(tabled(tmp_path / "graph", tmp_path / "t.sqlite"))


def of(path: Path) -> set[tuple[str, tuple[Any, ...]]]:
    """All that tables hold."""
    with closing(sqlite3.connect(path)) as tables:
        names = [name for (name,) in tables.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {(name, row) for name in names for row in tables.execute(f"SELECT * FROM {name}")}


def test_quads_that_do_not_fit_leave_no_tables(tmp_path: Path) -> None:
    store = pyoxigraph.Store()
    graph, thing = pyoxigraph.NamedNode("a:graph/resolved"), pyoxigraph.NamedNode("a:document/1")
    store.add(pyoxigraph.Quad(thing, TYPE, term("Document"), graph))
    for number in ("1", "2"):
        store.add(pyoxigraph.Quad(thing, term("number"), pyoxigraph.Literal(number), graph))
    make_tables(tmp_path / "t.sqlite", "mark", store)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("documents", "fits"), [(["1"], True), (["1", "1"], True), (["1", "2"], False)])
def test_a_row_is_the_entry_of_one_document(tmp_path: Path, documents: list[str], fits: bool) -> None:
    """So that mentions can be counted without a look at each."""
    store = pyoxigraph.Store()
    graph, sentence = pyoxigraph.NamedNode("a:graph/1"), pyoxigraph.NamedNode("a:source/1/row/0/sentence/0")
    store.add(pyoxigraph.Quad(sentence, TYPE, term("Sentence"), graph))
    for number in documents:
        store.add(pyoxigraph.Quad(sentence, term("entryOf"), pyoxigraph.NamedNode(f"a:document/{number}"), graph))
    make_tables(tmp_path / "t.sqlite", "mark", store)
    assert any(tmp_path.iterdir()) is fits


@pytest.fixture
def made(sample_graph: Path, tmp_path: Path) -> Path:
    """Tables of the samples."""
    make_tables(tmp_path / "0001.sqlite", "mark", read_store(sample_graph))
    return tmp_path / "0001.sqlite"


def test_what_is_damaged_is_not_read(made: Path) -> None:
    assert are_whole(made, "mark") and not are_whole(made, "other")
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    with pytest.raises(NoTablesError, match="not as they were written"):
        open_tables(made, "mark")
    made.unlink()
    with pytest.raises(NoTablesError):
        open_tables(made, "mark")


@pytest.mark.parametrize(
    "forged",
    [
        "CREATE VIEW document2 AS SELECT * FROM document",
        "CREATE TRIGGER t AFTER INSERT ON own BEGIN DELETE FROM body; END",
        "CREATE TABLE more(a)",
        "CREATE INDEX more ON body(abs(id))",
        "DROP INDEX party_body",
        "ALTER TABLE body ADD COLUMN more AS (abs(id))",
    ],
)
def test_forged_tables_are_not_opened(made: Path, forged: str) -> None:
    with closing(sqlite3.connect(made)) as tables:
        tables.execute(forged)
        tables.commit()
    keep_tables(made, "mark")  # as somebody who forges them would
    with pytest.raises(NoTablesError, match="other things than tables"):
        open_tables(made, "mark")
    assert not are_whole(made, "mark")


def test_rows_that_are_nonsense_are_answered_by_the_rdf(made: Path, sample_graph: Path) -> None:
    with closing(sqlite3.connect(made)) as tables:
        tables.execute("UPDATE answered SET row = 'no JSON'")
        tables.commit()
    keep_tables(made, "mark")  # as somebody who forges them would
    store = read_store(sample_graph)
    assert list(rows(Tabled(store, open_tables(made, "mark")), "most-cited")) == list(rows(store, "most-cited"))


def _with_all_kept(made: Path) -> list[str]:
    """Keep what is below every document that is carried out; their IRIs."""
    with closing(sqlite3.connect(made)) as tables:
        tables.execute("DELETE FROM reach")
        keep(tables, many=1)
        tables.commit()
        directives = [iri for (iri,) in tables.execute("SELECT iri FROM reach JOIN document ON id = directive")]
        assert all(kept(tables, iri) == found(tables, iri) for iri in directives)
    return directives


def test_what_is_kept_of_a_directive_is_what_is_found(made: Path, sample_graph: Path) -> None:
    directives = _with_all_kept(made)
    keep_tables(made, "mark")
    store = read_store(sample_graph)
    steps = [reach(store, iri)[0].steps for iri in directives]
    assert steps and all(steps) and max(step.depth for of in steps for step in of) > 1
    assert steps == [reach(Tabled(store, open_tables(made, "mark")), iri)[0].steps for iri in directives]


def test_what_is_told_of_other_documents_makes_it_no_dearer(made: Path) -> None:
    """Who issued joint documents is looked up among these, which are few."""
    directive = _with_all_kept(made)[0]
    with closing(sqlite3.connect(made)) as tables:

        def steps() -> int:
            """How often the engine has done a hundred instructions."""
            done = 0

            def count() -> None:
                nonlocal done
                done += 1

            tables.set_progress_handler(count, 100)
            assert found(tables, directive).steps
            tables.set_progress_handler(None, 0)
            return done

        before = steps()
        tables.executemany("INSERT INTO told VALUES(?, 'signer', 'Nguyễn Văn Mẫu')", ((n,) for n in range(5000)))
        assert steps() <= before + 1


@pytest.mark.parametrize("forged", [b"", b"nothing", zlib.compress(b"[[1]]"), zlib.compress(b"[]")[:-1], None, 7])
def test_what_is_forged_of_a_directive_is_answered_by_the_rdf(made: Path, sample_graph: Path, forged: Any) -> None:
    iri, store = _with_all_kept(made)[0], read_store(sample_graph)
    with closing(sqlite3.connect(made)) as tables:
        tables.execute("UPDATE reach SET told = ?", (forged,))
        tables.commit()
    keep_tables(made, "mark")  # as somebody who forges them would
    assert comparable(reach(Tabled(store, open_tables(made, "mark")), iri)) == comparable(reach(store, iri))


def test_a_part_of_the_rows_is_the_same_with_tables_and_without(made: Path, sample_graph: Path) -> None:
    store = read_store(sample_graph)
    for asked in (store, Tabled(store), Tabled(store, open_tables(made, "mark"))):
        every = list(rows(asked, "internal/table-bodies"))
        assert part_of_rows(asked, "internal/table-bodies", 3, 2) == (every[2:5], len(every))
        assert part_of_rows(asked, "internal/table-bodies", 0) == ([], len(every))


def test_tables_are_only_read(made: Path) -> None:
    with (
        closing(open_tables(made, "mark")) as tables,
        pytest.raises(sqlite3.OperationalError, match="readonly|read-only"),
    ):
        tables.execute("DELETE FROM body")


@pytest.mark.slow
def test_a_build_keeps_tables_mends_them_and_forgets_those_of_old(samples: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    docs = tmp_path / "docs"
    docs.mkdir()
    for path in sorted(samples.glob("*.txt"))[:6]:
        shutil.copy(path, docs)
    build([docs], graph, jobs=1)
    made = graph / "tables" / "0001.sqlite"
    kept = of(made)
    made.write_bytes(b"damaged")
    assert list(rows(Tabled.open(graph / "generations" / "0001"), "most-cited"))
    build([docs], graph, jobs=1)
    assert of(made) == kept
    for _ in range(3):
        next(docs.glob("*.txt")).unlink()
        build([docs], graph, jobs=1)
    assert sorted(path.name for path in (graph / "tables").iterdir()) == [
        f"000{n}.{end}" for n in (3, 4) for end in ("json", "sqlite")
    ]
    assert of(graph / "tables" / "0004.sqlite") != kept


@pytest.mark.slow
def test_damage_that_nobody_saw_is_not_sealed_by_the_next_build(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that goes on from tables sums up what it has made of them, and makes them anew where that shows that they were damaged."""
    graph, docs = tmp_path / "graph", tmp_path / "docs"
    docs.mkdir()
    for path in sorted(samples.glob("*.txt"))[:4]:
        shutil.copy(path, docs)
    build([docs], graph, jobs=1)
    made = graph / "tables" / "0001.sqlite"
    content = bytearray(made.read_bytes())
    at = content.rindex("Nghị".encode())
    content[at : at + 4] = b"XXXX"
    made.write_bytes(content)
    monkeypatch.setattr(sums, "agree", lambda path, known, most=None: most is not None or have_sums(path, known))
    next(docs.glob("*.txt")).unlink()
    build([docs], graph, jobs=1)
    after = graph / "generations" / "0002"
    assert list(rows(Tabled.open(after), "most-cited")) == list(rows(read_store(graph), "most-cited"))
    assert are_whole(graph / "tables" / "0002.sqlite", seal.mark(after))
    assert b"XXXX" not in (graph / "tables" / "0002.sqlite").read_bytes()


PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI

Số: {number}/KH-UBND

Lào Cai, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Rà soát bến thủy số {number}
"""


@pytest.mark.slow
@pytest.mark.parametrize("changes", [True, False])
def test_damage_that_nobody_saw_is_in_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: bool) -> None:
    """An index is made from tables, and sealed: of those that were looked at in part only when a last look finds them whole, where the index
    alone has to be made anew. Where files have changed, all that is made of tables is summed up, and damage is not taken over."""
    graph, docs = tmp_path / "graph", tmp_path / "docs"
    docs.mkdir()
    for number in range(100, 160):
        (docs / f"{number}.txt").write_text(PLAN.format(number=number), "utf-8")
    monkeypatch.setattr(sums, "PART", 4096)
    build([docs], graph, jobs=1)
    content = (graph / "tables" / "0001.sqlite").read_bytes()
    with closing(sqlite3.connect(graph / "tables" / "0001.sqlite")) as tables:
        titles = [title for (title,) in tables.execute("SELECT title FROM document ORDER BY id")]
    monkeypatch.setattr(sums, "agree", lambda path, known, most=None: most is not None or have_sums(path, known))
    name = "0002" if changes else "0001"
    if changes:
        (docs / "1.txt").write_text(PLAN.format(number=1), "utf-8")
    else:
        (graph / "search" / "0001" / "entries").unlink()
    taken_over = 0
    for title in titles[:: len(titles) // 4]:
        one = Path(shutil.copytree(graph, tmp_path / title))
        at = content.index(title.encode())  # in the row of the document
        (one / "tables" / "0001.sqlite").write_bytes(content[:at] + b"ZZQQ" + content[at + 4 :])
        build([docs], one, jobs=1)
        after = one / "tables" / f"{name}.sqlite"
        place, mark = one / "search" / name, seal.mark(one / "generations" / name)
        assert not any("ZZQQ" in repr(entry) for entry in open_index(place, mark, lambda: False).entries)
        assert Graph.open(one).search("ZZQQ").total == 0
        damaged = b"ZZQQ" in after.read_bytes()
        assert damaged is not are_whole(after, mark)
        taken_over += damaged
    assert taken_over == 0 if changes else taken_over > 1


@pytest.mark.slow
@pytest.mark.parametrize("looked_at", [False, True])
def test_damage_where_nobody_has_written_is_no_wrong_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_at: bool
) -> None:
    """Of large tables to which nobody has written by the system's times some parts are looked at. Where damage stays unseen, the sums that it
    does not have stay too: no reader takes these tables, nor the index that was made beside them; the build that sees it makes both anew."""
    graph, docs = tmp_path / "graph", tmp_path / "docs"
    docs.mkdir()
    for number in range(100, 160):
        (docs / f"{number}.txt").write_text(PLAN.format(number=number), "utf-8")
    monkeypatch.setattr(sums, "PART", 4096)
    monkeypatch.setattr(seal, "SOME", 8192)
    monkeypatch.setattr(disk, "state", lambda path: "as it was")
    build([docs], graph, jobs=1)
    tables = graph / "tables" / "0001.sqlite"
    content = tables.read_bytes()
    (docs / "1.txt").write_text(PLAN.format(number=1), "utf-8")
    trial = Path(shutil.copytree(graph, tmp_path / "trial"))
    build([docs], trial, jobs=1)
    written = sums.others(sums.sums_of(trial / "tables" / "0002.sqlite"), sums.sums_of(tables))
    places = {n: content.index(f"Rà soát bến thủy số {n}".encode()) for n in range(100, 160)}
    number, at = next((n, at) for n, at in places.items() if at // 4096 not in written)
    tables.write_bytes(content[:at] + b"ZZQQ" + content[at + 4 :])
    seen, many = at // 4096, len(content) // 4096
    monkeypatch.setattr("random.randrange", lambda end: seen if looked_at or end != many else (seen + 10) % many)
    build([docs], graph, jobs=1)
    after, mark = graph / "tables" / "0002.sqlite", seal.mark(graph / "generations" / "0002")
    assert (b"ZZQQ" in after.read_bytes()) is not looked_at and are_whole(after, mark) is looked_at
    with suppress(NoIndexError):
        entries = open_index(graph / "search" / "0002", mark, lambda: are_whole(after, mark)).entries
        assert looked_at and not any("ZZQQ" in repr(entry) for entry in entries)
    assert (
        is_whole(graph / "search" / "0002", mark)
        and is_whole(graph / "search" / "0002", mark, tables=False) is looked_at
    )
    assert Graph.open(graph).search("ZZQQ").total == 0 and Graph.open(graph).search(f"bến thủy số {number}").total
    monkeypatch.setattr("random.randrange", lambda end: min(seen, end - 1))
    build([docs], graph, jobs=1)
    assert are_whole(after, mark) and is_whole(graph / "search" / "0002", mark, tables=False)


FORGED = {
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON answered BEGIN UPDATE body SET name = 'forged'; END",),
    "a trigger before": ("CREATE TRIGGER t BEFORE DELETE ON answered BEGIN DELETE FROM task; END",),
    "a view": ("ALTER TABLE amendment RENAME TO a", "CREATE VIEW amendment AS SELECT * FROM a"),
    "another view": ("DROP VIEW issued", "CREATE VIEW issued(document, body) AS SELECT id, 1 FROM document"),
}


@pytest.mark.slow
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("changes", [True, False])
def test_a_build_makes_forged_tables_anew(
    samples: Path, tmp_path: Path, forged: tuple[str, ...], changes: bool
) -> None:
    """It does not go on from them, so that nothing in them runs."""
    graph, docs = tmp_path / "graph", tmp_path / "docs"
    docs.mkdir()
    for path in sorted(samples.glob("*.txt"))[:4]:
        shutil.copy(path, docs)
    build([docs], graph, jobs=1)
    with closing(sqlite3.connect(graph / "tables" / "0001.sqlite")) as tables:
        for statement in forged:
            tables.execute(statement)
        tables.commit()
    keep_tables(graph / "tables" / "0001.sqlite", seal.mark(graph / "generations" / "0001"))
    if changes:
        next(docs.glob("*.txt")).unlink()
    build([docs], graph, jobs=1)
    name = "0002" if changes else "0001"
    build([docs], tmp_path / "anew", jobs=1)
    open_tables(graph / "tables" / f"{name}.sqlite", seal.mark(graph / "generations" / name)).close()
    assert of(graph / "tables" / f"{name}.sqlite") == of(tmp_path / "anew" / "tables" / "0001.sqlite")
