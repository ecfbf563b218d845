"""The text of a file comes back with what its places mean, from the graph's own folder alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from chidao.extract import extract_path
from chidao.extract.formats.source import content_hash
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.source_text import SourceText, blocks_of, part_at, part_starts
from chidao.graph.select import rows
from chidao.graph.write.build import build
from chidao.graph.write.kept import decode, encode

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 45/KH-UBND
Lào Cai, ngày 20 tháng 5 năm 2024

KẾ HOẠCH
Thực hiện Nghị quyết số 88-NQ/TW ngày 10/01/2024 của Bộ Chính trị

I. MỤC ĐÍCH
Cụ thể hóa Nghị quyết số 88-NQ/TW và khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP
của Chính phủ.

II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế, hoàn thành trước ngày 30/9/2024.
2. Ủy ban nhân dân các xã tuyên truyền Kế hoạch này.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("text")
    (made / "kh.txt").write_text(PLAN, encoding="utf-8")
    (made / "so.csv").write_text(
        "Số ký hiệu,Ngày ban hành,Trích yếu,Cơ quan ban hành\n"
        "9/KH-UBND,10/02/2024,Kế hoạch thực hiện Nghị quyết số 88-NQ/TW,Ủy ban nhân dân tỉnh Cao Bằng\n"
        "12-CV/TU,11/02/2024,Công văn về Nghị quyết số 88-NQ/TW,Tỉnh ủy Sơn La\n",
        encoding="utf-8",
    )
    build([made / "kh.txt", made / "so.csv"], made / "graph", jobs=1)
    return made


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan alone and its graph."""
    made = tmp_path_factory.mktemp("plan")
    (made / "kh.txt").write_text(PLAN, encoding="utf-8")
    build([made / "kh.txt"], made / "graph", jobs=1)
    return made


@pytest.fixture
def own(plan: Path, tmp_path: Path) -> Path:
    """The same, to be damaged."""
    return Path(shutil.copytree(plan, tmp_path / "own"))


def text_of(folder: Path, name: str) -> SourceText:
    found = Graph.open(folder / "graph").text(content_hash(folder / name))
    assert found
    return found


def test_what_each_place_means(folder: Path) -> None:
    found = text_of(folder, "kh.txt")
    assert found.text == PLAN and found.own and found.own.endswith("/ke-hoach/45-kh-ubnd/2024")
    said = {
        (mark.kind, " ".join(PLAN[mark.start : mark.end].split())): mark.about.rpartition("/id/")[2]
        for mark in found.marks
    }
    assert said["document", "Nghị quyết số 88-NQ/TW"] == "document/vn/nghi-quyet/88-nq-tw/2024"
    assert said["provision", "khoản 2 Điều 5"].endswith("30-2020-nd-cp/dieu-5/khoan-2")
    assert said["body", "Sở Nội vụ"] == "body/lao-cai/so-noi-vu"
    (task,) = [task for task in found.tasks.values() if task.deadline_text]
    assert [name for name, _ in task.lead] == ["Sở Nội vụ tỉnh Lào Cai"]
    assert [(PLAN[m.start : m.end], m.about) for m in found.marks if m.kind == "deadline"] == [
        ("hoàn thành trước ngày 30/9/2024", task.iri)
    ]


def test_the_blocks_are_the_text(folder: Path) -> None:
    blocks = text_of(folder, "kh.txt").blocks
    assert "".join(PLAN[block.start : block.end] for block in blocks) == PLAN
    said = {" ".join(PLAN[block.start : block.end].split()): block.kind for block in blocks}
    assert said["I. MỤC ĐÍCH"] == "part" and said["KẾ HOẠCH"] == "title"
    assert (
        said["Cụ thể hóa Nghị quyết số 88-NQ/TW và khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP của Chính phủ."] == "text"
    )


def test_a_register_is_a_line_for_each_row(folder: Path) -> None:
    found = text_of(folder, "so.csv")
    assert [(found.text[b.start : b.end], b.kind) for b in found.blocks] == [
        ("Kế hoạch thực hiện Nghị quyết số 88-NQ/TW\n", "row"), ("Công văn về Nghị quyết số 88-NQ/TW\n", "row")
    ]  # fmt: skip
    places = {found.text[m.start : m.end] for m in found.marks if m.about.endswith("88-nq-tw/2024")}
    assert places == {"Nghị quyết số 88-NQ/TW"} and found.own is None
    assert found.offset(0, 1) == 42 and found.offset(0, 2) is None and found.offset(10**6, 1) is None


def test_every_sentence_of_the_graph_is_where_it_says(folder: Path) -> None:
    graph = Graph.open(folder / "graph")
    for row in rows(graph.store, "internal/table-sources"):
        found = graph.text(row["sha256"])
        assert found and all(0 <= start < end <= len(found.text) for start, end in found.sentences)
        assert all(0 <= mark.start < mark.end <= len(found.text) for mark in found.marks)


def test_the_text_stays_when_its_file_is_gone_or_another(own: Path) -> None:
    path = own / "kh.txt"
    sha256 = content_hash(path)
    path.write_text("Kế hoạch khác", encoding="utf-8")
    assert (found := Graph.open(own / "graph").text(sha256)) and found.text == PLAN
    path.unlink()
    assert (found := Graph.open(own / "graph").text(sha256)) and found.text == PLAN


def test_only_what_the_graph_was_built_from_is_read(folder: Path) -> None:
    graph = Graph.open(folder / "graph")
    for asked in ("", "0" * 64, "../current", "kh.txt", str(folder / "kh.txt")):
        assert graph.text(asked) is None


@pytest.mark.parametrize("damage", ["gone", "cut", "link"])
def test_text_that_is_damaged_is_none(own: Path, tmp_path: Path, damage: str) -> None:
    (kept,) = (own / "graph" / "facts").iterdir()
    data = kept.read_bytes()
    kept.unlink()
    if damage == "cut":
        kept.write_bytes(data[:-9])
    elif damage == "link":
        (tmp_path / "elsewhere").write_bytes(data)
        kept.symlink_to(tmp_path / "elsewhere")
    assert Graph.open(own / "graph").text(content_hash(own / "kh.txt")) is None


@pytest.mark.parametrize("called", ["0" * 64, "a b>"])
def test_facts_that_say_they_are_of_another_file_are_none(own: Path, called: str) -> None:
    (kept,) = (own / "graph" / "facts").iterdir()
    facts = [
        replace(one, source=replace(one.source, sha256=called))
        for one in decode(kept.stem, kept.read_bytes(), "kh.txt", text=True)
    ]
    kept.write_bytes(encode(kept.stem, facts))
    assert Graph.open(own / "graph").text(content_hash(own / "kh.txt")) is None


def test_long_texts_come_in_parts_that_begin_at_headings(tmp_path: Path) -> None:
    articles = "".join(
        f"Điều {i}. Quy định {i}\n" + "1. Cơ quan nhà nước thực hiện quy định này.\n" * 20 for i in range(1, 40)
    )
    path = tmp_path / "qd.txt"
    path.write_text(PLAN + articles, encoding="utf-8")
    build([path], tmp_path / "graph", jobs=1)
    found = Graph.open(tmp_path / "graph").text(content_hash(path))
    assert found
    starts = part_starts(found, 5000)
    sizes = [end - start for start, end in zip(starts, [*starts[1:], len(found.text)], strict=True)]
    assert len(starts) > 5 and max(sizes) <= 5000
    assert all(found.text.startswith("Điều ", start) for start in starts[1:])
    assert [part_at(starts, start) for start in starts] == list(range(len(starts)))
    assert part_at(starts, starts[1] - 1) == 0


def test_a_line_without_an_end_comes_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "dai.txt"
    path.write_text("việc " * 20_000, encoding="utf-8")
    (facts,) = extract_path(path)
    blocks = list(blocks_of(facts))
    assert "".join(facts.source.text[b.start : b.end] for b in blocks) == facts.source.text
    assert max(b.end - b.start for b in blocks) <= 8000
