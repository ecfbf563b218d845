"""The index beside the graph: what it finds is there, and damage is never a wrong answer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from chidao.graph import seal
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.search import Hit
from chidao.graph.index.kept_index import NoIndexError, is_whole, open_index, remove_index
from chidao.graph.store import Folder
from chidao.graph.write.build import build

pytestmark = pytest.mark.slow  # builds start their readers anew, which takes more than a second

TYPED = ("nghi quyet 15", "so noi vu ha noi", '"cán bộ, đảng viên trong Huyện"', "chuyen doi so", "hnah dong")


@pytest.fixture
def graph(sample_graph: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_graph, tmp_path / "graph"))


def index_of(graph: Path) -> tuple[Path, str]:
    generation = Folder(graph).current()
    return graph / "search" / generation.name, seal.mark(generation)


def found(graph: Path) -> list[list[Hit]]:
    return [Graph.open(graph).search(typed).hits for typed in TYPED]


def files_of(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())


def test_opening_writes_nothing(graph: Path) -> None:
    place, mark = index_of(graph)
    before = {path: path.read_bytes() for path in files_of(place)}
    assert open_index(place, mark, lambda: False).entries and is_whole(place, mark)
    assert {path: path.read_bytes() for path in files_of(place)} == before
    for folder in (place, *place.iterdir()):
        folder.chmod(0o500 if folder.is_dir() else 0o400)  # a folder that nobody may write to
    assert open_index(place, mark, lambda: False).entries


def test_every_file_is_sealed(graph: Path, tmp_path: Path) -> None:
    place, mark = index_of(graph)
    chance = random.Random(16)
    assert not list(place.rglob("*lock"))
    for path in files_of(place):
        data = path.read_bytes()
        flipped = bytearray(data)
        at = chance.randrange(len(data) * 8)
        flipped[at // 8] ^= 1 << at % 8
        for other in (None, bytes(flipped), data[:-1], data + b"\0", b""):
            path.unlink() if other is None else path.write_bytes(other)
            with pytest.raises(NoIndexError):
                open_index(place, mark, lambda: False)
            path.write_bytes(data)
    assert is_whole(place, mark)
    with pytest.raises(NoIndexError):
        open_index(place, "0" * 16, lambda: False)


def link(place: Path) -> None:
    shutil.move(place, place.with_name("elsewhere"))
    place.symlink_to(place.with_name("elsewhere"))


def link_a_file(place: Path) -> None:
    link(place / "entries")


def swap(place: Path) -> None:
    one, other = (max((place / part).glob("*.idx")) for part in ("names", "said"))
    one.rename(place / "x"), other.rename(one), (place / "x").rename(other)


def replace(place: Path) -> None:
    shutil.rmtree(place)
    place.write_text("x")


def name_another(place: Path) -> None:
    said = (place / "seal.json").read_text()
    (place / "seal.json").write_text(said.replace('"entries"', '"../../current"'))


HARM: dict[str, Callable[[Path], object]] = {
    "absent": shutil.rmtree, "no seal": lambda place: (place / "seal.json").unlink(), "link": link, "linked file": link_a_file,
    "swapped": swap, "a name that leads elsewhere": name_another, "no JSON": lambda place: (place / "seal.json").write_text("[" * 100_000),
    "a file in its place": replace,
}  # fmt: skip


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
def test_damage_changes_no_answer_and_the_next_build_mends_it(
    graph: Path, harm: Callable[[Path], object], samples: Path
) -> None:
    sound = found(graph)
    place, mark = index_of(graph)
    harm(place)
    assert found(graph) == sound and not is_whole(place, mark)
    summary = build([samples], graph, jobs=1)
    assert summary.unchanged and is_whole(place, mark)
    assert found(graph) == sound


def test_what_is_no_part_of_it_stays(graph: Path) -> None:
    place, _ = index_of(graph)
    strange = [place / "thư.docx", place / "names" / "ghi chú.txt", place.with_name("9") / "a"]
    for path in strange:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    remove_index(place)
    assert all(path.exists() for path in strange) and not (place / "said").exists() and not (place / "entries").exists()


def test_a_generation_that_goes_takes_its_index_along(graph: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "more.txt").write_text(f"Thực hiện Nghị quyết số {number}-NQ/TW.", encoding="utf-8")
        build([tmp_path / "more.txt"], graph, jobs=1)
    kept = {place.name for place in (graph / "generations").iterdir()}
    assert {place.name for place in (graph / "search").iterdir()} == kept and len(kept) == 2
    place, mark = index_of(graph)
    assert is_whole(place, mark)


LETTER = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: {number}/UBND-NC
Lào Cai, ngày 3 tháng 7 năm 2025

Kính gửi: Sở Nội vụ

1. Trại giống {word} bàn giao trước tháng chín.
"""


def letter(folder: Path, number: int, word: str) -> None:
    (folder / f"{number}.txt").write_text(LETTER.format(number=number, word=word), encoding="utf-8")


def test_a_small_change_takes_over_the_passages_of_the_others(samples: Path, tmp_path: Path) -> None:
    """New, changed and gone files are found as in a graph that is made at once."""
    docs = Path(shutil.copytree(samples, tmp_path / "docs"))
    letter(docs, 1, "lúa nương")
    letter(docs, 2, "ngô nếp")
    build([docs], tmp_path / "graph", jobs=1)
    place, mark = index_of(tmp_path / "graph")
    (old,) = (place / "said").glob("*.store")
    letter(docs, 3, "khoai sọ")
    letter(docs, 2, "sắn dây")
    (docs / "1.txt").unlink()
    build([docs], tmp_path / "graph", jobs=1)
    place, mark = index_of(tmp_path / "graph")
    assert is_whole(place, mark) and (place / "said" / old.name).samefile(old)
    build([docs], tmp_path / "anew", jobs=1)
    assert open_index(place, mark, lambda: False).texts == open_index(*index_of(tmp_path / "anew"), lambda: False).texts
    changed, anew = Graph.open(tmp_path / "graph"), Graph.open(tmp_path / "anew")
    assert list(changed.index.entries) == list(anew.index.entries)
    for typed in (*TYPED, "1/UBND-NC", "lua nuong", "ngo nep", "san day", '"khoai sọ"', "trai giong ban giao"):
        told = [[(h.iri, h.why, h.snippet) for h in g.search(typed, limit=99).hits] for g in (changed, anew)]
        assert sorted(told[0], key=str) == sorted(told[1], key=str), typed
    assert changed.search('"lúa nương"').total == 0 and changed.search('"sắn dây"').total == 1


def test_names_are_taken_over_while_nothing_is_found_by_others(samples: Path, tmp_path: Path) -> None:
    docs = Path(shutil.copytree(samples, tmp_path / "docs"))
    letter(docs, 1, "lúa nương")
    build([docs], tmp_path / "graph", jobs=1)
    first, _ = index_of(tmp_path / "graph")
    names = [path.relative_to(first) for path in (first / "names").glob("*.idx")]
    letter(docs, 1, "ngô nếp")
    build([docs], tmp_path / "graph", jobs=1)
    second, mark = index_of(tmp_path / "graph")
    assert is_whole(second, mark) and all((second / name).samefile(first / name) for name in names)
    assert (second / "names" / "meta.json").samefile(first / "names" / "meta.json")
    letter(docs, 2, "sắn dây")
    build([docs], tmp_path / "graph", jobs=1)
    third, mark = index_of(tmp_path / "graph")
    assert is_whole(third, mark) and all((third / name).samefile(second / name) for name in names)
    assert len(list((third / "names").glob("*.idx"))) > len(names)
    build([docs], tmp_path / "anew", jobs=1)
    changed, anew = Graph.open(tmp_path / "graph"), Graph.open(tmp_path / "anew")
    assert list(changed.index.entries) == list(anew.index.entries)
    for typed in (*TYPED, "2/UBND-NC", "ngo nep"):
        told = [[(h.iri, h.why) for h in g.search(typed, limit=99).hits] for g in (changed, anew)]
        assert sorted(told[0], key=str) == sorted(told[1], key=str), typed
