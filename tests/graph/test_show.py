"""All that a graph knows of one document or one body."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.show import BodyDetails, DocumentDetails, show
from chidao.graph.store import read_store
from chidao.graph.write.build import build
from chidao.viz.terminal import show_lines

TEXT = """Nghị quyết số 77-NQ/TU ngày 01/02/2021 của Thành ủy Hà Nội về đô thị thông minh.
Nghị quyết số 77-NQ/TU ngày 03/02/2021 của Ban Chấp hành Trung ương.
Nghị quyết số 78-NQ/TU ngày 03/02/2021 của Thành ủy Hà Nội. Nghị quyết số 78-NQ/TU ngày 03/02/2021 của Ban Thường vụ Thành ủy Hà Nội.
Kế hoạch số 128-KH/TU ngày 28/3/2019 của Thành ủy Hà Nội và Kế hoạch số 128-KH/TU ngày 18/01/2023 của Thành ủy Hà Nội.
Việc thực hiện Kế hoạch số 128-KH/TU còn chậm.
Kế hoạch số 5/KH-UBND ngày 02/3/2024 của Ủy ban nhân dân tỉnh Yên Bái.
"""


@pytest.fixture(scope="module")
def store(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    folder = tmp_path_factory.mktemp("show")
    (folder / "more.txt").write_text(TEXT, encoding="utf-8")
    build([samples, folder / "more.txt"], folder / "graph", home="Hà Nội", jobs=1)
    return read_store(folder / "graph")


def test_a_document(store: pyoxigraph.Store) -> None:
    found = show(store, "16-CTr/TU").plain()
    assert found["kind"] == "document"
    expected: dict[str, object] = {
        "label": "Chương trình hành động 16-CTr/TU", "code": "16-CTr/TU", "type": "Chương trình hành động",
        "date": "2022-08-26", "issuer": "Thành ủy Hà Nội", "level": "province", "scope": "ha-noi", "place": "Hà Nội",
        "conflicts": [], "candidates": [], "why_unresolved": None,
    }  # fmt: skip
    assert {key: found[key] for key in expected} == expected
    relations = {(r["role"], r["predicate"], r["label"]) for r in found["relations"]}
    assert ("subject", "implements", "Nghị quyết 15-NQ/TW") in relations
    assert ("object", "implements", "Kế hoạch 45-KH/HU") in relations
    assert not any(predicate == "cites" for _, predicate, _ in relations)
    assert all(r["sentence"] and r["source"] and r["line"] for r in found["relations"])
    assert {"Ban Thường vụ Huyện ủy Đông Anh"} <= {a["actor"] for a in found["actions"]}
    assert all("16-CTr/TU" in m["sentence"] or m["sentence"] for m in found["mentions"]) and found["mentions"]


@pytest.mark.parametrize(
    ("typed", "conflicts"), [("77-NQ/TU", ["date", "issuer"]), ("78-NQ/TU", []), ("16-CTr/TU", [])]
)
def test_what_the_files_disagree_about(typed: str, conflicts: list[str], store: pyoxigraph.Store) -> None:
    found = show(store, typed)
    assert found.plain()["conflicts"] == conflicts
    lines = [line for line in show_lines(found) if line.startswith("  conflict")]
    assert len(lines) == len(conflicts)
    for what, line in zip(conflicts, lines, strict=True):
        assert what in line and all(value in line for value in found.plain()[f"stated_{what}s"])


def test_candidates_and_why(store: pyoxigraph.Store) -> None:
    iri = "https://w3id.org/chidao/id/document/ha-noi/ke-hoach/128-kh-tu/undated"
    found = show(store, iri)
    assert isinstance(found, DocumentDetails) and [c.date for c in found.candidates] == ["2019-03-28", "2023-01-18"]
    assert found.why_unresolved == "several dated documents have this number"
    text = "\n".join(show_lines(found))
    assert "several dated documents" in text and "2019-03-28" in text and "2023-01-18" in text


def test_year_picks(store: pyoxigraph.Store) -> None:
    assert show(store, "128-KH/TU", year=2019).plain()["date"] == "2019-03-28"


@pytest.mark.parametrize("typed", ["Thành ủy Hà Nội", "thanh uy ha noi"])
def test_a_body(typed: str, store: pyoxigraph.Store) -> None:
    found = show(store, typed)
    assert isinstance(found, BodyDetails) and found.plain()["kind"] == "body"
    assert (found.name, found.level, found.branch) == ("Thành ủy Hà Nội", "province", "party")
    assert "Chương trình hành động 16-CTr/TU" in {issued.label for issued in found.documents}
    text = "\n".join(show_lines(found))
    assert text.startswith("Thành ủy Hà Nội\n") and "16-CTr/TU" in text


def test_a_central_body_has_the_iri_of_the_table(store: pyoxigraph.Store) -> None:
    assert show(store, "Bộ Chính trị").iri == "https://w3id.org/chidao/body/vn/bo-chinh-tri"


def test_lines_say_the_sentence_and_its_place(store: pyoxigraph.Store) -> None:
    lines = list(show_lines(show(store, "15-NQ/TW")))
    assert lines[0] == "Nghị quyết 15-NQ/TW"
    text = "\n".join(lines)
    assert "← implements Chương trình hành động 16-CTr/TU" in text
    assert "03-chuong-trinh-16-ctr-tu.txt, line 7" in text
    assert "footnote 1" in text
    assert "None" not in text


@pytest.mark.parametrize("typed", ["999-NQ/TW", "Sở Không có", "https://example.org/x"])
def test_nothing_is_said(typed: str, store: pyoxigraph.Store) -> None:
    with pytest.raises(ChidaoError, match="no (document|body) here is called"):
        show(store, typed)


def test_several_are_listed(store: pyoxigraph.Store) -> None:
    with pytest.raises(ChidaoError, match="documents are called '128-KH/TU'"):
        show(store, "128-KH/TU")


@pytest.mark.parametrize(
    ("name", "role", "other"),
    [
        ("Ủy ban nhân dân tỉnh Yên Bái", "successor", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("Ủy ban nhân dân tỉnh Lào Cai", "predecessor", "Ủy ban nhân dân tỉnh Yên Bái"),
    ],
)
def test_what_came_before_and_after_a_body(name: str, role: str, other: str, store: pyoxigraph.Store) -> None:
    found = show(store, name)
    assert isinstance(found, BodyDetails) and [(c.role, c.name) for c in found.changes] == [(role, other)]
    assert any(line.split()[0] == role and other in line for line in show_lines(found))
