"""A document's provisions: how they are named, their texts, citations, changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers import provisions as answers
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.provisions import Provisions, known_provision, provision_in, provisions
from chidao.graph.select import Store, rows
from chidao.graph.store import read_store

DECREE = "https://w3id.org/chidao/id/document/vn/nghi-dinh/200-2025-nd-cp"


@pytest.fixture(scope="module")
def store(law_graph: Path) -> pyoxigraph.Store:
    return read_store(law_graph)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP", ("dieu-5/khoan-2", "Nghị định 30/2020/NĐ-CP")),
        ("điểm đ khoản 2 Điều 5 của Luật Đất đai", ("dieu-5/khoan-2/diem-đ", "Luật Đất đai")),
        ("Nghị định 30/2020/NĐ-CP, Điều 5", ("dieu-5", "Nghị định 30/2020/NĐ-CP")),
        ("Phụ lục II ban hành kèm theo Thông tư 33/2020/TT-BYT", ("phu-luc-ii", "Thông tư 33/2020/TT-BYT")),
        ("điểm 3 mục II Kết luận 221-KL/TW", ("muc-ii/diem-3", "Kết luận 221-KL/TW")),
        ("Điểm Đ khoản 2 Điều 5 Luật Đất đai", ("dieu-5/khoan-2/diem-đ", "Luật Đất đai")),
        ("dieu 5 nghi dinh 100/2024/nd-cp", ("dieu-5", "nghi dinh 100/2024/nd-cp")),
        ("khoan 2 dieu 5 nghi dinh 100/2024/nd-cp", ("dieu-5/khoan-2", "nghi dinh 100/2024/nd-cp")),
        ("Điều 5", None),
        ("15-NQ/TW", None),
        ("Sở Nội vụ", None),
        ("", None),
    ],
)
def test_one_provision_in_a_persons_words(text: str, found: tuple[str, str] | None) -> None:
    assert provision_in(text) == found


@pytest.mark.parametrize(
    "text", ["khoản 2, khoản 3 Điều 5 Nghị định 30/2020/NĐ-CP", "Điều 5 đến Điều 9 Nghị định 30/2020/NĐ-CP"]
)
def test_several_provisions_are_refused(text: str) -> None:
    with pytest.raises(ChidaoError, match="one provision at a time"):
        provision_in(text)


def test_the_text_is_its_own(store: pyoxigraph.Store) -> None:
    found = provisions(store, DECREE, on=date(2026, 6, 1))
    assert found.has_text and found.label == "Nghị định 200/2025/NĐ-CP"
    entries = {entry.path: entry for entry in found.entries}
    own = [entry.path for entry in found.entries if entry.text]
    assert own[:6] == ["chuong-i", "dieu-1", "dieu-2", "dieu-2/khoan-1", "dieu-2/khoan-2", "chuong-ii"]
    assert entries["dieu-3"].heading == "Cấp phép" and entries["dieu-3"].text == "Điều 3. Cấp phép"
    assert entries["dieu-3/khoan-3"].text == "3. Hồ sơ cấp phép gồm:"
    assert entries["dieu-3/khoan-3/diem-b"].text == "b) Sơ đồ bến;"
    assert entries["dieu-3/khoan-3/diem-b"].label == "điểm b khoản 3 Điều 3"
    assert entries["dieu-3a"].text is None and entries["dieu-3a"].force.amendments[0].operation == "insert"


def test_who_cites_changes_and_details_it(store: pyoxigraph.Store) -> None:
    entries = {entry.path: entry for entry in provisions(store, DECREE, on=date(2026, 6, 1)).entries}
    cited = {c.by_label for c in entries["dieu-3/khoan-2"].cited}
    assert cited == {"Quyết định 31/2025/QĐ-UBND", "Thông tư 15/2025/TT-BXD"}
    assert [order.delegate for order in entries["dieu-3/khoan-2"].orders] == ["Bộ trưởng Bộ Xây dựng"]
    assert {d.by_label for d in entries["dieu-3/khoan-2"].detailed} == {"Thông tư 15/2025/TT-BXD"}
    assert (entries["dieu-4"].force.state, entries["dieu-4"].force.since) == ("expired", "2026-03-01")
    assert entries["dieu-2"].force.state == "in-force"


def test_one_provision_with_its_parts(law_graph: Path) -> None:
    with Graph.open(law_graph) as graph:
        found = graph.show("khoản 3 Điều 3 Nghị định 200/2025/NĐ-CP")
        assert isinstance(found, Provisions)
        assert [e.path for e in found.entries] == ["dieu-3/khoan-3", *(f"dieu-3/khoan-3/diem-{x}" for x in "abđ")]
        assert found.iri == f"{DECREE}/dieu-3/khoan-3" and found.plain()["words"] == "khoản 3 Điều 3"
        with pytest.raises(ChidaoError, match="the files say nothing of Điều 77 of Nghị định 200/2025/NĐ-CP"):
            graph.show("Điều 77 Nghị định 200/2025/NĐ-CP")
        with pytest.raises(ChidaoError, match="no document here is called 'Nghị định 1/1990/NĐ-CP'"):
            graph.show("Điều 7 Nghị định 1/1990/NĐ-CP")


def test_what_others_say_where_the_text_is_not_there(law_graph: Path) -> None:
    with Graph.open(law_graph) as graph:
        found = graph.provisions("34/2016/NĐ-CP", on=date(2026, 6, 1))
    assert not found.has_text
    assert [(e.path, e.text, e.force.state) for e in found.entries] == [("dieu-40", None, "in-force")]


def test_what_files_mean_is_looked_for_only_where_a_document_has_provisions(
    store: pyoxigraph.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine would look through all that all files mean: a second of 30,000 documents."""
    named = {row["document"] for row in rows(store, "internal/table-documents")}
    some = {row["document"] for row in rows(store, "internal/document-paths")}
    asked: list[str] = []

    def counted(store: Store, name: str, **values: Any) -> Iterator[dict[str, Any]]:
        asked.append(name)
        return rows(store, name, **values)

    monkeypatch.setattr(answers, "rows", counted)
    for document in (DECREE, min(named - some)):
        asked.clear()
        provisions(store, document)
        assert ("internal/document-provision-mentions" in asked) == (document in some)


def test_a_provision_is_known_by_its_iri(store: pyoxigraph.Store) -> None:
    assert known_provision(store, f"{DECREE}/dieu-3/khoan-3/diem-b") == (DECREE, "dieu-3/khoan-3/diem-b")
    assert known_provision(store, f"{DECREE}/dieu-77") is None
